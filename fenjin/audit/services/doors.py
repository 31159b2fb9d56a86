"""The record of the doors: who signed in, and that somebody failed."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils.crypto import salted_hmac

from fenjin.audit.models import DoorEvent
from fenjin.audit.selectors.ledgers import DOORS, SHORTEST_DAYS
from fenjin.kit import clock


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
    """Delete what was sealed more than SECURITY_LOG_DAYS ago (never less than 180); return how many rows went.

    The links over them stay, so that what is missing from a younger one is still found.
    """
    cutoff = clock.now() - timedelta(days=max(settings.SECURITY_LOG_DAYS, SHORTEST_DAYS))
    sealed = DOORS.links().filter(sealed_at__lt=cutoff).aggregate(newest=Max("last_id"))["newest"] or 0
    return DoorEvent.objects.filter(at__lt=cutoff, pk__lte=sealed).delete()[0]
