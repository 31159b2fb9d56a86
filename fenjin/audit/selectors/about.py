"""Reads of the log for the person it is about: each sees only the rows on the own entry."""

from datetime import datetime

from fenjin.audit.models import AuditEvent
from fenjin.audit.selectors.log import AuditLine, describe


def events_on(
    kind: str, target_id: int, *, acts: tuple[str, ...] = (), since: datetime | None = None, limit: int = 200
) -> list[AuditLine]:
    """Return the acts on one thing, the newest first; with `acts` only these."""
    rows = AuditEvent.objects.filter(target_kind=kind, target_id=target_id)
    if acts:
        rows = rows.filter(act__in=acts)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return describe(list(rows.order_by("-pk")[:limit]))


def events_by(actor_id: int, *, limit: int = 1000) -> list[AuditLine]:
    """Return what one account did, the newest first."""
    return describe(list(AuditEvent.objects.filter(actor_id=actor_id).order_by("-pk")[:limit]))


def did_lately(actor_id: int, act: str, kind: str, target_id: int, *, since: datetime) -> bool:
    """Tell whether an account has done this to this thing since an instant."""
    rows = AuditEvent.objects.filter(target_kind=kind, target_id=target_id, act=act, actor_id=actor_id, at__gte=since)
    return rows.exists()


def events_of_kind(kind: str, *, act: str, limit: int) -> list[AuditLine]:
    """Return the last acts of one sort on things of one kind, the newest first."""
    return describe(list(AuditEvent.objects.filter(target_kind=kind, act=act).order_by("-pk")[:limit]))
