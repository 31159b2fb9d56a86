"""The author does not agree, and somebody else looks again."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation.models import Appeal, Case
from fenjin.moderation.selectors.queue import may_decide_appeal
from fenjin.moderation.services.deciding import keep_decision, note
from fenjin.moderation.services.refusals import (
    AlreadyAppealed,
    AlreadyDecided,
    NothingToAppeal,
    OwnDecision,
    OwnText,
    ReasonNeeded,
)

WITHIN: Final = timedelta(days=30)
ANSWERED_IN: Final = timedelta(days=3)


@transaction.atomic
def appeal(*, person_id: int, case_id: int, text: str, client_key: str) -> Appeal:
    """Keep the author's appeal, once however often it is sent. Raises NotFound, NothingToAppeal, AlreadyAppealed."""
    now = clock.now()
    with every_space(Reason.OWN_ROWS):
        case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, person=person_id).first()
        if case is None:
            raise NotFound
        known: Appeal | None = Appeal.objects.filter(case=case).first()
        if known is not None:
            if known.client_key != client_key:
                raise AlreadyAppealed
            return known
        if case.state != Case.State.REMOVED or now - case.decided_at > WITHIN or not text.strip():
            raise NothingToAppeal
        made: Appeal = Appeal.objects.create(
            space_id=case.space_id,
            case=case,
            text=text.strip(),
            client_key=client_key,
            sent_at=now,
            due_at=now + ANSWERED_IN,
            first_by_id=case.decided_by_id,
        )
    return made


def note_seen(*, person_id: int, case: Case) -> None:
    """Note that the author has looked at what was decided last, so that nothing tells of it any more."""
    appealed = getattr(case, "appeal", None)
    times = (case.decided_at, case.answered_at, appealed.decided_at if appealed else None)
    last = max((at for at in times if at is not None), default=None)
    if last is not None and (case.seen_at is None or case.seen_at < last):
        with every_space(Reason.OWN_ROWS):
            Case.objects.filter(pk=case.pk, person=person_id).update(seen_at=clock.now())


@transaction.atomic
def decide_appeal(*, actor: Any, case_id: int, overturn: bool, answer: str) -> Appeal:
    """Look again, as another person than the first, and say why. Overturning shows the text.

    Raises NotFound, OwnDecision, OwnText, AlreadyDecided, ReasonNeeded.
    """
    with every_space(Reason.OFFICE):
        found = Appeal.objects.select_for_update(of=("self",)).select_related("case").filter(case=case_id).first()
    if found is None or not may_decide_appeal(actor, found):
        raise NotFound
    if found.first_by_id == actor.pk:
        raise OwnDecision
    if found.case.person_id == actor.person_id:
        raise OwnText
    if found.decided_at is not None:
        raise AlreadyDecided
    if not answer.strip():
        raise ReasonNeeded
    found.outcome = Appeal.Outcome.OVERTURNED if overturn else Appeal.Outcome.UPHELD
    found.answer, found.decided_by_id, found.decided_at = answer.strip(), actor.pk, clock.now()
    with every_space(Reason.OFFICE):
        found.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    if overturn:
        found.case.state = Case.State.SHOWN
        keep_decision(found.case, shown=True)
    note(found.case, actor=actor, act="moderation.appeal", outcome=found.outcome)
    decided: Appeal = found
    return decided
