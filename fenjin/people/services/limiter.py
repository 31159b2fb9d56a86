"""Counts tries at the doors, in the database, so that all processes count together."""

from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils.crypto import salted_hmac

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import TooMany
from fenjin.people.models import Attempt

WINDOW: Final = timedelta(minutes=15)
# One name from one address · one name from anywhere · one address: a whole company may share one.
TRIES: Final = {"pair": 10, "name": 50, "address": 300}

_COUNT = """
INSERT INTO people_attempt (key_hash, started_at, tries)
SELECT key, %(now)s, 1 FROM unnest(%(keys)s::text[]) AS key ORDER BY key
ON CONFLICT (key_hash) DO UPDATE SET
    tries = CASE WHEN people_attempt.started_at < %(since)s THEN 1 ELSE people_attempt.tries + 1 END,
    started_at = CASE WHEN people_attempt.started_at < %(since)s THEN %(now)s ELSE people_attempt.started_at END
RETURNING key_hash, tries
"""


def count_attempt(*, door: str, name: str, address: str) -> None:
    """Count a try before it is judged, so that many at once cannot pass; raises TooMany.

    Call it outside the transaction of the act: a refusal must not undo the counting.
    """
    keys = _keys(door, name, address)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"keys": list(keys.values()), "now": now, "since": now - WINDOW})
        tries = dict(cursor.fetchall())
    if any(tries[key] == TRIES[kind] + 1 for kind, key in keys.items()):
        # Once a window, and without a name: the auditor sees that a door is being tried.
        record(actor=None, act="people.door_shut", target=("door", None), details={"door": door})
    if any(tries[key] > TRIES[kind] for kind, key in keys.items()):
        raise TooMany


def forgive(*, door: str, name: str, address: str) -> None:
    """Forget the tries of a name at a door, after a right one; the address keeps its count."""
    keys = _keys(door, name, address)
    Attempt.objects.filter(pk__in=[keys["pair"], keys["name"]]).delete()


def clear_attempts() -> int:
    """Delete the rows whose window is over; return how many."""
    return Attempt.objects.filter(started_at__lt=clock.now() - WINDOW).delete()[0]


def _keys(door: str, name: str, address: str) -> dict[str, str]:
    parts = {"pair": f"{name}\n{address}", "name": name, "address": address}
    return {
        kind: salted_hmac(f"attempt.{door}.{kind}", text, algorithm="sha256").hexdigest()
        for kind, text in parts.items()
    }
