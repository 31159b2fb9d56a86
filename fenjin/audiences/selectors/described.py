"""Rules in words: the names of what they name, and who is left out and by which part."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from fenjin.audiences.access import Reach
from fenjin.audiences.rules import Condition, Rule
from fenjin.audiences.selectors.counts import count, examples, who_of, with_several_posts
from fenjin.audiences.selectors.meant import Meant, compile_rule
from fenjin.audiences.selectors.saved import list_names
from fenjin.audiences.wording import Names, phrase, sentence, zone_name
from fenjin.people.selectors.branches import units_by_id
from fenjin.people.selectors.words import STATUS_WORDS
from fenjin.spaces.selectors import space_names

MOST_EXPLAINED: Final = 8
LOOKED_AT: Final = 20


def names_for(rules: Iterable[Rule]) -> Names:
    """Return what the units, sub-platforms and lists in these rules are called, within the scope in force."""
    every = list(rules)
    units = frozenset[int]().union(*(rule.units for rule in every))
    spaces = frozenset[int]().union(*(rule.spaces for rule in every))
    lists = frozenset[int]().union(*(rule.lists for rule in every))
    return Names(
        units={pk: unit.title for pk, unit in units_by_id(units).items()} if units else {},
        spaces=space_names(set(spaces)) if spaces else {},
        lists=list_names(lists) if lists else {},
        statuses={key: str(word) for key, word in STATUS_WORDS.items()},
    )


def describe(rule: Rule) -> str:
    """Return who is meant as a sentence, within the scope in force."""
    return sentence(rule, names_for([rule]))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One part of a rule that leaves people out: the words, how many only it keeps away, and a few of them."""

    words: str
    people: int
    names: tuple[str, ...] = ()


def left_out(rule: Rule, reach: Reach) -> list[LeftOut]:
    """Return for each exclusion how many more would be meant without it, with a few names.

    Somebody whom two exclusions keep away is in neither number: taking one of them out would not bring the person
    in. It costs as much as they leave out.
    """
    names, meant = names_for([rule]), compile_rule(rule, reach)
    found = []
    for one in rule.none[:MOST_EXPLAINED]:
        more = _kept_away(rule, one, reach, meant)
        found.append(LeftOut(phrase(one, names), more, _few(rule, one, reach, meant) if more else ()))
    return found


def _kept_away(rule: Rule, one: Condition, reach: Reach, meant: Meant) -> int:
    """Return how many only this part keeps away: those with such a post, less those meant through another post."""
    others = tuple(other for other in rule.none if other != one)
    there = compile_rule(Rule(any=rule.any, all=(*rule.all, one), none=others), reach)
    several = with_several_posts(there)
    return count(there) - (len(who_of(meant, several)) if several else 0)


def narrowed(rule: Rule, reach: Reach, people: int) -> list[LeftOut]:
    """Return for each condition that must hold as well how many more would be meant without it.

    Somebody who fails two of them is in neither number, as in `left_out`.
    """
    names, found = names_for([rule]), []
    for one in rule.all[:MOST_EXPLAINED]:
        without = replace(rule, all=tuple(other for other in rule.all if other != one))
        if without.any or without.all:  # the only condition of a rule keeps nobody away: it is the rule
            words = _("for whom this does not hold: %(words)s") % {"words": phrase(one, names)}
            found.append(LeftOut(words, count(compile_rule(without, reach)) - people))
    return found


def _few(rule: Rule, one: Condition, reach: Reach, meant: Meant) -> tuple[str, ...]:
    """Return the names of a few whom this part keeps away: with such a post, and not meant through another."""
    there = examples(compile_rule(Rule(any=rule.any, all=(*rule.all, one)), reach), LOOKED_AT)
    still_in = who_of(meant, [somebody.person_id for somebody in there])
    return tuple(somebody.name for somebody in there if somebody.person_id not in still_in)[:3]


def nobody() -> str:
    """Return what stands where the sentence would, while nobody is meant."""
    return _("Nobody is meant yet.")


def place_of(zone: str) -> str:
    """Return the place in the name of a time zone, in the reader's language: "Asia/Almaty" → Almaty."""
    return zone_name(zone)
