"""Puts the reader's own language and time zone in force, and the privacy notice before everything else."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from fenjin.kit.access import PUBLIC, View, rules_of
from fenjin.kit.errors import Refusal, SignInFirst, answering_refusals
from fenjin.people.selectors.notices import current_number
from fenjin.people.selectors.zones import zone_for_page


def preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Language: the account's choice, else the browser's. Zone: of the person, of the place, of the platform."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user
        chosen = account.language if account.is_authenticated else ""
        language = chosen or translation.get_language_from_request(request)
        person = account.person if account.is_authenticated else None
        zone = zone_for_page(person) if person else ZoneInfo(settings.TIME_ZONE)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class FirstPasswordGate:
    """Leads somebody whose password was made by another to a page for one of their own, before any other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @answering_refusals
    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> HttpResponseBase | None:
        account: Any = request.user
        if PUBLIC in (rules_of(view) or ()) or not account.is_authenticated or not account.must_change_password:
            return None
        door = reverse("people:first_password")
        if request.path == door or request.path.startswith(settings.STATIC_URL):
            return None
        if request.method not in ("GET", "HEAD"):
            raise SignInFirst
        return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")


class NoticeFirst(Refusal):
    """A newer privacy notice came out while a form was being filled in."""

    code = "notice_first"
    status = 403
    sentence = _(
        "There is a new privacy notice. Read it in another tab (Me › Privacy notice), come back here and send again:"
        " nothing is lost."
    )


class NoticeGate:
    """Leads employees to the privacy notice in force before any other page; no address goes around it.

    Public pages stay open, and so do those marked by access.before_notice: one's own data can be looked
    at, taken along and erased without agreeing to anything. The account is loaded anyway and the number
    in force is kept for seconds, so an ordinary page pays a comparison.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @answering_refusals
    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> HttpResponseBase | None:
        if PUBLIC in (rules_of(view) or ()) or getattr(view, "before_notice", False):
            return None
        account: Any = request.user
        if not account.is_authenticated or account.person_id is None:
            return None
        if account.privacy_notice_version >= current_number():
            return None
        if request.method not in ("GET", "HEAD"):
            raise NoticeFirst
        target = f"{reverse('people:privacy')}?{urlencode({'next': request.get_full_path()})}"
        return HttpResponseClientRedirect(target) if getattr(request, "htmx", False) else HttpResponseRedirect(target)
