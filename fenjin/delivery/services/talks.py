"""One person asks the desk that sent a message, and the desk answers: each thing said is kept once."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Conversation, Message, ReadyAnswer, Remark
from fenjin.delivery.models.talks import LONGEST_REMARK
from fenjin.delivery.selectors.talks import colleagues, get_conversation
from fenjin.kit import clock
from fenjin.kit.db import delete_counted
from fenjin.kit.errors import NotFound, Refusal, TooMany
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import Membership

A_DAY: Final = 20  # remarks of one person in 24 hours, to all desks
IN_A_ROW: Final = 5  # remarks of one person that the desk has not answered yet


class TalkRefusal(Refusal):
    """What was written cannot be taken; the page keeps it."""

    code = "talk"
    status = 422


class SayNothing(TalkRefusal):
    code = "talk_empty"
    sentence = _("Write something first.")


class SaidTooMuch(TalkRefusal):
    code = "talk_too_long"
    sentence = _("That is too long: 2,000 characters at most.")


class NoReplies(TalkRefusal):
    code = "talk_closed"
    status = 409
    sentence = _("The sender of this message takes no replies. In need, use “Complaints and suggestions”.")


class WaitForAnswer(TalkRefusal):
    code = "talk_wait"
    status = 409
    sentence = _(
        "You have written five times since the last answer. The desk sees all of it; please wait for the reply."
    )


def checked(text: str) -> str:
    """Return what somebody wrote, without blank space around it. Raises SayNothing, SaidTooMuch."""
    words = text.strip()
    if not words:
        raise SayNothing
    if len(words) > LONGEST_REMARK:
        raise SaidTooMuch
    return words


@transaction.atomic
def ask_sender(*, person_id: int, message: Message, text: str, key: str) -> Conversation:
    """Keep what a recipient says to the desk that sent a message, once for each key; return the conversation.

    The caller got `message` from selectors.get_message_for, which proved that it was sent to this person. A closed
    conversation waits again. Raises NoReplies, SayNothing, SaidTooMuch, WaitForAnswer, TooMany.
    """
    words, now = checked(text), clock.now()
    if not message.reply_allowed or message.state == Message.State.WITHDRAWN:
        raise NoReplies
    with every_space(Reason.OWN_ROWS):
        begun, _new = Conversation.objects.get_or_create(
            message_id=message.pk,
            person_id=person_id,
            defaults={"space_id": message.space_id, "waiting_since": now, "last_at": now},
        )
        talk: Conversation = Conversation.objects.select_for_update().get(pk=begun.pk)
        own = Remark.objects.filter(by_desk=False)
        if own.filter(conversation=talk, client_key=key).exists():
            return talk
        if own.filter(conversation__person=person_id, said_at__gt=now - timedelta(days=1)).count() >= A_DAY:
            raise TooMany
        # A conversation that the desk closed, perhaps after a call, can always be taken up again.
        if talk.state != Conversation.State.CLOSED and _unanswered(talk) >= IN_A_ROW:
            raise WaitForAnswer
        _say(talk, words, key, by_desk=False)
        if talk.state != Conversation.State.WAITING:
            talk.waiting_since = now
        talk.state, talk.last_at = Conversation.State.WAITING, now
        talk.save(update_fields=["state", "waiting_since", "last_at"])
    return talk


def _unanswered(talk: Conversation) -> int:
    said = Remark.objects.filter(conversation=talk)
    answer = said.filter(by_desk=True).order_by("-pk").values_list("pk", flat=True).first()
    return int(said.filter(pk__gt=answer or 0).count())


def _say(talk: Conversation, text: str, key: str, *, by_desk: bool, author_id: int | None = None) -> None:
    Remark(
        space_id=talk.space_id,
        conversation=talk,
        author_id=author_id,
        by_desk=by_desk,
        text=text,
        said_at=clock.now(),
        client_key=key,
    ).save(force_insert=True)


def see_answer(*, person_id: int, message_id: int, until: datetime) -> None:
    """Note that a person has looked at the answers about a message; the dot goes.

    `until` is the conversation's `last_at` as it was read: the dot of an answer given since then stays.
    """
    with every_space(Reason.OWN_ROWS):
        rows = Conversation.objects.filter(person=person_id, message=message_id, unseen=True, last_at__lte=until)
        rows.update(unseen=False)


def _held(actor: Any, conversation_id: int) -> Conversation:
    """Return a conversation, locked, for somebody who may answer it; raises NotFound."""
    membership: Membership = actor.membership
    get_conversation(membership, conversation_id)
    held: Conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    return held


@transaction.atomic
def answer_conversation(*, actor: Any, conversation_id: int, text: str, key: str) -> Conversation:
    """Answer a person, once for each key; it shows on the home page. Raises NotFound, SayNothing, SaidTooMuch."""
    words = checked(text)
    talk = _held(actor, conversation_id)
    if Remark.objects.filter(conversation=talk, by_desk=True, client_key=key).exists():
        return talk
    _say(talk, words, key, by_desk=True, author_id=actor.pk)
    talk.state, talk.last_at, talk.unseen = Conversation.State.ANSWERED, clock.now(), True
    talk.assigned_to_id = talk.assigned_to_id or actor.pk
    talk.save(update_fields=["state", "last_at", "unseen", "assigned_to"])
    _record(actor, "delivery.answer", talk)
    return talk


@transaction.atomic
def assign_conversation(*, actor: Any, conversation_id: int, to: int | None) -> Conversation:
    """Give a conversation to a colleague at the desk, or (None) to nobody in particular. Raises NotFound."""
    talk = _held(actor, conversation_id)
    if to is not None and to != actor.pk and to not in dict(colleagues(talk.space_id)):
        raise NotFound
    talk.assigned_to_id = to
    talk.save(update_fields=["assigned_to"])
    _record(actor, "delivery.assign", talk, {"to": to})
    return talk


@transaction.atomic
def close_conversation(*, actor: Any, conversation_id: int) -> Conversation:
    """Put a conversation away as settled; if the person writes again it waits again. Raises NotFound."""
    return _put(actor, conversation_id, Conversation.State.CLOSED, "delivery.close")


@transaction.atomic
def reopen_conversation(*, actor: Any, conversation_id: int) -> Conversation:
    """Take a closed conversation back into the queue. Raises NotFound."""
    return _put(actor, conversation_id, Conversation.State.WAITING, "delivery.reopen")


def _put(actor: Any, conversation_id: int, state: Conversation.State, act: str) -> Conversation:
    talk = _held(actor, conversation_id)
    if talk.state != state:
        talk.state = state
        talk.save(update_fields=["state"])
        _record(actor, act, talk)
    return talk


def _record(actor: Any, act: str, talk: Conversation, details: dict[str, Any] | None = None) -> None:
    audit.record(
        actor=actor,
        act=act,
        target=("conversation", talk.pk),
        space_id=talk.space_id,
        details={"message": talk.message_id} | (details or {}),
    )


@transaction.atomic
def keep_ready_answer(*, actor: Any, space_id: int, title: str, text: str) -> ReadyAnswer:
    """Keep an answer that is often given, under its name; the same name again takes the new words.

    The caller has seen that the actor answers in this space. Raises SayNothing, SaidTooMuch.
    """
    ready, _new = ReadyAnswer.objects.update_or_create(
        space_id=space_id, title=checked(title)[:60], defaults={"text": checked(text), "written_by_id": actor.pk}
    )
    _note(actor, "delivery.ready_answer", ready)
    return ready


@transaction.atomic
def drop_ready_answer(*, actor: Any, ready: ReadyAnswer) -> None:
    """Take a ready answer away; what was said with it stays said."""
    _note(actor, "delivery.ready_answer_drop", ready)
    ready.delete()


def _note(actor: Any, act: str, ready: ReadyAnswer) -> None:
    audit.record(
        actor=actor,
        act=act,
        target=("ready_answer", ready.pk),
        space_id=ready.space_id,
        details={},
    )


@transaction.atomic
def forget_talks(person_id: int) -> int:
    """Delete every conversation of a person, with all that was said; return how many."""
    with every_space(Reason.OWN_ROWS):
        return delete_counted(Conversation.objects.filter(person=person_id))


@transaction.atomic
def purge_talks(before: datetime) -> int:
    """Delete the closed conversations in which nothing was said since an instant; return how many."""
    with every_space(Reason.JOB):
        return delete_counted(Conversation.objects.filter(state=Conversation.State.CLOSED, last_at__lt=before))


@transaction.atomic
def pass_on_conversations(*, person_id: int, space_id: int, to: Any, actor: Any) -> int:
    """Give the open conversations that a leaver was answering in a space to another account; return how many."""
    with every_space(Reason.OFFICE):
        rows = Conversation.objects.filter(space=space_id, assigned_to__person=person_id)
        return int(rows.exclude(state=Conversation.State.CLOSED).update(assigned_to=to.pk))
