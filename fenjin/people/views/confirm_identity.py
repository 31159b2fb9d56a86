"""Before the studio opens: the password, if it was given long ago, then the second factor."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.errors import Refusal, TooMany
from fenjin.kit.staff import has_power
from fenjin.people import services
from fenjin.people.forms import ConfirmIdentityForm, FactorCodeForm
from fenjin.people.selectors.factors import FactorState, factor_state
from fenjin.people.services.factors import WrongCode, give_code, is_identified, may_enrol
from fenjin.people.services.passkeys import WrongPasskey, ask_passkey, give_passkey, works_on
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.views.ways import client_address, own_path

FEW_CODES = 3


@needs(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """Password and second factor, on this session; the phone pages of it stay as they were."""
    if request.method == "POST" and "password" in request.POST:
        return _take_password(request)
    account: Any = request.user
    row = request.session.row  # type: ignore[attr-defined]
    if not has_power(request) or not is_identified(row):
        return _draw_password(request, ConfirmIdentityForm())
    state = factor_state(account.pk)
    if not state.enrolled:
        # A first factor asks for a password of just now, not of eight hours ago.
        if not may_enrol(row, account, strong=False):
            return _draw_password(request, ConfirmIdentityForm())
        return HttpResponseRedirect(_with_next(request, "people:second_factor"))
    if request.method == "POST":
        return _take_code(request, state)
    return _draw_code(request, FactorCodeForm(), state)


def _take_password(request: HttpRequest) -> HttpResponse:
    form = ConfirmIdentityForm(request.POST)
    if not form.is_valid():
        return _draw_password(request, form, status=422)
    account: Any = request.user
    try:
        services.confirm_identity(
            session=request.session.row,  # type: ignore[attr-defined]
            account=account,
            password=form.cleaned_data["password"],
            address=client_address(request),
        )
    except (WrongSignIn, TooMany) as refusal:
        return _draw_password(request, form, refusal)
    if has_power(request):
        return HttpResponseRedirect(_with_next(request, "people:confirm_identity"))
    return HttpResponseRedirect(own_path(request) or reverse("shell:home"))


def _take_code(request: HttpRequest, state: FactorState) -> HttpResponse:
    if "credential" in request.POST:
        return _take_passkey(request, state)
    form = FactorCodeForm(request.POST)
    if not form.is_valid():
        return _draw_code(request, form, state, status=422)
    account: Any = request.user
    try:
        by = give_code(
            session=request.session.row,  # type: ignore[attr-defined]
            account=account,
            code=form.cleaned_data["code"],
        )
    except (WrongCode, TooMany) as refusal:
        return _draw_code(request, form, state, refusal)
    if by == "recovery":
        _warn_of_few_codes(request, state.recovery_left - 1)
    return HttpResponseRedirect(own_path(request) or reverse("wagtailadmin_home"))


def _take_passkey(request: HttpRequest, state: FactorState) -> HttpResponse:
    account: Any = request.user
    try:
        give_passkey(
            session=request.session.row,  # type: ignore[attr-defined]
            account=account,
            token=request.POST.get("token", ""),
            credential=request.POST["credential"],
        )
    except (WrongPasskey, TooMany) as refusal:
        return _draw_code(request, FactorCodeForm(), state, refusal)
    return HttpResponseRedirect(own_path(request) or reverse("wagtailadmin_home"))


def _warn_of_few_codes(request: HttpRequest, left: int) -> None:
    words = ngettext(
        "That was a recovery code: %(left)d is left. Make new ones under My second factor.",
        "That was a recovery code: %(left)d are left. Make new ones under My second factor.",
        left,
    )
    messages.warning(request, words % {"left": left})


def _draw_password(
    request: HttpRequest, form: ConfirmIdentityForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    account: Any = request.user
    context = {
        "form": form,
        "refusal": refusal,
        "next": own_path(request),
        "by_password": account.has_usable_password(),
    }
    return render(request, "people/confirm_identity.html", context, status=refusal.status if refusal else status)


def _draw_code(
    request: HttpRequest, form: FactorCodeForm, state: FactorState, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    account: Any = request.user
    passkey = ask_passkey(account) if works_on(request.get_host()) else None
    context = {"form": form, "refusal": refusal, "next": own_path(request), "state": state, "passkey": passkey}
    return render(request, "people/factor_code.html", context, status=refusal.status if refusal else status)


def _with_next(request: HttpRequest, name: str) -> str:
    wanted = own_path(request)
    return f"{reverse(name)}?{urlencode({'next': wanted})}" if wanted else reverse(name)
