"""Which people a list of staff numbers names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from fenjin.audiences.access import Reach
from fenjin.kit.scope import EVERYTHING, Reason, every_space
from fenjin.people.selectors.branches import units_by_id

# Every way in which a number may be stored: as written, in capitals or small, with its lost zeros.
_SPELT = """
WITH written AS (SELECT word, place FROM unnest(%(words)s::text[]) WITH ORDINALITY AS u(word, place)),
spelt AS (
    SELECT place, word AS number FROM written UNION SELECT place, upper(word) FROM written
    UNION SELECT place, lower(word) FROM written
    UNION SELECT place, lpad(word, n.width, '0') FROM written JOIN people_numbering n
        ON n.width > length(word) WHERE word ~ '^[0-9]+$'
)"""
_KNOWN = (
    _SPELT
    + """
SELECT DISTINCT w.word FROM spelt s JOIN written w USING (place) JOIN people_person p ON p.staff_number = s.number
"""
)
_MATCHED = """{spelt},
bearers AS (SELECT DISTINCT s.place, p.id FROM spelt s JOIN people_person p ON p.staff_number = s.number)
SELECT w.word, array_remove(array_agg(b.id), NULL),
    array_remove(array_agg(CASE WHEN EXISTS (
        SELECT 1 FROM people_post h WHERE h.person_id = b.id AND h.ended_on IS NULL
        AND (%(everywhere)s OR h.space_id = ANY(%(spaces)s::bigint[]))
        AND (NOT %(cut)s OR EXISTS (SELECT 1 FROM unnest(%(starts)s::bigint[], %(ends)s::bigint[]) AS r(first, behind)
                                    WHERE h.pos >= r.first AND h.pos < r.behind))) THEN b.id END), NULL)
FROM written w LEFT JOIN bearers b USING (place) GROUP BY w.place, w.word ORDER BY w.place
""".replace("{spelt}", _SPELT)


@dataclass(frozen=True, slots=True)
class Matched:
    """Whom numbers name: people in reach; and the numbers that name nobody, several people, or people outside."""

    people: frozenset[int]
    missing: list[str]
    twice: list[str]
    outside: list[str]


def known_numbers(words: Iterable[str]) -> set[str]:
    """Return those of the words that are somebody's staff number."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"words": list(words)})
        return {word for (word,) in cursor.fetchall()}


def match_numbers(numbers: list[str], reach: Reach) -> Matched:
    """Return whom staff numbers name, with a current post within a reach.

    A number that two people bear (in two numberings) names neither, unless only one of them is in reach.
    """
    people: set[int] = set()
    faults: dict[str, list[str]] = {"missing": [], "twice": [], "outside": []}
    for word, bearers, within in _matched(numbers, reach):
        if len(within) == 1:
            people.add(within[0])
        else:
            faults["twice" if within else "outside" if bearers else "missing"].append(word)
    return Matched(frozenset(people), **faults)


def _matched(numbers: list[str], reach: Reach) -> list[tuple[str, list[int], list[int]]]:
    with every_space(Reason.TREE):
        units = units_by_id(reach.branches or ()).values()
    everywhere = reach.spaces is EVERYTHING
    values: dict[str, Any] = {
        "words": numbers,
        "everywhere": everywhere,
        "spaces": [] if everywhere else sorted(reach.spaces),
        "cut": reach.branches is not None,
        "starts": [unit.lft for unit in units],
        "ends": [unit.rgt for unit in units],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MATCHED, values)
        return list(cursor.fetchall())
