"""Room on a channel: what goes over its limits is lost there without a word, so we stay below them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Outbox
from fenjin.delivery.selectors.outbox.people import read
from fenjin.workplace.register import Capabilities

MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_LATELY = """
SELECT rung FROM delivery_outbox
WHERE channel = %(channel)s AND done_at > %(since)s AND state IN ('accepted', 'partial', 'unknown')
  AND (message_id, ring) <> (%(message)s, %(ring)s)
UNION ALL
SELECT rung FROM delivery_outbox
WHERE channel = %(channel)s AND state = 'sending' AND (message_id, ring) <> (%(message)s, %(ring)s)
"""
# What is on its way counts as well: others may be sending at this moment.
_TODAY = """
SELECT (SELECT coalesce(sum(head), 0) FROM delivery_outbox
        WHERE channel = %(channel)s AND done_at > %(since)s AND state IN ('accepted', 'partial', 'unknown'))
     + (SELECT coalesce(sum(head), 0) FROM delivery_outbox WHERE channel = %(channel)s AND state = 'sending')
"""


def room_from(row: Outbox, people: BitMap, caps: Capabilities, now: datetime) -> datetime | None:
    """Return when a send to these people fits the limits of its channel, or None: now."""
    if caps.people_per_day and _sent(row.channel, now) + len(people) > caps.people_per_day:
        return now + timedelta(hours=1)
    if caps.person_per_minute and _busiest(row, people, now) >= caps.person_per_minute:
        return now + MINUTE
    return None


def _sent(channel: str, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, {"channel": channel, "since": now - _DAY})
        return int(cursor.fetchone()[0])


def _busiest(row: Outbox, people: BitMap, now: datetime) -> int:
    """Return how often the busiest of the people was rung on a channel within the last minute.

    The other sends of the same ring are left out: they ring other people, and may be a thousand.
    """
    asked: dict[str, Any] = {"channel": row.channel, "since": now - MINUTE, "message": row.message_id, "ring": row.ring}
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, asked)
        sends = [met for (rung,) in cursor.fetchall() if (met := read(rung) & people)]
    counts = Counter(person for met in sends for person in met)
    return max(counts.values(), default=0)
