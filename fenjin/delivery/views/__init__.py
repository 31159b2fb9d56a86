"""Phone pages of delivery: the message, why it came, replies to its sender, one's own habits."""

from fenjin.delivery.views.habits import habits, quiet_hours, unmute
from fenjin.delivery.views.message import (
    NOT_KEPT,
    PAGE,
    message,
    message_confirm,
    message_safety,
    message_undo,
    page_of,
)
from fenjin.delivery.views.reply import reply
from fenjin.delivery.views.todo import todo_rows
from fenjin.delivery.views.why import mute, why

__all__ = [
    "NOT_KEPT",
    "PAGE",
    "habits",
    "message",
    "message_confirm",
    "message_safety",
    "message_undo",
    "mute",
    "page_of",
    "quiet_hours",
    "reply",
    "todo_rows",
    "unmute",
    "why",
]
