"""Confirming by more than a press: words, a photograph, or the right answer to one question.

The answer is bound to the version and stands or falls with the confirmation: both in one transaction, both once.
"""

from datetime import datetime
from functools import partial
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.asking import BUTTON, PHOTO, QUESTION, WRITTEN, Ask
from fenjin.delivery.models import Answer, Message
from fenjin.delivery.selectors.reading import ReceiptSeen, receipt_of
from fenjin.delivery.services.receipts import confirm_message, undo_confirmation
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import Refusal
from fenjin.media.services import cleaned_picture

LONGEST_ANSWER: Final = 1_000
FOLDER: Final = "answers"
PHOTOS: Final = "delivery.photos"  # the key of their retention

_KEEP: Final = """
INSERT INTO delivery_answer (space_id, message_id, person_id, version, text, photo, photo_key, answered_at)
VALUES (%(space)s, %(message)s, %(person)s, %(version)s, %(text)s, %(photo)s, gen_random_uuid(), %(now)s)
ON CONFLICT (space_id, message_id, person_id, version) DO NOTHING RETURNING 1
"""
_TAKE_AWAY: Final = """
DELETE FROM delivery_answer WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
    AND version = %(version)s
RETURNING photo
"""


class AnswerRefusal(Refusal):
    """What was given does not confirm; the page says why and keeps what was typed."""

    code = "answer"
    status = 422


class NoWords(AnswerRefusal):
    code = "answer_no_words"
    sentence = _("Write your answer first; a few words are enough.")


class TooManyWords(AnswerRefusal):
    code = "answer_too_long"
    sentence = _("The answer is too long: 1,000 characters at most.")


class NoPhoto(AnswerRefusal):
    code = "answer_no_photo"
    sentence = _("Take a picture, or choose one, before you send.")


class NoChoice(AnswerRefusal):
    code = "answer_no_choice"
    sentence = _("Choose one of the answers.")


class NotRight(AnswerRefusal):
    """The wrong choice: nothing is kept of it, and one may choose again."""

    code = "answer_not_right"


def answer_message(
    *,
    person_id: int,
    message: Message,
    version: int,
    key: str | None = None,
    text: str = "",
    choice: int | None = None,
    photo: Any = None,
) -> ReceiptSeen:
    """Confirm a version in the way its sender asks for; return the receipt. The same key confirms once.

    A wrong choice leaves no trace. Raises AnswerRefusal (what is missing, or why a choice is wrong), what media
    says of a picture that cannot be read, and what `confirm_message` raises.
    """
    asked = Ask.read(message.confirm_by, message.confirm_ask)
    if asked.by == BUTTON:
        return confirm_message(person_id=person_id, message=message, version=version, key=key)
    words = text.strip() if asked.by == WRITTEN else ""
    _check(asked, words, choice, photo)
    before = receipt_of(person_id, message)
    if before is not None and before.confirmed_version == version:
        return before  # a phone repeats itself: the picture need not be read again
    stored = _store(photo) if asked.by == PHOTO else ""
    try:
        receipt = _confirm(person_id, message, version, key, words, stored)
    except Exception:
        _forget_file(stored)
        raise
    return receipt


def _check(asked: Ask, words: str, choice: int | None, photo: Any) -> None:
    if asked.by == WRITTEN and not words:
        raise NoWords
    if len(words) > LONGEST_ANSWER:
        raise TooManyWords
    if asked.by == PHOTO and not photo:
        raise NoPhoto
    if asked.by != QUESTION:
        return
    if choice is None or not 0 <= choice < len(asked.choices):
        raise NoChoice
    chosen = asked.choices[choice]
    if not chosen.right:
        raise NotRight(chosen.why or _("That is not it. Read the text again and choose once more."))


@transaction.atomic
def _confirm(person_id: int, message: Message, version: int, key: str | None, words: str, stored: str) -> ReceiptSeen:
    receipt = confirm_message(person_id=person_id, message=message, version=version, key=key, answered=True)
    kept = False
    if receipt.confirmed_version == version and (words or stored):
        values = _whose(person_id, message, version) | {"text": words, "photo": stored, "now": clock.now()}
        kept = bool(ask(_KEEP, values))
    if not kept:
        transaction.on_commit(partial(_forget_file, stored))
    return receipt


@transaction.atomic
def take_back(*, person_id: int, message: Message) -> None:
    """Take back a confirmation of the last five minutes, with the answer that was given. Raises TooLateToUndo."""
    before = receipt_of(person_id, message)
    undo_confirmation(person_id=person_id, message=message)
    if before is None or before.confirmed_version is None or message.confirm_by == BUTTON:
        return
    for (photo,) in ask(_TAKE_AWAY, _whose(person_id, message, before.confirmed_version)):
        transaction.on_commit(partial(_forget_file, photo))


def _whose(person_id: int, message: Message, version: int) -> dict[str, Any]:
    return {"space": message.space_id, "message": message.pk, "person": person_id, "version": version}


def _store(photo: Any) -> str:
    """Return the name of the stored picture: upright, without EXIF, place or names."""
    clean = cleaned_picture(photo)
    return str(default_storage.save(f"{FOLDER}/{clean.name}", clean))


def _forget_file(name: str) -> None:
    if name:
        default_storage.delete(name)


@transaction.atomic
def erase_photos(before: datetime) -> int:
    """Delete the photographs of answers given before an instant; return how many. That there was an answer stays."""
    rows = Answer._base_manager.filter(answered_at__lt=before).exclude(photo="")
    names = list(rows.select_for_update().values_list("photo", flat=True))
    Answer._base_manager.filter(photo__in=names).update(photo="", erased_at=clock.now())
    for name in names:
        transaction.on_commit(partial(_forget_file, name))
    return len(names)


@transaction.atomic
def erase_answers(person_id: int) -> int:
    """Take the words and photographs of one person out of all answers; return how many. The confirmations stay."""
    rows = Answer._base_manager.filter(person_id=person_id, erased_at__isnull=True)
    names = list(rows.select_for_update().values_list("photo", flat=True))
    rows.update(text="", photo="", erased_at=clock.now())
    for name in names:
        transaction.on_commit(partial(_forget_file, name))
    return len(names)
