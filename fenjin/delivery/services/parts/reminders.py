"""The rule by which those still open are reminded."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.services.reminders import keep_rule
from fenjin.delivery.services.sending import Sending


def write(*, actor: Any, message: Message, sending: Sending) -> None:
    """Keep the sender's rule, if there is one. Raises BadReminders."""
    if sending.reminders is not None:
        keep_rule(message, sending.reminders)
