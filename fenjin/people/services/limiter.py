"""Counts tries at the doors, in the database, so that all processes count together.

A guesser is slowed down without the owner being shut out: a device on which the owner has signed in
before carries a cookie (services.known_devices) and counts by itself, whatever others do to the name.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fenjin.audit.services import note_door, record
from fenjin.kit import clock
from fenjin.kit.addresses import network_of
from fenjin.kit.errors import TooMany
from fenjin.people.models import Attempt

WINDOW: Final = timedelta(minutes=15)
# One name from one address · one name from anywhere · one address: a whole company may share one · one known device.
TRIES: Final = {"pair": 10, "name": 50, "address": 300, "device": 10}
# Doors that differ. A code is too long to be guessed, so nobody can shut its door for somebody else's name.
_AT_DOOR: Final[Mapping[str, Mapping[str, int]]] = {
    "claim": {"name": 1_000_000},
    "outside_back": {"pair": 300, "name": 300},  # nothing to guess, and a whole company may share one address
    "lost": {"pair": 5, "name": 5, "address": 60},  # each try may send a mail
    "help": {"pair": 3, "name": 3, "address": 30},  # each try may open a case
}

_COUNT = """
INSERT INTO people_attempt (key_hash, started_at, tries)
SELECT key, %(now)s, 1 FROM unnest(%(keys)s::text[]) AS key ORDER BY key
ON CONFLICT (key_hash) DO UPDATE SET
    tries = CASE WHEN people_attempt.started_at < %(since)s THEN 1 ELSE people_attempt.tries + 1 END,
    started_at = CASE WHEN people_attempt.started_at < %(since)s THEN %(now)s ELSE people_attempt.started_at END
RETURNING key_hash, tries, started_at
"""


class Wait(TooMany):
    """Tried too often; `until` says when it goes on, and so does the sentence."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        minutes = max(1, ceil((until - clock.now()).total_seconds() / 60))
        hour = f"{timezone.localtime(until):%H:%M}"
        super().__init__(
            _("That was tried too often. At %(hour)s, in about %(minutes)s minutes, it goes on.")
            % {"hour": hour, "minutes": minutes}
        )


def count_attempt(*, door: str, name: str, address: str, device: str = "") -> None:
    """Count a try before it is judged, so that many at once cannot pass; raises Wait, which is TooMany.

    `device` is what services.known_devices found: such a try counts under the device alone. Call it
    outside the transaction of the act: a refusal must not undo the counting.
    """
    keys, allowed = _keys(door, name, address, device), TRIES | dict(_AT_DOOR.get(door, {}))
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"keys": list(keys.values()), "now": now, "since": now - WINDOW})
        found = {key: (tries, since) for key, tries, since in cursor.fetchall()}
    counted = {kind: found[key] for kind, key in keys.items()}
    if any(tries == allowed[kind] + 1 for kind, (tries, _since) in counted.items()):
        # Once a window, and without a name: the auditor sees that a door is being tried.
        record(actor=None, act="people.door_shut", target=("door", None), details={"door": door})
    over = [since for kind, (tries, since) in counted.items() if tries > allowed[kind]]
    if over:
        note_door(door=door, outcome="shut", name=name, address=address)
        raise Wait(max(over) + WINDOW)


def note_failure(*, door: str, name: str, address: str) -> None:
    """Keep in the security log that a try failed, under keyed hashes; call it before the refusal is raised."""
    note_door(door=door, outcome="failed", name=name, address=address)


def forgive(*, door: str, name: str, address: str, device: str = "", account_id: int | None = None) -> None:
    """Forget the tries of a name at a door, after a right one, and keep in the security log that it went well.

    The address keeps its count.
    """
    note_door(door=door, outcome="passed", name=name, address=address, account_id=account_id)
    keys = _keys(door, name, address, device)
    Attempt.objects.filter(pk__in=[key for kind, key in keys.items() if kind != "address"]).delete()


def clear_attempts() -> int:
    """Delete the rows whose window is over; return how many."""
    return Attempt.objects.filter(started_at__lt=clock.now() - WINDOW).delete()[0]


def _keys(door: str, name: str, address: str, device: str) -> dict[str, str]:
    network = network_of(address)
    parts = {"pair": f"{name}\n{network}", "name": name, "address": network}
    if device:
        parts = {"device": device}
    return {
        kind: salted_hmac(f"attempt.{door}.{kind}", text, algorithm="sha256").hexdigest()
        for kind, text in parts.items()
    }
