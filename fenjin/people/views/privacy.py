"""The privacy notice: what is in force, what stood there before, what has changed, and its acceptance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.components import FlowBar
from fenjin.kit.errors import NotFound
from fenjin.people import services
from fenjin.people.models import PrivacyNotice
from fenjin.people.selectors import notices
from fenjin.people.views.ways import own_path


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force; who has not accepted this version can do it here."""
    account: Any = request.user if request.user.is_authenticated else None
    if request.method == "POST" and account:
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdigit() and len(sent) < 6 else 0
        services.accept_privacy_notice(account=account, version=version, language=_language(request))
        return HttpResponseRedirect(own_path(request) or reverse(settings.LOGIN_REDIRECT_URL))
    published = notices.published_notices()
    if not published:
        raise NotFound
    current, *older = published
    read = account.privacy_notice_version if account else 0
    context = {
        "pending": account is not None and account.person_id is not None and read < (current.number or 0),
        "before": next((notice for notice in older if notice.number == read), None),
        "older": older,
        "next": own_path(request),
        "back": reverse("shell:me" if account else "people:sign_in"),
    }
    return _draw(request, "people/privacy.html", current, context)


@needs(PUBLIC)
@require_GET
def privacy_version(request: HttpRequest, number: int) -> HttpResponse:
    """One published version, however old. Raises NotFound."""
    notice = notices.notice_numbered(number)
    context = {"in_force": notice.number == notices.current_number(), "back": reverse("people:privacy")}
    return _draw(request, "people/privacy_version.html", notice, context)


@needs(PUBLIC)
@require_GET
def privacy_changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed against the one before it, or against `since`. Raises NotFound."""
    notice = notices.notice_numbered(number)
    since = request.GET.get("since", "")
    older = notices.notice_numbered(int(since) if since.isdigit() and len(since) < 6 else number - 1)
    language = _language(request)
    context = {
        "older": older,
        "changes": notices.difference(older, notice, language),
        "back": reverse("people:privacy"),
    }
    return _draw(request, "people/privacy_changes.html", notice, context)


def _draw(request: HttpRequest, template: str, notice: PrivacyNotice, context: dict[str, Any]) -> HttpResponse:
    """Draw a page of the notice in the language that the reader chose on it, else in the reader's own."""
    language = _language(request)
    with translation.override(language):
        shown = {
            "notice": notice,
            "parts": notices.parts_of(notice, language),
            "what_is_new": notices.change_of(notice, language),
            "language": language,
            "flow": FlowBar(translation.gettext("Privacy notice"), context.get("back", ""), closes=False),
        }
        response = render(request, template, shown | context)
    response.headers["Content-Language"] = language
    return response


def _language(request: HttpRequest) -> str:
    asked = request.POST.get("lang") or request.GET.get("lang", "")
    offered = {code for code, _name in settings.LANGUAGES}
    return asked if asked in offered else translation.get_language() or "zh-hans"
