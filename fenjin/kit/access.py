"""Closed by default: every view names who may see it, and a view that names nobody is not served.

    @needs(SIGNED_IN)
    def home(request): ...

A rule looks at the request and gives a verdict. Objects are a second step: selectors fetch them for
a person and raise NotFound, so that absent and forbidden look the same.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from fenjin.kit.errors import NotFound, OnlyByPress, SignInFirst, answer_refusal, answering_refusals

View = Callable[..., HttpResponseBase]


class Verdict(enum.Enum):
    """What a rule says of a request."""

    ALLOW = "allow"
    SIGN_IN = "sign in"
    CONFIRM_IDENTITY = "confirm identity"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named condition on the one who asks; `judge` must not change anything.

    `part`: of what somebody holds, that by which the rule lets in; the scope of the request is cut to it.
    """

    name: str
    judge: Callable[[HttpRequest], Verdict]
    part: Callable[[Any], Any] | None = None


def _signed_in(request: HttpRequest) -> Verdict:
    return Verdict.ALLOW if request.user.is_authenticated else Verdict.SIGN_IN


PUBLIC = Rule("public", lambda request: Verdict.ALLOW)
SIGNED_IN = Rule("signed in", _signed_in)


def needs(*rules: Rule) -> Callable[[View], View]:
    """Name the rules of a view; all must allow. A view without is answered with 404."""

    def label(view: View) -> View:
        view.needs = rules  # type: ignore[attr-defined]
        return view

    return label


# Views of libraries carry no rule of ours; the part of the site they live in is guarded as a whole.
_guarded_prefixes: dict[str, str] = {}


def guard_prefix(prefix: str, guard: str) -> None:
    """Say that every URL below `prefix` is guarded by the middleware named in `guard`."""
    _guarded_prefixes[prefix] = guard


def guarded_prefixes() -> dict[str, str]:
    """Return the parts of the site with their own guard: prefix → dotted name of the guard."""
    return dict(_guarded_prefixes)


def rules_of(view: Any) -> tuple[Rule, ...] | None:
    """Return the rules that a view names, or None if it names none."""
    return getattr(view, "needs", None)


class AccessMiddleware:
    """Asks the rules of the view that is about to run; says in words what a view refuses for its method alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            allowed, response = response.headers["Allow"], answer_refusal(request, OnlyByPress())
            response.headers["Allow"] = allowed
        return response

    @answering_refusals
    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> HttpResponseBase | None:
        rules = rules_of(view)
        if rules is None:
            if request.path.startswith(tuple(_guarded_prefixes)):
                return None
            raise NotFound
        for rule in rules:
            answer = refuse(request, rule.judge(request))
            if answer is not None:
                return answer
        return None


Keeper = Callable[[HttpRequest], HttpResponse | None]
_keepers: list[Keeper] = []


def register_keeper(keep: Keeper) -> None:
    """Have `keep(request)` asked when a form comes to a page that wants a factor first: it may keep what was typed."""
    _keepers.append(keep)


def refuse(request: HttpRequest, verdict: Verdict) -> HttpResponseBase | None:
    """Turn a verdict into None (go on), a redirect, or an error.

    Raises NotFound, and SignInFirst where a redirect would lose what the person sent.
    """
    if verdict is Verdict.ALLOW:
        return None
    if verdict is Verdict.NOT_FOUND:
        raise NotFound
    if request.method not in ("GET", "HEAD"):
        kept = (keep(request) for keep in _keepers if verdict is Verdict.CONFIRM_IDENTITY)
        answer = next((response for response in kept if response is not None), None)
        if answer is None:
            raise SignInFirst
        return answer
    door = "people:confirm_identity" if verdict is Verdict.CONFIRM_IDENTITY else settings.LOGIN_URL
    return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': request.get_full_path()})}")
