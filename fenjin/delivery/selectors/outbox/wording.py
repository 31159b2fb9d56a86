"""Channels, steps and reasons in words, for staff."""

from collections.abc import Collection
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox.rules import rules_of
from fenjin.workplace.register import CHANNELS, EMAIL, SMS, WORKPLACE, Amended, Why

CHANNEL_NAMES: Final[dict[str, Any]] = {
    WORKPLACE: gettext_lazy("Messenger"),
    EMAIL: gettext_lazy("Mail"),
    SMS: gettext_lazy("Text message"),
}
# Why a channel did not reach somebody, and what helps.
REASONS: Final[dict[str, tuple[Any, Any]]] = {
    Why.UNKNOWN: (
        gettext_lazy("The messenger does not know this staff number"),
        gettext_lazy("Let the person join the messenger, or correct the number in the roster."),
    ),
    Why.NO_LICENCE: (
        gettext_lazy("No licence in the messenger"),
        gettext_lazy("Give the person a licence in the messenger's console."),
    ),
    Why.BAD_ADDRESS: (
        gettext_lazy("The mail server refused the address"),
        gettext_lazy("Correct the address in the roster."),
    ),
    Why.REFUSED: (gettext_lazy("The channel refused"), gettext_lazy("Ask whoever runs the channel.")),
}
_NO_ANSWER: Final = (
    gettext_lazy("No answer came"),
    gettext_lazy("Ask one of the people whether it came; then send again or take it as sent."),
)
# Why a whole send failed or is not known, and what helps.
FAULTS: Final[dict[str, tuple[Any, Any]]] = {
    "busy": (gettext_lazy("The channel was busy six times"), gettext_lazy("Send it again later.")),
    "50003": (
        gettext_lazy("The messenger has switched our app off"),
        gettext_lazy("Switch the app on again in the messenger's console, then send it again."),
    ),
    "mail_server": (
        gettext_lazy("The mail server did not answer"),
        gettext_lazy("Check EMAIL_URL with the system administrator, then send it again."),
    ),
    "mail_refused": (
        gettext_lazy("The mail server refused the letter"),
        gettext_lazy("Ask whoever runs the mail server, then send it again."),
    ),
    "mail_sender": (
        gettext_lazy("The mail server refuses our sender"),
        gettext_lazy("Set EMAIL_FROM to an address that the server lets send."),
    ),
    "mail_later": (
        gettext_lazy("The mail server did not want the letter six times"),
        gettext_lazy("Ask whoever runs the mail server whether it holds us back, then send it again."),
    ),
    "mail_no_answer": _NO_ANSWER,
    "lost_before": _NO_ANSWER,
    "lost_after": _NO_ANSWER,
    "45009": (
        gettext_lazy("The messenger took no more from us today"),
        gettext_lazy("Wait until tomorrow or raise the limit in the messenger's console, then send it again."),
    ),
    "45002": (
        gettext_lazy("The messenger found the card too long"),
        gettext_lazy("Shorten the title and send a correction, then send it again."),
    ),
    "no_messenger": (
        gettext_lazy("No messenger is connected any more"),
        gettext_lazy("Connect one (WORKPLACE) with the system administrator, then send it again."),
    ),
    "no_connector": (
        gettext_lazy("The messenger that is set up is not installed"),
        gettext_lazy("Mend WORKPLACE with the system administrator, then send it again."),
    ),
    "no_texts": (
        gettext_lazy("Nothing is set up that sends text messages"),
        gettext_lazy("Set SMS_SENDER with the system administrator, then send it again."),
    ),
    "sender_died": (
        gettext_lazy("The platform stopped while it was sending"),
        gettext_lazy("Ask one of the people whether it came; then send again or take it as sent."),
    ),
    "unsure": _NO_ANSWER,
    "own_fault": (
        gettext_lazy("The platform could not make it ready six times"),
        gettext_lazy("Ask the system administrator what the log says, then send it again."),
    ),
}
_OTHER_FAULT: Final = (
    gettext_lazy("The channel did not take it"),
    gettext_lazy("See what it said, then send it again."),
)
AMENDED: Final[dict[str, Any]] = {
    Amended.UPDATED: gettext_lazy("shows the new title"),
    Amended.RECALLED: gettext_lazy("taken back"),
    Amended.NOT_SUPPORTED: gettext_lazy("cannot be changed there; it leads to what holds now"),
    Amended.TOO_LATE: gettext_lazy("too old to be changed there; it leads to what holds now"),
    "failed": gettext_lazy("the channel refused the change; it leads to what holds now"),
}
_IMPORTANCES: Final = (Message.Importance.ORDINARY, Message.Importance.CONFIRM, Message.Importance.EMERGENCY)


def fault_words(reason: str) -> tuple[Any, Any]:
    """Return what happened to a send, and the cure."""
    return FAULTS.get(reason, _OTHER_FAULT)


def after(minutes: int) -> str:
    """Return how long after a reader could see it."""
    if not minutes:
        return _("at once")
    if minutes % (24 * 60) == 0:
        return ngettext("after %(count)d day", "after %(count)d days", minutes // (24 * 60)) % {
            "count": minutes // (24 * 60)
        }
    if minutes % 60 == 0:
        return ngettext("after %(count)d hour", "after %(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("after %(count)d minute", "after %(count)d minutes", minutes) % {"count": minutes}


def ladder_words(space_id: int, channels: Collection[str]) -> list[tuple[Any, str]]:
    """Return for each importance which of these channels ring when."""
    said = rules_of(space_id).steps
    lines = []
    for importance in _IMPORTANCES:
        steps = said.get(importance, {})
        parts = [f"{CHANNEL_NAMES[key]} {after(steps[key])}" for key in CHANNELS if key in channels and key in steps]
        lines.append((importance.label, " → ".join(parts) or _("nothing rings")))
    return lines
