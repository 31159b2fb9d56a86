"""Many new units at once: ids, paths and positions worked out in memory, written in a few statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.db import connection
from psycopg.types.json import Jsonb

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import UnitEvent
from fenjin.people.register import acts_on_root_opened
from fenjin.people.services.positions import find_room, rows


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

    @property
    def parent(self) -> int | None:
        return self.path[-2] if len(self.path) > 1 else None


def grow(units: Sequence[NewUnit], on: date) -> list[int]:
    """Open the units and return their ids in order; the caller holds the tree's lock and writes the audit."""
    if not units:
        return []
    ids = rows("SELECT nextval(pg_get_serial_sequence('people_unit', 'id')) FROM generate_series(1, %s)", [len(units)])
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
    for index in tops.get(None, []):
        for act in acts_on_root_opened():
            act(nodes[index].new.name)
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
    """Copy the rows in: a first roster opens thousands of units at once."""
    now = clock.now()
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY people_unit (id, uid, space_id, created_at, parent_id, name, name_en, path, depth, lft, rgt,"
            " opened_on) FROM STDIN"
        ) as copy:
            for node in nodes:
                name, depth = node.new.name, len(node.path) - 1
                place = (node.parent, name, "", node.path, depth, node.lft, node.rgt, on)
                copy.write_row((node.id, uuid4(), node.space, now, *place))
        with cursor.copy(
            'COPY people_unitevent (uid, space_id, created_at, unit_id, kind, "on", old, new) FROM STDIN'
        ) as copy:
            for node in nodes:
                new = Jsonb({"name": node.new.name, "parent": node.parent})
                copy.write_row((uuid4(), node.space, now, node.id, UnitEvent.Kind.OPENED.value, on, Jsonb({}), new))
