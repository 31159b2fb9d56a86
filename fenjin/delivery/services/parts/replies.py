"""Whether readers may answer or ask: said in the message's row."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.services.sending import Sending


def prepare(*, actor: Any, message: Message, sending: Sending) -> None:
    """Put the sender's answer into the row."""
    message.reply_allowed = sending.reply_allowed
