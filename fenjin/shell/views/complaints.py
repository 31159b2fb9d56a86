"""The complaint door: open to read for everybody, to send for employees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.addresses import is_a_reader
from fenjin.kit.components import FlowBar, Row
from fenjin.kit.ids import client_key
from fenjin.kit.wording import friendly_time
from fenjin.shell import selectors, services
from fenjin.shell.forms import ComplaintForm
from fenjin.shell.models import Complaint
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import shown_space


@needs(PUBLIC)
def complaint(request: HttpRequest) -> HttpResponse:
    """Explain the door; employees find the form and what they sent before."""
    membership = membership_of(request)
    if membership.person_id is None:
        return render(request, "shell/complaint_closed.html", {"flow": _flow(request)})
    form = ComplaintForm(request.POST or None, initial={"category": Complaint.Category.IDEA})
    if request.method == "POST" and form.is_valid():
        made = services.send_complaint(
            person_id=membership.person_id,
            space_id=shown_space(request),
            category=form.cleaned_data["category"],
            text=form.cleaned_data["text"],
            may_contact=form.cleaned_data["may_contact"],
            client_key=client_key(request.POST.get("client_key")),
        )
        return redirect("shell:complaint_receipt", made.pk)
    context = {
        "form": form,
        "flow": _flow(request),
        "client_key": client_key(request.POST.get("client_key")),
        "sent": [_row(row) for row in selectors.own_complaints(membership.person_id)],
    }
    return render(request, "shell/complaint.html", context, status=422 if form.is_bound else 200)


def _flow(request: HttpRequest) -> FlowBar:
    back = "shell:me" if request.user.is_authenticated else "people:sign_in"
    return FlowBar(_("Complaints and suggestions"), reverse(back), closes=False)


def _row(row: Complaint) -> Row:
    answered = row.state == Complaint.State.ANSWERED
    return Row(
        row.get_category_display(),
        reverse("shell:complaint_receipt", args=[row.pk]),
        value=row.get_state_display(),
        icon="done" if answered else "clock",
        tone="qing" if answered else "jin",
        notes=(row.number, friendly_time(row.sent_at)),
    )


@needs(EMPLOYEE)
def complaint_receipt(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Show what I sent, its number, and the answer when there is one. Raises NotFound."""
    person_id = membership_of(request).person_id or 0
    found = selectors.own_complaint(person_id, complaint_id)
    if is_a_reader(request):
        services.note_answer_seen(person_id=person_id, complaint=found)
    flow = FlowBar(found.number, reverse("shell:complaint"), closes=False)
    return render(request, "shell/complaint_receipt.html", {"complaint": found, "flow": flow, "now": clock.now()})
