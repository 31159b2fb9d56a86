"""The record of the doors: who signed in, and that somebody failed."""

from datetime import timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from fenjin.audit.models import DoorEvent
from fenjin.kit import clock

SHORTEST_DAYS = 180  # the database refuses to delete younger rows


def note_door(*, door: str, outcome: str, account_id: int | None = None, name: str = "", address: str = "") -> None:
    """Keep that a door was tried. `name` is what was typed and `address` whence: only keyed hashes are kept.

    Call it outside the transaction of the act, so that a refusal does not undo it.
    """
    DoorEvent.objects.create(
        at=clock.now(),
        door=door,
        outcome=DoorEvent.Outcome(outcome),
        account_id=account_id,
        identity=hash_of("identity", name),
        address=hash_of("address", address),
    )


def hash_of(kind: str, text: str) -> str:
    """Return the keyed hash under which a typed name or an address is kept; empty for an empty text."""
    text = text.strip().casefold()
    return salted_hmac(f"audit.{kind}", text, algorithm="sha256").hexdigest()[:32] if text else ""


def clear_doors() -> int:
    """Delete what is older than SECURITY_LOG_DAYS (never less than 180); return how many rows went."""
    days = max(settings.SECURITY_LOG_DAYS, SHORTEST_DAYS)
    return DoorEvent.objects.filter(at__lt=clock.now() - timedelta(days=days)).delete()[0]
