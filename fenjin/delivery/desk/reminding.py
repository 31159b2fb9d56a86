"""Reminders, and the end of an emergency, on the page of one message after the press."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fenjin.delivery.access import SENDER
from fenjin.delivery.forms import EndForm
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.reminders import reminders_of
from fenjin.delivery.services import remind_now, stop_reminders
from fenjin.delivery.services.reminders import MOST_BY_HAND
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal


def manage_context(message: Message) -> dict[str, Any]:
    """Return what the page of a message shows of reminders and of an emergency's end."""
    sent = message.state == Message.State.SENT and message.ended_at is None
    return {
        "reminders": None if message.state == Message.State.PLANNED or message.dropped else reminders_of(message),
        "may_remind": sent,
        "most_by_hand": MOST_BY_HAND,
        "end": EndForm() if message.is_emergency and sent else None,
    }


@needs(SENDER)
@require_POST
def remind(request: HttpRequest, message_id: int, name: str) -> HttpResponse:
    """Remind those still open now, or stop the reminders that would come."""
    if name not in ("now", "stop"):
        raise NotFound
    try:
        if name == "stop":
            stop_reminders(actor=request.user, message_id=message_id)
            words = _("No more reminders will come by themselves.")
        else:
            made = remind_now(actor=request.user, message_id=message_id)
            count = made.still_open
            words = ngettext("Reminded %(count)s person.", "Reminded %(count)s people.", count) % {
                "count": f"{count:,}"
            }
        messages.success(request, words)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    return redirect("delivery_desk:manage", message_id=message_id)
