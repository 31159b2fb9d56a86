"""Somebody looks at a text and decides, with a reason; those in charge answer criticism."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation.access import spaces_to_answer
from fenjin.moderation.models import Case, Lane
from fenjin.moderation.register import kind_of
from fenjin.moderation.selectors.queue import may_decide
from fenjin.moderation.services.refusals import (
    AlreadyDecided,
    CriticismStands,
    LookedAt,
    NotCriticism,
    NoUndo,
    OwnText,
    ReasonNeeded,
)

CLAIMED: Final = timedelta(minutes=15)
UNDO: Final = timedelta(minutes=10)
TO_ANSWER: Final = timedelta(days=7)


@transaction.atomic
def claim_case(*, actor: Any, case_id: int) -> Case:
    """Say that one is looking at it, so that nobody else does; raises NotFound, AlreadyDecided, LookedAt."""
    case = lock_case(actor, case_id)
    _require_free(case, actor)
    case.claimed_by_id, case.claimed_at = actor.pk, clock.now()
    with every_space(Reason.OFFICE):
        case.save(update_fields=["claimed_by", "claimed_at"])
    return case


@transaction.atomic
def decide_case(*, actor: Any, case_id: int, shown: bool, lane: str = "", reason: str = "") -> Case:
    """Show a text or take it away. The author reads lane and reason; criticism is shown and waits for an answer.

    Raises NotFound, AlreadyDecided, LookedAt, OwnText, ReasonNeeded, CriticismStands.
    """
    case = lock_case(actor, case_id)
    _require_free(case, actor)
    if not shown and lane == Lane.CRITICISM:
        raise CriticismStands
    if not shown and (not reason.strip() or not lane):
        raise ReasonNeeded
    now = clock.now()
    case.state = Case.State.SHOWN if shown else Case.State.REMOVED
    case.lane = Lane(lane) if lane else ""
    case.reason = reason.strip()
    case.decided_by_id, case.decided_at = actor.pk, now
    case.answer_due_at = now + TO_ANSWER if lane == Lane.CRITICISM else None
    keep_decision(case, shown=shown)
    note(case, actor=actor, act="moderation.show" if shown else "moderation.remove", lane=case.lane)
    return case


@transaction.atomic
def undo_decision(*, actor: Any, case_id: int) -> Case:
    """Take one's own decision back within 10 minutes; raises NotFound, NoUndo. The text waits again as before."""
    case = lock_case(actor, case_id)
    fresh = case.decided_at is not None and clock.now() - case.decided_at <= UNDO
    decided = case.state in (Case.State.SHOWN, Case.State.REMOVED)
    with every_space(Reason.OFFICE):
        appealed = hasattr(case, "appeal")
    if not fresh or not decided or case.decided_by_id != actor.pk or appealed or case.answered_at is not None:
        raise NoUndo
    case.state = Case.State.HELD if case.held else Case.State.STANDING
    case.reason, case.decided_by_id, case.decided_at, case.answer_due_at = "", None, None, None
    keep_decision(case, shown=None if case.held else True)
    note(case, actor=actor, act="moderation.undo")
    return case


@transaction.atomic
def answer_case(*, actor: Any, case_id: int, text: str) -> Case:
    """Answer criticism; the answer stands under it and can be written anew. Raises NotFound, NotCriticism."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, space__in=spaces_to_answer(actor)).first()
    if case is None:
        raise NotFound
    if case.answer_due_at is None or not text.strip():
        raise NotCriticism
    case.answer, case.answered_by_id, case.answered_at = text.strip(), actor.pk, clock.now()
    case.save(update_fields=["answer", "answered_by", "answered_at"])
    kind_of(case.kind).answered(space_id=case.space_id, object_id=case.object_id, text=case.answer)
    note(case, actor=actor, act="moderation.answer")
    found: Case = case
    return found


def lock_case(actor: Any, case_id: int) -> Case:
    """Return a case that the account may decide, locked; raises NotFound, OwnText."""
    with every_space(Reason.OFFICE):  # may_decide asks for the space: the group stands in where nobody is
        case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None or not may_decide(actor, case):
        raise NotFound
    if case.person_id == actor.person_id:
        raise OwnText
    found: Case = case
    return found


def _require_free(case: Case, actor: Any) -> None:
    if not case.is_open:
        raise AlreadyDecided
    taken = case.claimed_at is not None and clock.now() - case.claimed_at < CLAIMED
    if taken and case.claimed_by_id != actor.pk:
        raise LookedAt


def keep_decision(case: Case, *, shown: bool | None) -> None:
    """Write what was decided, and have the feature show or hide its thing; None: it waits again."""
    with every_space(Reason.OFFICE):
        case.save(update_fields=["state", "lane", "reason", "decided_by", "decided_at", "answer_due_at"])
        kind_of(case.kind).decided(space_id=case.space_id, object_id=case.object_id, shown=shown)


def note(case: Case, *, actor: Any, act: str, **details: Any) -> None:
    """Add the row to the audit log."""
    about = {"kind": case.kind, "object": case.object_id} | details
    record(actor=actor, act=act, target=("case", case.pk), space_id=case.space_id, details=about)
