"""The doors: sign in, claim, confirm identity, the privacy notice, sign out."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import PUBLIC, SIGNED_IN, needs
from fenjin.kit.errors import Refusal, TooMany
from fenjin.people import services
from fenjin.people.forms import ClaimForm, ConfirmIdentityForm, NewPasswordForm, SignInForm
from fenjin.people.models import Account
from fenjin.people.services.claim import PRIVACY_NOTICE_VERSION, WeakPassword, WrongClaim
from fenjin.people.services.sign_in import WhichCompany, WrongSignIn

CLAIM_SALT = "people.claim"
CLAIM_SECONDS = 15 * 60


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Staff number and password → a session."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(_after_sign_in(request, request.user))
        return _draw_sign_in(request, SignInForm())
    form = SignInForm(request.POST)
    numbering = request.POST.get("company", "")
    if not form.is_valid():
        return _draw_sign_in(request, form, status=422)
    try:
        account = services.check_sign_in(
            name=form.cleaned_data["number"],
            password=form.cleaned_data["password"],
            address=client_address(request),
            numbering_id=int(numbering) if numbering.isdigit() and len(numbering) < 10 else None,
        )
    except WhichCompany as refusal:
        form = SignInForm(initial={"number": form.cleaned_data["number"]}, numberings=refusal.numberings)
        return _draw_sign_in(request, form, refusal)
    except (WrongSignIn, TooMany) as refusal:
        return _draw_sign_in(request, form, refusal)
    services.start_session(request=request, account=account)
    return HttpResponseRedirect(_after_sign_in(request, account))


def _draw_sign_in(
    request: HttpRequest, form: SignInForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "people/sign_in.html", context, status=refusal.status if refusal else status)


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Staff number, name and code → a password of one's own → signed in."""
    if request.method != "POST":
        return render(request, "people/claim.html", {"form": ClaimForm()})
    if "token" in request.POST:
        return _finish_claim(request)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return render(request, "people/claim.html", {"form": form}, status=422)
    try:
        code = services.check_claim(**form.cleaned_data, address=client_address(request))
    except (WrongClaim, TooMany) as refusal:
        return render(request, "people/claim.html", {"form": form, "refusal": refusal}, status=refusal.status)
    # What was checked travels in the page, signed and for a quarter of an hour: no half-made account is kept.
    token = signing.dumps({"code": code.pk, "name": code.person.name}, salt=CLAIM_SALT)
    return _draw_password(request, NewPasswordForm(), token, code.person.name)


def _finish_claim(request: HttpRequest) -> HttpResponse:
    token = request.POST["token"]
    try:
        checked = signing.loads(token, salt=CLAIM_SALT, max_age=CLAIM_SECONDS)
    except signing.BadSignature:
        return render(request, "people/claim.html", {"form": ClaimForm(), "refusal": WrongClaim()}, status=422)
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        return _draw_password(request, form, token, checked["name"], status=422)
    try:
        account = services.claim_account(
            code_id=checked["code"],
            password=form.cleaned_data["password"],
            notice_version=PRIVACY_NOTICE_VERSION,
            language=get_language() or "",
        )
    except WeakPassword as refusal:
        form.add_error("password", str(refusal))
        return _draw_password(request, form, token, checked["name"], status=422)
    except WrongClaim as refusal:
        return render(request, "people/claim.html", {"form": ClaimForm(), "refusal": refusal}, status=refusal.status)
    services.start_session(request=request, account=account)
    return HttpResponseRedirect(_after_sign_in(request, account))


def _draw_password(
    request: HttpRequest, form: NewPasswordForm, token: str, name: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "token": token, "name": name, "version": PRIVACY_NOTICE_VERSION}
    return render(request, "people/claim_password.html", context, status=status)


@needs(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """The password again: opens the studio on this session, leaves the phone pages as they were."""
    form = ConfirmIdentityForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        account: Any = request.user
        row = request.session.row  # type: ignore[attr-defined]
        try:
            services.confirm_identity(
                session=row,
                account=account,
                password=form.cleaned_data["password"],
                address=client_address(request),
            )
        except (WrongSignIn, TooMany) as error:
            refusal = error
        else:
            return HttpResponseRedirect(own_path(request) or reverse("wagtailadmin_home"))
    context = {"form": form, "refusal": refusal, "next": own_path(request)}
    status = 200 if request.method != "POST" else refusal.status if refusal else 422
    return render(request, "people/confirm_identity.html", context, status=status)


@needs(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force; who has not accepted this version can do it here."""
    account: Any = request.user if request.user.is_authenticated else None
    if request.method == "POST" and account:
        services.accept_privacy_notice(account=account, version=PRIVACY_NOTICE_VERSION)
        return HttpResponseRedirect(own_path(request) or reverse(settings.LOGIN_REDIRECT_URL))
    pending = account is not None and account.person_id and account.privacy_notice_version < PRIVACY_NOTICE_VERSION
    context = {"version": PRIVACY_NOTICE_VERSION, "pending": pending, "next": own_path(request)}
    return render(request, "people/privacy.html", context)


@needs(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    services.sign_out(request=request)
    response = redirect("people:sign_in")
    # Pages that a browser keeps for "back" go with the session.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def client_address(request: HttpRequest) -> str:
    """Return the address that the web server saw; a header that anybody can write is not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))


def own_path(request: HttpRequest) -> str:
    """Return `next` if it is a path of this site, else an empty text."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    fits = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if fits else ""


def _after_sign_in(request: HttpRequest, account: Account | Any) -> str:
    """Return where to go: the page that was asked for, the own home, or the notice that is still unread."""
    home = "wagtailadmin_home" if account.person_id is None else settings.LOGIN_REDIRECT_URL
    goal = own_path(request) or resolve_url(home)
    if account.person_id and account.privacy_notice_version < PRIVACY_NOTICE_VERSION:
        return f"{reverse('people:privacy')}?{urlencode({'next': goal})}"
    return goal
