"""What a channel shows of a message: its title and the way to it, never its words."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.ringing import EMERGENCY
from fenjin.workplace.register import Card

# Both languages in one line: a chunk is one send, and its readers may have chosen either.
_LINES = {
    EMERGENCY: "紧急：请立即打开，报个平安。 Emergency: open it now and say that you are safe.",
    Message.Importance.CONFIRM: "请打开阅读并确认。 Please open, read and confirm.",
    Message.Importance.ORDINARY: "有一条给您的消息，点开就能看。 There is a message for you.",
}


def card_of(message: Message, version: MessageVersion, *, importance: str | None = None) -> Card:
    """Return the card of one version of a message."""
    line = _LINES.get(importance or message.importance, _LINES[Message.Importance.ORDINARY])
    address = urljoin(settings.PUBLIC_URL, reverse("delivery:message", args=[message.pk]))
    return Card(title=version.title, text=line, url=address)
