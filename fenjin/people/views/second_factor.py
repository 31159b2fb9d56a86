"""The own second factor of staff: add an app, see what is there, make new recovery codes."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal, TooMany
from fenjin.kit.staff import STAFF_BEFORE_THE_GATE, is_strong
from fenjin.people.forms import AddAppForm
from fenjin.people.selectors.factors import factor_state, last_reset, list_factors
from fenjin.people.services import factors, passkeys
from fenjin.people.services.factors import Offer, OfferOver, WrongCode
from fenjin.people.views.ways import own_path


@needs(STAFF_BEFORE_THE_GATE)
@never_cache
@sensitive_post_parameters("code", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Scan or type the secret, then show that the app has it; who has a factor gives that one first."""
    account: Any = request.user
    row = request.session.row  # type: ignore[attr-defined]
    if not factors.may_enrol(row, account, strong=is_strong(request)):
        return _to_the_gate(request)
    if request.method != "POST":
        return _draw(request, AddAppForm(), factors.offer_app(account))
    if "credential" in request.POST:
        return _add_passkey(request)
    form, token = AddAppForm(request.POST), request.POST.get("token", "")
    try:
        offer = factors.offer_again(account, token)
        if not form.is_valid():
            return _draw(request, form, offer, status=422)
        codes = factors.add_app(
            session=row, account=account, token=token, code=form.cleaned_data["code"], strong=is_strong(request)
        )
    except OfferOver as refusal:
        return _draw(request, AddAppForm(), factors.offer_app(account), refusal)
    except (WrongCode, TooMany) as refusal:
        return _draw(request, form, offer, refusal)
    if codes:
        return draw_recovery_codes(request, codes)
    return HttpResponseRedirect(own_path(request) or reverse("people:second_factor"))


def _add_passkey(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    try:
        codes = passkeys.add_passkey(
            session=request.session.row,  # type: ignore[attr-defined]
            account=account,
            token=request.POST.get("token", ""),
            credential=request.POST["credential"],
            strong=is_strong(request),
        )
    except passkeys.WrongPasskey as refusal:
        return _draw(request, AddAppForm(), factors.offer_app(account), refusal)
    if codes:
        return draw_recovery_codes(request, codes)
    return HttpResponseRedirect(own_path(request) or reverse("people:second_factor"))


@needs(STAFF_BEFORE_THE_GATE)
@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown this once; the old ones stop working."""
    if not is_strong(request):
        return _to_the_gate(request)
    account: Any = request.user
    return draw_recovery_codes(request, factors.renew_recovery_codes(account=account))


def draw_recovery_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show recovery codes, this once."""
    goal = own_path(request) or reverse("wagtailadmin_home")
    return render(request, "people/recovery_codes.html", {"codes": codes, "goal": goal})


def _draw(
    request: HttpRequest, form: AddAppForm, offer: Offer, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    account: Any = request.user
    context = {
        "form": form,
        "refusal": refusal,
        "offer": offer,
        "picture": segno.make(offer.address, error="m").svg_data_uri(scale=5, border=2, light="#fff"),
        "passkey": passkeys.offer_passkey(account) if passkeys.works_on(request.get_host()) else None,
        "state": factor_state(account.pk),
        "factors": list_factors(account.pk),
        "strong": is_strong(request),
        "reset_at": last_reset(account.pk),
        "next": own_path(request),
    }
    return render(request, "people/second_factor.html", context, status=refusal.status if refusal else status)


def _to_the_gate(request: HttpRequest) -> HttpResponse:
    goal = own_path(request) or reverse("people:second_factor")
    return HttpResponseRedirect(f"{reverse('people:confirm_identity')}?{urlencode({'next': goal})}")
