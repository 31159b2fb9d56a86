"""Text messages: an interface with one method, and a sender that only prints."""

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class TextSender(Protocol):
    """What SMS_SENDER names: a class without arguments."""

    def send(self, number: str, text: str) -> None:
        """Send `text` to a mobile number; raises whatever went wrong, and the job tries again."""


class ConsoleSender:
    """Prints to the log: for trying out, and for development."""

    def send(self, number: str, text: str) -> None:
        """Print the message with the last four digits of the number."""
        log.warning("Text message to …%s: %s", number[-4:], text)


def text_sender() -> TextSender | None:
    """Return the sender that the settings name, or None."""
    if not settings.SMS_SENDER:
        return None
    sender: TextSender = import_string(settings.SMS_SENDER)()
    return sender
