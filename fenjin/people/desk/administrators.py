"""Who holds the three offices, what each opens, and how one changes hands."""

import secrets
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.staff import office_of
from fenjin.kit.studio import DeskMenuItem
from fenjin.people import services
from fenjin.people.access import ANY_OFFICE, SECURITY_ADMINISTRATOR, may_confirm_handover, may_refuse_handover
from fenjin.people.forms import OperatorForm
from fenjin.people.models import Administrator
from fenjin.people.selectors.accounts import get_account, list_administrators
from fenjin.people.selectors.offices import list_desk_rights, list_open_handovers, list_terms
from fenjin.people.services.codes import ALPHABET
from fenjin.people.services.handover import cancel_handover, confirm_handover, name_successor


@needs(ANY_OFFICE)
@require_GET
def administrators(request: HttpRequest) -> HttpResponse:
    """The three offices side by side, what each opens, and who held them."""
    return _draw(request)


def _draw(request: HttpRequest, form: OperatorForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
    held, actor = list_administrators(), request.user
    account: Any = actor
    open_ones = [
        (named, may_confirm_handover(account, named) and not named.confirmed_at, may_refuse_handover(account, named))
        for named in list_open_handovers()
    ]
    desks = [item for make in hooks.get_hooks("register_admin_menu_item") if isinstance(item := make(), DeskMenuItem)]
    context = {
        "offices": [(office, [row for row in held if row.office == office]) for office in Administrator.Office],
        "form": form or OperatorForm(holders=_holders(held)),
        "may_change": office_of(request) == "security",
        "handovers": open_ones,
        "rights": list_desk_rights(desks),
        "terms": list_terms(),
        **more,
    }
    return render(request, "people/desk/administrators.html", context, status=status)


def _holders(held: list[Administrator]) -> list[tuple[int, str]]:
    return [(row.account_id, f"{row.account.operator_name} · {row.get_office_display()}") for row in held]


@needs(SECURITY_ADMINISTRATOR)
@never_cache
@require_POST
def administrator_make(request: HttpRequest) -> HttpResponse:
    """Name a new holder of an office, with an account whose first password is shown this once."""
    form = OperatorForm(request.POST, holders=_holders(list_administrators()))
    if not form.is_valid():
        return _draw(request, form, status=422)
    actor: Any = request.user
    password = "-".join("".join(secrets.choice(ALPHABET) for _unused in range(4)) for _group in range(4))
    given = form.cleaned_data
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    try:
        named = name_successor(
            actor=actor,
            operator_name=given["operator_name"],
            office=given["office"],
            password=password,
            predecessor_id=given["predecessor"],
            ends_on=(given["ends_on"] or today) if given["predecessor"] else None,
        )
    except Refusal as refusal:
        form.add_error("operator_name", str(refusal))
        return _draw(request, form, status=refusal.status)
    return _draw(request, named=named, password=password)


@needs(ANY_OFFICE)
@require_POST
def handover_confirm(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Look at a hand-over as the second pair of eyes."""
    actor: Any = request.user
    confirm_handover(actor=actor, handover_id=handover_id)
    messages.success(request, _("Confirmed. The new holder can accept the office now."))
    return redirect("people_desk:administrators")


@needs(ANY_OFFICE)
@require_POST
def handover_cancel(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Stop a hand-over that nobody has accepted."""
    actor: Any = request.user
    cancel_handover(actor=actor, handover_id=handover_id)
    messages.success(request, _("The hand-over is stopped and its account closed."))
    return redirect("people_desk:administrators")


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
