"""Corrections: small ones at once; what matters waits for a second person, where the message itself had needed one."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audiences.access import reach_of
from fenjin.audit import services as audit
from fenjin.delivery.access import may_approve
from fenjin.delivery.cleaning import clean_html
from fenjin.delivery.models import Message, MessageVersion, WaitingCorrection
from fenjin.delivery.register import Frozen
from fenjin.delivery.selectors.approvals import somebody_may_approve, why_nobody
from fenjin.delivery.selectors.corrections import frozen_words, second_person, waiting_correction
from fenjin.delivery.services.approval import (
    LONGEST_WORDS,
    AlreadyDecided,
    NobodyToApprove,
    OwnMessage,
    SayWhyNot,
    WordsChanged,
)
from fenjin.delivery.services.deciding import decide
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.versions import SayWhy, message_of_sender, put_in_place
from fenjin.delivery.services.words import freeze_words, sha256
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space

_OVER = (Message.State.WITHDRAWN, Message.State.CANCELLED)


class NothingCorrected(SendRefusal):
    code = "nothing_corrected"
    sentence = _("The text is the same as what was sent. Change and publish it first, then send the correction.")


class AlreadyWithdrawn(SendRefusal):
    code = "already_withdrawn"
    sentence = _("This message has been withdrawn. Send a new one instead.")


@transaction.atomic
def correct_message(*, actor: Any, message_id: int, note: str, material: bool) -> MessageVersion | None:
    """Put the content as it stands now in the place of what was sent, as the next version.

    `note` tells readers what was wrong. After a `material` change nobody counts as having confirmed, and everybody
    is asked again; where the message needed a second person, it waits for one, and None is returned: what is pressed
    then takes the place of what waits. Raises NotFound, SayWhy, AlreadyWithdrawn, NothingCorrected, ReceiptsBusy,
    NobodyToApprove, or what the kind of content refuses.
    """
    note = " ".join(note.split())[:300]
    if not note:
        raise SayWhy
    message = message_of_sender(actor=actor, message_id=message_id)
    if message.state in _OVER:
        raise AlreadyWithdrawn
    words = freeze_words(
        membership=actor.membership,
        reach=reach_of(actor.membership, message.space_id),
        space_id=message.space_id,
        kind=message.kind,
        content_id=message.content_id,
    )
    with every_space(Reason.DELIVERY):
        before = message.versions.get(number=message.current_version)
    if (before.title, before.lead, before.sha256) == (words.title, words.lead, sha256(clean_html(words.html))):
        raise NothingCorrected
    waiting = waiting_correction(message.pk)
    # What waits stands in the content already: it must not slip through as a small change.
    if (material or waiting is not None) and second_person(actor.membership, message) is not None:
        _let_wait(actor, message, waiting, words, note)
        return None
    # Whoever said to be safe is not asked anew for other words.
    material = material and message.asks_confirmation
    version = put_in_place(actor=actor, message=message, words=words, note=note, material=material)
    # Whoever needs nobody for it has overtaken what waits: approved later, that would bring old words back.
    if waiting is not None:
        said = _("Version %(number)s stands in its place already.") % {"number": version.number}
        decide(waiting, actor=actor, approved=False, said=str(said))
    return version


def _let_wait(actor: Any, message: Message, row: WaitingCorrection | None, words: Frozen, note: str) -> None:
    why = second_person(actor.membership, message) or ""
    if not somebody_may_approve(message.space_id, but=actor.person_id, why=why):
        raise NobodyToApprove(why_nobody(message.space_id, why))
    if row is None:
        row = WaitingCorrection(space_id=message.space_id, message=message, revision=0)
    row.revision += 1
    row.words, row.note = asdict(words), note
    row.asked_by_id, row.asked_at = actor.pk, clock.now()
    with every_space(Reason.DELIVERY):
        row.save()
    _record(actor, message, "delivery.ask_correction", {"version": message.current_version + 1})


@transaction.atomic
def approve_correction(*, actor: Any, message_id: int, revision: int) -> MessageVersion:
    """Let a correction that waits take its place; `revision` is the one that was read.

    Raises NotFound, OwnMessage, AlreadyDecided, WordsChanged, ReceiptsBusy.
    """
    message, row = _open(actor, message_id)
    if row.revision != revision:
        raise WordsChanged
    decide(row, actor=actor, approved=True)
    return put_in_place(
        actor=actor,
        message=message,
        words=frozen_words(row),
        note=row.note,
        material=message.asks_confirmation,
        act="delivery.approve_correction",
    )


@transaction.atomic
def decline_correction(*, actor: Any, message_id: int, why: str) -> None:
    """Drop a correction that waits; who asked for it reads why.

    Raises NotFound, OwnMessage, AlreadyDecided, SayWhyNot.
    """
    why = " ".join(why.split())[:LONGEST_WORDS]
    if not why:
        raise SayWhyNot
    message, row = _open(actor, message_id)
    decide(row, actor=actor, approved=False, said=why)
    _record(actor, message, "delivery.decline_correction", {})


@transaction.atomic
def take_back_correction(*, actor: Any, message_id: int) -> None:
    """Take back a correction that waits: by whoever may change the message. Raises NotFound, AlreadyDecided."""
    message = message_of_sender(actor=actor, message_id=message_id)
    row = waiting_correction(message.pk, locked=True)
    if row is None:
        raise AlreadyDecided
    decide(row, actor=actor, approved=False)
    _record(actor, message, "delivery.take_back_correction", {})


def _open(actor: Any, message_id: int) -> tuple[Message, WaitingCorrection]:
    """Return a message, locked, with the correction that waits."""
    with every_space(Reason.DELIVERY):
        rows = Message.objects.select_for_update(no_key=True).filter(pk=message_id).defer("bitmap", "elsewhere")
        message: Message | None = rows.first()
    if message is None:
        raise NotFound
    row = waiting_correction(message_id, locked=True)
    if row is not None and row.asked_by_id == actor.pk:
        raise OwnMessage
    if not may_approve(actor, message, asked_by=row.asked_by_id if row is not None else None):
        raise NotFound
    if row is None or message.state in _OVER:
        raise AlreadyDecided
    return message, row


def _record(actor: Any, message: Message, act: str, details: dict[str, Any]) -> None:
    audit.record(actor=actor, act=act, target=("message", message.pk), space_id=message.space_id, details=details)
