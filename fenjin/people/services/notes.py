"""What happened to an account, written down for its owner."""

from datetime import timedelta
from typing import Final

from fenjin.kit import clock
from fenjin.people.models import Account, AccountNote

KEPT_FOR: Final = timedelta(days=180)


def note(*, account: Account, kind: str, device: str = "") -> AccountNote:
    """Add a line to what the owner reads on the page Me; call it inside the transaction of the act."""
    return AccountNote.objects.create(account=account, kind=kind, device=device[:80], at=clock.now())


def clear_notes() -> int:
    """Delete notes after half a year; return how many."""
    return AccountNote.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
