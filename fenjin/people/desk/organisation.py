"""The organisation: the tree with head counts, a unit with its people, both as of any day."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenjin.audit.services import record
from fenjin.kit.access import Rule, Verdict, needs
from fenjin.kit.components import Crumb, Crumbs
from fenjin.kit.exports import csv_lines
from fenjin.kit.staff import SYSTEM_OR_SECURITY, office_of, staff_verdict
from fenjin.people.desk.sheets import workbook
from fenjin.people.forms.organisation import LookForm
from fenjin.people.models import Unit
from fenjin.people.models.persons import Status
from fenjin.people.selectors import history
from fenjin.people.selectors.life import unit_life
from fenjin.people.selectors.organisation import (
    BranchRow,
    branch_now,
    branch_on,
    closed_children,
    find_units,
    head_counts,
)
from fenjin.people.selectors.tree import get_unit
from fenjin.people.selectors.zones import zone_of_unit
from fenjin.people.services.changing import today

PEOPLE_PER_PAGE: Final = 50
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _reads(request: HttpRequest) -> Verdict:
    """System and security see everybody; staff of a space see what their people scope holds; audit reads the log."""
    office = office_of(request)
    membership = getattr(request.user, "membership", None)
    staff = office is None and membership is not None and membership.sees_people
    return staff_verdict(request, allowed=office in ("system", "security") or staff)


ORGANISATION_READER: Final = Rule("system, security, or staff within their people", _reads)


def _look(request: HttpRequest) -> tuple[dict[str, Any], date, bool]:
    """Return what was asked for, the day, and whether it is a day gone by."""
    form = LookForm(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("on") or today()
    return form.cleaned_data, min(day, today()), day < today()


@needs(ORGANISATION_READER)
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """The tree, opened down to one unit, or what a search has found."""
    asked, day, past = _look(request)
    text, opened = asked.get("q") or "", asked.get("open")
    context: dict[str, Any] = {"day": day, "past": past, "text": text, "today": today()}
    if text:
        context["found"] = find_units(text)
    else:
        way = [above.id for above in history.path_on(get_unit(opened).pk, day)] if opened else []
        context |= {"rows": _rows(None, day if past else None), "way": way, "opened": opened}
        context["tree"] = _branches(None, day if past else None, way)
    return render(request, "people/desk/organisation.html", context)


def _rows(unit_id: int | None, day: date | None) -> list[BranchRow]:
    return branch_on(unit_id, day) if day else branch_now(unit_id)


def _branches(unit_id: int | None, day: date | None, way: list[int]) -> list[tuple[BranchRow, Any]]:
    """Return rows with those below them where the way leads on; a single top is opened by itself."""
    rows = _rows(unit_id, day)
    if unit_id is None and not way and len(rows) == 1:
        way = [rows[0].id]
    return [(row, _branches(row.id, day, way) if row.id in way and row.has_children else None) for row in rows]


@needs(ORGANISATION_READER)
@require_GET
def branch(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The rows right below a unit, for a tree that is already on the page."""
    unit = get_unit(unit_id)
    _asked, day, past = _look(request)
    tree = _branches(unit.pk, day if past else None, [])
    return render(request, "people/desk/branch.html", {"tree": tree, "day": day, "past": past})


@needs(ORGANISATION_READER)
@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit on a day: its name, place and people then; today also what can be changed."""
    shown = get_unit(unit_id)
    asked, day, past = _look(request)
    then = history.unit_on(unit_id, day)
    below = asked.get("below") or "below" not in request.GET
    page = asked.get("page") or 1
    start = (page - 1) * PEOPLE_PER_PAGE
    people = history.members_on(unit_id, day, subtree=below, start=start, size=PEOPLE_PER_PAGE + 1)
    zone, zone_unit = zone_of_unit(shown)
    context = {
        "unit": shown,
        "then": then,
        "day": day,
        "past": past,
        "today": today(),
        "below": below,
        "page": page,
        "has_next": len(people) > PEOPLE_PER_PAGE,
        "people": [(member, Status(member.status).label) for member in people[:PEOPLE_PER_PAGE]],
        "crumbs": _crumbs(unit_id, day, past=past),
        "children": _rows(unit_id, day if past else None),
        "closed": [] if past else closed_children(unit_id),
        "life": unit_life(unit_id),
        "zone": zone,
        "zone_unit": zone_unit,
        "may_change": office_of(request) == "system" and not past,
        "may_open_person": office_of(request) in ("system", "security"),
        **_counts(shown, day, past=past),
    }
    return render(request, "people/desk/unit.html", context)


def _counts(unit: Unit, day: date, *, past: bool) -> dict[str, int | None]:
    if not past:
        direct, total = head_counts([unit.pk])[unit.pk]
        return {"direct": direct, "total": total, "most": None}
    direct_then = history.count_members_on(unit.pk, day, subtree=False)
    return {"direct": direct_then, "total": history.count_members_on(unit.pk, day), "most": history.COUNTED}


def _crumbs(unit_id: int, day: date, *, past: bool) -> Crumbs:
    query = f"?on={day.isoformat()}" if past else ""
    path = history.path_on(unit_id, day)
    link = [reverse("people_desk:unit", args=[above.id]) + query for above in path]
    return Crumbs(
        path=tuple(
            Crumb(label=above.name, href="" if above.id == unit_id else href)
            for above, href in zip(path, link, strict=True)
        )
    )


@needs(SYSTEM_OR_SECURITY)
@require_POST
def unit_export(request: HttpRequest, unit_id: int, form: str) -> HttpResponse:
    """Everybody of a unit on a day as a file; taking names along is an act in the log."""
    get_unit(unit_id)
    look = LookForm(request.POST)
    look.is_valid()
    day = min(look.cleaned_data.get("on") or today(), today())
    below = bool(look.cleaned_data.get("below"))
    then = history.unit_on(unit_id, day)
    details = {"form": form, "on": day.isoformat(), "below": below}
    record(actor=request.user, act="people.unit_export", target=("unit", unit_id), details=details)
    members = history.iterate_members_on(unit_id, day, subtree=below)
    head = [_("Staff number"), _("Name"), _("Unit"), _("Post"), _("Main post"), _("Status"), _("Since"), _("Until")]
    labels = dict(Status.choices)
    rows = (
        [
            *(member.staff_number, member.name, member.unit_name, member.title, _("yes") if member.main else ""),
            str(labels.get(member.status, member.status)),
            *(member.started_on.isoformat(), member.ended_on.isoformat() if member.ended_on else ""),
        ]
        for member in members
    )
    title = f"{then.name} {day.isoformat()}"
    if form == "xlsx":
        response = HttpResponse(workbook(title, head, rows), content_type=WORKBOOK)
    else:
        lines = csv_lines([head, *rows])
        response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="unit-{unit_id}-{day.isoformat()}.{form}"'
    return response
