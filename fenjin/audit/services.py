"""Writes to the audit trail."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection

from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.selectors import chain_hash
from fenjin.kit import clock
from fenjin.kit.db import advisory_lock

SEALER_LOCK = 4_201
CLOCK_MARGIN = timedelta(minutes=1)


class Actor(Protocol):
    """Anything with the id of an account."""

    pk: Any


def record(
    *,
    actor: Actor | None,
    act: str,
    target: tuple[str, int | None],
    space_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one row: `actor` did `act` to `target` (kind, id). `actor=None` is the platform itself.

    Call it inside the transaction of the act, so that both are there or neither. `details` hold ids
    and settings, never names, codes or private fields.
    """
    kind, target_id = target
    return AuditEvent.objects.create(
        at=clock.now(),
        actor_id=actor.pk if actor is not None else None,
        act=act,
        target_kind=kind,
        target_id=target_id,
        space_id=space_id,
        details=details or {},
    )


def seal_events() -> AuditSeal | None:
    """Add the next link to the hash chain over committed, unsealed events; None if there are none.

    Ids are handed out before the commit, so an id below the highest visible one may still be under
    way. Only rows older than the start of every running transaction are sealed: a transaction that
    could still bring a lower id began before those rows were written.
    """
    with advisory_lock(SEALER_LOCK):
        last = AuditSeal.objects.order_by("-last_id").first()
        rows = list(AuditEvent.objects.filter(pk__gt=last.last_id if last else 0, at__lt=_quiet_until()).order_by("pk"))
        if not rows:
            return None
        return AuditSeal.objects.create(
            first_id=rows[0].pk,
            last_id=rows[-1].pk,
            events=len(rows),
            sha256=chain_hash(last.sha256 if last else "", rows),
            sealed_at=clock.now(),
        )


def _quiet_until() -> datetime:
    """Return the start of the oldest running transaction, less a margin for clocks that differ."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
        )
        (oldest,) = cursor.fetchone()
    until: datetime = oldest - CLOCK_MARGIN
    return until
