"""The figures of one page of coverage and of those above it, as cells.

A message to many units is read from sums that a job keeps for the branches of large units (`Rollup`), and
exactly below them; without fresh sums, and for a message to few units, everything is summed here and now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.coverage.sources import named, source_of
from fenjin.delivery.suppression import Cell, Figures
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.people.selectors.branches import unit_places

FRESH: Final = timedelta(seconds=5)  # older sums are not shown: everything is counted anew

# Of every unit in the audience: its path from the reader's own top downwards, and its figures. A
# level l of a page groups what lies below the target's l-th unit by the unit right below that one.
_ALL: Final = """
WITH top AS (SELECT * FROM unnest(%(tops)s::bigint[], %(depths)s::int[]) AS t(unit_id, depth)),
own AS (
    SELECT CASE WHEN %(everywhere)s THEN u.path ELSE u.path[t.depth + 1:] END AS path,
           d.people, d.opened, d.confirmed, d.told, d.safe, d.need_help
    FROM ({source}) d JOIN people_unit u ON u.id = d.unit_id
    LEFT JOIN top t ON t.unit_id = ANY(u.path)
    WHERE %(everywhere)s OR t.unit_id IS NOT NULL
)
SELECT level, path[level + 1], sum(people)::bigint, sum(opened)::bigint, sum(confirmed)::bigint, sum(told)::bigint,
       sum(safe)::bigint, sum(need_help)::bigint, bool_or(cardinality(path) > level + 1)
FROM own CROSS JOIN generate_series(0, cardinality(%(target)s::bigint[])) AS level
WHERE level = 0 OR path[level] = (%(target)s::bigint[])[level]
GROUP BY 1, 2
"""
_ROLLED: Final = """
SELECT parent_id, unit_id, people, opened, confirmed, told, safe, need_help, deeper FROM delivery_rollup
WHERE space_id = %(space)s AND message_id = %(message)s AND parent_id = ANY(%(parents)s::bigint[])
"""
# OFFSET 0 keeps it at a look by key for each unit of the branches, also before the tables have statistics.
_BRANCHES: Final = """
SELECT u.path, s.people, s.opened, s.confirmed, s.told, s.safe, s.need_help
FROM people_unit b JOIN people_unit u ON u.lft >= b.lft AND u.lft <= b.rgt
CROSS JOIN LATERAL ({source} AND d.unit_id = u.id OFFSET 0) s
WHERE b.id = ANY(%(units)s::bigint[])
"""
_WATCH: Final = """
SELECT rolled_at, counted_at FROM delivery_watch WHERE space_id = %(space)s AND message_id = %(message)s
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Where the people begin that a reader's numbers are about: units with their depths; None: everywhere."""

    tops: Mapping[int, int] | None


@dataclass(slots=True)
class Levels:
    """The cells of each page from the reader's top down; `at`: when they were counted, `live`: just now."""

    at: datetime
    live: bool = True
    cells: dict[int, list[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a job last summed up a message, and last asked who is meant by a living one."""

    rolled_at: datetime | None = None
    counted_at: datetime | None = None


def freshness_of(message: Message) -> Freshness:
    """Return how fresh what jobs keep of a message is."""
    rows = ask(_WATCH, named(message))
    return Freshness(*rows[0]) if rows else Freshness()


def levels_of(message: Message, target: Sequence[int], reader: Reader) -> Levels:
    """Return the cells of each page from the reader's top (level 0) down to the target's (level len(target))."""
    fresh = freshness_of(message)
    living = message.audience_mode == Message.AudienceMode.LIVING
    if fresh.rolled_at is not None and clock.now() - fresh.rolled_at <= FRESH:
        at = fresh.counted_at if living and fresh.counted_at else fresh.rolled_at
        return _Rolled(message, target, reader, at).levels()
    levels = Levels(clock.now())
    if living and fresh.counted_at is not None:
        levels.at, levels.live = fresh.counted_at, False
    levels.cells = _counted(message, target, reader)
    return levels


def _counted(message: Message, target: Sequence[int], reader: Reader) -> dict[int, list[Cell]]:
    tops = reader.tops or {}
    parameters: dict[str, Any] = named(message) | {
        "everywhere": reader.tops is None,
        "tops": list(tops),
        "depths": list(tops.values()),
        "target": list(target),
    }
    cells: dict[int, list[Cell]] = {}
    for level, unit_id, *figures, deeper in _rows(_ALL.format(source=source_of(message)), parameters):
        direct = unit_id is None
        cell = Cell(target[level - 1] if direct else unit_id, Figures(*figures), direct=direct, deeper=bool(deeper))
        cells.setdefault(level, []).append(cell)
    return cells


class _Rolled:
    """Reads sums where a job keeps them, and the units themselves below."""

    def __init__(self, message: Message, target: Sequence[int], reader: Reader, at: datetime) -> None:
        self.message, self.target, self.reader = message, target, reader
        self.found = Levels(at, live=False)
        self.sums: dict[int, list[Cell]] = {}  # parent → cells

    def levels(self) -> Levels:
        """Return the levels; `live` when nothing of the target's own page comes from sums."""
        above = self._parents_of_tops()
        for parent, unit, *figures, deeper in ask(
            _ROLLED, named(self.message) | {"parents": [*set(above.values()), *self.target]}
        ):
            cell = Cell(unit, Figures(*figures), direct=unit == parent, deeper=deeper)
            self.sums.setdefault(parent, []).append(cell)
        small = next((unit for unit in self.target if unit not in self.sums), None)
        lone = [top for top, parent in above.items() if parent and self._summed(parent, top) is None]
        branches = list(dict.fromkeys([*lone, *([small] if small is not None else [])]))
        paths = self._exact(branches)
        self._tops(above, paths)
        for level, unit in enumerate(self.target, 1):
            cells = self.sums[unit] if unit in self.sums else _below(unit, paths)
            if cells:
                self.found.cells[level] = cells
        if self.target and self.target[-1] not in self.sums and not self._is_living:
            self.found.at, self.found.live = clock.now(), True
        return self.found

    @property
    def _is_living(self) -> bool:
        return self.message.audience_mode == Message.AudienceMode.LIVING

    def _parents_of_tops(self) -> dict[int, int]:
        """Return top → the unit above it (0: none); for a reader of everything the roots stand below 0."""
        if self.reader.tops is None:
            return {0: 0}
        return {
            unit: place.path[-2] if len(place.path) > 1 else 0 for unit, place in unit_places(self.reader.tops).items()
        }

    def _summed(self, parent: int, unit: int) -> Cell | None:
        return next((cell for cell in self.sums.get(parent, ()) if cell.unit_id == unit and not cell.direct), None)

    def _tops(self, above: Mapping[int, int], paths: "_Paths") -> None:
        cells = list(self.sums.get(0, ())) if self.reader.tops is None else []
        for top, parent in above.items() if self.reader.tops is not None else ():
            found = self._summed(parent, top) or _whole(top, paths)
            cells += [found] if found is not None else []
        if cells:
            self.found.cells[0] = cells

    def _exact(self, units: Sequence[int]) -> "_Paths":
        if not units:
            return []
        rows = _rows(_BRANCHES.format(source=source_of(self.message)), named(self.message) | {"units": list(units)})
        # One branch may lie in another: each unit once.
        once = {path[-1]: (tuple(path), Figures(*figures)) for path, *figures in rows}
        return list(once.values())


type _Paths = Sequence[tuple[tuple[int, ...], Figures]]


def _below(unit: int, paths: _Paths) -> list[Cell]:
    """Return the cells of a unit's page out of the units in it and below."""
    cells: dict[int | None, Cell] = {}
    for path, figures in paths:
        if unit not in path:
            continue
        place = path.index(unit) + 1
        child = path[place] if place < len(path) else None
        deeper = len(path) > place + 1
        before = cells.get(child)
        if before is not None:
            figures, deeper = before.figures + figures, deeper or before.deeper
        cells[child] = Cell(unit if child is None else child, figures, direct=child is None, deeper=deeper)
    return list(cells.values())


def _whole(unit: int, paths: _Paths) -> Cell | None:
    """Return one unit with all below it."""
    parts = [(path, figures) for path, figures in paths if unit in path]
    if not parts:
        return None
    whole = sum((figures for _path, figures in parts), Figures())
    return Cell(unit, whole, deeper=any(path[-1] != unit for path, _figures in parts))


def _rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
