"""How far a message got: denominators and counters rolled up over the tree, for staff.

The reader's set of people comes from the scope in force: the group sees the whole tree, a subsidiary
its own part of a group message, a role for a branch that branch. Numbers are counters kept with each
receipt, so they are live; where they would have to be added up over thousands of units, a job has done so
within the last five seconds (`levels`), and the page says as of when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.coverage.levels import Levels, Reader, levels_of
from fenjin.delivery.suppression import Cell, Figures, Shown, suppress, total
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, Reason, current_scope, every_space
from fenjin.people.selectors.branches import unit_places
from fenjin.spaces.selectors import space_roots


class TooFewPeople(Refusal):
    """A unit that is shown only together with others."""

    code = "coverage_too_few"
    status = 404
    sentence = _("Fewer than five people of this message are here, or they would show through: only sums are shown.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a coverage page."""

    unit_id: int
    name: str
    figures: Figures
    direct: bool = False
    deeper: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """A page of coverage: the whole, its parts, and the way here.

    `at` is when its numbers were counted: while it is drawn (`live`), or by a job shortly before.
    """

    message: Message
    version: MessageVersion
    unit_id: int | None
    unit_name: str
    way: tuple[tuple[int, str], ...]  # units from the reader's top down to this one
    total: Figures
    rows: tuple[Row, ...]
    merged: Figures | None
    merged_names: tuple[str, ...]
    at: datetime
    live: bool = True


def get_sent_message(message_id: int) -> MessageVersion:
    """Return the current version, with its message, if staff in scope may see any of it; raises NotFound.

    Their own spaces' messages, and those of the group that reached people of theirs; where their business is
    with a branch alone, those that reached people of the branch.
    """
    scope = current_scope()
    whole = scope.content - {space for space, _unit in scope.branches} if scope.branches else scope.content
    with every_space(Reason.DELIVERY):
        version: MessageVersion | None = (
            MessageVersion.objects.select_related("message", "message__space")
            .defer("message__bitmap", "message__elsewhere", "html", "text")
            .filter(message=message_id)
            .order_by("-number")
            .first()
        )
    if version is None or not (version.space_id in whole or _reached_own(version.message)):
        raise NotFound
    return version


def _reached_own(message: Message) -> bool:
    """Tell whether a message of the group, or of a space with a branch of theirs, counts people of the reader."""
    scope = current_scope()
    partly = {GROUP_SPACE} | (scope.content & {space for space, _unit in scope.branches})
    return bool(message.space_id in partly and scope.people and levels_of(message, (), reader()).cells)


def coverage(message_id: int, unit_id: int | None = None) -> Coverage:
    """Return how far a message got in a unit and in each one below it, as far as it may be shown.

    Without a unit: from the reader's top. Raises NotFound for a message or unit that is not the
    reader's, TooFewPeople for one that suppression hides.
    """
    version = get_sent_message(message_id)
    message, own = version.message, reader()
    target = way_to(unit_id, own.tops)
    levels = levels_of(message, target, own)
    if not target and len(levels.cells.get(0, [])) == 1:
        target = (levels.cells[0][0].unit_id,)
        levels = levels_of(message, target, own)
    whole = total(levels.cells.get(0, []))
    if not whole.people:
        raise NotFound
    if unit_id is None and not whole.enough:
        return _too_small(version, levels, whole)
    shown = _walk_down(levels.cells, target)
    return _page(version, levels, target, shown)


def _page(version: MessageVersion, levels: Levels, target: Sequence[int], shown: Shown) -> Coverage:
    cells = levels.cells[len(target)]
    places = unit_places([cell.unit_id for cell in cells] + list(target))
    rows = [Row(c.unit_id, places[c.unit_id].name, c.figures, c.direct, c.deeper) for c in shown.cells]
    rows.sort(key=lambda row: (not row.direct, places[row.unit_id].lft))
    merged = sorted(shown.merged.cells, key=lambda cell: places[cell.unit_id].lft) if shown.merged else []
    return Coverage(
        message=version.message,
        version=version,
        unit_id=target[-1] if target else None,
        unit_name=places[target[-1]].name if target else "",
        way=tuple((unit, places[unit].name) for unit in target),
        total=total(cells),
        rows=tuple(rows),
        merged=shown.merged.figures if shown.merged else None,
        merged_names=tuple(places[cell.unit_id].name for cell in merged),
        at=levels.at,
        live=levels.live,
    )


def _too_small(version: MessageVersion, levels: Levels, whole: Figures) -> Coverage:
    """Return the page of an audience of fewer than five: how many it is, and nothing else."""
    hidden = Figures(people=whole.people)
    return Coverage(version.message, version, None, "", (), hidden, (), None, (), levels.at, levels.live)


def _walk_down(levels: Mapping[int, list[Cell]], target: Sequence[int]) -> Shown:
    """Return what the last level shows; raises TooFewPeople if any level on the way hides the next unit."""
    for level, unit_id in enumerate(target):
        if not total(levels.get(level, [])).enough:
            raise TooFewPeople
        shown = suppress(levels[level])
        if all(cell.unit_id != unit_id or cell.direct for cell in shown.cells):
            raise TooFewPeople
    last = levels.get(len(target), [])
    if not total(last).enough:
        raise TooFewPeople
    return suppress(last)


def way_to(unit_id: int | None, tops: Mapping[int, int] | None) -> tuple[int, ...]:
    """Return the ids from the reader's top down to a unit; raises NotFound outside the reader's set."""
    if unit_id is None:
        return ()
    place = unit_places([unit_id]).get(unit_id)
    if place is None:
        raise NotFound
    if tops is None:
        return tuple(place.path)
    depth = next((tops[unit] for unit in place.path if unit in tops), None)
    if depth is None:
        raise NotFound
    return tuple(place.path[depth:])


def reader() -> Reader:
    """Return where the people begin that the one who asks may see: of whole spaces, and of branches."""
    scope = current_scope()
    if scope.people is EVERYTHING:
        return Reader(None)
    whole = scope.people - {space for space, _unit in scope.branches}
    units = {unit for unit, space in space_roots().items() if space in whole}
    units |= {unit for _space, unit in scope.branches}
    paths = {unit: place.path for unit, place in unit_places(units).items()}
    # A branch within a branch begins with the upper one.
    return Reader({unit: len(path) - 1 for unit, path in paths.items() if units.isdisjoint(path[:-1])})
