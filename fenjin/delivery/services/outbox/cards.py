"""What a channel shows of a message: its title and the way to it, never its words."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.ringing import ALL_CLEAR, EMERGENCY
from fenjin.workplace.register import Card

# Both languages in one line: a chunk is one send, and its readers may have chosen either.
_LINES = {
    EMERGENCY: "紧急：请立即打开，报个平安。 Emergency: open it now and say that you are safe.",
    Message.Importance.CONFIRM: "请打开阅读并确认。 Please open, read and confirm.",
    Message.Importance.ORDINARY: "有一条给您的消息，点开就能看。 There is a message for you.",
}


# Who is going to be named is told before: on the card as on the page.
_NAMED = (
    "请打开阅读并确认；本单位管理员看得到谁还没有确认。"
    " Please open, read and confirm; your unit's administrator sees who has not confirmed."
)
_DRILL = "演练，请像真的一样打开，报个平安。 A drill: open it as if it were real, and say that you are safe."
_OVER = "警报已经解除，点开看详情。 The emergency is over; open it to read more."
_OVER_TITLE, _DRILL_TITLE = "【警报解除 All clear】", "【演练 Drill】"
_LONGEST_TITLE = 200  # that of a version


def card_of(message: Message, version: MessageVersion, *, importance: str | None = None, ring: str = "") -> Card:
    """Return the card of one version of a message; `ring` is the outbox's name of what rings.

    A text message shows nothing but the title, so that says what else must not be missed: a drill, all clear.
    """
    line = _LINES.get(importance or message.importance, _LINES[Message.Importance.ORDINARY])
    title = version.title
    if message.reason_kind:
        line = _NAMED
    if message.drill:
        line, title = _DRILL, f"{_DRILL_TITLE}{title}"
    if ring == ALL_CLEAR:
        line, title = _OVER, f"{_OVER_TITLE}{title}"
    address = urljoin(settings.PUBLIC_URL, reverse("delivery:message", args=[message.pk]))
    return Card(title=title[:_LONGEST_TITLE], text=line, url=address)
