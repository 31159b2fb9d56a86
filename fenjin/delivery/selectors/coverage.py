"""How far a message got: denominators and counters rolled up over the tree, for staff.

The reader's set of people comes from the scope in force: the group sees the whole tree, a subsidiary
its own part of a group message, a role for a branch that branch. Numbers are counters kept with each
receipt, so they are live.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.suppression import Cell, Figures, Shown, suppress, total
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, Reason, current_scope, every_space
from fenjin.people.selectors.branches import unit_places
from fenjin.spaces.selectors import space_roots

# Of every unit in the audience: its path from the reader's own top downwards, and its figures. A
# level l of a page groups what lies below the target's l-th unit by the unit right below that one.
_ROLLED_UP = """
WITH top AS (SELECT * FROM unnest(%(tops)s::bigint[], %(depths)s::int[]) AS t(unit_id, depth)),
own AS (
    SELECT CASE WHEN %(everywhere)s THEN u.path ELSE u.path[t.depth + 1:] END AS path,
           d.people, coalesce(c.opened, 0) AS opened, coalesce(c.confirmed, 0) AS confirmed
    FROM delivery_denominator d
    JOIN people_unit u ON u.id = d.unit_id
    LEFT JOIN top t ON t.unit_id = ANY(u.path)
    LEFT JOIN delivery_counter c ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
    WHERE d.space_id = %(space)s AND d.message_id = %(message)s AND (%(everywhere)s OR t.unit_id IS NOT NULL)
)
SELECT level, path[level + 1], sum(people)::bigint, sum(opened)::bigint, sum(confirmed)::bigint,
       bool_or(cardinality(path) > level + 1)
FROM own CROSS JOIN generate_series(0, cardinality(%(target)s::bigint[])) AS level
WHERE level = 0 OR path[level] = (%(target)s::bigint[])[level]
GROUP BY 1, 2
"""


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
    """A page of coverage: the whole, its parts, and the way here. `at` is when it was counted."""

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
    return bool(message.space_id in partly and scope.people and _levels(message, ()))


def coverage(message_id: int, unit_id: int | None = None) -> Coverage:
    """Return how far a message got in a unit and in each one below it, as far as it may be shown.

    Without a unit: from the reader's top. Raises NotFound for a message or unit that is not the
    reader's, TooFewPeople for one that suppression hides.
    """
    version = get_sent_message(message_id)
    message = version.message
    target = _target(unit_id)
    levels = _levels(message, target)
    if not target and len(levels.get(0, [])) == 1:
        target = (levels[0][0].unit_id,)
        levels = _levels(message, target)
    whole = total(levels.get(0, []))
    if not whole.people:
        raise NotFound
    if unit_id is None and not whole.enough:
        return _too_small(version, whole)
    shown = _walk_down(levels, target)
    places = unit_places([cell.unit_id for cell in levels[len(target)]] + list(target))
    rows = [Row(c.unit_id, places[c.unit_id].name, c.figures, c.direct, c.deeper) for c in shown.cells]
    rows.sort(key=lambda row: (not row.direct, places[row.unit_id].lft))
    merged = sorted(shown.merged.cells, key=lambda cell: places[cell.unit_id].lft) if shown.merged else []
    return Coverage(
        message=message,
        version=version,
        unit_id=target[-1] if target else None,
        unit_name=places[target[-1]].name if target else "",
        way=tuple((unit, places[unit].name) for unit in target),
        total=total(levels[len(target)]),
        rows=tuple(rows),
        merged=shown.merged.figures if shown.merged else None,
        merged_names=tuple(places[cell.unit_id].name for cell in merged),
        at=clock.now(),
    )


def _too_small(version: MessageVersion, whole: Figures) -> Coverage:
    """Return the page of an audience of fewer than five: how many it is, and nothing else."""
    hidden = Figures(people=whole.people)
    return Coverage(version.message, version, None, "", (), hidden, (), None, (), clock.now())


def _walk_down(levels: dict[int, list[Cell]], target: Sequence[int]) -> Shown:
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


def _target(unit_id: int | None) -> tuple[int, ...]:
    """Return the ids from the reader's top down to a unit; raises NotFound outside the reader's set."""
    if unit_id is None:
        return ()
    place = unit_places([unit_id]).get(unit_id)
    if place is None:
        raise NotFound
    if current_scope().people is EVERYTHING:
        return tuple(place.path)
    tops = _tops()
    depth = next((tops[unit] for unit in place.path if unit in tops), None)
    if depth is None:
        raise NotFound
    return tuple(place.path[depth:])


def _tops() -> dict[int, int]:
    """Return the units at which the reader's people begin, with their depths: of whole spaces, and of branches."""
    scope = current_scope()
    whole = scope.people - {space for space, _unit in scope.branches}
    units = {unit for unit, space in space_roots().items() if space in whole}
    units |= {unit for _space, unit in scope.branches}
    paths = {unit: place.path for unit, place in unit_places(units).items()}
    # A branch within a branch begins with the upper one.
    return {unit: len(path) - 1 for unit, path in paths.items() if units.isdisjoint(path[:-1])}


def _levels(message: Message, target: Sequence[int]) -> dict[int, list[Cell]]:
    """Return the cells of each page from the reader's top down to the target's, in one query."""
    everywhere = current_scope().people is EVERYTHING
    tops = {} if everywhere else _tops()
    parameters: dict[str, Any] = {
        "everywhere": everywhere,
        "tops": list(tops),
        "depths": list(tops.values()),
        "space": message.space_id,
        "message": message.pk,
        "target": list(target),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROLLED_UP, parameters)
        rows = cursor.fetchall()
    levels: dict[int, list[Cell]] = {}
    for level, unit_id, *figures, deeper in rows:
        direct = unit_id is None
        cell = Cell(target[level - 1] if direct else unit_id, Figures(*figures), direct=direct, deeper=bool(deeper))
        levels.setdefault(level, []).append(cell)
    return levels
