"""Signing in by another system: there, back, "is this you?", and the link for those not known yet."""

import json
import logging
import secrets
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit import vault
from fenjin.kit.access import PUBLIC, SIGNED_IN, needs
from fenjin.kit.errors import Refusal
from fenjin.people import services
from fenjin.people.forms.outside import DirectoryForm
from fenjin.people.models import Account, Installation
from fenjin.people.outside import ldap
from fenjin.people.outside.common import OutsideFailed, Outsider
from fenjin.people.outside.ways import way_of
from fenjin.people.selectors.installations import get_enabled, setup_of
from fenjin.people.services import outside
from fenjin.people.services.factors import is_identified
from fenjin.people.services.limiter import count_attempt
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.views.ways import after_sign_in, client_address, known_from_now_on, own_path

COOKIE: Final = "fenjin_outside"
SECONDS: Final = 10 * 60
_PURPOSE: Final = "people.outside.browser"
log = logging.getLogger("fenjin.people.outside")


@needs(PUBLIC)
@never_cache
@require_GET
def outside_begin(request: HttpRequest, key: str) -> HttpResponse:
    """Send the browser there, with what it must bring back sealed in a cookie of its own."""
    installation = get_enabled(key, "oidc", "cas", "saml")
    try:
        departure = way_of(installation.kind).depart(
            setup_of(installation), back=back_address(installation), again="again" in request.GET
        )
    except (OutsideFailed, vault.Unreadable) as failed:
        return _failed(request, installation, failed)
    return _with_cookie(HttpResponseRedirect(departure.address), departure.kept | {"next": own_path(request)}, key)


@needs(PUBLIC)
@never_cache
@require_GET
def outside_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take what the other system says of this browser, once."""
    installation = get_enabled(key, "oidc", "cas", "saml")
    kept = _cookie(request, key)
    answer = {name: value for name, value in request.GET.items() if len(value) < 8192}
    try:
        # Counted by address: this door hashes nothing, but each try calls the other system.
        count_attempt(door="outside_back", name=f"{key} {client_address(request)}", address=client_address(request))
        if installation.kind == Installation.Kind.SAML:
            answer = {"SAMLResponse": outside.take_posted(key=key, name=request.GET.get("posted", "")[:64])}
        who = way_of(installation.kind).arrive(
            setup_of(installation), back=back_address(installation), answer=answer, kept=kept
        )
        if who.once:
            outside.spend(who.once[0], lasts=who.once[1])
    except (Refusal, vault.Unreadable) as failed:
        return _failed(request, installation, failed)
    return _remember(installation, who, kept.get("next", ""))


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def outside_password(request: HttpRequest, key: str) -> HttpResponse:
    """Name and password of another system's directory, asked there and kept nowhere."""
    installation = get_enabled(key, "ldap")
    form = DirectoryForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"].strip()
        try:
            count_attempt(door="outside", name=f"{key} {user.casefold()}", address=client_address(request))
            who = ldap.sign_in(setup_of(installation), user=user, password=form.cleaned_data["password"])
        except ldap.WrongPassword:
            refusal = WrongSignIn(_("The name or the password is not right. Check both and try again."))
        except (Refusal, vault.Unreadable) as failed:
            return _failed(request, installation, failed)
        else:
            return _remember(installation, who, own_path(request))
    context = {"installation": installation, "form": form, "refusal": refusal, "next": own_path(request)}
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "people/outside_password.html", context, status=status)


def _remember(installation: Installation, who: Outsider, goal: str) -> HttpResponse:
    """Keep in this browser who came, for the question whether it is they."""
    seen = {"user_id": who.user_id, "corp": who.corp, "name": who.name, "ticket": secrets.token_urlsafe(16)}
    response = HttpResponseRedirect(reverse("people:outside_confirm", args=[installation.key]))
    return _with_cookie(response, seen | {"next": goal}, installation.key)


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """ "Is this you?": phones are shared, and the other system may remember whoever sat there before."""
    installation = get_enabled(key)
    kept = _cookie(request, key)
    if not kept.get("user_id"):
        return _failed(request, installation, outside.AlreadyUsed())
    who = Outsider(kept["user_id"], kept["corp"], kept["name"])
    try:
        found = outside.recognise(installation=installation, who=who)
        if request.method == "POST" and found is not None:
            account = outside.enter(installation=installation, who=who, ticket=kept["ticket"])
            return _enter(request, installation, account, kept)
    except Refusal as failed:
        return _without_cookie(_failed(request, installation, failed), key)
    person = found.person if isinstance(found, Account) else found
    context = {"installation": installation, "who": who, "person": person, "next": kept.get("next", "")}
    template = "people/outside_unknown.html" if found is None else "people/outside_confirm.html"
    return render(request, template, context)


def _enter(
    request: HttpRequest, installation: Installation, account: Account, kept: dict[str, str]
) -> HttpResponseRedirect:
    services.start_session(request=request, account=account)
    request.session["outside"] = installation.key
    request.GET = QueryDict(urlencode({"next": kept.get("next", "")}))  # type: ignore[assignment]
    response = known_from_now_on(HttpResponseRedirect(after_sign_in(request, account)), account)
    response.delete_cookie(COOKIE, path=_cookie_path(installation.key))
    return response


@needs(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_link(request: HttpRequest, key: str) -> HttpResponse:
    """Who has signed in here, with a password, may link what was brought from over there."""
    installation = get_enabled(key)
    kept = _cookie(request, key)
    if not kept.get("user_id"):
        return _failed(request, installation, outside.AlreadyUsed())
    here = reverse("people:outside_link", args=[key])
    if not is_identified(request.session.row):  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"{reverse('people:confirm_identity')}?{urlencode({'next': here})}")
    who = Outsider(kept["user_id"], kept["corp"], kept["name"])
    if request.method != "POST":
        return render(request, "people/outside_link.html", {"installation": installation, "who": who})
    account: Any = request.user
    try:
        outside.spend(kept["ticket"])
        outside.link(account=account, installation=installation, who=who)
    except Refusal as failed:
        return _failed(request, installation, failed)
    response = HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))
    response.delete_cookie(COOKIE, path=_cookie_path(key))
    return response


@needs(PUBLIC)
@never_cache
@require_GET
def outside_leave(request: HttpRequest, key: str) -> HttpResponse:
    """Sign out over there too, where the other system offers it."""
    installation = get_enabled(key, "oidc", "cas", "saml")
    home = reverse("people:sign_in")
    try:
        address = way_of(installation.kind).leave(setup_of(installation), back=settings.PUBLIC_URL.rstrip("/") + home)
    except (OutsideFailed, vault.Unreadable) as failed:
        return _failed(request, installation, failed)
    return HttpResponseRedirect(address or home)


def back_address(installation: Installation) -> str:
    """Return the address which the other system must know as ours."""
    posted = installation.kind == Installation.Kind.SAML
    name = "people:outside_posted" if posted else "people:outside_back"
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[installation.key])


def own_metadata_address(installation: Installation) -> str:
    """Return where the administrator of a SAML system reads of us: our entity ID, too."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("people:outside_metadata", args=[installation.key])


def _failed(request: HttpRequest, installation: Installation, failed: Exception) -> HttpResponse:
    """Say it in words to the person, and why to the log, without anything that was sent."""
    refusal = failed if isinstance(failed, Refusal) else OutsideFailed("The stored secret cannot be read.")
    log.warning("sign-in by %s failed: %s", installation.key, getattr(refusal, "cure", refusal.code))
    context = {"installation": installation, "refusal": refusal}
    return render(request, "people/outside_failed.html", context, status=refusal.status)


# ---- the cookie of this browser, sealed ------------------------------------------------------------------


def _cookie_path(key: str) -> str:
    return reverse("people:outside_begin", args=[key])


def _with_cookie(response: HttpResponseRedirect, kept: dict[str, str], key: str) -> HttpResponseRedirect:
    response.set_cookie(
        COOKIE,
        vault.seal(json.dumps(kept | {"key": key}), purpose=_PURPOSE),
        max_age=SECONDS,
        path=_cookie_path(key),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _without_cookie(response: HttpResponse, key: str) -> HttpResponse:
    response.delete_cookie(COOKIE, path=_cookie_path(key))
    return response


def _cookie(request: HttpRequest, key: str) -> dict[str, str]:
    """Return what this browser brought along for this installation; empty when it is not ours or too old."""
    try:
        kept = json.loads(vault.unseal(request.COOKIES.get(COOKIE, ""), purpose=_PURPOSE, seconds=SECONDS))
    except (vault.Unreadable, ValueError):
        return {}
    return dict(kept) if kept.get("key") == key else {}
