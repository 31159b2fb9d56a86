"""From a message to what it shows now: kept for a second, so that a correction holds everywhere at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyroaring import FrozenBitMap

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.reading import _MESSAGE_COLUMNS as MESSAGE_COLUMNS
from fenjin.delivery.selectors.reading import _VERSION_COLUMNS as VERSION_COLUMNS
from fenjin.delivery.selectors.reading import MessageForReader

SECONDS: Final = 1.0  # how long a process believes its last look
NOW: Final = f"""
SELECT {", ".join(f"m.{column}" for column in MESSAGE_COLUMNS)},
       {", ".join(f"v.{column}" for column in VERSION_COLUMNS)}
FROM delivery_message m
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
WHERE m.id = %(message)s
"""  # noqa: S608 - the names are ours
AUDIENCE: Final = "SELECT bitmap FROM delivery_message WHERE uid = %(uid)s::uuid"
_OPEN_STATES: Final = frozenset({Message.State.SENDING, Message.State.SENT})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows now, and to whom it was sent."""

    message: Message
    version: MessageVersion
    audience: FrozenBitMap

    @property
    def plain(self) -> bool:
        """Tell whether it is under way or sent, to an audience that was frozen, and confirmed by a press if at all."""
        sent = self.message
        frozen = sent.audience_mode == Message.AudienceMode.FROZEN
        return sent.state in _OPEN_STATES and frozen and sent.confirm_by == Message.ConfirmBy.BUTTON

    @property
    def for_new_readers(self) -> MessageForReader:
        """Return it as those see it who have not opened it yet."""
        return MessageForReader(self.message, self.version, None)


def read_now(rows: Sequence[Sequence[Any]]) -> tuple[Message, MessageVersion] | None:
    """Return the message and its current version out of what NOW found."""
    if not rows:
        return None
    reach = len(MESSAGE_COLUMNS)
    message = Message.from_db("default", MESSAGE_COLUMNS, rows[0][:reach])
    return message, MessageVersion.from_db("default", VERSION_COLUMNS, rows[0][reach:])
