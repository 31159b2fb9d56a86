"""Reads about second factors."""

from dataclasses import dataclass
from datetime import datetime

from fenjin.kit.demo import is_demo_database
from fenjin.people.models import AccountNote, Factor, RecoveryCode


@dataclass(frozen=True, slots=True)
class FactorState:
    """What an account has as second factor."""

    app: bool
    passkeys: int
    demo: bool
    recovery_left: int
    since: datetime | None

    @property
    def enrolled(self) -> bool:
        """Whether there is anything to ask for."""
        return self.app or self.passkeys > 0 or self.demo


def factor_state(account_id: int) -> FactorState:
    """Return what an account has; the demo's code counts only in a database that its loader flagged."""
    rows = list(Factor.objects.filter(account=account_id).order_by("made_at", "pk"))
    kinds = [row.kind for row in rows]
    return FactorState(
        app=Factor.Kind.APP in kinds,
        passkeys=kinds.count(Factor.Kind.PASSKEY),
        demo=Factor.Kind.DEMO in kinds and is_demo_database(),
        recovery_left=RecoveryCode.objects.filter(account=account_id, used_at__isnull=True).count(),
        since=rows[0].made_at if rows else None,
    )


def list_factors(account_id: int) -> list[Factor]:
    """Return the app and the passkeys of an account, the oldest first."""
    return list(Factor.objects.filter(account=account_id).exclude(kind=Factor.Kind.DEMO).order_by("made_at", "pk"))


def last_reset(account_id: int) -> datetime | None:
    """Return when a security administrator last took the second factor away, or None."""
    notes = AccountNote.objects.filter(account=account_id, kind=AccountNote.Kind.FACTOR)
    return notes.order_by("-at").values_list("at", flat=True).first()
