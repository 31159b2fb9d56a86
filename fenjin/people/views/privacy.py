"""The privacy notice, and its acceptance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import PUBLIC, needs
from fenjin.people import services
from fenjin.people.services.claim import PRIVACY_NOTICE_VERSION
from fenjin.people.views.ways import own_path


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
