"""Sums for the pages of coverage that would have to add up thousands of units, kept fresh while somebody looks.

What is kept is only ever a copy of the ledger: it can be thrown away and made again at any time. Sums are kept by one
job, every two seconds; what takes long, who is meant by a living audience and cuts, by another (`counts`).
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.coverage.sources import named, source_of
from fenjin.delivery.services import counts, jobs
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space

log = logging.getLogger(__name__)

FEW_UNITS: Final = 400  # an audience of so few units is added up by whoever looks
LARGE: Final = 200  # a unit with more units than that, itself among them, has sums of its branches
WATCHED: Final = timedelta(minutes=3)  # how long sums are kept fresh after the last look
RENEWED: Final = timedelta(minutes=1)
EVERY: Final = 2.0  # seconds between two rounds, so that sums are never older than five
A_ROUND: Final = 55.0  # seconds; then the next minute's job goes on
_ONE_KEEPER: Final = 0x66656E6A_10  # the advisory lock of the job that keeps sums
_ONE_ROLLER: Final = 0x66656E6A  # and, with its number, of whoever makes those of one message

_MANY: Final = """
SELECT count(*) > %(few)s FROM (
    SELECT 1 FROM {table} WHERE space_id = %(space)s AND message_id = %(message)s LIMIT %(few)s + 1) AS first_ones
"""
# Each unit of the audience adds itself to its branch of every large unit above it, and to those directly in itself.
_ROLL_UP: Final = """
WITH own AS MATERIALIZED (
    SELECT u.path, d.people, d.opened, d.confirmed, d.told, d.safe, d.need_help
    FROM ({source}) d JOIN people_unit u ON u.id = d.unit_id
), large AS MATERIALIZED (
    SELECT above AS unit_id FROM people_unit u CROSS JOIN LATERAL unnest(u.path) AS above
    GROUP BY 1 HAVING count(*) > %(large)s
    UNION ALL SELECT 0
), sums AS (
    SELECT large.unit_id AS parent_id, coalesce(own.path[step.level + 1], large.unit_id) AS unit_id,
           sum(own.people)::int AS people, sum(own.opened)::int AS opened, sum(own.confirmed)::int AS confirmed,
           sum(own.told)::int AS told, sum(own.safe)::int AS safe, sum(own.need_help)::int AS need_help,
           bool_or(cardinality(own.path) > step.level + 1) AS deeper
    FROM own CROSS JOIN LATERAL generate_series(0, cardinality(own.path)) AS step(level)
    JOIN large ON large.unit_id = coalesce(own.path[step.level], 0)
    GROUP BY 1, 2
), gone AS (
    DELETE FROM delivery_rollup r WHERE r.space_id = %(space)s AND r.message_id = %(message)s
        AND NOT EXISTS (SELECT 1 FROM sums s WHERE (s.parent_id, s.unit_id) = (r.parent_id, r.unit_id))
)
INSERT INTO delivery_rollup AS r (space_id, message_id, parent_id, unit_id, people, opened, confirmed, told, safe,
                                  need_help, deeper)
SELECT %(space)s, %(message)s, s.* FROM sums s
ON CONFLICT (space_id, message_id, parent_id, unit_id) DO UPDATE
SET people = EXCLUDED.people, opened = EXCLUDED.opened, confirmed = EXCLUDED.confirmed, told = EXCLUDED.told,
    safe = EXCLUDED.safe, need_help = EXCLUDED.need_help, deeper = EXCLUDED.deeper
WHERE (r.people, r.opened, r.confirmed, r.told, r.safe, r.need_help, r.deeper)
    <> (EXCLUDED.people, EXCLUDED.opened, EXCLUDED.confirmed, EXCLUDED.told, EXCLUDED.safe, EXCLUDED.need_help,
        EXCLUDED.deeper)
"""
_LOOKED: Final = """
INSERT INTO delivery_watch AS w (space_id, message_id, watched_until, cuts_until)
VALUES (%(space)s, %(message)s, %(until)s, %(cuts)s)
ON CONFLICT (space_id, message_id) DO UPDATE
SET watched_until = greatest(w.watched_until, EXCLUDED.watched_until),
    cuts_until = coalesce(greatest(w.cuts_until, EXCLUDED.cuts_until), w.cuts_until)
WHERE w.watched_until < %(soon)s OR (%(cuts)s IS NOT NULL AND (w.cuts_until IS NULL OR w.cuts_until < %(soon)s))
"""
_WATCHED: Final = "SELECT message_id FROM delivery_watch WHERE watched_until >= %(now)s ORDER BY message_id"
_ROLLED_AT: Final = "SELECT rolled_at FROM delivery_watch WHERE space_id = %(space)s AND message_id = %(message)s"


def watch_coverage(*, message: Message, cuts: bool = False) -> None:
    """Note that somebody looks at the coverage of a message: jobs keep its sums fresh for some minutes.

    The first look waits until they are there. `cuts`: the look is at posts, places and time.
    """
    now = clock.now()
    until = now + WATCHED
    if _run(_LOOKED, message, until=until, cuts=until if cuts else None, soon=until - RENEWED):
        jobs.every_minute_now("delivery.sums")
        if counts.left_to_the_job(message, cuts=cuts):
            jobs.every_minute_now("delivery.counts")
    counts.count_small(message)
    _keep_fresh(message, only_missing=True)


def refresh_watched() -> int:
    """Make the sums of all messages that somebody looks at anew where they are due; return how many messages."""
    with every_space(Reason.JOB):
        ids = [number for (number,) in ask(_WATCHED, {"now": clock.now()})]
        rows = Message.objects.filter(pk__in=ids).defer("bitmap", "elsewhere")
        messages = list(rows)
    for message in messages:
        with by_itself(log, message):
            _keep_fresh(message)
    return len(messages)


def keep_watched(seconds: float = A_ROUND) -> None:
    """Keep what is watched fresh for some time; ends at once when nothing is, or another process does it."""
    with _alone() as alone:
        ends = time.monotonic() + seconds
        while alone and refresh_watched() and time.monotonic() < ends:
            time.sleep(EVERY)


def roll_up(message: Message) -> None:
    """Make the sums of one message anew."""
    now = clock.now()
    with transaction.atomic():
        _run(_ROLL_UP.format(source=source_of(message)), message, large=LARGE)
        _run("UPDATE delivery_watch SET rolled_at = %(now)s WHERE space_id = %(space)s AND message_id = %(message)s",
             message, now=now)  # fmt: skip


def _keep_fresh(message: Message, *, only_missing: bool = False) -> None:
    """Make the sums of one message if they are due; `only_missing`: if they are too old to be shown."""
    with transaction.atomic():
        if not _mine(message):
            return  # somebody else is at it
        known = ask(_ROLLED_AT, named(message))
        rolled_at = known[0][0] if known else None
        stale = timedelta(seconds=EVERY * 2) if only_missing else timedelta(seconds=EVERY / 2)
        if (rolled_at is None or clock.now() - rolled_at >= stale) and _many_units(message):
            roll_up(message)


def _many_units(message: Message) -> bool:
    living = message.audience_mode == Message.AudienceMode.LIVING
    table = "delivery_livingcount" if living else "delivery_denominator"
    [(many,)] = _rows(_MANY.format(table=table), message, few=FEW_UNITS)
    return bool(many)


def _mine(message: Message) -> bool:
    """Take the right to make what is kept of a message, until the transaction ends; False: somebody has it."""
    [(mine,)] = _rows("SELECT pg_try_advisory_xact_lock(%(roller)s, %(message)s::int)", message, roller=_ONE_ROLLER)
    return bool(mine)


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_KEEPER])
        (alone,) = cursor.fetchone()
    try:
        yield bool(alone)
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_KEEPER])


def _rows(sql: str, message: Message, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, named(message) | more)
        return list(cursor.fetchall())


def _run(sql: str, message: Message, **more: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, named(message) | more)
        return int(cursor.rowcount)
