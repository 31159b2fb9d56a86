"""The one exception by which people are named: the reason that a sender states for it, and until when it holds.

Nobody is named for not having read. Who has not confirmed (or, in an emergency, not answered) is named to the
administrator of the own unit alone; the message says so to everybody, and each look is recorded.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.kit.wording import exact_time

SAFETY: Final = "safety"
LEGAL: Final = "legal"
NAMED_FOR: Final = timedelta(days=14)  # after the date to confirm by, or after the end of an emergency
LATEST_DUE: Final = timedelta(days=90)  # after the sending: a date far ahead would name people for ever
LONGEST_REASON: Final = 120


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sender has those named who do not confirm: a kind (SAFETY or LEGAL), and words that everybody reads."""

    kind: str
    words: str


def reason_words(kind: Any, words: str) -> str:
    """Return a stated reason as every reader is told it; `kind` is the name of its kind."""
    return _("%(kind)s: “%(words)s”") % {"kind": kind, "words": words}


def who_sees(until: datetime) -> str:
    """Return who sees until when that somebody has not confirmed, as every reader is told it."""
    words = _(
        "Until %(until)s the administrator of your own unit sees who has not confirmed, never who has not read it, "
        "and each look is recorded."
    )
    return words % {"until": exact_time(until)}
