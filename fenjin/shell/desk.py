"""The desk of complaints: the security administrator reads and answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.shell import selectors, services
from fenjin.shell.forms import AnswerForm
from fenjin.spaces.access import SECURITY_ADMINISTRATOR

PAGE = 30


@needs(SECURITY_ADMINISTRATOR)
def complaints(request: HttpRequest) -> HttpResponse:
    """List complaints: those that wait first."""
    state = request.GET.get("state", "")
    page = Paginator(selectors.list_complaints(state), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "late": selectors.count_late_complaints(), "now": clock.now()}
    return render(request, "shell_desk/complaints.html", context)


@needs(SECURITY_ADMINISTRATOR)
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Show one complaint; a POST answers it. Raises NotFound and AlreadyAnswered."""
    found = selectors.get_complaint(complaint_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor: Any = request.user
        services.answer_complaint(actor=actor, complaint_id=complaint_id, answer=form.cleaned_data["answer"])
        messages.success(request, _("Answered. The person reads it under Complaints and suggestions."))
        return redirect("shell_desk:complaints")
    context = {"complaint": found, "form": form, "now": clock.now()}
    return render(request, "shell_desk/complaint.html", context, status=422 if form.is_bound else 200)
