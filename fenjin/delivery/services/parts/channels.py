"""The channels that a sender chose: written beside the message, in the transaction of the press."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.ringing import EMERGENCY
from fenjin.delivery.services.outbox.queueing import begin_ladder
from fenjin.delivery.services.sending import Sending
from fenjin.workplace.services import available


def write(*, actor: Any, message: Message, sending: Sending) -> None:
    """Begin the ladder of a message; without channels it stays in the platform. An emergency uses all there are."""
    begin_ladder(message, available() if message.importance == EMERGENCY else sending.channels)
