"""Where units stand on the number line. Only services.tree and the roster use this, under TREE_LOCK.

The subtree of a unit is what lies between its `lft` and `rgt`, strictly nested; a post copies its
unit's `lft`, so counting people of a subtree is one range. Newcomers go into the free stretch behind
the last child and take only a small part of it. When a stretch is used up, the smallest unit above
that has enough room inside is laid out evenly; nothing outside it changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

TREE_LOCK = 0x66656E6A_01  # the one advisory lock of everything that changes the tree or the posts
LINE = (0, 2**62)
SPARE = 128  # a newcomer leaves at least this many times its own room free behind it
ROOMY = 16  # laying out must win this many times the room asked for, else the next unit above is tried


@dataclass(frozen=True, slots=True)
class Stretch:
    """Free room: the first usable position is `start + stride`."""

    start: int
    stride: int


def lock_tree() -> None:
    """Take the tree's lock until the transaction ends; a second call in it is free."""
    rows("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def change(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
    """Run one statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def find_room(slots: dict[int | None, int]) -> dict[int | None, Stretch]:
    """Return free room behind the last child of each parent, for that many positions each.

    Where the room is used up, a part of the tree is laid out anew first, with its posts. None stands
    for the whole line, whose children are the roots.
    """
    found = _measure(slots)
    for parent, stretch in found.items():
        if stretch.stride < 1:
            _make_room(parent, slots[parent])
    if any(stretch.stride < 1 for stretch in found.values()):
        found = _measure(slots)
    if any(stretch.stride < 1 for stretch in found.values()):
        raise OverflowError("The line of positions is full; 2**62 hold a tree of a million units.")
    return found


def _measure(slots: dict[int | None, int]) -> dict[int | None, Stretch]:
    parents = [parent for parent in slots if parent is not None]
    ends: dict[int | None, tuple[int, int]] = {
        parent: (start, end)
        for parent, start, end in rows(
            """SELECT p.id, coalesce((SELECT max(c.rgt) FROM people_unit c WHERE c.parent_id = p.id), p.lft), p.rgt
               FROM people_unit p WHERE p.id = ANY(%s)""",
            [parents],
        )
    }
    if None in slots:
        last = rows("SELECT max(rgt) FROM people_unit WHERE parent_id IS NULL")[0][0]
        ends[None] = (LINE[0] if last is None else last, LINE[1])
    return {
        parent: Stretch(start, (end - start) // (slots[parent] + 1 + max(slots[parent], SPARE)))
        for parent, (start, end) in ends.items()
    }


def _make_room(parent: int | None, wanted: int) -> None:
    """Lay out the smallest unit at or above `parent` in which that gives ample room."""
    around: Iterable[tuple[int, int, int]] = []
    if parent is not None:
        around = rows(
            """SELECT a.lft, a.rgt, (SELECT count(*) FROM people_unit u WHERE u.lft > a.lft AND u.lft < a.rgt)
               FROM people_unit p JOIN people_unit a ON a.id = ANY(p.path) WHERE p.id = %s ORDER BY a.lft DESC""",
            [parent],
        )
    whole = (*LINE, rows("SELECT count(*) FROM people_unit")[0][0])
    for start, end, inside in [*around, whole]:
        stride = (end - start) // (2 * inside + 1)
        if stride >= ROOMY * (wanted + SPARE + 1) or (start, end) == LINE:
            relabel(start + 1, end - 1, Stretch(start, stride))
            return


def relabel(first: int, last: int, to: Stretch) -> None:
    """Give the units whose `lft` lies in first..last new positions, in the same order, and their posts."""
    change(
        """
        WITH token AS (
            SELECT id, lft AS at FROM people_unit WHERE lft BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT id, rgt FROM people_unit WHERE lft BETWEEN %(first)s AND %(last)s
        ), ranked AS (
            SELECT id, %(start)s::bigint + %(stride)s::bigint * row_number() OVER (ORDER BY at) AS at FROM token
        ), placed AS (
            SELECT id, min(at) AS lft, max(at) AS rgt FROM ranked GROUP BY id
        ), moved AS (
            UPDATE people_unit u SET lft = p.lft, rgt = p.rgt FROM placed p WHERE u.id = p.id
            RETURNING u.id, u.lft
        )
        UPDATE people_post SET pos = moved.lft FROM moved WHERE unit_id = moved.id AND pos <> moved.lft
        """,
        {"first": first, "last": last, "start": to.start, "stride": to.stride},
    )
