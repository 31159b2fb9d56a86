"""Reads of the shell: the own space, what is new, the own complaints, and whether the platform is ready."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.utils.translation import get_language

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.memory import forgets
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.selectors.own import own_main_space
from fenjin.shell.models import Complaint
from fenjin.spaces import selectors as spaces
from fenjin.spaces.access import Membership

SIGN_SECONDS = 5.0
WORKER_SILENCE = timedelta(seconds=60)


# ---- the own space --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpaceSign:
    """What stands at the top of every page: the space's name and the one character on its seal."""

    name: str
    mark: str


_signs: dict[tuple[int, bool], tuple[float, SpaceSign]] = {}


def space_sign(space_id: int | None) -> SpaceSign:
    """Return the sign of a space (None: the group), in the reader's language; at most 5 seconds old."""
    english = (get_language() or "").startswith("en")
    key = (space_id or GROUP_SPACE, english)
    made, sign = _signs.get(key, (-SIGN_SECONDS, SpaceSign("Fenjin 奋进", "奋")))
    if time.monotonic() - made < SIGN_SECONDS:
        return sign
    try:
        space = spaces.get_space(key[0])
        sign = SpaceSign((english and space.name_en) or space.name, space.seal)
    except NotFound:
        sign = SpaceSign("Fenjin 奋进", "奋")
    _signs[key] = (time.monotonic(), sign)
    return sign


@forgets
def forget_signs() -> None:
    """Drop the signs that are kept."""
    _signs.clear()


def own_space(membership: Membership) -> int | None:
    """Return the space of somebody's main post; it costs a query only for posts in several spaces."""
    if len(membership.spaces) == 1:
        return next(iter(membership.spaces))
    return own_main_space(membership.person_id) if membership.person_id and membership.spaces else None


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


def list_complaints(state: str = "") -> QuerySet[Complaint]:
    """Return the complaints in scope, those that wait first, then the newest."""
    rows = listing(Complaint.objects.all()).select_related("person", "space", "answered_by")
    if state in Complaint.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("-state", "-sent_at", "-pk")


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
