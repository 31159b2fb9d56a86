"""What authors are told about their own texts: state, reason, place in the queue, clock, appeal."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any, Final

from django.db.models import Q

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation.models import Case
from fenjin.moderation.selectors.queue import DONE, OPEN

LAST: Final = 50  # decisions from which the usual time is taken
FEWEST: Final = 5  # below these nothing usual can be said


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a text stands in the queue, and how long it usually takes (None: not known yet)."""

    place: int
    usual: timedelta | None


def list_own(person_id: int, count: int = 50) -> list[Case]:
    """Return the cases of a person, the newest first; what was never looked at has none."""
    with every_space(Reason.OWN_ROWS):
        rows = Case.objects.filter(person=person_id).exclude(state=Case.State.TAKEN_BACK).select_related("appeal")
        return list(listing(rows.order_by("-brought_at", "-pk"))[:count])


def get_own(person_id: int, case_id: int) -> Case:
    """Return one case of a person with its appeal; raises NotFound for somebody else's."""
    with every_space(Reason.OWN_ROWS):
        rows = Case.objects.filter(person=person_id).select_related("appeal", "space")
        case: Case | None = rows.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def own_cases(person_id: int, *, space_id: int, kind: str, ids: list[int]) -> dict[int, Case]:
    """Return the cases of some things of a person: object → case."""
    with every_space(Reason.OWN_ROWS):
        rows = Case.objects.filter(space=space_id, kind=kind, object_id__in=ids, person=person_id)
        return {case.object_id: case for case in listing(rows)}


def waiting(case: Case) -> Waiting:
    """Return the place of a case that waits among those of its space, and the usual time there."""
    with every_space(Reason.OWN_ROWS):  # a number and a span, which tell nothing about others
        rows = Case.objects.filter(space=case.space_id)
        ahead = Q(due_at__lt=case.due_at) | Q(due_at=case.due_at, pk__lte=case.pk)
        place = rows.filter(ahead, state__in=OPEN).count()
        done = rows.filter(state__in=DONE, decided_at__isnull=False).order_by("-decided_at")
        spans: list[Any] = [ended - began for began, ended in done.values_list("brought_at", "decided_at")[:LAST]]
    return Waiting(max(place, 1), median(spans) if len(spans) >= FEWEST else None)


def case_of(*, kind: str, space_id: int, object_id: int) -> int | None:
    """Return the case of one thing in scope, if somebody looks or looked at it."""
    case_id: int | None = (
        Case.objects.filter(kind=kind, space=space_id, object_id=object_id).values_list("pk", flat=True).first()
    )
    return case_id
