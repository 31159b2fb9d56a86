"""The doors for somebody who cannot get in: a lost password, an account in wrong hands."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.addresses import client_address
from fenjin.kit.errors import Refusal, TooMany
from fenjin.people import services
from fenjin.people.forms import AccountTakenForm, LostPasswordForm, ResetPasswordForm
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.devices import device_label
from fenjin.people.services.lost import WrongContactCode, ways
from fenjin.people.tasks import send_contact_codes, tell_of_password
from fenjin.people.views.ways import after_sign_in, known_from_now_on


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_lost(request: HttpRequest) -> HttpResponse:
    """Ask for a code by mail or phone; the answer is the same whether the account is known or not."""
    offered = ways()
    form = LostPasswordForm(request.POST or None, ways=offered)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            meant = services.ask_for_code(number=data["number"], name=data["name"], address=client_address(request))
        except TooMany as error:
            refusal = error
        else:
            send_contact_codes.defer(accounts=meant, way=data["way"])
            return _draw_reset(request, ResetPasswordForm(initial={"number": data["number"]}), asked=True)
    context = {"form": form, "offered": offered, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "people/password_lost.html", context, status=status)


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """The code that came and a new password → signed in on this device alone."""
    form = ResetPasswordForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = services.reset_password(
                number=data["number"],
                code=data["code"],
                password=data["password"],
                address=client_address(request),
                device=device_label(request.headers.get("User-Agent", "")),
            )
        except WeakPassword as error:
            form.add_error("password", str(error))
        except (WrongContactCode, TooMany) as error:
            refusal = error
        else:
            tell_of_password.defer(account_id=account.pk)
            services.start_session(request=request, account=account)
            return known_from_now_on(HttpResponseRedirect(after_sign_in(request, account)), account)
    return _draw_reset(request, form, refusal)


def _draw_reset(
    request: HttpRequest, form: ResetPasswordForm, refusal: Refusal | None = None, *, asked: bool = False
) -> HttpResponse:
    context = {"form": form, "asked": asked, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "people/password_reset.html", context, status=status)


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_taken(request: HttpRequest) -> HttpResponse:
    """Say that somebody else uses the account; the answer never tells whether there is one."""
    form = AccountTakenForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.report_taken(
                number=data["number"],
                name=data["name"],
                note_text=data["note"],
                phone=data["phone"],
                address=client_address(request),
            )
        except TooMany as error:
            refusal = error
        else:
            return render(request, "people/account_taken_sent.html")
    context = {"form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "people/account_taken.html", context, status=status)
