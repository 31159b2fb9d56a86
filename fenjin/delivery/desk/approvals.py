"""The desk of the second person: what waits, one message in full, approve or decline."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.audiences.access import EVERYBODY
from fenjin.audiences.selectors import by_space, compile_rule, parse_rule
from fenjin.audiences.selectors.described import describe
from fenjin.delivery.access import APPROVER, SENDER, may_approve
from fenjin.delivery.cleaning import as_frozen
from fenjin.delivery.forms.approval import ApproveForm, DeclineForm
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors.approvals import get_approval, list_waiting
from fenjin.delivery.selectors.corrections import list_waiting_corrections
from fenjin.delivery.services import approve_message, decline_message
from fenjin.kit.access import needs
from fenjin.kit.components import Bar
from fenjin.kit.errors import BadRequest, NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import exact_time


@needs(APPROVER)
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for the one who asks, the longest waiting first."""
    context = {"rows": list_waiting(request.user), "corrections": list_waiting_corrections(request.user)}
    return render(request, "delivery/desk/approvals.html", context)


@needs(SENDER)
@require_safe
def approval(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show a message that waits or waited, to whoever may decide and to its sender. Raises NotFound."""
    return _draw(request, get_approval(request.user, message_id), DeclineForm())


def _draw(request: HttpRequest, row: Approval, form: DeclineForm, *, status: int = 200) -> HttpResponse:
    version = max(row.message.versions.all(), key=lambda one: one.number)
    context: dict[str, Any] = {
        "row": row,
        "message": row.message,
        "version": version,
        "body": as_frozen(version.html),
        "decides": row.message.waits and may_approve(request.user, row.message),
        "words": _words(row.message),
        "shares": _shares(row.message),
        "form": form,
    }
    return render(request, "delivery/desk/approval.html", context, status=status)


def _words(message: Message) -> str:
    with every_space(Reason.DELIVERY):
        return describe(parse_rule(message.rule))


def _shares(message: Message) -> list[Bar]:
    """Return whom the rule means now, by sub-platform; nothing where it no longer means anybody clearly."""
    with every_space(Reason.DELIVERY):
        try:
            parts = by_space(compile_rule(parse_rule(message.rule), EVERYBODY))
        except Refusal:
            return []
    most = max((part.people for part in parts), default=1)
    return [Bar(part.people, most, part.name, tone="zhu") for part in parts]


@needs(APPROVER)
@require_POST
def approve(request: HttpRequest, message_id: int) -> HttpResponse:
    """Let it go out."""
    form = ApproveForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    message = approve_message(actor=request.user, message_id=message_id, version=form.cleaned_data["version"])
    if message.waits:
        messages.warning(request, _("It has grown since it was asked for. Look at the new number, then decide."))
        return redirect("delivery_desk:approval", message_id=message_id)
    if message.state == Message.State.PLANNED:
        messages.success(request, _("Approved. It goes out at %(time)s.") % {"time": exact_time(message.sent_at)})
    else:
        people = message.head_count
        words = ngettext("Approved and sent to %(count)s person.", "Approved and sent to %(count)s people.", people)
        messages.success(request, words % {"count": f"{people:,}"})
    return redirect("delivery_desk:approvals")


@needs(APPROVER)
@require_POST
def decline(request: HttpRequest, message_id: int) -> HttpResponse:
    """Stop it, and tell its sender why."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        row = get_approval(request.user, message_id)
        if not may_approve(request.user, row.message):
            raise NotFound
        return _draw(request, row, form, status=422)
    decline_message(actor=request.user, message_id=message_id, why=form.cleaned_data["why"])
    messages.success(request, _("Declined. Its sender reads why."))
    return redirect("delivery_desk:approvals")
