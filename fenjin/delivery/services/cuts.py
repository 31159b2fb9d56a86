"""The audience of a message divided by post, place, time and reach: made by a job, about once a minute."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from pyroaring import BitMap

from fenjin.audiences import selectors as audiences
from fenjin.delivery.cutting import pieces, suppress_cut
from fenjin.delivery.models import Cut, Message
from fenjin.delivery.selectors.coverage.cuts import GONE, UNTITLED
from fenjin.delivery.selectors.coverage.sources import named, source_of
from fenjin.delivery.selectors.living import stored_reach
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.reach import unreachable
from fenjin.delivery.suppression import FEWEST, Figures
from fenjin.kit import clock

MOST_POSTS: Final = 40  # the smaller ones stand together
MOST_POINTS: Final = 24
WIDTHS: Final = tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 360, 720, 1440, 7 * 1440))

# Everybody of the audience with the unit under which they count: the unit of the receipt, else of the first post
# (main, then by age) among those held at the freezing whose unit counts anybody. The stretch of ids in which they all
# lie lets rows be read in order, instead of one by one.
_FROZEN: Final = """
WITH member AS (SELECT unnest(%(people)s::bigint[]) AS person_id), waiting AS (
    SELECT DISTINCT ON (m.person_id) m.person_id, CASE WHEN d.unit_id IS NOT NULL THEN p.unit_id END AS unit_id
    FROM member m
    LEFT JOIN people_post p ON p.person_id = m.person_id AND p.person_id BETWEEN %(first)s AND %(last)s
        AND p.created_at <= %(frozen)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
    LEFT JOIN delivery_denominator d
        ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = p.unit_id
    ORDER BY m.person_id, d.unit_id IS NULL, NOT p.main, p.started_on, p.id
), everybody AS (
    SELECT w.person_id, coalesce(r.unit_id, w.unit_id) AS unit_id, r.opened_at, r.confirmed_version
    FROM waiting w LEFT JOIN delivery_receipt r
        ON r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = w.person_id
        AND r.person_id BETWEEN %(first)s AND %(last)s
)
"""
_LIVING: Final = """
, everybody AS (
    SELECT person_id, unit_id, opened_at, confirmed_version FROM delivery_receipt
    WHERE space_id = %(space)s AND message_id = %(message)s
    UNION ALL
    SELECT c.person_id, c.unit_id, NULL, NULL FROM counted c WHERE NOT EXISTS (
        SELECT 1 FROM delivery_receipt r
        WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = c.person_id)
)
"""
_BY_POST: Final = """
SELECT CASE WHEN p.id IS NULL THEN %(gone)s ELSE coalesce(nullif(p.title, ''), %(untitled)s) END, e.unit_id,
       count(*), count(e.opened_at), count(*) FILTER (WHERE e.confirmed_version >= %(confirm_from)s)
FROM everybody e LEFT JOIN people_post p
    ON p.person_id = e.person_id AND p.unit_id = e.unit_id AND p.ended_on IS NULL
GROUP BY 1, 2
"""
_BY_PLACE: Final = """
SELECT coalesce((SELECT z.zone FROM people_unit z WHERE z.id = ANY(u.path) AND z.zone <> '' ORDER BY z.depth DESC
                 LIMIT 1), nullif(s.zone, ''), %(zone)s), u.id, d.people, d.opened, d.confirmed
FROM ({source}) d JOIN people_unit u ON u.id = d.unit_id JOIN spaces_space s ON s.id = u.space_id
"""
_UNITS: Final = "SELECT u.id, u.path, d.people FROM ({source}) d JOIN people_unit u ON u.id = d.unit_id"
# How many opened, and how many of those that count today confirmed, in which stretches of time.
_OVER_TIME: Final = """
SELECT date_bin(%(width)s, opened_at, %(start)s),
       CASE WHEN confirmed_version >= %(confirm_from)s THEN date_bin(%(width)s, confirmed_at, %(start)s) END, count(*)
FROM delivery_receipt WHERE space_id = %(space)s AND message_id = %(message)s GROUP BY 1, 2
"""
_KEEP: Final = """
INSERT INTO delivery_cut (space_id, message_id, kind, position, value, at, people, opened, confirmed)
SELECT %s, %s, %s, ordinality - 1, value, at, people, opened, confirmed
FROM unnest(%s::text[], %s::timestamptz[], %s::int[], %s::int[], %s::int[])
    WITH ORDINALITY AS c(value, at, people, opened, confirmed, ordinality)
"""

type _Crossed = Iterable[Sequence[Any]]  # part, unit (or None), people, opened, confirmed; a pair may come in pieces
type _Line = tuple[str, datetime | None, Figures]


@transaction.atomic
def make_cuts(message: Message) -> None:
    """Divide the audience of one message anew by post, by place and over time."""
    now = clock.now()
    shown_alone = _pieces(message)
    by_place = _rows(_BY_PLACE.format(source=source_of(message)), named(message) | {"zone": settings.TIME_ZONE})
    cuts: dict[str, list[_Line]] = {
        Cut.Kind.POST: _merged(_by_post(message), shown_alone),
        Cut.Kind.PLACE: _merged(by_place, shown_alone),
        Cut.Kind.TIME: _over_time(message, now),
        Cut.Kind.REACH: _reach(message),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM delivery_cut WHERE space_id = %(space)s AND message_id = %(message)s", named(message)
        )
        for kind, lines in cuts.items():
            cursor.execute(_KEEP, [message.space_id, message.pk, kind, *_columns(lines)])
        cursor.execute(
            "UPDATE delivery_watch SET cuts_at = %(now)s WHERE space_id = %(space)s AND message_id = %(message)s",
            named(message) | {"now": now},
        )


def _columns(lines: Sequence[_Line]) -> list[list[Any]]:
    return [
        [value for value, _at, _figures in lines],
        [at for _value, at, _figures in lines],
        *([getattr(figures, name) for _v, _at, figures in lines] for name in ("people", "opened", "confirmed")),
    ]


def _pieces(message: Message) -> dict[int, Any]:
    rows = _rows(_UNITS.format(source=source_of(message)), named(message))
    return pieces({unit: people for unit, _path, people in rows}, {unit: tuple(path) for unit, path, _people in rows})


def _by_post(message: Message) -> _Crossed:
    own: dict[str, Any] = named(message) | {"gone": GONE, "untitled": UNTITLED, "confirm_from": message.confirm_from}
    if message.audience_mode == Message.AudienceMode.LIVING:
        meant = audiences.compile_rule(audiences.parse_rule(message.rule), stored_reach(message.reach), kept=True)
        sql, values = meant.statement(_LIVING + _BY_POST)
        return _rows(sql, values | own)
    [(bitmap,)] = _rows("SELECT bitmap FROM delivery_message WHERE id = %(message)s", named(message))
    own |= {"frozen": message.frozen_at, "day": message.frozen_at.date()}
    return _in_pieces(BitMap.deserialize(bytes(bitmap)), own)


def _in_pieces(people: BitMap, own: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """Yield the audience by post and unit, some people at a time: a million at once would be a list of a million."""
    for piece in sets.pieces(people):
        asked = own | {"people": list(piece), "first": piece.min(), "last": piece.max()}
        yield from _rows(_FROZEN + _BY_POST, asked)


def _merged(crossed: _Crossed, shown_alone: dict[int, Any]) -> list[_Line]:
    """Return the parts of a cut that may be shown, the largest first, the others together at the end."""
    figures: dict[str, Figures] = defaultdict(Figures)
    shares: dict[tuple[str, Any], int] = defaultdict(int)
    for part, unit, people, opened, confirmed in crossed:
        figures[part] += Figures(people, opened, confirmed)
        shares[part, shown_alone.get(unit) if unit is not None else None] += people
    largest = sorted(figures, key=lambda part: (-figures[part].people, part))
    rare = set(largest[MOST_POSTS:])
    if len(rare) > 1:
        shares = _renamed(shares, rare)
    hidden = suppress_cut(shares)
    names = {part for part in figures if part not in rare or len(rare) < 2} - hidden
    alone = [part for part in largest if part in names]
    lines: list[_Line] = [(part, None, figures[part]) for part in alone]
    rest = sum((figures[part] for part in figures if part not in names), Figures())
    if rest.people >= FEWEST and alone:
        lines.append(("", None, rest))
    return lines


def _renamed(shares: dict[tuple[str, Any], int], rare: Iterable[str]) -> dict[tuple[str, Any], int]:
    """Return the shares with all rare parts as one."""
    gathered: dict[tuple[str, Any], int] = defaultdict(int)
    for (part, piece), people in shares.items():
        gathered["" if part in rare else part, piece] += people
    return gathered


def _over_time(message: Message, now: datetime) -> list[_Line]:
    [(people,)] = _rows(f"SELECT coalesce(sum(people), 0)::int FROM ({source_of(message)}) d", named(message))  # noqa: S608
    if people < FEWEST:
        return []
    span = max(now - message.sent_at, timedelta(minutes=1))
    width = next((width for width in WIDTHS if span / width <= MOST_POINTS), WIDTHS[-1])
    rows = _rows(
        _OVER_TIME,
        named(message) | {"width": width, "start": message.sent_at, "confirm_from": message.confirm_from},
    )
    steps: dict[datetime, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for opened_at, confirmed_at, many in rows:
        steps[opened_at] = (steps[opened_at][0] + many, steps[opened_at][1])
        if confirmed_at is not None:
            steps[confirmed_at] = (steps[confirmed_at][0], steps[confirmed_at][1] + many)
    lines: list[_Line] = []
    opened = confirmed = 0
    # Before the start: clocks of two machines may differ a little.
    for early in sorted(at for at in steps if at < message.sent_at):
        opened, confirmed = opened + steps[early][0], confirmed + steps[early][1]
    at = message.sent_at
    while at <= now and len(lines) < MOST_POINTS + 1:
        step = steps.get(at, (0, 0))
        opened, confirmed = opened + step[0], confirmed + step[1]
        until = min(at + width, now)
        if lines and f"{lines[-1][1]:%F %H:%M}" == f"{until:%F %H:%M}":
            lines.pop()  # the page tells minutes, and each stands there once
        lines.append(("", until, Figures(people, opened, confirmed)))
        at += width
    return lines


def _reach(message: Message) -> list[_Line]:
    """Return why some are not reached, with how many; the numbers of people, never who."""
    return [(group.reason, None, Figures(group.count)) for group in unreachable(message)]


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
