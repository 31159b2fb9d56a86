"""Roster import: the history, the diff of one import, apply, cancel, undo."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.forms import RosterUploadForm
from fenjin.people.models import RosterImport
from fenjin.people.roster.breaker import sentence_of
from fenjin.people.roster.lines import row_words
from fenjin.people.selectors.roster import (
    UNIT_KINDS,
    count_unit_changes,
    get_import,
    list_imports,
    list_problems,
    list_unit_changes,
)
from fenjin.people.selectors.roster_changes import (
    GROUPS,
    approval_of,
    count_leavers,
    field_words,
    list_changes,
    names_gone,
    progress_of,
)
from fenjin.people.selectors.roster_columns import list_waiting
from fenjin.people.services import roster as services
from fenjin.people.services.roster_jobs import apply_soon, cancel_work, read_soon

ROWS_PER_PAGE = 50
TABS = ("units", "joins", "leaves", "moves", "followed", "dual", "changes", "problems")


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; see what was imported before."""
    return draw_imports(request, RosterUploadForm())


def draw_imports(request: HttpRequest, form: RosterUploadForm, status: int = 200) -> HttpResponse:
    """Draw the history below the form; `form` may hold errors."""
    page = Paginator(list_imports(), 20).get_page(request.GET.get("page"))
    return render(
        request, "people/desk/imports.html", {"form": form, "page": page, "waiting": list_waiting()}, status=status
    )


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def import_page(request: HttpRequest, import_id: int) -> HttpResponse:
    """What an import would do, or did: figures, then one list at a time; while it is worked on, how far it is."""
    roster = get_import(import_id)
    progress = progress_of(roster)
    if progress:
        context = {"roster": roster, "preview": roster.preview, "progress": progress}
        response = render(request, "people/desk/import_progress.html", context)
        response["Refresh"] = "2"  # the page follows the work without any script
        return response
    return render(request, "people/desk/import.html", describe(request, roster))


def describe(request: HttpRequest, roster: RosterImport) -> dict[str, Any]:
    """Return what the page of a dry run shows: its figures, and the list that was asked for."""
    counts = roster.preview.get("counts", {})
    sizes = {name: counts.get(name, 0) for name in ("joins", "leaves", "moves", "followed", "changes", "problems")}
    units = count_unit_changes(roster)
    sizes |= {"units": sum(units.values()), "dual": counts.get("dual_posts", 0)}
    tab = request.GET.get("list", "")
    if tab not in TABS:
        tab = next((name for name in TABS if sizes[name]), "joins")
    query = request.GET.get("q", "").strip()[:80]
    kind = request.GET.get("kind", "")
    kind = kind if kind in UNIT_KINDS else ""
    page: Any = None
    if tab == "units":
        page = Paginator(list_unit_changes(roster, kind, query), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    elif tab in GROUPS:
        page = Paginator(list_changes(roster.pk, tab, query), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        sheets = roster.preview.get("sheets", ())
        page.object_list = [
            (row, [field_words(name) for name in row.fields], row_words(row.row, sheets) if row.row else "–")
            for row in page.object_list
        ]
    elif tab == "problems":
        page = Paginator(_matching(list_problems(roster), query), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return {
        "roster": roster,
        "preview": roster.preview,
        "why": sentence_of(roster.preview),
        "counts": counts,
        "tab": tab,
        "tabs": [(name, sizes[name]) for name in TABS if sizes[name] or name == tab],
        "query": query,
        "kind": kind,
        "unit_kinds": [(name, size) for name, size in units.items() if size or name == kind],
        "page": page,
        "companies": count_leavers(roster) if tab == "leaves" else [],
        "denied": set(roster.preview.get("options", {}).get("denied", ())),
        "approval": approval_of(roster),
        "undo_until": _undo_until(roster),
        "names_gone": names_gone(roster),
    }


def _undo_until(roster: RosterImport) -> datetime | None:
    """Return the moment up to which an applied import can be taken back; None when it has passed."""
    end = roster.applied_at + services.UNDO_WITHIN if roster.applied_at else None
    return end if end and end >= clock.now() else None


def _matching(problems: list[dict[str, Any]], query: str) -> list[dict[str, Any]]:
    words = query.split()
    return [one for one in problems if all(word in f"{one['row']} {one['number']} {one['name']}" for word in words)]


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_apply(request: HttpRequest, import_id: int) -> HttpResponse:
    """Make a preview true, whole or not at all; pressing twice does it once."""
    actor: Any = request.user
    try:
        done = apply_soon(actor=actor, import_id=import_id, key=request.POST.get("key", ""))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    else:
        if done.state == RosterImport.State.APPLIED:
            messages.success(request, _("The roster is in. People can be found, and codes can be issued."))
    return redirect("people_desk:import", import_id=import_id)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Compare the file once more: with units un-ticked, for another range, or with what is here now."""
    actor: Any = request.user
    roster = get_import(import_id)
    denied = None
    if "shown" in request.POST:
        shown = {int(value) for value in request.POST.getlist("shown") if value.isdigit()}
        ticked = {int(value) for value in request.POST.getlist("unit") if value.isdigit()}
        before = set(roster.preview.get("options", {}).get("denied", ()))
        denied = tuple((before | shown) - ticked)
    try:
        again = services.ask_again(actor=actor, import_id=import_id, denied=denied, within=request.POST.get("within"))
        read_soon(again)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("people_desk:import", import_id=import_id)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    """Stop the work on a file; nothing is changed by it."""
    actor: Any = request.user
    cancel_work(actor=actor, import_id=import_id)
    messages.info(request, _("The work stops at its next step. Nothing is half done."))
    return redirect("people_desk:import", import_id=import_id)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Bring everything back to what it was before an import."""
    actor: Any = request.user
    try:
        services.undo_roster(actor=actor, import_id=import_id)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone. People, units and posts are what they were before this import."))
    return redirect("people_desk:import", import_id=import_id)
