"""Privacy and my data: the ways on, what is stored about me, who looked, and what I allow."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar, Row
from fenjin.people import services
from fenjin.people.access import before_notice
from fenjin.people.selectors.consents import consent_history, consents_of
from fenjin.people.selectors.notices import current_number
from fenjin.spaces.access import EMPLOYEE, membership_of


@before_notice
@needs(EMPLOYEE)
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what I can do about my own data."""
    account: Any = request.user
    read = account.privacy_notice_version
    notice = _("You read version %(number)s") % {"number": read} if read else _("You have not read it yet")
    context = {
        "flow": FlowBar(_("Privacy and my data"), reverse("shell:me"), closes=False),
        "pending": read < current_number(),
        "groups": [
            [
                Row(_("Consents"), reverse("shell:my_consents"), _("Mobile number, e-mail"), icon="check", tone="qing"),
                Row(_("Privacy notice"), reverse("people:privacy"), notice, icon="shield", tone="qing"),
            ],
        ],
    }
    return render(request, "shell/my_data.html", context)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_consents(request: HttpRequest) -> HttpResponse:
    """Show each optional use with its purpose, and whether I allow it."""
    person_id = membership_of(request).person_id or 0
    context = {
        "flow": my_data_flow(_("Consents")),
        "consents": consents_of(person_id),
        "history": consent_history(person_id),
    }
    return render(request, "shell/my_consents.html", context)


@before_notice
@needs(EMPLOYEE)
@require_POST
def my_consent_change(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give or withdraw one consent, and come back. Raises BadRequest for a use that does not exist."""
    account: Any = request.user
    if request.POST.get("allow") == "yes":
        services.give_consent(account=account, purpose=purpose, language=get_language() or "")
        messages.success(request, _("Allowed. You can withdraw it here at any time."))
    else:
        services.withdraw_consent(account=account, purpose=purpose)
        messages.success(request, _("Withdrawn. From now on it is not used any more."))
    return redirect("shell:my_consents")


def my_data_flow(name: str) -> FlowBar:
    """Return the bar of a page below Privacy and my data."""
    return FlowBar(name, reverse("shell:my_data"), closes=False)
