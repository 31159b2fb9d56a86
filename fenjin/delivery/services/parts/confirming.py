"""How readers confirm goes into the message's row."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.services.sending import Sending


def prepare(*, actor: Any, message: Message, sending: Sending) -> None:
    """Put down what readers are asked; who is not asked to confirm is asked for nothing."""
    if message.asks_confirmation:
        message.confirm_by, message.confirm_ask = sending.ask.by, sending.ask.as_json()
