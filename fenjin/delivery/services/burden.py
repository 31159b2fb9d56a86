"""The sums of the burden ledger, made anew when a message was sent, withdrawn or has become a week old."""

import hashlib
from datetime import timedelta
from typing import Final

from django.db import connection, transaction

from fenjin.kit import clock

WEEK: Final = timedelta(days=7)
_WEEKS = """
FROM delivery_message m JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = 1
WHERE m.sent_at > %(since)s AND m.sent_at <= %(now)s AND NOT m.rehearsal
  AND m.state IN ('sending', 'paused', 'sent', 'cancelled')
"""
_PRINT = f"SELECT coalesce(string_agg(m.id::text, ' ' ORDER BY m.id), '') {_WEEKS}"
_COUNT = f"""
WITH weeks AS MATERIALIZED (SELECT m.space_id, m.id, v.reading_seconds {_WEEKS}),
asked AS (
    SELECT d.space_id, d.unit_id, sum(d.people::bigint * w.reading_seconds) AS seconds, count(*) AS messages
    FROM weeks w JOIN delivery_denominator d ON d.space_id = w.space_id AND d.message_id = w.id GROUP BY 1, 2
), heads AS (
    SELECT unit_id, count(*) AS people FROM people_post WHERE ended_on IS NULL AND main GROUP BY 1
)
INSERT INTO delivery_burden (space_id, unit_id, seconds, messages, people)
SELECT a.space_id, a.unit_id, a.seconds, a.messages, coalesce(h.people, 0)
FROM asked a LEFT JOIN heads h USING (unit_id)
"""  # noqa: S608 - ours
_NOTE = """
INSERT INTO delivery_burdensheet (id, counted_at, fingerprint) VALUES (1, %(now)s, %(print)s)
ON CONFLICT (id) DO UPDATE SET counted_at = EXCLUDED.counted_at, fingerprint = EXCLUDED.fingerprint
"""


@transaction.atomic
def keep_burden() -> bool:
    """Bring the sums up to date and note the time; tell whether they had to be made anew. Safe to run twice.

    One pass over the denominators of a week's messages; nothing while no message came or went.
    """
    now = clock.now()
    window = {"now": now, "since": now - WEEK}
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE delivery_burdensheet IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_PRINT, window)
        fingerprint = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
        cursor.execute("SELECT fingerprint FROM delivery_burdensheet")
        stale = [(fingerprint,)] != cursor.fetchall()
        if stale:
            cursor.execute("DELETE FROM delivery_burden")
            cursor.execute(_COUNT, window)
        cursor.execute(_NOTE, {"now": now, "print": fingerprint})
    return stale
