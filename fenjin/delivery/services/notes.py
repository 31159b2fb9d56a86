"""Words for a message, written right in the desk."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import SEND
from fenjin.delivery.models import Message, Note
from fenjin.delivery.models.notes import LONGEST_TITLE, LONGEST_WORDS
from fenjin.delivery.selectors.notes import get_note, picture_to_use
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import spaces_allowing

KINDS: Final = frozenset(Note.Form.values)


class NoteChanged(SendRefusal):
    code = "note_changed"
    sentence = _("Somebody else changed these words meanwhile. Load the page again; yours are still in this form.")


class NoteEmpty(SendRefusal):
    code = "note_empty"
    status = 422
    sentence = _("A message has a title and words; a card has a picture as well.")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written: Chinese, and English where there is any; `picture_id` for a card."""

    title: str
    words: str
    title_en: str = ""
    words_en: str = ""
    picture_id: int | None = None


@transaction.atomic
def write_note(*, actor: Any, space_id: int, form: str, words: Words) -> Note:
    """Keep new words for a message of a space. Raises NotFound (no role, no such picture), NoteEmpty."""
    if space_id not in spaces_allowing(actor.membership, SEND, branches=True) or form not in KINDS:
        raise NotFound
    note = Note(space_id=space_id, form=form, author_id=actor.pk)
    return _keep(actor, note, words)


@transaction.atomic
def change_note(*, actor: Any, note_id: int, words: Words, seen: int) -> Note:
    """Change words; messages that went out with them stay as they are until they are corrected.

    `seen` is the revision that was looked at. Raises NotFound, NoteChanged, NoteEmpty.
    """
    get_note(actor.membership, note_id)
    with every_space(Reason.DELIVERY):
        note: Note = Note.objects.select_for_update().get(pk=note_id)
    if note.revision != seen:
        raise NoteChanged
    note.revision += 1
    return _keep(actor, note, words)


def _keep(actor: Any, note: Note, words: Words) -> Note:
    note.title = " ".join(words.title.split())[:LONGEST_TITLE]
    note.title_en = " ".join(words.title_en.split())[:120]
    note.words = words.words.replace("\r\n", "\n").strip()[:LONGEST_WORDS]
    note.words_en = words.words_en.replace("\r\n", "\n").strip()[: 2 * LONGEST_WORDS]
    card = note.form == Note.Form.CARD
    if not note.title or not note.words or (card and words.picture_id is None):
        raise NoteEmpty
    note.picture, note.picture_space = None, None
    if card and words.picture_id is not None:
        note.picture = picture_to_use(note.space_id, words.picture_id)
        note.picture_space = note.picture.space_id
    note.changed_at = clock.now()
    note.save()
    details = {"form": note.form, "revision": note.revision}
    audit.record(actor=actor, act="delivery.note", target=("note", note.pk), space_id=note.space_id, details=details)
    return note


def keep_picture(message: Message) -> None:
    """Remember which picture a message of a note went out with; call it in the transaction that writes a version."""
    if message.kind not in KINDS:
        return
    with every_space(Reason.DELIVERY):
        note = Note.objects.select_for_update(no_key=True).filter(pk=message.content_id).first()
        if note is not None and note.picture_id is not None and note.picture_id not in note.frozen_pictures:
            Note.objects.filter(pk=note.pk).update(frozen_pictures=[*note.frozen_pictures, note.picture_id])
