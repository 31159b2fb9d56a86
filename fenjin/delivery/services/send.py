"""Sending: one press freezes the words and the audience, in one transaction, or nothing happens."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import reach_of
from fenjin.audit import services as audit
from fenjin.delivery import register
from fenjin.delivery.models import Message
from fenjin.delivery.services.freezing import freeze_people, write_denominators
from fenjin.delivery.services.parts import PREPARE, WRITE
from fenjin.delivery.services.sending import AT_ONCE, DueInThePast, Plan, Sending
from fenjin.delivery.services.words import freeze_words, write_version
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest
from fenjin.kit.scope import Reason, every_space
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
    RuleRefusal, NobodyThere, DueInThePast, PlanRefusal, OrganisationBusy, or what the kind of content or a
    part of the desk refuses. Whenever it raises, nothing was written.
    """
    before = _sent_before(actor, key)
    if before is not None:
        return before
    if sending.importance not in Message.Importance.values or sending.plan.pace not in Message.Pace.values:
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
    message = _row(sending, rule=rule, space_id=space_id, sender_id=actor.pk, client_key=key, state=state)
    message.sent_at = starts
    for prepare in PREPARE:
        prepare(actor, message, sending)
    try:
        with transaction.atomic():
            _write(actor, message, words, sending)
    except IntegrityError:
        before = _sent_before(actor, key)  # the same press came twice at the same time
        if before is None:
            raise
        return before
    return message


def _row(sending: Sending, **fields: Any) -> Message:
    due, plan = sending.due, sending.plan
    return Message(
        kind=sending.kind,
        content_id=sending.content_id,
        importance=sending.importance,
        pace=plan.pace,
        wave_minutes=plan.wave_minutes if plan.pace == Message.Pace.WAVES else 0,
        morning_on=plan.morning_on if plan.pace == Message.Pace.MORNING else None,
        due_on=due.on if due else None,
        due_time=due.time if due else None,
        due_zone=due.zone if due else "",
        **fields,
    )


def _sent_before(actor: Any, key: str) -> Message | None:
    with every_space(Reason.DELIVERY):
        return Message.objects.filter(sender=actor.pk, client_key=key).defer("bitmap", "elsewhere").first()


def _first_state(plan: Plan, starts: datetime, now: datetime) -> str:
    if starts > now + AT_ONCE:
        return Message.State.PLANNED
    return Message.State.SENT if plan.pace == Message.Pace.AT_ONCE else Message.State.SENDING


def _write(actor: Any, message: Message, words: register.Frozen, sending: Sending) -> None:
    planned = message.state == Message.State.PLANNED
    people = freeze_people(actor, message)
    if not planned:
        message.sent_at = message.frozen_at
    message.save(force_insert=True)
    write_version(message, words, number=1)
    for write in WRITE:
        write(actor, message, sending)
    if not planned:  # a planned one is in nobody's feed; its audience is frozen when it begins
        write_denominators(message, people)
    audit.record(
        actor=actor,
        act="delivery.plan" if planned else "delivery.send",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"kind": message.kind, "content": message.content_id, "rule": message.rule}
        | {"people": message.head_count, "importance": message.importance, "pace": str(message.pace)},
    )
