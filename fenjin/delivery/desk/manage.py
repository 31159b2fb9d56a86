"""The desk of one message after the press: pause, stop, correct, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.access import SENDER
from fenjin.delivery.desk import corrections, reminding
from fenjin.delivery.forms import CorrectForm, WithdrawForm
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.approvals import asked_again
from fenjin.delivery.selectors.managed import get_managed
from fenjin.delivery.services import correct_message, pause_message, resume_message, stop_message, withdraw_message
from fenjin.delivery.services.notes import KINDS
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal


@needs(SENDER)
@require_safe
def manage(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show where a message stands, and what can still be done about it."""
    return _draw(request, message_id)


def _draw(request: HttpRequest, message_id: int, **more: Any) -> HttpResponse:
    found = get_managed(request.user, message_id)
    context = {
        "found": found,
        "message": found.message,
        "own_words": found.message.kind in KINDS,
        "withdrawn": found.message.state == Message.State.WITHDRAWN,
        "correct": CorrectForm(asks=found.message.asks_confirmation),
        "withdraw": WithdrawForm(),
        "steps": _steps(found.message),
        "again": asked_again(found.message),
        **corrections.manage_context(request, found.message),
        **reminding.manage_context(found.message),
    } | more
    return render(request, "delivery/desk/manage.html", context)


def _steps(message: Message) -> list[tuple[str, str, str]]:
    """Return what can be done about the sending itself: its name in the address, its words, its look."""
    match message.state:
        case Message.State.PLANNED:
            return [("stop", _("Drop the plan"), "danger")]
        case Message.State.SENDING:
            return [("pause", _("Pause"), "soft"), ("stop", _("Stop for good"), "danger")]
        case Message.State.PAUSED:
            return [("resume", _("Go on sending"), "soft"), ("stop", _("Stop for good"), "danger")]
    return []


@needs(SENDER)
@require_POST
def step(request: HttpRequest, message_id: int, name: str) -> HttpResponse:
    """Pause a sending, let it go on, or end it."""
    known = {
        "pause": (
            pause_message,
            _("Paused. Whoever sees it already keeps it; nobody else gets it until you go on."),
        ),
        "resume": (
            resume_message,
            _("Going on. The others see it later by as long as the pause was, or on their next morning."),
        ),
        "stop": (stop_message, _("Stopped. Whoever sees it already keeps it; nobody else will get it.")),
    }
    if name not in known:
        raise NotFound
    act, words = known[name]
    message = act(actor=request.user, message_id=message_id)
    if message.dropped:
        words = _("The plan is dropped. Nobody has received it, and nobody will.")
    messages.success(request, words)
    return redirect("delivery_desk:manage", message_id=message_id)


@needs(SENDER)
@require_POST
def correct(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put the article as it is published now in the place of what was sent, or ask a second person first."""
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _draw(request, message_id, correct=form)
    try:
        version = correct_message(actor=request.user, message_id=message_id, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
        return _draw(request, message_id, correct=form)
    if version is None:
        words = _("It matters, so it waits for a second person. Until then everybody sees what they see now.")
        messages.success(request, words)
    else:
        messages.success(request, _("Version %(number)s is what everybody sees now.") % {"number": version.number})
    return redirect("delivery_desk:manage", message_id=message_id)


@needs(SENDER)
@require_POST
def withdraw(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a message back everywhere."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _draw(request, message_id, withdraw=form)
    withdraw_message(actor=request.user, message_id=message_id, why=form.cleaned_data["why"])
    messages.success(request, _("Withdrawn. It stands in nobody's list any more."))
    return redirect("delivery_desk:manage", message_id=message_id)
