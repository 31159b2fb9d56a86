"""The feed of one person, found when it is read: nothing is written per recipient at sending.

A frozen message has one denominator for each unit under which somebody counts, so a person's
messages are those with a denominator for the unit of one of the person's posts, frozen while that
post stood. That is one short index range for each post ever held; the bitmap has the last word. A living
message has signposts instead: one short range for each unit above a current post; its rule has the last word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from fenjin.delivery.selectors.bitmaps import members_only
from fenjin.delivery.selectors.times import Times
from fenjin.delivery.timing import Timetable, read_pauses
from fenjin.kit.db import ask

# Clocks of two machines may differ a little, and a post ends on a day, not at an instant.
_NEAR = """
    SELECT DISTINCT near.frozen_at, near.message_id FROM (
        SELECT frozen.* FROM held h CROSS JOIN LATERAL (
            SELECT d.frozen_at, d.message_id FROM delivery_denominator d
            WHERE d.unit_id = h.unit_id AND d.frozen_at >= h.since AND (h.until IS NULL OR d.frozen_at < h.until)
              AND (d.frozen_at, d.message_id) < (%(before_at)s::timestamptz, %(before_id)s::bigint) {only}
            ORDER BY d.frozen_at DESC, d.message_id DESC LIMIT %({limit})s
        ) frozen
        UNION ALL
        SELECT living.* FROM above a CROSS JOIN LATERAL (
            SELECT d.at, d.message_id FROM delivery_signpost d
            WHERE d.unit_id = a.unit_id
              AND (d.at, d.message_id) < (%(before_at)s::timestamptz, %(before_id)s::bigint) {only}
            ORDER BY d.at DESC, d.message_id DESC LIMIT %({limit})s
        ) living
    ) near
    ORDER BY 1 DESC, 2 DESC LIMIT %({limit})s
"""
_ROWS = """
WITH held AS (
    SELECT unit_id, created_at - interval '2 minutes' AS since, ended_on + 2 AS until
    FROM people_post WHERE person_id = %(person)s
), above AS (
    SELECT DISTINCT unnest(0::bigint || u.path) AS unit_id
    FROM people_post p JOIN people_unit u ON u.id = p.unit_id
    WHERE p.person_id = %(person)s AND p.ended_on IS NULL
), candidate AS ({candidates})
SELECT c.frozen_at, m.id, m.space_id, m.kind, m.content_id, m.importance, m.sent_at, m.due_on, m.due_time, m.due_zone,
       v.title, v.lead, r.opened_at, CASE WHEN r.confirmed_version >= m.confirm_from THEN r.confirmed_at END,
       m.importance = 'ordinary'
           AND coalesce(m.space_id = ANY(h.muted_spaces) OR m.sender_id = ANY(h.muted_senders), false),
       coalesce(talk.unseen, false),
       m.drill, m.ended_at, m.all_clear, m.reminded_at,
       m.pace, m.wave_minutes, m.morning_on, m.pauses, m.stopped_at, m.state, m.uid
FROM candidate c
JOIN delivery_message m ON m.id = c.message_id
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
LEFT JOIN delivery_receipt r ON r.space_id = m.space_id AND r.message_id = m.id AND r.person_id = %(person)s
LEFT JOIN delivery_habits h ON h.person_id = %(person)s
LEFT JOIN delivery_conversation talk
    ON talk.message_id = m.id AND talk.person_id = %(person)s AND talk.unseen AND m.reply_allowed
ORDER BY c.frozen_at DESC, m.id DESC
"""
# What the sender's desk answered, and the person has not looked at: however old the message is.
_ANSWERED = """
    SELECT asked.frozen_at, asked.id FROM delivery_conversation said
    JOIN delivery_message asked ON asked.id = said.message_id
    WHERE said.person_id = %(person)s AND said.unseen
"""
_TO_CONFIRM = "AND d.must_confirm"
# One statement for a page of everything, one for a page of requests, one for the newest of both.
_FEED = _ROWS.format(candidates=_NEAR.format(only="", limit="limit"))
_REQUESTS = _ROWS.format(candidates=_NEAR.format(only=_TO_CONFIRM, limit="limit"))
_NEWEST = _ROWS.format(
    candidates=f"({_NEAR.format(only='', limit='limit')}) UNION ({_NEAR.format(only=_TO_CONFIRM, limit='requests')})"
    f" UNION ({_ANSWERED})"
)
# One page looks at so many messages, in a few statements, and then asks whether to look further back.
AT_ONCE, ROUNDS = 200, 5
_END_OF_TIME = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the feed ended."""

    at: datetime = _END_OF_TIME
    message_id: int = 0

    def as_text(self) -> str:
        """Return the place as it stands in an address."""
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.message_id}"

    @classmethod
    def from_text(cls, text: str) -> "Place":
        """Return the place that an address names; the newest end for anything else."""
        at, _, message_id = text.partition("-")
        if not (at.isdecimal() and message_id.isdecimal()) or len(at) > 18 or len(message_id) > 18:
            return cls()
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at))
        return cls(instant, int(message_id))


type Row = tuple[Any, ...]


def feed(
    person_id: int, *, after: Place, limit: int, to_confirm: bool = False, only: Callable[[Row], bool] | None = None
) -> tuple[list[Row], Place | None]:
    """Return up to `limit` rows of a person's feed, newest first, and where to go on (None: the end).

    With `only`, those rows for which it holds. No more than the next ROUNDS × AT_ONCE messages near the person are
    looked at, whoever they were sent to: there may be fewer than `limit`, and still a place to go on.
    """
    found: list[Row] = []
    place: Place | None = after
    at_once = AT_ONCE if only is not None else limit + 1
    rounds = 0
    while place is not None and len(found) <= limit and rounds < ROUNDS:
        rows = _candidates(person_id, place, at_once, to_confirm=to_confirm)
        found += [row for row in _seen(person_id, rows) if row is not None and (only is None or only(row))]
        place = Place(rows[-1][0], rows[-1][1]) if len(rows) >= at_once else None
        rounds, at_once = rounds + 1, AT_ONCE
    if len(found) <= limit:
        return found, place
    return found[:limit], Place(found[limit - 1][0], found[limit - 1][1])


def newest(person_id: int, *, limit: int, requests: int) -> tuple[list[tuple[Any, ...]], list[bool]]:
    """Return candidates of a person's feed in one query, newest first, and which of them are the person's own.

    They are the newest `limit` messages near the person, and the newest `requests` to be confirmed.
    """
    rows = ask(_NEWEST, _parameters(person_id, Place(), limit) | {"requests": requests})
    seen = _seen(person_id, rows)
    return [own or row for own, row in zip(seen, rows, strict=True)], [own is not None for own in seen]


def _candidates(person_id: int, before: Place, limit: int, *, to_confirm: bool) -> list[tuple[Any, ...]]:
    return ask(_REQUESTS if to_confirm else _FEED, _parameters(person_id, before, limit))


def _seen(person_id: int, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...] | None]:
    """Return each candidate with the time at which it came to this person, or None: not sent to them, not
    yet there, or withdrawn.
    """
    mine = members_only(person_id, [row[-1] for row in rows])
    times = Times(person_id)
    return [_for_one(row, times) if row[-1] in mine and row[-2] != "withdrawn" else None for row in rows]


def _for_one(row: tuple[Any, ...], times: Times) -> tuple[Any, ...] | None:
    table = timetable_of(row)
    came = times.at(table)
    if came is None or not times.visible(table):
        return None
    return row if came == row[6] else (*row[:6], came, *row[7:])


def timetable_of(row: tuple[Any, ...]) -> Timetable:
    """Return the timetable in a row of the feed."""
    pace, wave_minutes, morning_on, pauses, stopped_at = row[-7:-2]
    return Timetable(row[1], row[6], pace, wave_minutes, morning_on, read_pauses(pauses), stopped_at)


def _parameters(person_id: int, before: Place, limit: int) -> dict[str, Any]:
    return {"person": person_id, "before_at": before.at, "before_id": before.message_id, "limit": limit}
