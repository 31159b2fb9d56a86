"""The burden ledger: how many minutes of attention people were asked for in the last seven days, and by whom.

Sums by sender and unit, written by a job (services.burden); nothing here looks at one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from fenjin.delivery.suppression import FEWEST
from fenjin.kit.db import titled
from fenjin.kit.scope import EVERYTHING, current_scope
from fenjin.kit.wording import in_english

MOST_UNITS: Final = 30

_LOADED = """
SELECT b.unit_id, b.space_id, (b.seconds + b.living_seconds)::float / b.people, b.people
FROM delivery_burden b WHERE b.unit_id = ANY(%(units)s::bigint[]) AND b.people > 0
"""
_SHEET = "SELECT counted_at FROM delivery_burdensheet"
_MOST = f"""
SELECT u.id, {titled("u")}, {titled("s")}, max(b.people),
       sum(b.seconds + b.living_seconds)::float / max(b.people) AS each, sum(b.messages + b.living_messages)
FROM delivery_burden b JOIN people_unit u ON u.id = b.unit_id JOIN spaces_space s ON s.id = u.space_id
WHERE b.people >= %(smallest)s
  AND (%(everywhere)s OR u.space_id = ANY(%(people)s::bigint[]) OR u.path && %(branches)s::bigint[])
GROUP BY u.id, s.id ORDER BY each DESC, u.id LIMIT %(limit)s
"""  # noqa: S608 - the names are ours
_BELOW = """
WITH part AS (SELECT id, name, lft, rgt FROM people_unit WHERE id = ANY(%(parts)s::bigint[])),
load AS (
    SELECT part.id AS part, b.space_id, sum(b.seconds + b.living_seconds) AS seconds
    FROM part JOIN people_unit u ON u.lft BETWEEN part.lft AND part.rgt JOIN delivery_burden b ON b.unit_id = u.id
    GROUP BY 1, 2)
SELECT part, space_id, seconds::bigint FROM load
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Minutes that one sender asked of each person, on the average."""

    space_id: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Load:
    """What an audience was asked for in the last seven days; `most` is that of the most loaded unit in it."""

    minutes: float
    by: tuple[Asked, ...]
    counted_at: datetime | None
    most_unit: int | None = None
    most_minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class LoadedUnit:
    """A unit and the minutes that each of its people was asked for, on the average."""

    unit_id: int
    name: str
    place: str
    people: int
    minutes: float
    messages: int


def counted_at() -> datetime | None:
    """Return when the sums were looked at last; None: never yet."""
    with connection.cursor() as cursor:
        cursor.execute(_SHEET)
        row = cursor.fetchone()
    return row[0] if row else None


def load_of(people: Mapping[int, int]) -> Load:
    """Return what an audience, given as unit → head count, was asked for.

    Each person counts as much as the average of the unit; so an audience of whole units is exact.
    """
    total = sum(people.values())
    by, unit_minutes = dict[int, float](), dict[int, float]()
    with connection.cursor() as cursor:
        cursor.execute(_LOADED, {"units": list(people)})
        for unit, space, seconds, _heads in cursor.fetchall():
            by[space] = by.get(space, 0.0) + people[unit] * seconds / 60
            unit_minutes[unit] = unit_minutes.get(unit, 0.0) + seconds / 60
    large = {unit: minutes for unit, minutes in unit_minutes.items() if people[unit] >= FEWEST}
    most = max(large, key=lambda unit: (large[unit], -unit), default=None)
    asked = sorted(((minutes / total, space) for space, minutes in by.items()), reverse=True)
    return Load(
        minutes=sum(minutes for minutes, _space in asked),
        by=tuple(Asked(space, minutes) for minutes, space in asked),
        counted_at=counted_at(),
        most_unit=most,
        most_minutes=large[most] if most is not None else 0.0,
    )


def most_loaded() -> list[LoadedUnit]:
    """Return the units in scope whose people were asked for most, the most loaded first, of five people or more."""
    scope = current_scope()
    everywhere, cut = scope.people is EVERYTHING, {space for space, _unit in scope.branches}
    values: dict[str, Any] = {
        "smallest": FEWEST,
        "everywhere": everywhere,
        "people": [] if everywhere else sorted(scope.people - cut),
        "branches": sorted(unit for _space, unit in scope.branches),
        "limit": MOST_UNITS,
        "english": in_english(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOST, values)
        return [LoadedUnit(unit, name, place, heads, each / 60, n) for unit, name, place, heads, each, n in cursor]


def loads_below(parts: Mapping[int, int]) -> dict[int, list[Asked]]:
    """Return for units, given with their head counts, what each person in or below was asked for, by sender."""
    found: dict[int, list[Asked]] = {part: [] for part in parts}
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"parts": list(parts)})
        for part, space, seconds in cursor.fetchall():
            if parts[part]:
                found[part].append(Asked(space, seconds / parts[part] / 60))
    return {part: sorted(asked, key=lambda one: -one.minutes) for part, asked in found.items()}
