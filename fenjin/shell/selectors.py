"""Reads of the shell: the own complaints, and whether the platform is ready."""

import time
from datetime import timedelta
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Case, DateTimeField, F, QuerySet, When

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.memory import forgets
from fenjin.kit.scope import Reason, every_space
from fenjin.shell.models import ANSWERED_IN, Complaint

WORKER_SILENCE = timedelta(seconds=60)
SECONDS: Final = 5.0
TOLD_FOR: Final = timedelta(days=14)


# ---- complaints -----------------------------------------------------------------------------------


def own_complaints(person_id: int) -> list[Complaint]:
    """Return the last twenty complaints of a person, the newest first."""
    with every_space(Reason.OWN_ROWS):
        return list(listing(Complaint.objects.filter(person_id=person_id).order_by("-sent_at", "-pk"))[:20])


def own_complaint(person_id: int, complaint_id: int) -> Complaint:
    """Return one complaint of a person; raises NotFound for somebody else's."""
    with every_space(Reason.OWN_ROWS):
        complaint: Complaint | None = Complaint.objects.filter(person_id=person_id, pk=complaint_id).first()
    if complaint is None:
        raise NotFound
    return complaint


_told: list[tuple[float, frozenset[int]]] = []  # when it was asked; who has an answer and has not looked at it


def list_answered(person_id: int) -> list[Complaint]:
    """Return the complaints of a person whose answer nobody has looked at yet, for two weeks at most.

    Few people have one at any time, so who they are is kept for all: everybody else costs no query.
    """
    if not _told or time.monotonic() - _told[0][0] > SECONDS:
        with every_space(Reason.OWN_ROWS):
            _told[:] = [(time.monotonic(), frozenset(_unseen().values_list("person", flat=True)))]
    if person_id not in _told[0][1]:
        return []
    with every_space(Reason.OWN_ROWS):
        return list(listing(_unseen().filter(person_id=person_id).order_by("-answered_at", "-pk")))


def _unseen() -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(state=Complaint.State.ANSWERED, seen_at__isnull=True)
    return rows.filter(answered_at__gt=clock.now() - TOLD_FOR)


@forgets
def forget_answered() -> None:
    """Drop who has an answer to look at."""
    _told.clear()


def list_complaints(state: str = "") -> QuerySet[Complaint]:
    """Return the complaints in scope: those that wait first, the one due first on top; then the newest."""
    rows = listing(Complaint.objects.all()).select_related("person", "space", "answered_by")
    if state in Complaint.State.values:
        rows = rows.filter(state=state)
    waits = Case(When(state=Complaint.State.OPEN, then=F("sent_at")), output_field=DateTimeField())
    return rows.order_by(waits.asc(nulls_last=True), "-sent_at", "-pk")


def count_late_complaints() -> int:
    """Return how many complaints in scope have waited longer than was promised."""
    late = Complaint.objects.filter(state=Complaint.State.OPEN, sent_at__lt=clock.now() - ANSWERED_IN)
    count: int = late.count()
    return count


def get_complaint(complaint_id: int) -> Complaint:
    """Return a complaint in scope; raises NotFound."""
    complaint: Complaint | None = list_complaints().filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound
    return complaint


# ---- readiness ------------------------------------------------------------------------------------

_migrated: list[bool] = []


def readiness() -> dict[str, bool]:
    """Return what must be well before people are let in: database, migrations, workers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = _is_migrated()
        workers = migrated and _worker_is_there()
    except DatabaseError:
        return {"database": False, "migrations": False, "workers": False}
    return {"database": True, "migrations": migrated, "workers": workers}


def _is_migrated() -> bool:
    """Tell whether every migration of this code is applied; asked once, since tables never go back."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _migrated.append(True)
    return bool(_migrated)


def _worker_is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        last: Any = cursor.fetchone()[0]
    return last is not None and clock.now() - last < WORKER_SILENCE
