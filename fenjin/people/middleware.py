"""Puts the reader's own language and time zone in force."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


def preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Language: the account's choice, else the browser's. Zone: of the person, else the platform's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user
        chosen = account.language if account.is_authenticated else ""
        language = chosen or translation.get_language_from_request(request)
        person = account.person if account.is_authenticated else None
        zone = ZoneInfo(person.zone if person and person.zone else settings.TIME_ZONE)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware
