"""Questions about an audience: one statement over current posts for each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from fenjin.audiences.selectors.meant import Meant
from fenjin.kit.db import titled
from fenjin.kit.wording import in_english


def count(meant: Meant) -> int:
    """Return how many people are meant now, each once."""
    with connection.cursor() as cursor:
        cursor.execute(*meant.heads())
        [people] = cursor.fetchone()
    return int(people)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How many of the people meant count under one company, sub-platform or unit."""

    unit_id: int
    name: str
    people: int


def break_down(meant: Meant) -> list[Breakdown]:
    """Return the people meant by company, the largest first.

    A company is a unit right below the root; where there are several roots, they are the companies.
    """
    return companies_of(by_unit(meant))


def companies_of(units: Mapping[int, int]) -> list[Breakdown]:
    """Return the people of units, given with their head counts, by company as `break_down` does."""
    sql = f"""WITH level AS (SELECT CASE WHEN count(*) = 1 THEN 2 ELSE 1 END AS depth
                            FROM people_unit WHERE parent_id IS NULL AND closed_on IS NULL),
       by_unit AS (SELECT * FROM unnest(%(units)s::bigint[], %(heads)s::bigint[]) AS b(unit_id, people)),
       by_company AS (SELECT coalesce(u.path[l.depth], u.path[1]) AS company, sum(b.people)::bigint AS people
                      FROM by_unit b JOIN people_unit u ON u.id = b.unit_id CROSS JOIN level l GROUP BY 1)
       SELECT c.company, {titled("u")}, c.people FROM by_company c JOIN people_unit u ON u.id = c.company
       ORDER BY c.people DESC, u.lft"""  # noqa: S608 - ours
    return [Breakdown(*row) for row in _added(sql, units)]


def break_down_below(meant: Meant, unit_id: int) -> list[Breakdown]:
    """Return the people meant who count under a unit, by the units right below it; those in it come under itself."""
    sql = f""", top AS (SELECT id, cardinality(path) AS level FROM people_unit WHERE id = %(top)s),
       by_unit AS (SELECT unit_id, count(*) AS people FROM counted GROUP BY unit_id),
       below AS (SELECT coalesce(u.path[t.level + 1], t.id) AS part, sum(b.people)::bigint AS people
                 FROM by_unit b JOIN people_unit u ON u.id = b.unit_id
                 JOIN top t ON u.path[t.level] = t.id GROUP BY 1)
       SELECT b.part, {titled("u")}, b.people FROM below b JOIN people_unit u ON u.id = b.part
       ORDER BY b.people DESC, u.lft"""  # noqa: S608 - ours
    return [Breakdown(*row) for row in rows(sql, meant, top=unit_id)]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people meant count under one sub-platform."""

    space_id: int
    name: str
    people: int


def by_space(meant: Meant) -> list[Share]:
    """Return the people meant by the sub-platform of the unit under which they count, the largest first."""
    return shares_of(by_unit(meant))


def shares_of(units: Mapping[int, int]) -> list[Share]:
    """Return the people of units, given with their head counts, by sub-platform, the largest first."""
    sql = f"""WITH by_space AS (
           SELECT u.space_id, sum(b.people)::bigint AS people
           FROM unnest(%(units)s::bigint[], %(heads)s::bigint[]) AS b(unit_id, people)
           JOIN people_unit u ON u.id = b.unit_id GROUP BY 1)
       SELECT b.space_id, {titled("s")}, b.people FROM by_space b JOIN spaces_space s ON s.id = b.space_id
       ORDER BY b.people DESC, b.space_id"""  # noqa: S608 - ours
    return [Share(*row) for row in _added(sql, units)]


@dataclass(frozen=True, slots=True)
class Example:
    """One of the people meant, with the place through which."""

    name: str
    units: str
    title: str = ""
    person_id: int = 0


_ROOM_FOR_ACCOUNTS: Final = (
    "SET LOCAL work_mem = '64MB'"  # with less, a million accounts go through files: twice as long
)

_FEW_OF_ALL: Final = """
few AS (SELECT person_id, unit_id FROM counted ORDER BY hashint8(person_id), person_id LIMIT %(many)s)
"""
_FEW_OF_UNITS: Final = """
there AS (
    SELECT c.person_id, c.unit_id,
           row_number() OVER (PARTITION BY c.unit_id ORDER BY hashint8(c.person_id), c.person_id) AS place
    FROM counted c WHERE c.unit_id = ANY(%(units)s::bigint[])
), few AS (
    SELECT t.person_id, t.unit_id FROM there t
    JOIN unnest(%(units)s::bigint[], %(wanted)s::bigint[]) AS w(unit_id, people)
        ON w.unit_id = t.unit_id AND t.place <= w.people)
"""


def examples(meant: Meant, how_many: int = 10, *, units: Mapping[int, int] | None = None) -> list[Example]:
    """Return a few of the people meant, spread over them all, always the same for the same audience.

    `units`: the answer of `by_unit`, where it is known: then only some units are looked into, however many are meant.
    """
    picked = _picked(units, how_many) if units else {}
    few = _FEW_OF_UNITS if picked else _FEW_OF_ALL
    sql = f""", {few}
       SELECT p.name, (SELECT string_agg({titled("a")}, ' / ' ORDER BY a.depth) FROM people_unit a
                       WHERE a.id = ANY(u.path) AND a.depth > 0),
              (SELECT h.title FROM people_post h WHERE h.person_id = few.person_id AND h.unit_id = few.unit_id
               AND h.ended_on IS NULL), few.person_id
       FROM few JOIN people_person p ON p.id = few.person_id JOIN people_unit u ON u.id = few.unit_id
       ORDER BY p.name_key, p.id"""  # noqa: S608 - ours
    found = rows(sql, meant, many=how_many, units=list(picked), wanted=list(picked.values()))
    return [Example(name, units or "", title or "", person) for name, units, title, person in found]


def _picked(units: Mapping[int, int], how_many: int) -> dict[int, int]:
    """Return the units of people who stand at even distances when all are lined up, with how many of each."""
    total, passed, picked = sum(units.values()), 0, Counter[int]()
    wanted = min(how_many, total)
    places = [(2 * number + 1) * total // (2 * wanted) for number in range(wanted)]
    for unit in sorted(units):
        while places and places[0] < passed + units[unit]:
            picked[unit] += 1
            places.pop(0)
        passed += units[unit]
    return picked


def who_of(meant: Meant, person_ids: Collection[int]) -> set[int]:
    """Return those of these people who are meant."""
    found = rows("SELECT person_id FROM counted WHERE person_id = ANY(%(asked)s)", meant, asked=list(person_ids))
    return {person for (person,) in found}


def with_several_posts(meant: Meant) -> list[int]:
    """Return those of the people meant who have a post beside the main one: the few who may be meant through two."""
    sql = """SELECT person_id FROM counted c WHERE EXISTS (
        SELECT 1 FROM people_post q WHERE q.person_id = c.person_id AND NOT q.main AND q.ended_on IS NULL)"""
    return [person for (person,) in rows(sql, meant)]


@transaction.atomic
def without_account(meant: Meant) -> int:
    """Return how many of the people meant have no account that works: they find nothing before they claim one.

    Of a million it takes most of a second: the accounts of all are compared with them in memory.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROOM_FOR_ACCOUNTS)
    sql = """SELECT count(*) FROM counted c WHERE NOT EXISTS (
        SELECT 1 FROM people_account a WHERE a.person_id = c.person_id AND a.is_active)"""
    [(people,)] = rows(sql, meant)
    return int(people)


def by_unit(meant: Meant) -> dict[int, int]:
    """Return unit → how many of the people meant count under it."""
    return dict(rows("SELECT unit_id, count(*) FROM counted GROUP BY unit_id", meant))


def freeze(meant: Meant) -> dict[int, Sequence[int]]:
    """Return unit → ids of the people who count under it, as posts stand at this instant."""
    sql = "SELECT unit_id, array_agg(person_id) FROM counted GROUP BY unit_id"
    people: dict[int, Sequence[int]] = defaultdict(list)
    people.update(rows(sql, meant))
    return dict(people)


def _added(sql: str, units: Mapping[int, int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"units": list(units), "heads": list(units.values()), "english": in_english()})
        return list(cursor.fetchall())


def rows(sql: str, meant: Meant, **more: Any) -> list[tuple[Any, ...]]:
    """Return what a question over the CTE `counted` answers."""
    statement, values = meant.statement(sql)
    with connection.cursor() as cursor:
        cursor.execute(statement, values | more | {"english": in_english()})
        return list(cursor.fetchall())
