"""The desk of a correction that waits for a second person: what would change, approve, decline, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.access import SENDER
from fenjin.delivery.cleaning import as_frozen, clean_html
from fenjin.delivery.forms.approval import ApproveForm, DeclineForm
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.corrections import get_correction, second_person, waiting_correction
from fenjin.delivery.services import approve_correction, decline_correction, take_back_correction
from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.spaces.access import membership_of


def manage_context(request: HttpRequest, message: Message) -> dict[str, Any]:
    """Return what the page of a message shows of corrections: one that waits, and whether the next one would."""
    return {
        "waiting": waiting_correction(message.pk),
        "second": second_person(membership_of(request), message) is not None,
    }


@needs(SENDER)
@require_safe
def correction(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show a correction to whoever may decide, or looks after the message. Raises NotFound."""
    return _draw(request, message_id, DeclineForm())


def _draw(request: HttpRequest, message_id: int, form: DeclineForm, *, status: int = 200) -> HttpResponse:
    page = get_correction(request.user, message_id)
    context = {"page": page, "row": page.row, "body": as_frozen(clean_html(page.words.html)), "form": form}
    return render(request, "delivery/desk/correction.html", context, status=status)


@needs(SENDER)
@require_POST
def correction_step(request: HttpRequest, message_id: int, name: str) -> HttpResponse:
    """Let a correction take its place, stop it and say why, or take the own one back."""
    if name == "approve":
        form = ApproveForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        revision = form.cleaned_data["version"]
        version = approve_correction(actor=request.user, message_id=message_id, revision=revision)
        words = _("Approved. Version %(number)s is what everybody sees now.")
        messages.success(request, words % {"number": version.number})
        return redirect("delivery_desk:approvals")
    if name == "decline":
        declined = DeclineForm(request.POST)
        if not declined.is_valid():
            return _draw(request, message_id, declined, status=422)
        decline_correction(actor=request.user, message_id=message_id, why=declined.cleaned_data["why"])
        messages.success(request, _("Declined. Who asked for it reads why; readers see what they saw."))
        return redirect("delivery_desk:approvals")
    if name != "back":
        raise NotFound
    take_back_correction(actor=request.user, message_id=message_id)
    messages.success(request, _("Taken back. Readers see what they saw."))
    return redirect("delivery_desk:manage", message_id=message_id)
