"""Sending: one press freezes the words and the audience, in one transaction, or nothing happens."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import reach_of
from fenjin.audit import services as audit
from fenjin.delivery import register
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors.approvals import Need, need_for, somebody_may_approve, why_nobody
from fenjin.delivery.services.approval import NobodyToApprove, ask_approval
from fenjin.delivery.services.freezing import freeze_people, write_denominators
from fenjin.delivery.services.parts import PREPARE, WRITE
from fenjin.delivery.services.rehearsal import end_rehearsals
from fenjin.delivery.services.row import message_of, sent_before
from fenjin.delivery.services.sending import AT_ONCE, DueInThePast, Plan, Sending
from fenjin.delivery.services.words import freeze_words, write_version
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest
from fenjin.spaces.access import Membership


def count_audience(*, membership: Membership, space_id: int, rule: Any) -> audiences.Meant:
    """Return who is meant by a rule that this account would send from a space, cut to its reach.

    audiences.selectors counts it. Raises NotFound without the role, RuleRefusal for a rule that says
    nothing clear.
    """
    return audiences.compile_rule(audiences.parse_rule(rule), reach_of(membership, space_id))


def send_message(*, actor: Any, space_id: int, sending: Sending, key: str) -> Message:
    """Send content of a space to an audience, now or as planned; the same key of the same sender sends once.

    The words are frozen at the press, the audience when the sending begins (services.begin_sending). `actor`
    is an account with its `membership`. Raises NotFound (no role, or content that is not there for it),
    RuleRefusal, NobodyThere, NobodyToApprove, DueInThePast, PlanRefusal, OrganisationBusy, or what the kind of
    content or a part of the desk refuses. Whenever it raises, nothing was written. What needs a second person
    (selectors.approvals.need_for) is planned and waits for services.approval.
    """
    before = sent_before(actor, key)
    if before is not None:
        return before
    if sending.importance not in Message.Importance.values or sending.plan.pace not in Message.Pace.values:
        raise BadRequest
    if sending.audience_mode not in Message.AudienceMode.values:
        raise BadRequest
    now = clock.now()
    starts = sending.plan.begins(now)
    if sending.due is not None and sending.due.instant <= starts:
        raise DueInThePast
    reach = reach_of(actor.membership, space_id)
    rule = audiences.parse_rule(sending.rule).as_json()
    words = freeze_words(
        membership=actor.membership,
        reach=reach,
        space_id=space_id,
        kind=sending.kind,
        content_id=sending.content_id,
    )
    state = _first_state(sending.plan, starts, now)
    message = message_of(sending, rule=rule, space_id=space_id, sender_id=actor.pk, client_key=key, state=state)
    message.sent_at = starts
    for prepare in PREPARE:
        prepare(actor=actor, message=message, sending=sending)
    try:
        with transaction.atomic():
            _write(actor, message, words, sending)
    except IntegrityError:
        before = sent_before(actor, key)  # the same press came twice at the same time
        if before is None:
            raise
        return before
    return message


def _first_state(plan: Plan, starts: datetime, now: datetime) -> str:
    if starts > now + AT_ONCE:
        return Message.State.PLANNED
    return Message.State.SENT if plan.pace == Message.Pace.AT_ONCE else Message.State.SENDING


def _write(actor: Any, message: Message, words: register.Frozen, sending: Sending) -> None:
    people = freeze_people(actor, message)
    need = need_for(actor.membership, message.space_id, people=message.head_count, importance=message.importance)
    if need is not None:
        _somebody_may_say_yes(actor, message, need)
        message.state, message.awaits_approval = Message.State.PLANNED, True
    planned = message.state == Message.State.PLANNED
    if not planned:
        message.sent_at = message.frozen_at
    message.save(force_insert=True)
    write_version(message, words, number=1)
    if need is not None:
        ask_approval(message, need)
    end_rehearsals(message)
    for write in WRITE:
        write(actor=actor, message=message, sending=sending)
    if not planned:  # a planned one is in nobody's feed; its audience is frozen when it begins
        write_denominators(message, people)
    audit.record(
        actor=actor,
        act=_act(message),
        target=("message", message.pk),
        space_id=message.space_id,
        details={"kind": message.kind, "content": message.content_id, "rule": message.rule}
        | {"people": message.head_count, "importance": message.importance, "pace": str(message.pace)}
        | ({"reason": message.reason_kind, "words": message.reason_words} if message.reason_kind else {}),
    )


def _somebody_may_say_yes(actor: Any, message: Message, need: Need) -> None:
    """Refuse an emergency that would wait for nobody; anything else may wait until somebody gets the role."""
    alone = not somebody_may_approve(message.space_id, but=actor.person_id, why=need.why)
    if alone and need.why == Approval.Why.EMERGENCY:
        raise NobodyToApprove(why_nobody(message.space_id, need.why))


def _act(message: Message) -> str:
    if message.waits:
        return "delivery.ask"
    return "delivery.plan" if message.state == Message.State.PLANNED else "delivery.send"
