"""Where a visitor comes from, and where the doors lead."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from fenjin.kit.addresses import client_address
from fenjin.people.models import Account
from fenjin.people.selectors.notices import current_number
from fenjin.people.selectors.offices import waiting_handover
from fenjin.people.services.known_devices import COOKIE, LASTS_SECONDS, device_cookie

__all__ = ["after_sign_in", "client_address", "known_from_now_on", "own_path"]


def own_path(request: HttpRequest) -> str:
    """Return `next` if it is a path of this site, else an empty text."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    fits = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if fits else ""


def after_sign_in(request: HttpRequest, account: Account | Any) -> str:
    """Return where to go: the page that was asked for, the own home, or the notice that is still unread."""
    if account.person_id is None and waiting_handover(account) is not None:
        return reverse("people:office_accept")
    home = "wagtailadmin_home" if account.person_id is None else settings.LOGIN_REDIRECT_URL
    goal = own_path(request) or resolve_url(home)
    if account.person_id and account.privacy_notice_version < current_number():
        return f"{reverse('people:privacy')}?{urlencode({'next': goal})}"
    return goal


def known_from_now_on(response: HttpResponseRedirect, account: Account) -> HttpResponseRedirect:
    """Return the response with the cookie by which the door knows this device again; it goes to the door alone."""
    response.set_cookie(
        COOKIE,
        device_cookie(account),
        max_age=LASTS_SECONDS,
        path=reverse("people:sign_in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
