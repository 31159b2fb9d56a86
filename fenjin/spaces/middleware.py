"""Puts the scope of the one who asks in force for the whole request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fenjin.kit.scope import use_scope
from fenjin.spaces.access import membership_of, scope_of


class ScopeMiddleware:
    """Nobody signed in: nothing in scope. Phone pages: the employee's scope. Studio: that of staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with use_scope(scope_of(membership_of(request), request.path)):
            return self.get_response(request)
