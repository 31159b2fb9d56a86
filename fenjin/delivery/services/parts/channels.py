"""The channels that a sender chose: written beside the message, in the transaction of the press."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.services.outbox.queueing import begin_ladder
from fenjin.delivery.services.sending import Sending


def write(actor: Any, message: Message, sending: Sending) -> None:
    """Begin the ladder of a message; without channels it stays in the platform."""
    begin_ladder(message, sending.channels)
