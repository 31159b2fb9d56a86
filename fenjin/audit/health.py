"""What `fenjin doctor` says of the log: is it sealed, and is the record of the doors kept long enough."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from fenjin.audit.selectors.ledgers import DOORS, LOG, SHORTEST_DAYS, Ledger
from fenjin.kit import clock

LATE_AFTER: Final = timedelta(minutes=10)
DOORS_LATE_AFTER: Final = timedelta(minutes=30)  # they are sealed every ten


def chain() -> str | None:
    """Return the cure when rows have waited for their link for more than ten minutes (thirty at the doors)."""
    return _waiting(LOG, LATE_AFTER) or _waiting(DOORS, DOORS_LATE_AFTER)


def _waiting(ledger: Ledger, late_after: timedelta) -> str | None:
    last = ledger.newest_link()
    waiting = ledger.events().filter(pk__gt=last.last_id if last else 0).order_by("pk").first()
    if waiting is None or clock.now() - waiting.at < late_after:
        return None
    minutes = int((clock.now() - waiting.at).total_seconds() // 60)
    return (
        f"Rows of the {ledger.name} have waited {minutes} minutes to be sealed. Is the worker running? Restart: make up"
    )


def security_log() -> str | None:
    """Return the cure when the record of the doors would be kept for less than 180 days."""
    if settings.SECURITY_LOG_DAYS >= SHORTEST_DAYS:
        return None
    return f"SECURITY_LOG_DAYS is {settings.SECURITY_LOG_DAYS}; the log is kept {SHORTEST_DAYS} days all the same."
