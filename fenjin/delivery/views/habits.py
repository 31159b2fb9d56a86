"""My habits: when nothing rings for me, and whose ordinary messages show no dot."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.forms.reading import QuietForm
from fenjin.delivery.models.habits import NIGHT_FROM, NIGHT_UNTIL
from fenjin.delivery.selectors import OwnHabits, habits_of
from fenjin.delivery.services.habits import change_quiet_hours, unmute_sender
from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar
from fenjin.kit.errors import BadRequest
from fenjin.kit.links import link
from fenjin.people.selectors.names import account_names
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import look_of


@needs(EMPLOYEE)
@require_safe
def habits(request: HttpRequest) -> HttpResponse:
    """Show my quiet hours, and whom I have muted."""
    own = habits_of(membership_of(request).person_id or 0)
    return _draw(request, own, QuietForm(initial=_hours(own)))


def _hours(own: OwnHabits) -> dict[str, Any]:
    return {
        "quiet": own.quiet_from is not None,
        "since": own.quiet_from or NIGHT_FROM,
        "until": own.quiet_until or NIGHT_UNTIL,
    }


def _draw(request: HttpRequest, own: OwnHabits, form: QuietForm) -> HttpResponse:
    names = account_names(set(own.muted_senders)) if own.muted_senders else {}
    muted = [{"what": "space", "id": space, "name": look_of(space).title} for space in sorted(own.muted_spaces)]
    muted += [{"what": "sender", "id": who, "name": names.get(who, "")} for who in sorted(own.muted_senders)]
    context = {
        "form": form,
        "hours": {name: _on_the_clock(form[name].value()) for name in ("since", "until")},
        "muted": muted,
        "now": f"{timezone.localtime(clock.now()):%H:%M}",
        "flow": FlowBar(_("Messages and quiet hours"), link("shell:me"), closes=False),
    }
    return render(request, "delivery/habits.html", context, status=422 if form.is_bound else 200)


def _on_the_clock(value: time | str | None) -> str:
    """Return a time of day as the field wants it; what was typed and refused stays as it was typed."""
    return f"{value:%H:%M}" if isinstance(value, time) else value or ""


@needs(EMPLOYEE)
@require_POST
def quiet_hours(request: HttpRequest) -> HttpResponse:
    """Keep my quiet hours."""
    person_id = membership_of(request).person_id or 0
    form = QuietForm(request.POST)
    if not form.is_valid():
        return _draw(request, habits_of(person_id), form)
    hours = form.cleaned_data
    quiet = hours["quiet"]
    change_quiet_hours(
        person_id=person_id, since=hours["since"] if quiet else None, until=hours["until"] if quiet else None
    )
    messages.success(request, _("Your quiet hours are kept."))
    return redirect("delivery:habits")


@needs(EMPLOYEE)
@require_POST
def unmute(request: HttpRequest) -> HttpResponse:
    """Give the dot back to messages of a sub-platform or of a sender."""
    person_id = membership_of(request).person_id or 0
    what, number = request.POST.get("what", ""), request.POST.get("id", "")
    if what not in ("space", "sender") or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise BadRequest
    unmute_sender(
        person_id=person_id,
        space_id=int(number) if what == "space" else None,
        sender_id=int(number) if what == "sender" else None,
    )
    messages.success(request, _("New messages show a dot again."))
    return redirect("delivery:habits")
