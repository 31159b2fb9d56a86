"""From a rule and a reach to a statement over current posts."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fenjin.audiences.access import Reach
from fenjin.audiences.intervals import Interval, common
from fenjin.audiences.models import PersonList
from fenjin.audiences.rules import InSpace, InZone, Rule, RuleRefusal
from fenjin.audiences.sql import FEW, Ground, Writer, span
from fenjin.kit import clock
from fenjin.kit.scope import EVERYTHING, Reason, every_space
from fenjin.people.selectors.branches import units_by_id
from fenjin.people.selectors.zones import zoned_units
from fenjin.spaces.selectors import list_spaces


class UnknownUnits(RuleRefusal):
    """A unit that does not exist, or that the sender may not reach: the two look the same."""

    code = "audience_unknown_units"
    sentence = _("The audience names a unit that does not exist or is not yours.")


class UnknownSpaces(RuleRefusal):
    """A sub-platform that does not exist, or that the sender may not reach."""

    code = "audience_unknown_spaces"
    sentence = _("The audience names a sub-platform that does not exist or is not yours.")


class UnknownLists(RuleRefusal):
    """A list of staff numbers that does not exist, or that is another sub-platform's."""

    code = "audience_unknown_lists"
    sentence = _("The audience names a list of staff numbers that does not exist or is not yours.")


# A person has one main post, so only people without a matching one need to be made single. `held` and `held_main` are
# the conditions for a post in hand and for the person's main post.
MAIN = "FROM {posts} WHERE p.ended_on IS NULL AND p.main AND {held}"
BESIDE = """FROM {posts} WHERE p.ended_on IS NULL AND NOT p.main AND {held}
    AND NOT EXISTS (SELECT 1 FROM people_post q
                    WHERE q.person_id = p.person_id AND q.main AND q.ended_on IS NULL AND {held_main})"""
# One row for each person meant: person and the unit of the main post if that matches, else of the oldest that does.
COUNTED = f"""SELECT p.person_id, p.unit_id {MAIN}
UNION ALL
(SELECT DISTINCT ON (p.person_id) p.person_id, p.unit_id {BESIDE} ORDER BY p.person_id, p.started_on, p.id)"""
# The same people without their units: of a million this is read from indexes, by two processes at once.
HEADS = f"(SELECT count(*) {MAIN}) + (SELECT count(DISTINCT p.person_id) {BESIDE})"
# Many stretches are joined, so that each is one walk along the index; they are disjoint, so no post comes twice.
STRETCHES = """(SELECT * FROM unnest(%(starts)s::bigint[], %(ends)s::bigint[]) AS s(first, behind)) s
    JOIN people_post p ON p.pos >= s.first AND p.pos < s.behind"""


@dataclass(frozen=True, slots=True)
class Meant:
    """A rule as stretches of the tree's number line and conditions (`{post}`: alias), cut to a sender's reach.

    A post that matches fulfils one of the conditions, and nobody's posts fulfil two.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    spaces: frozenset[int]
    conditions: tuple[str, ...] = ("",)
    values: dict[str, Any] = field(default_factory=dict)

    def statement(self, then: str) -> tuple[str, dict[str, Any]]:
        """Return the people meant as the CTE `counted` with `then` behind it, and the parameters."""
        parts, values = self._written(COUNTED)
        return f"WITH counted AS ({'\nUNION ALL\n'.join(parts)})\n{then}", values

    def heads(self) -> tuple[str, dict[str, Any]]:
        """Return the statement that gives the number of people meant, and its parameters."""
        parts, values = self._written(HEADS)
        return f"SELECT {' + '.join(parts)}", values

    def _written(self, statement: str) -> tuple[list[str], dict[str, Any]]:
        """Return a statement for each of the conditions, and the parameters of all."""
        writer = Writer(Ground(units={}), prefix="s")
        stretches = list(zip(self.starts, self.ends, strict=True))
        there, many = writer.within(stretches), len(stretches) > FEW
        reach = [] if self.spaces is EVERYTHING else ["{post}.space_id = ANY(%(spaces)s::bigint[])"]
        parts = []
        for condition in self.conditions:
            beside = [f"({condition})", *reach] if condition else reach
            held = " AND ".join(beside if many else [there, *beside]) or "TRUE"
            # The sum keeps each look at one row by its unique key, also before the tables have statistics: by the index
            # of positions each might walk along a whole stretch, which took more than an hour for a million people.
            held_main = " AND ".join([there, *beside]).format(post="q").replace("q.pos", "(q.pos + 0)")
            posts = STRETCHES if many else "people_post p"
            parts.append(statement.format(posts=posts, held=held.format(post="p"), held_main=held_main))
        own = {"starts": list(self.starts), "ends": list(self.ends), "spaces": sorted(self.spaces)}
        return parts, own | writer.parameters | self.values


def compile_rule(rule: Rule, reach: Reach, *, kept: bool = False) -> Meant:
    """Return where the people of a rule stand, cut to a reach; raises UnknownUnits, UnknownSpaces or UnknownLists.

    `kept`: rule and reach were checked when they were stored together. A unit that belongs to another sub-platform by
    now is no error then: whoever is there is out of reach.
    """
    with every_space(Reason.TREE):
        units = units_by_id(rule.units | (reach.branches or frozenset()))
    own = {unit_id for unit_id, unit in units.items() if kept or unit.space_id in reach.spaces}
    if not rule.units <= own:
        raise UnknownUnits
    if not all(space in reach.spaces for space in rule.spaces):
        raise UnknownSpaces
    check_lists(rule, reach)
    ground = _ground(rule, {unit_id: (units[unit_id].lft, units[unit_id].rgt) for unit_id in own})
    stretches, exact = span(rule, ground)
    if reach.branches is not None:
        stretches = common(stretches, [ground.units[unit_id] for unit_id in reach.branches & own])
    writer = Writer(ground)
    conditions = ("",) if exact else writer.rest(rule)
    starts, ends = tuple(start for start, _ in stretches), tuple(end for _, end in stretches)
    return Meant(starts, ends, reach.spaces, conditions, writer.parameters)


def check_lists(rule: Rule, reach: Reach) -> None:
    """Raise UnknownLists unless every list in the rule exists and belongs to a space in reach."""
    if not rule.lists:
        return
    with every_space(Reason.DELIVERY):
        found = dict(PersonList.objects.filter(pk__in=rule.lists).values_list("pk", "space"))
    if not all(found.get(number) in reach.spaces for number in rule.lists):
        raise UnknownLists


def _ground(rule: Rule, units: dict[int, Interval]) -> Ground:
    """Return what the rule needs to know of the organisation, asking only for what it names."""
    kinds = {type(leaf) for leaf in rule.leaves()}
    ground = Ground(units, on=today(), default_language=settings.LANGUAGE_CODE)
    if not kinds & {InSpace, InZone}:
        return ground
    spaces = list_spaces()
    roots = {space.pk: space.root_unit_id for space in spaces if space.root_unit_id and space.pk in rule.spaces}
    with every_space(Reason.TREE):
        tops = units_by_id(roots.values()) if roots else {}
        zoned = zoned_units() if InZone in kinds else ()
    return replace(
        ground,
        spaces={space: (tops[unit].lft, tops[unit].rgt) for space, unit in roots.items()},
        zoned=tuple((zone, (start, end)) for zone, start, end in zoned),
        space_zones={space.pk: space.zone for space in spaces} if InZone in kinds else {},
    )


def today() -> date:
    """Return the day on which years of service are counted: today by the platform's clock."""
    return clock.today(ZoneInfo(settings.TIME_ZONE))
