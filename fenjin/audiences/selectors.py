"""Who is meant, out of the tables: one indexed statement over current posts for each question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fenjin.audiences.access import Reach
from fenjin.audiences.intervals import Interval, common, without
from fenjin.audiences.rules import (
    NobodyNamed,
    PlacedPost,
    Rule,
    RuleRefusal,
    TooManyUnits,
    counted_under,
    parse_rule,
)
from fenjin.kit.scope import EVERYTHING, Reason, every_space
from fenjin.people.selectors.branches import units_by_id

__all__ = [
    "Breakdown",
    "Example",
    "Meant",
    "NobodyNamed",
    "PlacedPost",
    "Rule",
    "RuleRefusal",
    "TooManyUnits",
    "UnknownUnits",
    "break_down",
    "compile_rule",
    "count",
    "counted_under",
    "examples",
    "freeze",
    "parse_rule",
]


class UnknownUnits(RuleRefusal):
    """A unit that does not exist, or that the sender may not reach: the two look the same."""

    code = "audience_unknown_units"
    sentence = _("The audience names a unit that does not exist or is not yours.")


@dataclass(frozen=True, slots=True)
class Meant:
    """A rule as stretches of the tree's number line, cut to a sender's reach."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    spaces: frozenset[int]

    def parameters(self) -> dict[str, Any]:
        """Return what COUNTED needs."""
        everywhere = self.spaces is EVERYTHING
        return {
            "starts": list(self.starts),
            "ends": list(self.ends),
            "everywhere": everywhere,
            "spaces": [] if everywhere else sorted(self.spaces),
        }


# One row for each person meant: person and the unit of the main post if that matches, else of the
# oldest that does. The stretches are disjoint, so no post comes twice; a person has one main post,
# so only people without a matching one need to be made single. {columns} may add p.something.
COUNTED = """
WITH stretch AS MATERIALIZED (
    SELECT * FROM unnest(%(starts)s::bigint[], %(ends)s::bigint[]) AS s(first, behind)
), matching AS NOT MATERIALIZED (
    SELECT p.person_id, p.unit_id, p.main, p.started_on, p.id
    FROM stretch s JOIN people_post p ON p.pos >= s.first AND p.pos < s.behind
    WHERE p.ended_on IS NULL AND (%(everywhere)s OR p.space_id = ANY(%(spaces)s::bigint[]))
), counted AS (
    SELECT person_id, unit_id FROM matching WHERE main
    UNION ALL
    (SELECT DISTINCT ON (m.person_id) m.person_id, m.unit_id FROM matching m
     WHERE NOT m.main AND NOT EXISTS (
        SELECT 1 FROM people_post q
        WHERE q.person_id = m.person_id AND q.main AND q.ended_on IS NULL
          AND (%(everywhere)s OR q.space_id = ANY(%(spaces)s::bigint[]))
          AND EXISTS (SELECT 1 FROM stretch s WHERE q.pos >= s.first AND q.pos < s.behind))
     ORDER BY m.person_id, m.started_on, m.id)
)
"""


def compile_rule(rule: Rule, reach: Reach) -> Meant:
    """Return where the people of a rule stand, cut to a reach; raises UnknownUnits."""
    named = rule.any | rule.none | (reach.branches or frozenset())
    with every_space(Reason.TREE):
        units = units_by_id(named)
    own = {unit_id for unit_id, unit in units.items() if unit.space_id in reach.spaces}
    if not rule.any | rule.none <= own:
        raise UnknownUnits
    stretches = without(_intervals(units, rule.any), _intervals(units, rule.none))
    if reach.branches is not None:
        stretches = common(stretches, _intervals(units, reach.branches & own))
    return Meant(tuple(start for start, _ in stretches), tuple(end for _, end in stretches), reach.spaces)


def _intervals(units: dict[int, Any], unit_ids: frozenset[int]) -> list[Interval]:
    return [(units[unit_id].lft, units[unit_id].rgt) for unit_id in unit_ids]


def count(meant: Meant) -> int:
    """Return how many people are meant now, each once."""
    [(people,)] = _rows("SELECT count(*) FROM counted", meant)
    return int(people)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How many of the people meant count under one company."""

    unit_id: int
    name: str
    people: int


def break_down(meant: Meant) -> list[Breakdown]:
    """Return the people meant by company, the largest first.

    A company is a unit right below the root; where there are several roots, they are the companies.
    """
    sql = """, level AS (SELECT CASE WHEN count(*) = 1 THEN 2 ELSE 1 END AS depth
                         FROM people_unit WHERE parent_id IS NULL AND closed_on IS NULL),
       by_unit AS (SELECT unit_id, count(*) AS people FROM counted GROUP BY unit_id),
       by_company AS (SELECT coalesce(u.path[l.depth], u.path[1]) AS company, sum(b.people)::bigint AS people
                      FROM by_unit b JOIN people_unit u ON u.id = b.unit_id CROSS JOIN level l GROUP BY 1)
       SELECT c.company, u.name, c.people FROM by_company c JOIN people_unit u ON u.id = c.company
       ORDER BY c.people DESC, u.lft"""
    return [Breakdown(*row) for row in _rows(sql, meant)]


@dataclass(frozen=True, slots=True)
class Example:
    """One of the people meant, with the place through which."""

    name: str
    units: str


def examples(meant: Meant, how_many: int = 10) -> list[Example]:
    """Return a few of the people meant, spread over them all, always the same for the same audience."""
    sql = """, few AS (SELECT person_id, unit_id FROM counted ORDER BY hashint8(person_id), person_id LIMIT %(many)s)
       SELECT p.name, (SELECT string_agg(a.name, ' / ' ORDER BY a.depth) FROM people_unit a
                       WHERE a.id = ANY(u.path) AND a.depth > 0)
       FROM few JOIN people_person p ON p.id = few.person_id JOIN people_unit u ON u.id = few.unit_id
       ORDER BY p.name_key, p.id"""
    return [Example(name, units or "") for name, units in _rows(sql, meant, many=how_many)]


def freeze(meant: Meant) -> dict[int, Sequence[int]]:
    """Return unit → ids of the people who count under it, as posts stand at this instant."""
    sql = "SELECT unit_id, array_agg(person_id) FROM counted GROUP BY unit_id"
    people: dict[int, Sequence[int]] = defaultdict(list)
    people.update(_rows(sql, meant))
    return dict(people)


def _rows(sql: str, meant: Meant, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED + sql, {**meant.parameters(), **more})
        return list(cursor.fetchall())
