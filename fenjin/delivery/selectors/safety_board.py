"""The board of an emergency: how many are safe, need help, or are silent, by unit down the tree.

The numbers are counters kept with each answer, so they are live; small units are put together as in coverage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.safety import emergency_for_desk
from fenjin.delivery.suppression import Cell, Figures, suppress, total
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import EVERYTHING, current_scope
from fenjin.people.selectors.branches import unit_places
from fenjin.spaces.selectors import space_roots

# Of every unit in the audience: its path from the desk's own top downwards, and its figures. `opened` of the figures
# are all who answered, `confirmed` those of them who need help: the same arithmetic as coverage's.
_BY_UNIT = """
WITH top AS (SELECT * FROM unnest(%(tops)s::bigint[], %(depths)s::int[]) AS t(unit_id, depth)),
own AS (
    SELECT CASE WHEN %(everywhere)s THEN u.path ELSE u.path[t.depth + 1:] END AS path,
           d.people, coalesce(c.safe + c.need_help, 0) AS answered, coalesce(c.need_help, 0) AS need_help
    FROM delivery_denominator d
    JOIN people_unit u ON u.id = d.unit_id
    LEFT JOIN top t ON t.unit_id = ANY(u.path)
    LEFT JOIN delivery_safetycounter c
        ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
    WHERE d.space_id = %(space)s AND d.message_id = %(message)s AND (%(everywhere)s OR t.unit_id IS NOT NULL)
)
SELECT level, path[level + 1], sum(people)::bigint, sum(answered)::bigint, sum(need_help)::bigint,
       bool_or(cardinality(path) > level + 1)
FROM own CROSS JOIN generate_series(0, cardinality(%(target)s::bigint[])) AS level
WHERE level = 0 OR path[level] = (%(target)s::bigint[])[level]
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some people are safe, need help, and have not answered."""

    people: int
    safe: int
    need_help: int

    @property
    def answered(self) -> int:
        """Return how many have answered."""
        return self.safe + self.need_help

    @property
    def silent(self) -> int:
        """Return how many have not answered, whether or not they have seen it."""
        return self.people - self.answered

    @classmethod
    def of(cls, figures: Figures) -> "Tally":
        """Return it from figures in which `opened` are the answers and `confirmed` those in need."""
        return cls(figures.people, figures.opened - figures.confirmed, figures.confirmed)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit of a board, or (`direct`) the people of the looked-at unit itself, or small units together."""

    unit_id: int | None
    name: str
    tally: Tally
    direct: bool = False
    deeper: bool = False
    names: tuple[str, ...] = ()  # of the units that are shown together


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board; `at` is when it was counted, `small` that too few people are here to be told apart."""

    message: Message
    title: str
    unit_id: int | None
    unit_name: str
    way: tuple[tuple[int, str], ...]
    whole: Tally
    rows: tuple[BoardRow, ...]
    at: datetime
    small: bool = False


def board(message_id: int, unit_id: int | None = None) -> Board:
    """Return the board of an emergency for one unit and those below it, as far as the desk reaches.

    Without a unit: from the desk's top. Raises NotFound for an emergency, or a unit, that is not the desk's, or one
    that is only shown together with others.
    """
    message = emergency_for_desk(message_id)
    target = _way_to(unit_id)
    levels = _levels(message, target)
    if not target and len(levels.get(0, [])) == 1:
        target = (levels[0][0].unit_id,)
        levels = _levels(message, target)
    if not levels.get(len(target)):
        raise NotFound
    _let_pass(levels, target)
    cells = levels[len(target)]
    whole = total(cells)
    places = unit_places([cell.unit_id for cell in cells] + list(target))
    return Board(
        message=message,
        title=message.versions.model._base_manager.get(message=message.pk, number=message.current_version).title,
        unit_id=target[-1] if target else None,
        unit_name=places[target[-1]].name if target else "",
        way=tuple((unit, places[unit].name) for unit in target),
        whole=Tally.of(whole),
        rows=_rows(cells, places) if whole.enough else (),
        at=clock.now(),
        small=not whole.enough,
    )


def _rows(cells: Sequence[Cell], places: dict) -> tuple[BoardRow, ...]:
    """Return the lines of a page: in need first, then as the tree stands, small units together at the end."""
    shown = suppress(cells)
    alone = sorted(shown.cells, key=lambda c: (not c.figures.confirmed, not c.direct, places[c.unit_id].lft))
    rows = [
        BoardRow(cell.unit_id, places[cell.unit_id].name, Tally.of(cell.figures), cell.direct, cell.deeper)
        for cell in alone
    ]
    if shown.merged is not None:
        names = sorted(shown.merged.cells, key=lambda cell: places[cell.unit_id].lft)
        named = tuple(places[cell.unit_id].name for cell in names)
        rows.append(BoardRow(None, "", Tally.of(shown.merged.figures), names=named))
    return tuple(rows)


def _let_pass(levels: dict[int, list[Cell]], target: Sequence[int]) -> None:
    """Raise NotFound if a unit on the way is shown only together with others."""
    for level, unit_id in enumerate(target):
        here = levels.get(level, [])
        alone = {cell.unit_id for cell in suppress(here).cells if not cell.direct}
        if level > 0 and not total(here).enough:
            raise NotFound
        if unit_id not in alone and not (level == 0 and len(here) == 1):
            raise NotFound


def _way_to(unit_id: int | None) -> tuple[int, ...]:
    """Return the ids from the desk's top down to a unit; raises NotFound outside its reach."""
    if unit_id is None:
        return ()
    place = unit_places([unit_id]).get(unit_id)
    if place is None:
        raise NotFound
    if current_scope().people is EVERYTHING:
        return place.path
    tops = _tops()
    depth = next((tops[unit] for unit in place.path if unit in tops), None)
    if depth is None:
        raise NotFound
    return place.path[depth:]


def _tops() -> dict[int, int]:
    """Return the units at which the desk's people begin, with their depths: of whole spaces, and of branches."""
    scope = current_scope()
    whole = scope.people - {space for space, _unit in scope.branches}
    units = {unit for unit, space in space_roots().items() if space in whole}
    units |= {unit for _space, unit in scope.branches}
    paths = {unit: place.path for unit, place in unit_places(units).items()}
    return {unit: len(path) - 1 for unit, path in paths.items() if units.isdisjoint(path[:-1])}


def _levels(message: Message, target: Sequence[int]) -> dict[int, list[Cell]]:
    """Return the cells of each page from the desk's top down to the target's, in one query."""
    everywhere = current_scope().people is EVERYTHING
    tops = {} if everywhere else _tops()
    asked: dict[str, Any] = {"everywhere": everywhere, "tops": list(tops), "depths": list(tops.values())}
    asked |= {"space": message.space_id, "message": message.pk, "target": list(target)}
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, asked)
        rows = cursor.fetchall()
    levels: dict[int, list[Cell]] = {}
    for level, unit_id, *figures, deeper in rows:
        direct = unit_id is None
        cell = Cell(target[level - 1] if direct else unit_id, Figures(*figures), direct=direct, deeper=bool(deeper))
        levels.setdefault(level, []).append(cell)
    return levels
