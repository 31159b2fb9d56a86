"""Who was where on a day: units under their names then, in the tree as it was, with the posts then valid.

"On a day" means at its end, so a change dated on the day is already seen. Dates are those of the
events, whenever they were entered; posts_then answers for an instant as the database held it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from fenjin.kit.errors import NotFound
from fenjin.people.selectors import past
from fenjin.people.selectors.past import fetch, in_scope

COUNTED: Final = 10_000  # a head count of the past stops here: it is read post by post


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit as it was at the end of a day; `open` tells whether it stood at all."""

    id: int
    name: str
    name_en: str
    parent_id: int | None
    open: bool


@dataclass(frozen=True, slots=True)
class MemberThen:
    """A post that was held in a unit on a day, with the person and the name of the unit then."""

    person_id: int
    name: str
    staff_number: str
    status: str
    unit_id: int
    unit_name: str
    title: str
    main: bool
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PostThen:
    """A post that a person held on a day, with the names of the units above as they were then."""

    post_id: int
    unit_id: int
    path: tuple[str, ...]
    title: str
    main: bool
    started_on: date
    ended_on: date | None


_UNIT: Final = f"u.id, {past.NAME.format(name='name')}, {past.NAME.format(name='name_en')}, {past.PARENT}, {past.OPEN}"


def unit_on(unit_id: int, day: date) -> UnitThen:
    """Return a unit in scope as it was at the end of `day`; raises NotFound."""
    wanted: dict[str, Any] = {"unit": unit_id, "day": day}
    scope = in_scope("u", wanted)
    found = fetch(f"SELECT {_UNIT} FROM people_unit u WHERE u.id = %(unit)s AND {scope}", wanted)  # noqa: S608
    if not found:
        raise NotFound
    return UnitThen(*found[0])


def path_on(unit_id: int, day: date) -> list[UnitThen]:
    """Return the units above as they were at the end of `day`, from the top down to the unit itself.

    Their names are the path everybody reads on a post, so they are not cut to a space.
    """
    sql = f"""WITH RECURSIVE up (id, parent_id, height) AS (
        SELECT u.id, {past.PARENT}, 0 FROM people_unit u WHERE u.id = %(unit)s
        UNION ALL
        SELECT u.id, {past.PARENT}, up.height + 1 FROM up JOIN people_unit u ON u.id = up.parent_id
        WHERE up.height < {past.DEEPEST}
    ) SELECT {_UNIT} FROM up JOIN people_unit u ON u.id = up.id ORDER BY up.height DESC"""  # noqa: S608
    return [UnitThen(*row) for row in fetch(sql, {"unit": unit_id, "day": day})]


def children_on(unit_id: int, day: date) -> list[UnitThen]:
    """Return the units in scope right below a unit at the end of `day`, in the order of their names then."""
    wanted: dict[str, Any] = {"unit": unit_id, "day": day}
    scope = in_scope("u", wanted)
    sql = f"""SELECT {_UNIT} FROM ({past.CHILDREN.format(above="%(unit)s")}) child
        JOIN people_unit u ON u.id = child.id WHERE {scope} ORDER BY u.lft"""  # noqa: S608
    return [UnitThen(*row) for row in fetch(sql, wanted)]


def subtree_on(unit_id: int, day: date) -> list[int]:
    """Return the ids of the unit and of all that lay below it at the end of `day`, parents before children."""
    sql = f"{past.SUBTREE} SELECT id FROM inside ORDER BY way"  # noqa: S608
    rows = fetch(sql, {"unit": unit_id, "day": day})
    return [unit for (unit,) in rows]


def _members_sql(unit_id: int, day: date, *, subtree: bool) -> tuple[str, str, dict[str, Any]]:
    """Return the units meant, then the posts held in them on the day, unit by unit; and what goes into both."""
    wanted: dict[str, Any] = {"unit": unit_id, "day": day}
    scope = in_scope("p", wanted)
    held = f"""FROM (SELECT id, way FROM inside ORDER BY way) inside CROSS JOIN LATERAL (
            SELECT p.*, n.name, n.name_key, n.staff_number, n.status AS status_now FROM people_post p
            JOIN people_person n ON n.id = p.person_id
            WHERE p.unit_id = inside.id AND {past.HELD} AND {scope} ORDER BY n.name_key, n.id, p.id
        ) p"""  # noqa: S608
    return past.SUBTREE if subtree else past.ITSELF, held, wanted


_MEMBER: Final = f"""SELECT p.person_id, p.name, p.staff_number, {past.STATUS}, p.unit_id,
    {past.NAME.format(name="name")}, {past.TITLE}, {past.MAIN}, p.started_on, p.ended_on"""
_JOINED: Final = "JOIN people_unit u ON u.id = p.unit_id JOIN people_person n ON n.id = p.person_id"


def members_on(
    unit_id: int, day: date, *, subtree: bool = True, start: int = 0, size: int | None = None
) -> list[MemberThen]:
    """Return the posts in scope held on `day` in a unit, with `subtree` also in all that lay below it then.

    They come unit by unit, parents before children, and by pinyin inside a unit. One query; with
    `size` it stops after so many from `start`, and reads no unit beyond. Who held several posts there
    comes several times.
    """
    units, held, wanted = _members_sql(unit_id, day, subtree=subtree)
    limit = ""
    if size is not None:
        limit, wanted["start"], wanted["size"] = "LIMIT %(size)s OFFSET %(start)s", start, size
    sql = f"""{units} {_MEMBER} FROM (SELECT p.*, row_number() OVER () AS place
        FROM (SELECT p.* {held} {limit}) p) p {_JOINED} ORDER BY p.place"""  # noqa: S608
    return [MemberThen(*row) for row in fetch(sql, wanted)]


def iterate_members_on(unit_id: int, day: date, *, subtree: bool = True) -> Iterator[MemberThen]:
    """Yield what members_on returns, a thousand rows at a time from the server: for exports."""
    units, held, wanted = _members_sql(unit_id, day, subtree=subtree)
    sql = f"""{units} {_MEMBER} FROM (SELECT p.*, inside.way {held}) p {_JOINED}
        ORDER BY p.way, p.name_key, p.person_id, p.id"""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, wanted)
        while some := cursor.fetchmany(1_000):
            yield from (MemberThen(*row) for row in some)


def count_members_on(unit_id: int, day: date, *, subtree: bool = True, most: int = COUNTED) -> int | None:
    """Return how many different people in scope held a post there on `day`; None for more than `most` posts."""
    units, _held, wanted = _members_sql(unit_id, day, subtree=subtree)
    scope = in_scope("p", wanted)
    sql = f"""{units} SELECT count(*), count(DISTINCT person_id) FROM (
        SELECT p.person_id FROM inside JOIN people_post p ON p.unit_id = inside.id AND {past.HELD} AND {scope}
        LIMIT %(most)s) p"""  # noqa: S608
    [(posts, people)] = fetch(sql, wanted | {"most": most + 1})
    return None if posts > most else int(people)


def posts_on(person_id: int, day: date) -> list[PostThen]:
    """Return the posts in scope that a person held at the end of `day`, the main one first, then the oldest."""
    wanted: dict[str, Any] = {"person": person_id, "day": day}
    scope = in_scope("p", wanted)
    sql = f"""SELECT p.id, p.unit_id, {past.TITLE}, {past.MAIN}, p.started_on, p.ended_on FROM people_post p
        WHERE p.person_id = %(person)s AND {past.HELD} AND {scope}"""  # noqa: S608
    found = [
        PostThen(post, unit, tuple(above.name for above in path_on(unit, day)), *rest)
        for post, unit, *rest in fetch(sql, wanted)
    ]
    return sorted(found, key=lambda post: (not post.main, post.started_on, post.post_id))
