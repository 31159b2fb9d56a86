"""What `fenjin doctor` says of the outbox."""

from datetime import timedelta

from django.db import connection

from fenjin.kit import clock
from fenjin.kit.doctor import Advice

LATE = timedelta(minutes=15)
_STUCK = """
SELECT count(*) FILTER (WHERE state = 'queued' AND not_before < %(late)s
                        OR state = 'sending' AND claimed_at < %(late)s),
       count(*) FILTER (WHERE state IN ('unknown', 'failed') AND done_at > %(lately)s)
FROM delivery_outbox WHERE state IN ('queued', 'sending', 'unknown', 'failed')
"""


def outbox() -> str | None:
    """Return the cure of rows that wait longer than they should, and advice about those that wait for a human."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_STUCK, {"late": now - LATE, "lately": now - timedelta(days=14)})
        late, dead = cursor.fetchone()
    if late:
        return f"{late} sends wait for more than 15 minutes. Is the worker running? See docs/howto/channels.md."
    return Advice(f"{dead} sends failed or got no answer: Studio → Channels.") if dead else None
