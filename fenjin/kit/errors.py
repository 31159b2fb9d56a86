"""One family of refusals: a code for machines, a sentence for people, a status for HTTP.

Services raise; nothing between a service and this file catches. RefusalMiddleware turns a refusal
into a page, an htmx fragment or JSON, in the reader's language.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that was asked for cannot be done, and the person can read why.

    `sentence` says what happened and, where there is one, the cure; it is shown as it stands.
    """

    code = "refused"
    status = 409
    sentence: Any = _("This cannot be done now.")

    def __init__(self, sentence: Any = None) -> None:
        self.sentence = sentence or self.sentence
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Refusal):
    """Absent, or not for this person: the two look the same."""

    code = "not_found"
    status = 404
    sentence = _("There is nothing here for you. It may have been withdrawn, or the address is wrong.")


class SignInFirst(Refusal):
    """The session ended while a form was being filled in."""

    code = "sign_in_first"
    status = 403
    sentence = _("You have been signed out. Sign in in another tab, come back here and send again: nothing is lost.")


class BadRequest(Refusal):
    """The request is not of the form that the page sends."""

    code = "bad_request"
    status = 400
    sentence = _("The page sent something we do not understand. Load it again and repeat.")


class OnlyByPress(Refusal):
    """An address to which only forms are sent was opened, or the other way round."""

    code = "only_by_press"
    status = 405
    sentence = _("A button on a page leads here. Go back, load the page again and press the button there.")


class TooMany(Refusal):
    """Tried too often."""

    code = "too_many"
    status = 429
    sentence = _("That was tried too often. Wait a few minutes and try again.")


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the response for a refusal, in the form that the request asks for."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if wants_json:
        body = {"error": {"code": refusal.code, "message": str(refusal.sentence)}}
        return JsonResponse(body, status=refusal.status)
    context = {"refusal": refusal}
    if getattr(request, "htmx", False):
        return render(request, "errors/fragment.html", context, status=refusal.status)
    return render(request, "errors/page.html", context, status=refusal.status)


ProcessView = Callable[..., HttpResponseBase | None]


def answering_refusals(process_view: ProcessView) -> ProcessView:
    """Let the `process_view` of a middleware raise refusals: Django would answer them with 500."""

    @wraps(process_view)
    def answered(self: Any, request: HttpRequest, *arguments: Any) -> HttpResponseBase | None:
        try:
            return process_view(self, request, *arguments)
        except Refusal as refusal:
            return answer_refusal(request, refusal)

    return answered


class RefusalMiddleware:
    """Answers every Refusal (and Django's own Http404) in one shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except Refusal as refusal:
            return answer_refusal(request, refusal)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return answer_refusal(request, error)
        if isinstance(error, Http404):
            return answer_refusal(request, NotFound())
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST whose anti-forgery token is missing or old."""
    return answer_refusal(request, SignInFirst())


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return answer_refusal(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that Django itself found malformed."""
    return answer_refusal(request, BadRequest())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when our own code failed: a page without any query, since the database may be away."""
    return render(None, "errors/500.html", status=500)
