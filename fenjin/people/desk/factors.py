"""The second factors of others: how far they are, and a reset for who lost the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.kit.staff import office_of
from fenjin.people import services
from fenjin.people.access import SECURITY_ADMINISTRATOR
from fenjin.people.selectors.accounts import account_state, get_account
from fenjin.people.selectors.factors import factor_state


def factor_of_person(request: HttpRequest, person_id: int) -> dict[str, Any] | None:
    """Return what the person's page shows the security administrator; None without a second factor."""
    account = account_state(person_id).account if office_of(request) == "security" else None
    state = factor_state(account.pk) if account else None
    return {"account": account, "state": state} if state and state.enrolled else None


@needs(SECURITY_ADMINISTRATOR)
@require_POST
def factor_reset(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    account = get_account(account_id)
    if account is None:
        raise NotFound
    actor: Any = request.user
    try:
        services.reset_factors(actor=actor, account=account)
    except services.NoFactor as refusal:
        messages.info(request, str(refusal))
    else:
        words = _(
            "The second factor of %(name)s is gone and every session has ended. A new one is added at the next entry."
        )
        messages.success(request, words % {"name": account.get_full_name()})
    if account.person_id:
        return redirect("people_desk:person", person_id=account.person_id)
    return redirect("people_desk:administrators")
