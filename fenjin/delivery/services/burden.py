"""The sums of the burden ledger: what a message asks is added when it was sent, and taken away a week later.

Of living audiences, whose people change, it is written anew: as many people of each unit as were counted last, which is
when the sending began and whenever somebody looks how far the message got.
"""

from datetime import timedelta
from typing import Final

from django.db import connection, transaction

from fenjin.kit import clock

WEEK: Final = timedelta(days=7)
COUNTED_AGAIN: Final = timedelta(hours=1)  # heads of units, and what living messages ask

_WEEKS: Final = """
SELECT m.id FROM delivery_message m
WHERE m.sent_at > %(since)s AND m.sent_at <= %(now)s AND NOT m.rehearsal
  AND m.state IN ('sending', 'paused', 'sent', 'cancelled')
"""
# Neither the denominators of a message nor the words of its first version ever change.
_ASKED: Final = """
SELECT d.space_id, d.unit_id, sum(d.people::bigint * v.reading_seconds)::bigint AS seconds, count(*) AS messages
FROM delivery_message m JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = 1
JOIN delivery_denominator d ON d.space_id = m.space_id AND d.message_id = m.id
WHERE m.id = ANY(%(messages)s::bigint[]) GROUP BY 1, 2
"""
_ADD: Final = f"""
INSERT INTO delivery_burden AS b (space_id, unit_id, seconds, messages, people)
SELECT space_id, unit_id, seconds, messages, 0 FROM ({_ASKED}) asked
ON CONFLICT (space_id, unit_id) DO UPDATE
SET seconds = b.seconds + EXCLUDED.seconds, messages = b.messages + EXCLUDED.messages
"""  # noqa: S608 - ours
_TAKE: Final = f"""
UPDATE delivery_burden b SET seconds = b.seconds - asked.seconds, messages = b.messages - asked.messages
FROM ({_ASKED}) asked WHERE (b.space_id, b.unit_id) = (asked.space_id, asked.unit_id)
"""  # noqa: S608 - ours
# No denominators, but counts by unit that change: what is no longer asked becomes nothing.
_LIVING: Final = """
WITH asked AS (
    SELECT l.space_id, l.unit_id, sum(l.people::bigint * v.reading_seconds)::bigint AS seconds, count(*) AS messages
    FROM delivery_message m JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = 1
    JOIN delivery_livingcount l ON l.space_id = m.space_id AND l.message_id = m.id AND l.people > 0
    WHERE m.id = ANY(%(messages)s::bigint[]) AND m.audience_mode = 'living' GROUP BY 1, 2
), gone AS (
    UPDATE delivery_burden b SET living_seconds = 0, living_messages = 0
    WHERE b.living_messages > 0
      AND NOT EXISTS (SELECT 1 FROM asked a WHERE (a.space_id, a.unit_id) = (b.space_id, b.unit_id))
)
INSERT INTO delivery_burden AS b (space_id, unit_id, seconds, messages, living_seconds, living_messages, people)
SELECT space_id, unit_id, 0, 0, seconds, messages, 0 FROM asked
ON CONFLICT (space_id, unit_id) DO UPDATE
SET living_seconds = EXCLUDED.living_seconds, living_messages = EXCLUDED.living_messages
WHERE (b.living_seconds, b.living_messages) <> (EXCLUDED.living_seconds, EXCLUDED.living_messages)
"""
_EMPTY: Final = "DELETE FROM delivery_burden WHERE messages <= 0 AND living_messages <= 0"
_HEADS: Final = """
UPDATE delivery_burden b SET people = coalesce(heads.people, 0)
FROM delivery_burden old LEFT JOIN (
    SELECT p.unit_id, count(*) AS people FROM people_post p WHERE p.ended_on IS NULL AND p.main
      AND (%(all)s OR p.unit_id IN (SELECT n.unit_id FROM delivery_burden n WHERE n.people = 0)) GROUP BY 1
) heads ON heads.unit_id = old.unit_id
WHERE (b.space_id, b.unit_id) = (old.space_id, old.unit_id) AND (%(all)s OR b.people = 0)
  AND b.people <> coalesce(heads.people, 0)
"""
_SHEET: Final = "SELECT messages, heads_at FROM delivery_burdensheet"
_NOTE: Final = """
INSERT INTO delivery_burdensheet (id, counted_at, messages, heads_at) VALUES (1, %(now)s, %(messages)s, %(heads)s)
ON CONFLICT (id) DO UPDATE
SET counted_at = EXCLUDED.counted_at, messages = EXCLUDED.messages, heads_at = EXCLUDED.heads_at
"""


@transaction.atomic
def keep_burden() -> bool:
    """Bring the sums up to date and note the time; tell whether messages came or went. Safe to run twice.

    It costs as much as the units of the messages that came or went; once an hour, and when messages came or went,
    living audiences are summed anew, and once an hour heads.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE delivery_burdensheet IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_WEEKS, {"now": now, "since": now - WEEK})
        asking = {number for (number,) in cursor.fetchall()}
        cursor.execute(_SHEET)
        before, heads_at = cursor.fetchone() or ([], None)
        came, went = sorted(asking - set(before)), sorted(set(before) - asking)
        if went:
            cursor.execute(_TAKE, {"messages": went})
        if came:
            cursor.execute(_ADD, {"messages": came})
        hourly = heads_at is None or not timedelta() <= now - heads_at < COUNTED_AGAIN
        if came or went or hourly:
            cursor.execute(_LIVING, {"messages": sorted(asking)})
            cursor.execute(_EMPTY)
            cursor.execute(_HEADS, {"all": hourly})
        heads_at = now if hourly else heads_at
        cursor.execute(_NOTE, {"now": now, "messages": sorted(asking), "heads": heads_at})
    return bool(came or went)
