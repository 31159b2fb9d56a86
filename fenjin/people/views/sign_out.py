"""The way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from fenjin.kit.access import PUBLIC, needs
from fenjin.people import services


@needs(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    outside = request.session.get("outside", "")
    services.sign_out(request=request)
    response = redirect(f"{reverse('people:sign_in')}?{urlencode({'left': outside})}" if outside else "people:sign_in")
    # Pages that a browser keeps for "back" go with the session.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
