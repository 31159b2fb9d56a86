"""Changes of a unit by hand: open one below, rename, move, close, its time zone; and taking the last one back."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.desk.changes import Change, run_change
from fenjin.people.forms.organisation import DayForm, MoveForm, NamesForm, OpenForm, UnitZoneForm
from fenjin.people.models import Unit
from fenjin.people.selectors.organisation import head_counts
from fenjin.people.selectors.persons import unit_paths
from fenjin.people.selectors.tree import get_unit, list_subtree
from fenjin.people.services import tree
from fenjin.people.services.changing import today
from fenjin.people.services.units import take_back_unit_event


def day_of(data: dict[str, Any]) -> str:
    """Return the day of a change as a sentence names it."""
    day: date = data.get("on") or today()
    return day.isoformat()


def _opens(unit: Unit, data: dict[str, Any]) -> str:
    said = {"name": data["name"], "above": unit.name, "day": day_of(data)}
    return _("“%(name)s” is opened below “%(above)s” on %(day)s.") % said


def _renames(unit: Unit, data: dict[str, Any]) -> str:
    said = {"old": unit.name, "name": data["name"], "day": day_of(data)}
    return _("“%(old)s” is called “%(name)s” from %(day)s on. Before that day it keeps the old name.") % said


def _moves(unit: Unit, data: dict[str, Any]) -> str:
    said = {
        "name": unit.name,
        "to": data["unit"].path,
        "day": day_of(data),
        "units": list_subtree(unit.pk).count(),
        "people": head_counts([unit.pk])[unit.pk][1],
    }
    return (
        _("“%(name)s” goes to %(to)s on %(day)s, with %(units)s units and %(people)s people. Their audiences follow.")
        % said
    )


def _closes(unit: Unit, data: dict[str, Any]) -> str:
    said = {"name": unit.name, "day": day_of(data)}
    return _("“%(name)s” is closed on %(day)s. It stays in the history and can be found.") % said


def _zones(unit: Unit, data: dict[str, Any]) -> str:
    said = {"name": unit.name, "zone": data["zone"] or _("the zone of the unit above")}
    return _("For “%(name)s” and all below without their own: %(zone)s.") % said


CHANGES: Final[dict[str, Change]] = {
    "open": Change(
        gettext_lazy("Open a unit below"),
        gettext_lazy("Open it"),
        OpenForm,
        _opens,
        lambda actor, unit, data: tree.add_unit(actor=actor, name=data["name"], parent_id=unit.pk, on=data["on"]),
        gettext_lazy("The unit is open."),
    ),
    "rename": Change(
        gettext_lazy("Rename"),
        gettext_lazy("Rename it"),
        NamesForm,
        _renames,
        lambda actor, unit, data: tree.rename_unit(
            actor=actor, unit_id=unit.pk, name=data["name"], name_en=data["name_en"], on=data["on"]
        ),
        gettext_lazy("The unit has its new name."),
        initial=lambda unit: {"name": unit.name, "name_en": unit.name_en},
    ),
    "move": Change(
        gettext_lazy("Move"),
        gettext_lazy("Move it"),
        MoveForm,
        _moves,
        lambda actor, unit, data: tree.move_unit(actor=actor, unit_id=unit.pk, parent_id=data["to_id"], on=data["on"]),
        gettext_lazy("The unit has moved, with all below it."),
    ),
    "close": Change(
        gettext_lazy("Close"),
        gettext_lazy("Close it"),
        DayForm,
        _closes,
        lambda actor, unit, data: tree.close_unit(actor=actor, unit_id=unit.pk, on=data["on"]),
        gettext_lazy("The unit is closed."),
        danger=True,
    ),
    "zone": Change(
        gettext_lazy("Time zone"),
        gettext_lazy("Set it"),
        UnitZoneForm,
        _zones,
        lambda actor, unit, data: tree.set_unit_zone(actor=actor, unit_id=unit.pk, zone=data["zone"], on=data["on"]),
        gettext_lazy("The time zone is set."),
        initial=lambda unit: {"zone": unit.zone},
    ),
}


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_change(request: HttpRequest, unit_id: int, what: str) -> HttpResponse:
    """One change of a unit: form, then what it means, then done."""
    unit = get_unit(unit_id)
    if what not in CHANGES:
        raise NotFound
    page = reverse("people_desk:unit", args=[unit_id])
    lead = unit_paths({unit_id}, skip=0).get(unit_id, unit.name)
    after = (lambda made: reverse("people_desk:unit", args=[made.pk])) if what == "open" else None
    return run_change(request, CHANGES[what], unit, back=page, lead=lead, after=after)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def unit_undo(request: HttpRequest, unit_id: int, event_id: int) -> HttpResponse:
    """Take the last change of a unit back."""
    actor: Any = request.user
    get_unit(unit_id)
    try:
        take_back_unit_event(actor=actor, event_id=event_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, as if it had never been."))
    return redirect("people_desk:unit", unit_id=unit_id)
