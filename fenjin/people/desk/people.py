"""Find people, see posts and account, issue and revoke one-time codes."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.audit.services import record
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.kit.exports import csv_lines
from fenjin.kit.staff import office_of
from fenjin.people import services
from fenjin.people.access import CODE_ADMINISTRATOR, PEOPLE_ADMINISTRATOR, SYSTEM_OR_SECURITY, has_left, reach_of
from fenjin.people.forms import PeopleFilterForm
from fenjin.people.models import Person
from fenjin.people.models.persons import Status
from fenjin.people.register import person_panels
from fenjin.people.selectors.accounts import account_state
from fenjin.people.selectors.life import person_life
from fenjin.people.selectors.persons import PeopleCut, get_person_for_staff, posts_of, search_people, unit_paths
from fenjin.people.selectors.tree import get_unit
from fenjin.people.selectors.units import list_companies
from fenjin.people.services.changing import today
from fenjin.people.services.codes import IssuedCode, claim_path
from fenjin.people.services.looks import note_look


@needs(SYSTEM_OR_SECURITY)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The list, cut by a search, a unit, a status and how far somebody has come with the account."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    cut = _cut(asked)
    found = search_people(**dataclasses.asdict(cut), after=asked.get("after") or "")
    unit = get_unit(asked["unit"]) if asked.get("unit") else None
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "found": found,
        "text": cut.text,
        "company": asked.get("company"),
        "companies": list_companies(),
        "unit": unit,
        "status": cut.status,
        "statuses": Status.choices,
        "account": cut.account,
        "query": query.urlencode(),
        "cut": any(dataclasses.astuple(cut)),
        "may_add": office_of(request) == "system",
    }
    return render(request, "people/desk/people.html", context)


def _cut(asked: dict[str, Any]) -> PeopleCut:
    unit_id = asked.get("unit") or asked.get("company")
    return PeopleCut(asked.get("q") or "", unit_id, asked.get("status") or "", asked.get("account") or "")


@needs(SYSTEM_OR_SECURITY)
@require_POST
def people_export(request: HttpRequest) -> HttpResponse:
    """The list as it is cut, as CSV; taking names along is an act in the log."""
    form = PeopleFilterForm(request.POST)
    form.is_valid()
    cut = _cut(form.cleaned_data)
    details = {"unit": cut.unit_id, "status": cut.status, "account": cut.account, "searched": bool(cut.text)}
    record(actor=request.user, act="people.people_export", target=("person", None), details=details)
    head = [_("Staff number"), _("Name"), _("Unit"), _("Post"), _("Status"), _("Account")]
    response = HttpResponse("".join(csv_lines([head, *_rows(cut)])), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="people-{today():%Y-%m-%d}.csv"'
    return response


def _rows(cut: PeopleCut) -> Iterator[list[str]]:
    after = ""
    while True:
        found = search_people(**dataclasses.asdict(cut), after=after, size=1_000)
        for row in found.rows:
            state = _("claimed") if row.has_account else _("code is out") if row.code_out else _("none yet")
            person = row.person
            yield [person.staff_number, person.name, row.where, row.title, str(person.get_status_display()), state]
        if not found.next:
            return
        after = found.next


@needs(PEOPLE_ADMINISTRATOR)
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: posts, account, and what upper rooms add. The person reads that staff looked."""
    context = _person_context(request, person_id)
    actor: Any = request.user
    note_look(actor=actor, person_id=person_id, office=office_of(request) or "")
    return render(request, "people/desk/person.html", context)


def _person_context(request: HttpRequest, person_id: int) -> dict[str, Any]:
    shown = _person_within(request, person_id)
    posts = posts_of(person_id)
    paths = unit_paths({post.unit_id for post in posts}, skip=0)
    return {
        "person": shown,
        "posts": [(post, paths.get(post.unit_id, "")) for post in posts],
        "left": has_left(shown),
        "state": account_state(person_id),
        "may_issue": bool(reach_of(request.user)),
        "may_list": office_of(request) is not None,
        "panels": _panels(request, person_id),
        "life": person_life(person_id),
        "may_change": office_of(request) == "system",
    }


def _panels(request: HttpRequest, person_id: int) -> list[str]:
    drawn: list[str] = []
    for panel in person_panels():
        context = panel.collect(request, person_id)
        if context is not None:
            drawn.append(render_to_string(panel.template, context, request))
    return drawn


def _person_within(request: HttpRequest, person_id: int) -> Person:
    """Return a person whom the one who asks may see: a unit administrator only those of the own branch."""
    shown = get_person_for_staff(person_id)
    reach = reach_of(request.user)
    if office_of(request) is None and not any(
        reach.holds(post.unit.path) for post in posts_of(person_id) if post.ended_on is None
    ):
        raise NotFound
    return shown


@needs(CODE_ADMINISTRATOR)
@never_cache
@require_POST
def code_issue(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a code and show it, this once: it is neither stored nor put into the session."""
    shown = _person_within(request, person_id)
    actor: Any = request.user
    return draw_code(request, shown, services.issue_claim_code(actor=actor, person=shown))


def draw_code(request: HttpRequest, shown: Person, issued: IssuedCode) -> HttpResponse:
    """Show a fresh code with its QR, this once."""
    claim_url = settings.PUBLIC_URL + reverse("people:claim")
    context = {
        "person": shown,
        "issued": issued,
        "claim_url": claim_url,
        "qr": qr_of(claim_url + claim_path(issued.plain)),
    }
    return render(request, "people/desk/code.html", context)


def qr_of(text: str) -> str:
    """Return a QR code as the address of a picture that carries itself."""
    drawn: str = segno.make(text, error="m", micro=False).svg_data_uri(border=2, omitsize=True)
    return drawn


@needs(CODE_ADMINISTRATOR)
@require_POST
def sessions_end(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign a person out everywhere."""
    actor: Any = request.user
    ended = services.end_sessions_of(actor=actor, person=_person_within(request, person_id))
    messages.success(request, _("Signed out everywhere; sessions that ended: %(count)s.") % {"count": ended})
    return redirect("people_desk:person", person_id=person_id)


@needs(CODE_ADMINISTRATOR)
@require_POST
def code_revoke(request: HttpRequest, person_id: int) -> HttpResponse:
    """Stop the code that is out."""
    actor: Any = request.user
    services.revoke_claim_code(actor=actor, person=_person_within(request, person_id))
    messages.success(request, _("The code no longer works."))
    return redirect("people_desk:person", person_id=person_id)
