"""Reads of what people asked for about their own data: copies and erasures."""

from fenjin.kit.db import listing
from fenjin.people.models import DataExport, Erasure


def own_exports(account_id: int) -> list[DataExport]:
    """Return the last copies that an account asked for, the newest first."""
    return list(listing(DataExport.objects.filter(account=account_id).order_by("-asked_at", "-pk"))[:10])


def waiting_erasures(person_id: int) -> list[Erasure]:
    """Return the erasures of a person that can still be taken back, the next one first."""
    rows = Erasure.objects.filter(person=person_id, taken_back_at=None, done_at=None)
    return list(listing(rows.order_by("due_at", "pk")))


def erasure_kinds() -> list[str]:
    """Return what can be asked for."""
    return [str(kind) for kind in Erasure.Kind.values]


def count_waiting_erasures() -> int:
    """Return how many people wait for an erasure."""
    return Erasure.objects.filter(taken_back_at=None, done_at=None).count()
