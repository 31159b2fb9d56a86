"""The one exception by which people are named: the reason that a sender states for it, and until when it holds.

Nobody is named for not having read. Who has not confirmed (or, in an emergency, not answered) is named to the
administrator of the own unit alone; the message says so to everybody, and each look is recorded.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

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
