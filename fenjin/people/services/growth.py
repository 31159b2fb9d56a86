"""Many new units at once: ids, paths and positions worked out in memory, written in a few statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Unit, UnitEvent
from fenjin.people.services.positions import find_room, rows

BATCH = 2_000


@dataclass(slots=True)
class NewUnit:
    """A unit to be opened under an existing unit, or under another new one (its place in the list)."""

    name: str
    parent_id: int | None = None
    under: int | None = None  # index of an earlier NewUnit; wins over parent_id


@dataclass(slots=True)
class _Node:
    new: NewUnit
    id: int
    children: list[int] = field(default_factory=list)
    path: list[int] = field(default_factory=list)
    space: int = GROUP_SPACE
    lft: int = 0
    rgt: int = 0


def grow(units: Sequence[NewUnit], on: date) -> list[int]:
    """Open the units and return their ids in order; the caller holds the tree's lock and writes the audit."""
    if not units:
        return []
    ids = rows(
        "SELECT nextval(pg_get_serial_sequence('people_unit', 'id')) FROM generate_series(1, %s)", [len(units)]
    )
    nodes = [_Node(new, row[0]) for new, row in zip(units, ids, strict=True)]
    tops: dict[int | None, list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        if node.new.under is not None:
            nodes[node.new.under].children.append(index)
        else:
            tops[node.new.parent_id].append(index)
    _place(nodes, tops)
    _inherit(nodes, tops)
    _write(nodes, on)
    return [node.id for node in nodes]


def _place(nodes: list[_Node], tops: dict[int | None, list[int]]) -> None:
    """Give every node its two positions: evenly, in the free room behind its siblings."""
    room = find_room({parent: 2 * sum(_size(nodes, top) for top in group) for parent, group in tops.items()})
    for parent, group in tops.items():
        at, stride = room[parent].start, room[parent].stride
        stack = [(index, False) for index in reversed(group)]
        while stack:
            index, leaving = stack.pop()
            at += stride
            if leaving:
                nodes[index].rgt = at
                continue
            nodes[index].lft = at
            stack.append((index, True))
            stack += [(child, False) for child in reversed(nodes[index].children)]


def _size(nodes: list[_Node], top: int) -> int:
    size, stack = 0, [top]
    while stack:
        size += 1
        stack += nodes[stack.pop()].children
    return size


def _inherit(nodes: list[_Node], tops: dict[int | None, list[int]]) -> None:
    """Give every node the path and the space it has from above."""
    above: dict[int | None, tuple[list[int], int]] = {
        unit: (path, space)
        for unit, path, space in rows(
            "SELECT id, path, space_id FROM people_unit WHERE id = ANY(%s)", [[p for p in tops if p is not None]]
        )
    }
    above[None] = ([], GROUP_SPACE)
    for node in nodes:  # a parent comes before its children
        if node.new.under is None:
            path, space = above[node.new.parent_id]
        else:
            path, space = nodes[node.new.under].path, nodes[node.new.under].space
        node.path, node.space = [*path, node.id], space


def _write(nodes: list[_Node], on: date) -> None:
    Unit._base_manager.bulk_create(
        [
            Unit(
                id=node.id,
                space_id=node.space,
                parent_id=node.path[-2] if len(node.path) > 1 else None,
                name=node.new.name,
                path=node.path,
                depth=len(node.path) - 1,
                lft=node.lft,
                rgt=node.rgt,
                opened_on=on,
            )
            for node in nodes
        ],
        batch_size=BATCH,
    )
    UnitEvent._base_manager.bulk_create(
        [
            UnitEvent(
                space_id=node.space,
                unit_id=node.id,
                kind=UnitEvent.Kind.OPENED,
                on=on,
                new={"name": node.new.name, "parent": node.path[-2] if len(node.path) > 1 else None},
            )
            for node in nodes
        ],
        batch_size=BATCH,
    )
