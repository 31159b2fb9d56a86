"""What becomes of the release of articles when people leave, and when it comes out that they never did."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Delegation, ReleaseStep, RuleStep
from fenjin.newsroom.models.release import StepRole
from fenjin.people.register import Ended

_STEPS: dict[str, Any] = {"rule": RuleStep, "step": ReleaseStep}


def leave_releases(person_ids: Collection[int]) -> list[Ended]:
    """End names that leavers lent or borrowed, and give their open steps to the publishers of the space.

    No step falls away: an article never goes through fewer hands because somebody has left. Called by people
    inside its transaction.
    """
    with every_space(Reason.OFFICE):
        return [*_end_names(person_ids), *_pass_steps(person_ids)]


def _end_names(person_ids: Collection[int]) -> Iterator[Ended]:
    now = clock.now()
    mine = Q(leader__in=person_ids) | Q(assistant__in=person_ids)
    for row in Delegation.objects.select_for_update().filter(mine, ended_at__isnull=True):
        Delegation.objects.filter(pk=row.pk).update(ended_at=now)
        person = row.leader_id if row.leader_id in person_ids else row.assistant_id
        yield Ended(row.pk, person, {"what": "name"}, {"ended_at": now.isoformat()})


def _pass_steps(person_ids: Collection[int]) -> Iterator[Ended]:
    for what, table in _STEPS.items():
        rows = table.objects.select_for_update().filter(person__in=person_ids)
        for row in rows.filter(verdict="") if what == "step" else rows:
            table.objects.filter(pk=row.pk).update(role=StepRole.PUBLISHER, person=None)
            yield Ended(row.pk, row.person_id, {"what": what}, {"role": StepRole.PUBLISHER.value})


def give_back_releases(actor: Any, ended: Collection[Ended]) -> int:
    """Undo exactly that, where nothing has changed since; return how many rows came back."""
    with every_space(Reason.OFFICE):
        return sum(_give_back(actor, one) for one in ended)


def _give_back(actor: Any, one: Ended) -> bool:
    what = one.before["what"]
    if what == "name":
        rows = Delegation.objects.select_for_update().filter(
            pk=one.row_id, ended_at=datetime.fromisoformat(one.after["ended_at"])
        )
        back: dict[str, Any] = {"ended_at": None}
    else:
        rows = _STEPS[what].objects.select_for_update().filter(pk=one.row_id, role=one.after["role"], person=None)
        rows = rows.filter(verdict="") if what == "step" else rows
        back = {"role": "", "person_id": one.person_id}
    row = rows.first()
    if row is None or (what == "name" and _asked_anew(row)):
        return False
    type(row)._base_manager.filter(pk=row.pk).update(**back)
    details = {"what": what, "row": row.pk, "undo": True}
    record(
        actor=actor,
        act="newsroom.review_back",
        target=("person", one.person_id),
        space_id=row.space_id,
        details=details,
    )
    return True


def _asked_anew(row: Delegation) -> bool:
    same = Delegation.objects.filter(space=row.space_id, leader=row.leader_id, assistant=row.assistant_id)
    return bool(same.filter(ended_at__isnull=True).exists())
