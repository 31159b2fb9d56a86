"""The desk "read aloud": a supervisor says to how many people of a unit a message was read."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.delivery.access import SUPERVISOR
from fenjin.delivery.forms.aloud import ReadAloudForm
from fenjin.delivery.selectors.told import (
    MOST_UNITS,
    listeners,
    message_to_tell,
    messages_to_tell,
    readings,
    unit_to_tell,
    units_to_tell,
)
from fenjin.delivery.services.reading_aloud import say_read_aloud, take_back_reading
from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.components import Crumb, Crumbs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key
from fenjin.spaces.access import membership_of


@needs(SUPERVISOR)
@require_safe
def aloud(request: HttpRequest) -> HttpResponse:
    """List the messages that people of the supervisor's units should know of."""
    before = request.GET.get("before", "")
    rows, more = messages_to_tell(
        membership_of(request), int(before) if before.isdecimal() and len(before) < 19 else None
    )
    return render(request, "delivery/desk/aloud.html", {"rows": rows, "more": more})


@needs(SUPERVISOR)
@require_safe
def aloud_units(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show the words to read aloud, and the units in which to read them."""
    membership = membership_of(request)
    version = message_to_tell(membership, message_id)
    words = request.GET.get("q", "").strip()[:60]
    units = units_to_tell(membership, version.message, words)
    context = {"version": version, "units": units, "words": words, "cut": len(units) == MOST_UNITS}
    return render(request, "delivery/desk/aloud_units.html", context)


@needs(SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def aloud_unit(request: HttpRequest, message_id: int, unit_id: int) -> HttpResponse:
    """Say that it was read aloud in one unit: to so many, or to those who are ticked."""
    membership = membership_of(request)
    version = message_to_tell(membership, message_id)
    unit = unit_to_tell(membership, version.message, unit_id)
    there = listeners(version.message, unit_id)
    today = clock.today(ZoneInfo(version.message.space.zone))
    form = ReadAloudForm(
        request.POST or None, people_there=[one.person_id for one in there], initial={"told_on": today}
    )
    if request.method == "POST" and form.is_valid() and _said(request, form, message_id, unit_id):
        return redirect("delivery_desk:aloud_unit", message_id=message_id, unit_id=unit_id)
    context: dict[str, Any] = {
        "version": version,
        "unit": unit,
        "form": form,
        "people": there,
        "ticked": set(form.data.getlist("present")) if form.is_bound else set(),  # type: ignore[attr-defined]
        "readings": readings(version.message, unit_id),
        "client_key": client_key(None),
        "crumbs": Crumbs(
            (
                Crumb(_("Read aloud"), reverse("delivery_desk:aloud")),
                Crumb(version.title, reverse("delivery_desk:aloud_units", kwargs={"message_id": message_id})),
                Crumb(unit.name),
            )
        ),
    }
    return render(request, "delivery/desk/aloud_unit.html", context)


def _said(request: HttpRequest, form: ReadAloudForm, message_id: int, unit_id: int) -> bool:
    """Keep what the form says; a refusal is put beside it."""
    said = form.cleaned_data
    try:
        reading = say_read_aloud(
            actor=request.user,
            message_id=message_id,
            unit_id=unit_id,
            told_on=said["told_on"],
            people=said["people"] or 0,
            present=said["present"],
            key=said["client_key"],
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
        return False
    count = reading.people
    words = ngettext("%(count)s person counts as told.", "%(count)s people count as told.", count)
    messages.success(request, words % {"count": count})
    return True


@needs(SUPERVISOR)
@require_POST
def aloud_back(request: HttpRequest, message_id: int, unit_id: int) -> HttpResponse:
    """Take back what was said by mistake."""
    key = request.POST.get("key", "")
    if not key or len(key) > 64:
        raise NotFound
    take_back_reading(actor=request.user, message_id=message_id, key=key)
    messages.success(request, _("Taken back."))
    return redirect("delivery_desk:aloud_unit", message_id=message_id, unit_id=unit_id)
