"""Why did I get this? And: fewer dots from this sender, please."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.naming import who_sees
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.selectors.why import Why
from fenjin.delivery.selectors.why import why as why_for
from fenjin.delivery.services.habits import mute_sender, unmute_sender
from fenjin.delivery.services.receipts import counted_unit
from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar
from fenjin.kit.errors import BadRequest
from fenjin.kit.links import link
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import look_of


@needs(EMPLOYEE)
@require_safe
def why(request: HttpRequest, message_id: int) -> HttpResponse:
    """Tell a recipient which rule met, where one counts, who sent it and as of when: nothing about others."""
    person_id = membership_of(request).person_id or 0
    found = get_message_for(person_id, message_id)
    unit = found.receipt.unit_id if found.receipt is not None else counted_unit(person_id, found.message)
    said = why_for(person_id, found, unit)
    space = look_of(said.space_id).title
    context = {
        "found": found,
        "said": said,
        "space": space,
        "who_sees": who_sees(until) if (until := found.message.names_until) else "",
        "mutes": _mutes(said, space),
        "flow": FlowBar(_("Why did I get this?"), link("delivery:message", message_id), closes=False),
    }
    return render(request, "delivery/why.html", context)


def _mutes(said: Why, space: str) -> list[dict[str, Any]]:
    """Return whom one can mute: the sub-platform in whose name it came, and the one who sent it."""
    found = [{"what": "space", "name": space, "muted": said.space_muted}]
    if said.sender:
        found.append({"what": "sender", "name": said.sender, "muted": said.sender_muted})
    return found


@needs(EMPLOYEE)
@require_POST
def mute(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mute ordinary messages like this one, by sub-platform or by sender, or let them through again."""
    person_id = membership_of(request).person_id or 0
    found = get_message_for(person_id, message_id)
    unit = found.receipt.unit_id if found.receipt is not None else counted_unit(person_id, found.message)
    said = why_for(person_id, found, unit)
    whose = {"space": {"space_id": said.space_id}, "sender": {"sender_id": said.sender_id}}
    what = request.POST.get("what", "")
    if what not in whose:
        raise BadRequest
    if request.POST.get("off"):
        unmute_sender(person_id=person_id, **whose[what])
        messages.success(request, _("New messages show a dot again."))
    else:
        mute_sender(person_id=person_id, **whose[what])
        messages.success(request, _("Muted. They still come, without a dot; you find them under Messages."))
    return redirect("delivery:why", message_id=message_id)
