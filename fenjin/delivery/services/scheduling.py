"""Sending that takes its time: planned, begun by the clock, paused, resumed, stopped.

When one person sees it is arithmetic (`delivery.timing`); here only the message's own row changes.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Message
from fenjin.delivery.services.freezing import OrganisationBusy, freeze_people, write_denominators
from fenjin.delivery.services.second import ask_again, grown_beyond
from fenjin.delivery.services.sleeping import wake
from fenjin.delivery.services.versions import last_instant, message_of_sender
from fenjin.delivery.timing import as_stored, read_pauses
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.selectors import load_account

log = logging.getLogger(__name__)


class NotUnderWay(Refusal):
    """The message is in a state in which this cannot be done."""

    code = "not_under_way"
    sentence = _("This message is not under way, so there is nothing to do here.")


class SenderGone(Refusal):
    """Its sender may not send it any more."""

    code = "sender_gone"
    sentence = _("Its sender does not send here any more. Decline it, and let somebody else send it.")


@transaction.atomic
def pause_message(*, actor: Any, message_id: int) -> Message:
    """Hold a message that is being sent: who sees it keeps it, nobody else gets it. Raises NotFound, NotUnderWay."""
    message = _in_state(actor, message_id, Message.State.SENDING)
    message.state, message.stopped_at = Message.State.PAUSED, clock.now()
    return _keep(actor, message, "delivery.pause")


@transaction.atomic
def resume_message(*, actor: Any, message_id: int) -> Message:
    """Let a paused message go on; the others see it later. Raises NotFound, NotUnderWay."""
    message = _in_state(actor, message_id, Message.State.PAUSED)
    pauses = [*read_pauses(message.pauses), (message.stopped_at or clock.now(), clock.now())]
    message.state, message.stopped_at, message.pauses = Message.State.SENDING, None, as_stored(pauses)
    wake(message)
    return _keep(actor, message, "delivery.resume")


@transaction.atomic
def stop_message(*, actor: Any, message_id: int) -> Message:
    """Drop a plan, or end a sending for good: who sees it keeps it. Raises NotFound, NotUnderWay."""
    message = _in_state(actor, message_id, Message.State.PLANNED, Message.State.SENDING, Message.State.PAUSED)
    return _stop(actor, message)


def stop_waiting(message: Message) -> None:
    """End a message that was never approved; the caller holds its row and writes the audit."""
    message.stopped_at, message.state = last_instant(message), Message.State.CANCELLED
    message.save(update_fields=["state", "stopped_at"])


def _stop(actor: Any, message: Message, why: str = "") -> Message:
    message.stopped_at = message.stopped_at or last_instant(message)
    message.state = Message.State.CANCELLED
    wake(message)
    return _keep(actor, message, "delivery.stop", {"why": why} if why else {})


def _in_state(actor: Any, message_id: int, *states: Message.State) -> Message:
    message = message_of_sender(actor=actor, message_id=message_id)
    if message.state not in states:
        raise NotUnderWay
    return message


def _keep(actor: Any, message: Message, act: str, details: dict[str, Any] | None = None) -> Message:
    message.save(update_fields=["state", "stopped_at", "pauses"])
    audit.record(actor=actor, act=act, target=("message", message.pk), space_id=message.space_id, details=details or {})
    return message


def keep_sending_times() -> int:
    """Begin what is due and close what everybody sees by now; return how many messages changed. Safe to run twice.

    Each message is a transaction of its own, so that one that fails stops no other.
    """
    now = clock.now()
    changed = 0
    with every_space(Reason.JOB):
        rows = Message.objects.filter(state=Message.State.PLANNED, sent_at__lte=now, awaits_approval=False)
        due = list(rows.order_by("sent_at", "pk").values_list("pk", flat=True))
        under_way = list(Message.objects.filter(state=Message.State.SENDING).defer("bitmap", "elsewhere", "rule"))
        for message in under_way:
            with by_itself(log, message):
                changed += _close(message) if message.timetable.ends_at <= now else 0
        for message_id in due:
            with by_itself(log, f"planned message {message_id}"):
                changed += begin_sending(message_id)
    return changed


def _close(message: Message) -> int:
    return Message.objects.filter(pk=message.pk, state=Message.State.SENDING).update(state=Message.State.SENT)


def begin_sending(message_id: int) -> bool:
    """Freeze the audience of a planned message that is due, and begin; tell whether it did.

    The rule is asked again, within what its sender may still reach. A plan that cannot be carried out is
    stopped, and the audit says why; while the organisation is being updated it waits, and so it does for a second
    person when it has grown too much.
    """
    try:
        with transaction.atomic():
            return _begin(message_id)
    except OrganisationBusy:
        return False
    except Refusal as refusal:
        log.warning("planned message %s is stopped: %s", message_id, refusal.code)
        with transaction.atomic():
            message = _due(message_id)
            if message is not None:
                _stop(None, message, refusal.code)
        return False


def _due(message_id: int) -> Message | None:
    rows = Message.objects.select_for_update(no_key=True)
    rows = rows.filter(pk=message_id, state=Message.State.PLANNED, sent_at__lte=clock.now(), awaits_approval=False)
    found: Message | None = rows.first()
    return found


def begin_now(message_id: int) -> Message:
    """Begin a message that was just approved, at this moment; call it in the approval's transaction.

    Raises SenderGone, NobodyThere, OrganisationBusy, RuleRefusal: then it goes on waiting.
    """
    with every_space(Reason.DELIVERY):
        Message.objects.filter(pk=message_id).update(sent_at=clock.now())
        try:
            _begin(message_id)
        except NotFound as error:
            raise SenderGone from error
        message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=message_id)
    return message


def _begin(message_id: int) -> bool:
    message = _due(message_id)
    if message is None:
        return False
    actor = load_account(message.sender_id)
    people = freeze_people(actor, message)
    need = grown_beyond(actor, message)
    if need is not None:
        ask_again(message, need)
        return False
    at_once = message.pace == Message.Pace.AT_ONCE
    message.state = Message.State.SENT if at_once else Message.State.SENDING
    message.save(update_fields=["state", "bitmap", "head_count", "elsewhere", "reach", "frozen_at"])
    write_denominators(message, people)
    audit.record(
        actor=None,
        act="delivery.begin",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"people": message.head_count},
    )
    return True
