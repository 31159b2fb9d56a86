"""What `fenjin doctor` says of the outbox and of the duty desk."""

from datetime import timedelta

from django.db import connection

from fenjin.delivery.selectors.duty import names_without_duty_desk
from fenjin.kit import clock
from fenjin.kit.doctor import Advice

MOST = 3
LATE = timedelta(minutes=15)
_STUCK = """
SELECT count(*) FILTER (WHERE o.state = 'queued' AND o.not_before < %(late)s
                        OR o.state = 'sending' AND o.claimed_at < %(late)s),
       count(*) FILTER (WHERE o.state IN ('unknown', 'failed') AND o.done_at > %(lately)s AND m.state <> 'withdrawn')
FROM delivery_outbox o JOIN delivery_message m ON m.id = o.message_id
WHERE o.state IN ('queued', 'sending', 'unknown', 'failed')
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


def duty_desk() -> str | None:
    """Return advice where nobody would follow an emergency."""
    names = names_without_duty_desk()
    if not names:
        return None
    more = len(names) - MOST
    some = ", ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")
    return Advice(
        f"Nobody is the duty desk of {some}: in an emergency nobody would see who needs help. "
        "The security administrator gives somebody the role duty officer, of the group or there (Roles)."
    )
