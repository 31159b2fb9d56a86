"""What delivery keeps of a person's own words and wishes: answers, conversations, habits."""

from datetime import datetime

from django.utils.translation import gettext as _

from fenjin.delivery.models import Answer, Conversation
from fenjin.delivery.selectors.habits import USUAL, habits_of
from fenjin.delivery.selectors.own_words import OwnWords, own_words
from fenjin.delivery.services.answers import PHOTOS, erase_answers, erase_photos
from fenjin.delivery.services.habits import forget_habits
from fenjin.delivery.services.talks import forget_talks, purge_talks
from fenjin.kit.db import count_and_oldest
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject
from fenjin.people.selectors.names import account_names
from fenjin.people.selectors.retention import kept_words
from fenjin.spaces.selectors import space_names

TALKS = "delivery.conversations"


def collect(subject: Subject) -> list[Sheet]:
    """Return what a person answered, asked and chose about messages."""
    said = own_words(subject.person_id)
    return [_answers(said), _talks(said), _habits(subject.person_id)]


def _answers(said: OwnWords) -> Sheet:
    return Sheet(
        key="message-answers",
        title=_("Answers you gave with confirmations"),
        columns=(_("Message"), _("Answer"), _("Photograph"), _("Given at")),
        rows=tuple(
            (title, text, _photo_words(photo, erased), record_time(at))
            for title, text, photo, erased, at in said.answers
        ),
        source=_("by yourself; the page of the message says who reads it"),
        until=_("words with the message; photographs: %(span)s") % {"span": kept_words(PHOTOS)},
    )


def _photo_words(photo: bool, erased: bool) -> str:
    if photo:
        return _("kept")
    return _("deleted") if erased else ""


def _talks(said: OwnWords) -> Sheet:
    return Sheet(
        key="message-replies",
        title=_("What you and senders wrote to each other"),
        columns=(_("Message"), _("By"), _("Text"), _("Written")),
        rows=tuple(
            (title, _("the sender") if by_desk else _("you"), text, record_time(at))
            for title, by_desk, text, at in said.remarks
        ),
        source=_("by yourself, and by those who sent the message"),
        until=_("after the end of the conversation: %(span)s") % {"span": kept_words(TALKS)},
    )


def _habits(person_id: int) -> Sheet:
    own = habits_of(person_id)
    names = list(space_names(set(own.muted_spaces)).values()) + list(account_names(set(own.muted_senders)).values())
    hours = f"{own.quiet_from:%H:%M}–{own.quiet_until:%H:%M}" if own.quiet_from and own.quiet_until else _("none")
    return Sheet(
        key="message-habits",
        title=_("Your quiet hours, and whom you muted"),
        columns=(_("Quiet hours"), _("Muted")),
        rows=() if own == USUAL else ((hours, _("; ").join(names)),),
        source=_("chosen by yourself; senders do not learn of it"),
        until=_("until you change them, or the account is closed"),
        single=True,
    )


def fates(subject: Subject) -> list[Fate]:
    """Tell that all of it goes."""
    return [Fate(sheet.title, len(sheet.rows), goes=True) for sheet in collect(subject) if sheet.rows]


def erase(subject: Subject) -> dict[str, int]:
    """Delete conversations and habits, and the words and photographs of answers; return how many."""
    gone = {
        "message-answers": erase_answers(subject.person_id),
        "message-replies": forget_talks(subject.person_id),
        "message-habits": forget_habits(subject.person_id),
    }
    return {kind: count for kind, count in gone.items() if count}


def photos_due(before: datetime) -> tuple[int, datetime | None]:
    """Count the photographs of answers given before an instant, and tell the oldest."""
    rows = Answer._base_manager.filter(answered_at__lt=before).exclude(photo="")
    return count_and_oldest(rows, "answered_at")


def purge_photos(before: datetime) -> int:
    """Delete the photographs of answers given before an instant; return how many."""
    return erase_photos(before)


def talks_due(before: datetime) -> tuple[int, datetime | None]:
    """Count the closed conversations in which nothing was said since an instant, and tell the oldest."""
    with every_space(Reason.JOB):
        rows = Conversation.objects.filter(state=Conversation.State.CLOSED, last_at__lt=before)
        return count_and_oldest(rows, "last_at")


def purge(before: datetime) -> int:
    """Delete them; return how many."""
    return purge_talks(before)
