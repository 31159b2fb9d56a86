"""A second person looks before a message goes out: above a head count, and always in an emergency."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import may_approve
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors.approvals import Need
from fenjin.delivery.services.deciding import decide
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.scheduling import begin_now, stop_waiting
from fenjin.delivery.services.sending import DueInThePast
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space

LONGEST_WORDS = 300


class AlreadyDecided(SendRefusal):
    code = "already_decided"
    sentence = _("Somebody has decided about this message already, or it was taken back.")


class OwnMessage(SendRefusal):
    code = "own_message"
    status = 403
    sentence = _("Somebody else has to look at it: nobody approves the own message.")


class WordsChanged(SendRefusal):
    code = "words_changed"
    sentence = _("Its sender changed the words after you had read them. Read them again before you approve.")


class SayWhyNot(SendRefusal):
    code = "say_why_not"
    status = 422
    sentence = _("Say in a sentence what should be different; the sender reads it.")


class NobodyToApprove(SendRefusal):
    """Raised with the sentence of selectors.approvals.why_nobody: it names the cure."""

    code = "nobody_to_approve"
    status = 422
    sentence = _("Nobody else could approve it.")


def ask_approval(message: Message, need: Need) -> Approval:
    """Note that a message waits for a second person; call it in the transaction of the press."""
    approval: Approval = Approval._base_manager.create(
        space_id=message.space_id,
        message=message,
        why=need.why,
        limit=need.limit,
        people=message.head_count,
        asked_at=clock.now(),
    )
    return approval


@transaction.atomic
def approve_message(*, actor: Any, message_id: int, version: int = 1) -> Message:
    """Let a message go out, now or at its time; its audience is frozen when it does.

    `version` is the one that was read. Raises NotFound, OwnMessage, AlreadyDecided, WordsChanged, DueInThePast,
    or what begin_sending refuses (nobody there, the sender's role is gone, the organisation is being updated);
    then it goes on waiting. So it does, asked for anew, when meanwhile it has grown by more than its sender reaches
    alone.
    """
    message, approval = _open(actor, message_id)
    if message.current_version != version:
        raise WordsChanged
    if message.due_at is not None and message.due_at <= max(clock.now(), message.sent_at):
        raise DueInThePast
    decide(approval, actor=actor, approved=True, words="")
    message.awaits_approval = False
    message.save(update_fields=["awaits_approval"])
    if message.sent_at <= clock.now():
        message = begin_now(message.pk)
    _record(actor, message, "delivery.approve", {"people": approval.people, "why": approval.why})
    return message


@transaction.atomic
def decline_message(*, actor: Any, message_id: int, why: str) -> Message:
    """Stop a message that waits; its sender reads why. Raises NotFound, OwnMessage, AlreadyDecided, SayWhyNot."""
    why = " ".join(why.split())[:LONGEST_WORDS]
    if not why:
        raise SayWhyNot
    message, approval = _open(actor, message_id)
    decide(approval, actor=actor, approved=False, words=why)
    stop_waiting(message)
    _record(actor, message, "delivery.decline", {"people": approval.people})
    return message


def _open(actor: Any, message_id: int) -> tuple[Message, Approval]:
    """Return a message that waits, locked, with its approval."""
    with every_space(Reason.DELIVERY):
        rows = Message.objects.select_for_update(no_key=True).filter(pk=message_id).defer("bitmap", "elsewhere")
        message: Message | None = rows.first()
        approval: Approval | None = Approval.objects.filter(message=message_id).first()
    if message is None or approval is None:
        raise NotFound
    if message.sender_id == actor.pk:
        raise OwnMessage
    if not may_approve(actor, message):
        raise NotFound
    if not message.waits or approval.approved is not None:
        raise AlreadyDecided
    return message, approval


def _record(actor: Any, message: Message, act: str, details: dict[str, Any]) -> None:
    audit.record(actor=actor, act=act, target=("message", message.pk), space_id=message.space_id, details=details)
