"""The desk of the channels: how one message went out, what waits for a human, and what rings when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.delivery.access import SENDER
from fenjin.delivery.forms.ringing import HolidaysForm, RingRulesForm
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.managed import get_managed
from fenjin.delivery.selectors.outbox.desk import MOST_AT_ONCE, dead_letters, message_channels
from fenjin.delivery.selectors.outbox.rules import rules_of
from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES, ladder_words
from fenjin.delivery.services.outbox import resend, take_as_sent
from fenjin.delivery.services.outbox.rules import set_holidays, set_ring_rules
from fenjin.delivery.services.rollups import watch_coverage
from fenjin.kit import clock
from fenjin.kit.access import Rule, needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.spaces.access import may_set_up, membership_of, staff_verdict
from fenjin.spaces.selectors import get_space, list_spaces
from fenjin.workplace.register import CHANNELS
from fenjin.workplace.services import available

SETTER_UP = Rule(
    "system administrator or editor of a whole space",
    lambda request: staff_verdict(
        request, allowed=any(may_set_up(membership_of(request), space.pk) for space in list_spaces())
    ),
)


@needs(SENDER)
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Show what waits for a human, of all messages that the reader may change."""
    ready = available()
    context = {
        "dead": dead_letters(request.user),
        "channels": [(CHANNEL_NAMES[channel], channel in ready) for channel in CHANNELS],
        "setter_up": bool(_spaces(request)),
    }
    return render(request, "delivery/desk/channels.html", context)


@needs(SENDER)
@require_safe
def channels_of(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show how one message went out, and whom it does not reach."""
    found = get_managed(request.user, message_id)
    if found.message.head_count > MOST_AT_ONCE and found.message.state != Message.State.PLANNED:
        watch_coverage(message=found.message, cuts=True)
    context = {"found": found, "message": found.message, "way": message_channels(found.message), "at": clock.now()}
    return render(request, "delivery/desk/channels_of.html", context)


@needs(SENDER)
@require_POST
def settle(request: HttpRequest, message_id: int, uid: UUID, how: str) -> HttpResponse:
    """Send a dead letter again, or take it as sent."""
    acts = {
        "again": (resend, _("It goes out again in a moment, to those who have not opened it.")),
        "sent": (take_as_sent, _("Taken as sent.")),
    }
    if how not in acts:
        raise NotFound
    act, words = acts[how]
    act(actor=request.user, uid=uid)
    messages.success(request, words)
    return redirect("delivery_desk:channels_of", message_id=message_id)


def _spaces(request: HttpRequest) -> list[Any]:
    membership = membership_of(request)
    return [space for space in list_spaces() if may_set_up(membership, space.pk)]


@needs(SETTER_UP)
@require_safe
def ringing(request: HttpRequest) -> HttpResponse:
    """The spaces whose rules of ringing the reader may change; with one only, straight to it."""
    spaces = _spaces(request)
    if len(spaces) == 1:
        return redirect("delivery_desk:ringing_of", space_id=spaces[0].pk)
    return render(request, "delivery/desk/ringing_list.html", {"spaces": spaces})


@needs(SETTER_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def ringing_of(request: HttpRequest, space_id: int) -> HttpResponse:
    """What rings when in one space, and its days off; a POST saves one of the two. Raises NotFound."""
    space = get_space(space_id)
    if not may_set_up(membership_of(request), space.pk):
        raise NotFound
    rules, year = rules_of(space.pk), _year(request)
    forms: dict[str, Any] = {
        "rules_form": RingRulesForm(initial=RingRulesForm.now(rules)),
        "days_form": HolidaysForm(initial={"year": year, "days": HolidaysForm.as_text(rules, year)}),
    }
    status = 200
    if request.method == "POST":
        name = "days_form" if request.POST.get("part") == "days" else "rules_form"
        forms[name] = (HolidaysForm if name == "days_form" else RingRulesForm)(request.POST)
        if _save(request, space.pk, forms[name]):
            return redirect(f"{request.path}?year={year}")
        status = 422
    context = forms | {
        "space": space,
        "year": year,
        "years": (year - 1, year, year + 1),
        "ladders": ladder_words(space.pk, CHANNELS),
        "names": [CHANNEL_NAMES[channel] for channel in CHANNELS],
    }
    return render(request, "delivery/desk/ringing.html", context, status=status)


def _year(request: HttpRequest) -> int:
    text = request.POST.get("year") or request.GET.get("year") or ""
    return int(text) if text.isdecimal() and 2020 <= int(text) <= 2100 else clock.now().year


def _save(request: HttpRequest, space_id: int, form: RingRulesForm | HolidaysForm) -> bool:
    if not form.is_valid():
        return False
    try:
        if isinstance(form, HolidaysForm):
            data = form.cleaned_data
            set_holidays(actor=request.user, space_id=space_id, year=data["year"], days=data["by_day"])
        else:
            seen = form.cleaned_data["seen"]
            set_ring_rules(actor=request.user, space_id=space_id, seen=seen, quiet=form.quiet, steps=form.steps)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved. It holds for what is sent from now on; quiet hours and days off hold at once."))
    return True
