"""One row for each act."""

from typing import Any, Protocol

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock


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
