"""The language in which somebody says who is meant.

A rule is JSON: `{"any": [{"unit": 5}, {"unit": 7}], "none": [{"unit": 9}]}` means everybody with a
post in unit 5 or 7 or below them, but not through a post in unit 9 or below it. Each entry is an
object so that other conditions (post, place, status, and/or/not) can stand beside `unit` later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal

MOST_UNITS = 1_000


class RuleRefusal(Refusal):
    """The rule does not say clearly who is meant."""

    code = "audience_rule"
    status = 400
    sentence = _("The audience is not written in a form that we understand.")


class NobodyNamed(RuleRefusal):
    code = "audience_nobody_named"
    sentence = _("Choose at least one unit.")


class TooManyUnits(RuleRefusal):
    code = "audience_too_many_units"
    sentence = _("An audience may name at most 1,000 units. Choose the unit above them instead.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Units whose people are meant, less units whose people are not. What is left out wins."""

    any: frozenset[int]
    none: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """Return the rule in the one form in which it is stored and compared."""
        return {
            "any": [{"unit": unit} for unit in sorted(self.any)],
            "none": [{"unit": unit} for unit in sorted(self.none)],
        }

    def matches(self, path: Sequence[int]) -> bool:
        """Tell whether a post counts whose unit has this path (ids from the root down to the unit)."""
        above = frozenset(path)
        return bool(above & self.any) and not above & self.none


@dataclass(frozen=True, slots=True)
class PlacedPost:
    """What a rule needs to know of one current post."""

    post_id: int
    unit_id: int
    path: tuple[int, ...]
    main: bool
    started_on: date


def counted_under(rule: Rule, posts: Iterable[PlacedPost]) -> int | None:
    """Return the unit under which one person with these posts counts, or None if the person is not meant.

    That is the unit of the main post if that matches, else of the oldest that does.
    """
    matching = [post for post in posts if rule.matches(post.path)]
    if not matching:
        return None
    return min(matching, key=lambda post: (not post.main, post.started_on, post.post_id)).unit_id


def parse_rule(data: Any) -> Rule:
    """Return the rule that JSON says; raises RuleRefusal (malformed), NobodyNamed or TooManyUnits."""
    if not isinstance(data, dict):
        raise RuleRefusal
    strange = set(data) - {"any", "none"}
    if strange:
        raise RuleRefusal(_("The audience has a part that does not exist: %(part)s.") % {"part": sorted(strange)[0]})
    rule = Rule(any=_units(data.get("any", [])), none=_units(data.get("none", [])))
    if not rule.any:
        raise NobodyNamed
    if len(rule.any) + len(rule.none) > MOST_UNITS:
        raise TooManyUnits
    return rule


def _units(entries: Any) -> frozenset[int]:
    if not isinstance(entries, list):
        raise RuleRefusal
    return frozenset(_unit(entry) for entry in entries)


def _unit(entry: Any) -> int:
    if not isinstance(entry, dict) or set(entry) != {"unit"}:
        raise RuleRefusal(_("Each part of an audience must be of the form {“unit”: number}."))
    unit = entry["unit"]
    if isinstance(unit, bool) or not isinstance(unit, int) or unit < 1:
        raise RuleRefusal(_("The number of a unit must be a whole number from 1."))
    return unit
