"""The board of an emergency: how many are safe, need help, or are silent, by unit down the tree.

The numbers are counters kept with each answer, read as those of coverage are: where they would have to be added up over
thousands of units, a job has done so within the last five seconds. Small units are put together as there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.coverage.levels import levels_of
from fenjin.delivery.selectors.coverage.page import reader, way_to
from fenjin.delivery.suppression import Cell, Figures, suppress, total
from fenjin.kit.errors import NotFound
from fenjin.people.selectors.branches import unit_places


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
        """Return the answers among the figures of some people."""
        return cls(figures.people, figures.safe, figures.need_help)


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
    """A page of the board; `at` is when it was counted (`live`: just now), `small` that too few people are here.

    Few people are not told apart.
    """

    message: Message
    title: str
    unit_id: int | None
    unit_name: str
    way: tuple[tuple[int, str], ...]
    whole: Tally
    rows: tuple[BoardRow, ...]
    at: datetime
    live: bool
    small: bool

    @property
    def active(self) -> bool:
        """Tell whether people are still asked."""
        return self.message.ended_at is None and self.message.state != Message.State.WITHDRAWN


def board(message: Message, unit_id: int | None = None) -> Board:
    """Return the board of an emergency (`emergency_for_desk`) for one unit and those below it, in the desk's reach.

    Without a unit: from the desk's top. Raises NotFound for a unit that is not the desk's, or one that is only shown
    together with others.
    """
    own = reader()
    target = way_to(unit_id, own.tops)
    levels = levels_of(message, target, own)
    if not target and len(levels.cells.get(0, [])) == 1:
        target = (levels.cells[0][0].unit_id,)
        levels = levels_of(message, target, own)
    if not levels.cells.get(len(target)):
        raise NotFound
    _let_pass(levels.cells, target)
    cells = levels.cells[len(target)]
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
        at=levels.at,
        live=levels.live,
        small=not whole.enough,
    )


def _rows(cells: Sequence[Cell], places: dict) -> tuple[BoardRow, ...]:
    """Return the lines of a page: in need first, then as the tree stands, small units together at the end."""
    shown = suppress(cells)
    alone = sorted(shown.cells, key=lambda c: (not c.figures.need_help, not c.direct, places[c.unit_id].lft))
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
