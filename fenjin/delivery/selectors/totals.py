"""What messages came to, for lists: added up on the spot where that is little, else at most a minute ago.

The same numbers as the top of each message's coverage: of all people, or of those below the reader's units.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from fenjin.delivery.selectors.coverage.page import reader
from fenjin.delivery.suppression import Figures
from fenjin.kit import clock

KEPT_FOR: Final = timedelta(minutes=1)
EVERYWHERE: Final = 0
_TOTALS: Final = """
WITH own AS MATERIALIZED (
    SELECT b.id AS top_id, u.id AS unit_id FROM people_unit b JOIN people_unit u ON u.lft >= b.lft AND u.lft <= b.rgt
    WHERE b.id = ANY(%(tops)s::bigint[])
)
SELECT m.space_id, m.id, t.top_id, coalesce(k.people, f.people, 0), coalesce(k.opened, f.opened, 0),
       coalesce(k.confirmed, f.confirmed, 0), k.at, coalesce(f.units, 0)
FROM delivery_message m CROSS JOIN unnest(%(tops)s::bigint[]) AS t(top_id)
LEFT JOIN delivery_total k
    ON (k.space_id, k.message_id, k.top_id) = (m.space_id, m.id, t.top_id) AND k.at > %(since)s
CROSS JOIN LATERAL ({figures}) f
WHERE m.id = ANY(%(messages)s::bigint[])
"""
# All people: the head count is the sum of the denominators, where there are any, and only counters are added up.
_ALL: Final = """
    SELECT CASE WHEN m.audience_mode = 'living' THEN now.people WHEN k.at IS NULL AND EXISTS (
               SELECT 1 FROM delivery_denominator d WHERE d.space_id = m.space_id AND d.message_id = m.id)
           THEN m.head_count ELSE 0 END AS people,
           coalesce(now.opened, kept.opened) AS opened, coalesce(now.confirmed, kept.confirmed) AS confirmed,
           now.units + kept.units AS units
    FROM (SELECT sum(c.opened)::bigint AS opened, sum(c.confirmed)::bigint AS confirmed, count(*) AS units
          FROM delivery_counter c
          WHERE k.at IS NULL AND m.audience_mode <> 'living' AND c.space_id = m.space_id AND c.message_id = m.id) kept
    CROSS JOIN (SELECT sum(l.people)::bigint AS people, sum(l.opened)::bigint AS opened,
                       sum(l.confirmed)::bigint AS confirmed, count(*) AS units
                FROM delivery_livingcount l
                WHERE k.at IS NULL AND m.audience_mode = 'living' AND l.space_id = m.space_id AND l.message_id = m.id
               ) now
"""
_OWN: Final = """
    SELECT sum(counted.people)::bigint AS people, sum(counted.opened)::bigint AS opened,
           sum(counted.confirmed)::bigint AS confirmed, count(*) AS units
    FROM own JOIN LATERAL (
        SELECT d.people, c.opened, c.confirmed FROM delivery_denominator d
        LEFT JOIN delivery_counter c ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
        WHERE (d.space_id, d.message_id, d.unit_id) = (m.space_id, m.id, own.unit_id) AND m.audience_mode <> 'living'
        UNION ALL
        SELECT l.people, l.opened, l.confirmed FROM delivery_livingcount l
        WHERE (l.space_id, l.message_id, l.unit_id) = (m.space_id, m.id, own.unit_id) AND m.audience_mode = 'living'
    ) counted ON true
    WHERE k.at IS NULL AND own.top_id = t.top_id
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """What one message came to below one of the reader's units; `units`: so many were added up for it just now."""

    space_id: int
    message_id: int
    top_id: int
    figures: Figures
    at: datetime
    units: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What messages came to, by message; the oldest of it was counted at `at`; `live`: all of it just now."""

    by_message: dict[int, Figures]
    sums: tuple[Sum, ...]
    at: datetime
    live: bool


def totals_of(message_ids: Collection[int]) -> Totals:
    """Return what messages came to, of the people of the reader: one statement. Whether they are the reader's to see
    is the caller's business.
    """
    now, tops = clock.now(), reader().tops
    asked: dict[str, Any] = {
        "messages": list(message_ids),
        "tops": [EVERYWHERE] if tops is None else sorted(tops),
        "since": now - KEPT_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS.format(figures=_ALL if tops is None else _OWN), asked)
        rows = cursor.fetchall()
    sums = tuple(
        Sum(space, message, top, Figures(*figures), at or now, units)
        for space, message, top, *figures, at, units in rows
    )
    found: dict[int, Figures] = {}
    for one in sums:
        found[one.message_id] = found.get(one.message_id, Figures()) + one.figures
    oldest = min((one.at for one in sums), default=now)
    return Totals(found, sums, oldest, live=oldest == now)
