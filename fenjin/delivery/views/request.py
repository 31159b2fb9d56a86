"""What stands at the end of a message that is confirmed by more than a press, and what was given."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from fenjin.delivery.asking import PHOTO, QUESTION, Ask
from fenjin.delivery.selectors import MessageForReader
from fenjin.delivery.selectors.answers import OwnAnswer, own_answer
from fenjin.delivery.services.answers import LONGEST_ANSWER, PHOTOS
from fenjin.kit.components import Notice
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.kit.wording import gap
from fenjin.people.selectors.retention import kept_words
from fenjin.spaces.selectors.looks import look_of

PICTURES: Final = "image/*,.heic,.heif"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what was given does not confirm, and what was typed or chosen."""

    why: str
    text: str = ""
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """The form at the end of the text, in the reader's words."""

    asked: Ask
    action: str
    version: int
    client_key: str
    key_for: str
    who_sees: str
    text: str
    choice: int | None
    refused: Notice | None
    longest: int = LONGEST_ANSWER
    pictures: str = PICTURES


def request_of(found: MessageForReader, refused: Refused | None) -> Request:
    """Return the form of a message that is not confirmed yet."""
    sent = found.message
    asked = Ask.read(sent.confirm_by, sent.confirm_ask)
    wrong = asked.by == QUESTION and refused is not None and refused.choice is not None
    said = refused or Refused("")
    return Request(
        asked=asked,
        action=link("delivery:message_confirm", sent.pk),
        version=found.version.number,
        client_key=client_key(None),
        key_for=f"confirm:{sent.pk}:{found.version.number}:{found.past}",
        who_sees=_who_sees(asked, look_of(sent.space_id).title),
        text=said.text,
        choice=said.choice,
        refused=Notice(
            said.why,
            title=_("Not this one") if wrong else "",
            tone="due" if wrong else "bad",
            icon="cross" if wrong else "",
        )
        if refused is not None
        else None,
    )


def _who_sees(asked: Ask, space: str) -> str:
    """Return who will read what is given, and for how long it is kept: said before anybody writes."""
    if asked.by == QUESTION:
        return _("Only that you confirmed is kept. A wrong choice is not kept, and you may choose again.")
    if asked.named:
        words = _(
            "Read by those who send messages for %(space)s, with your name, staff number and unit. Nobody else sees it."
        )
    else:
        words = _("Read by those who send messages for %(space)s, without your name, once five people have answered.")
    words %= {"space": space}
    if asked.by == PHOTO:
        kept = _("Place and time are taken out of the picture. Kept: %(span)s.")
        words = f"{words}{gap()}{kept % {'span': kept_words(PHOTOS)}}"
    return words


def given(found: MessageForReader, person_id: int) -> OwnAnswer | None:
    """Return what the reader gave with the confirmation, to be shown under the receipt."""
    return own_answer(person_id, found.message, found.confirmed_version)
