"""Finds out who asks, and puts their scope in force for the whole request."""

from collections.abc import Callable
from functools import partial, reduce
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from fenjin.kit.access import View, rules_of
from fenjin.kit.scope import cut_scope, use_scope
from fenjin.spaces.access import membership_of, scope_of


class AccountMiddleware(AuthenticationMiddleware):
    """Django's own, except that the account which came with the session's row is taken as it is."""

    def process_request(self, request: HttpRequest) -> None:
        """Put `request.user` there, not yet looked for."""
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_account_of, request))  # type: ignore[assignment]


def _account_of(request: HttpRequest) -> Any:
    """Return who is signed in; Django decides wherever the plain case does not hold.

    The plain case: the row's account is the one that signed in, and its password is still that of then.
    """
    session: Any = request.session
    account_id, signed_in_with = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    account = session.account
    plain = account is not None and str(account.pk) == account_id
    if plain and constant_time_compare(signed_in_with, account.get_session_auth_hash()):
        return account
    return get_user(request)


class ScopeMiddleware:
    """Nobody signed in: nothing in scope. Phone pages: the employee's scope. Studio: that of staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with use_scope(scope_of(membership_of(request), request.path)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> None:
        """Cut the scope to those roles by which the rules of the view let in."""
        parts = [rule.part for rule in rules_of(view) or () if rule.part is not None]
        if parts:
            cut_scope(scope_of(reduce(lambda held, part: part(held), parts, membership_of(request)), request.path))
