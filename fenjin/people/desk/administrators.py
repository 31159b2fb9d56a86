"""Who holds the three offices; new administrators and the end of old ones."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.staff import office_of
from fenjin.people import services
from fenjin.people.access import SECURITY_ADMINISTRATOR, SYSTEM_OR_SECURITY
from fenjin.people.forms import OperatorForm
from fenjin.people.models import Administrator
from fenjin.people.selectors.accounts import get_account, list_administrators
from fenjin.people.services.codes import ALPHABET


@needs(SYSTEM_OR_SECURITY)
@require_GET
def administrators(request: HttpRequest) -> HttpResponse:
    """The three offices side by side."""
    return _draw(request, OperatorForm())


def _draw(request: HttpRequest, form: OperatorForm, status: int = 200, **more: Any) -> HttpResponse:
    held = list_administrators()
    offices = [(office, [row for row in held if row.office == office]) for office in Administrator.Office]
    context = {"offices": offices, "form": form, "may_change": office_of(request) == "security", **more}
    return render(request, "people/desk/administrators.html", context, status=status)


@needs(SECURITY_ADMINISTRATOR)
@never_cache
@require_POST
def administrator_make(request: HttpRequest) -> HttpResponse:
    """Make an operator's account with an office; its first password is shown this once."""
    form = OperatorForm(request.POST)
    if not form.is_valid():
        return _draw(request, form, status=422)
    actor: Any = request.user
    password = "-".join("".join(secrets.choice(ALPHABET) for _unused in range(4)) for _group in range(4))
    try:
        with transaction.atomic():
            account = services.make_operator(
                actor=actor, operator_name=form.cleaned_data["operator_name"], password=password
            )
            services.give_office(actor=actor, account=account, office=form.cleaned_data["office"])
    except Refusal as refusal:
        form.add_error("operator_name", str(refusal))
        return _draw(request, form, status=refusal.status)
    return _draw(request, OperatorForm(), made=account, password=password)


@needs(SECURITY_ADMINISTRATOR)
@require_POST
def administrator_end(request: HttpRequest, account_id: int) -> HttpResponse:
    """End an office and close its account."""
    account = get_account(account_id)
    if account is None:
        raise NotFound
    actor: Any = request.user
    services.end_office(actor=actor, account=account)
    messages.success(request, _("The office has ended and the account is closed."))
    return redirect("people_desk:administrators")
