"""The desk of corrections: the system administrator, and each unit administrator for the own branch."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit.access import Rule, Verdict, needs
from fenjin.kit.errors import Refusal
from fenjin.people.selectors.corrections import get_correction, list_corrections
from fenjin.people.services.corrections import decide_correction
from fenjin.people.services.looks import note_look
from fenjin.shell.forms import DecisionForm
from fenjin.spaces.access import Membership, membership_of, staff_verdict

PAGE = 30
ROLE = "unit_administrator"


def _judge(request: HttpRequest) -> Verdict:
    membership = membership_of(request)
    return staff_verdict(request, allowed=membership.office == "system" or bool(membership.spaces_with(ROLE)))


CORRECTORS = Rule("system or unit administrator", _judge, lambda membership: membership.only(ROLE))


def branches_of(membership: Membership) -> list[int] | None:
    """Return the units to which somebody's corrections are cut; None: whatever the scope allows."""
    held = [role.unit_id for role in membership.roles if role.role == ROLE]
    return None if membership.office == "system" or None in held else [unit for unit in held if unit is not None]


@needs(CORRECTORS)
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """List what people say is wrong: those that wait first."""
    state = request.GET.get("state", "open")
    found = list_corrections(state, branches_of(membership_of(request)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "shell_desk/corrections.html", {"page": page, "state": state})


@needs(CORRECTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Show one; a POST answers it. Raises NotFound."""
    seen = get_correction(correction_id, branches_of(membership_of(request)))
    actor: Any = request.user
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_correction(
                actor=actor,
                correction_id=correction_id,
                done=form.cleaned_data["verdict"] == "done",
                answer=form.cleaned_data["answer"],
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Answered. The person reads it under Privacy and my data."))
        return redirect("shell_desk:corrections")
    note_look(actor=actor, person_id=seen.row.person_id, office=membership_of(request).office or "")
    context = {"seen": seen, "form": form}
    return render(request, "shell_desk/correction.html", context, status=422 if form.is_bound else 200)
