"""Files that the breaker stopped, for the security administrator: the numbers, and one decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import SECURITY_ADMINISTRATOR
from fenjin.people.roster.breaker import sentence_of
from fenjin.people.selectors.roster import get_import
from fenjin.people.selectors.roster_changes import approval_of, count_leavers, list_changes, list_stopped
from fenjin.people.services import roster as services


@needs(SECURITY_ADMINISTRATOR)
@require_GET
def stopped_imports(request: HttpRequest) -> HttpResponse:
    """List the dry runs that wait for a decision."""
    page = Paginator(list_stopped(), 20).get_page(request.GET.get("page"))
    rows = [(roster, sentence_of(roster.preview)) for roster in page.object_list]
    return render(request, "people/desk/stopped.html", {"page": page, "rows": rows})


@needs(SECURITY_ADMINISTRATOR)
@require_GET
def stopped_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show exactly the numbers that are to be approved, and who would leave."""
    roster = get_import(import_id)
    if not roster.preview.get("refused") or not roster.preview.get("digest"):
        raise NotFound
    query = request.GET.get("q", "").strip()[:80]
    page = Paginator(list_changes(roster.pk, "leaves", query), 50).get_page(request.GET.get("page"))
    context = {
        "roster": roster,
        "preview": roster.preview,
        "page": page,
        "query": query,
        "why": sentence_of(roster.preview),
    }
    context |= {"companies": count_leavers(roster), "approval": approval_of(roster)}
    return render(request, "people/desk/stopped_import.html", context)


@needs(SECURITY_ADMINISTRATOR)
@require_POST
def import_approve(request: HttpRequest, import_id: int) -> HttpResponse:
    """Approve one dry run as it was shown, with a reason."""
    actor: Any = request.user
    said: dict[str, Any] = {"digest": request.POST.get("digest", ""), "reason": request.POST.get("reason", "")}
    try:
        services.approve_roster(actor=actor, import_id=import_id, **said)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved as shown. The system administrator can apply it now."))
    return redirect("people_desk:stopped_import", import_id=import_id)
