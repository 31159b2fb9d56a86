"""The message page as its twin draws it, for nobody in particular, with marks where personal parts stand.

It is drawn by the twin's own template and context, for a reader who does not exist: nothing personal can
be on it. A thread draws, since it may ask the database.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.security import SecurityMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from fenjin.delivery import register, views
from fenjin.delivery.selectors.pointer import Shown
from fenjin.kit import clock
from fenjin.kit.hotlane import Sheet
from fenjin.kit.links import link
from fenjin.kit.scope import use_scope
from fenjin.spaces.access import Membership, membership_of, scope_of
from fenjin.spaces.selectors.guests import Guest
from fenjin.spaces.selectors.looks import look_of

SECONDS: Final = 5.0  # how long a page is believed: as long as the look of a space
MOST: Final = 2_000  # pages; of some 15 KiB each, plain and packed
_NOBODY: Final = -1
_FOUR: Final = "####"

type Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, its headers, and what it was drawn from; `followed`: a feature is told of each open."""

    sheet: Sheet
    headers: Headers
    signs: object
    followed: bool = False


@dataclass(frozen=True, slots=True)
class _Edition:
    """Who sees the same page of a version."""

    version_id: int
    sha256: str  # of its words: after a restore another version may have the same number
    language: str
    theme: str
    scale: int
    zone: str
    space_id: int | None
    secure: bool


class Drawings:
    """The pages that one process keeps."""

    def __init__(self) -> None:
        self._kept: dict[_Edition, tuple[float, Drawn]] = {}
        self._under_way: dict[_Edition, asyncio.Future[Drawn]] = {}
        self._thread = ThreadPoolExecutor(1, "hot-pages")

    async def of(self, shown: Shown, guest: Guest, language: str, *, secure: bool) -> Drawn:
        """Return the page of a message for readers like this one, looked at again after SECONDS."""
        version = shown.version
        edition = _Edition(
            version.pk, version.sha256, language, guest.theme, guest.scale, guest.zone, guest.space_id, secure
        )
        at, drawn = self._kept.get(edition, (0.0, None))
        if drawn is not None and time.monotonic() - at < SECONDS:
            return drawn
        work = self._under_way.get(edition)
        if work is None:
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(self._thread, _draw_or_keep, drawn, shown, edition)
            self._under_way[edition] = work
            work.add_done_callback(lambda done: self._keep(edition, done))
        return await asyncio.shield(work)

    async def tell(self, shown: Shown, guest: Guest) -> None:
        """Tell the feature whose content it is that a recipient reads it, as the twin does; it has noted it then."""
        asked = shown.message.kind, shown.message.content_id, guest.person_id
        await asyncio.get_running_loop().run_in_executor(self._thread, _tell, *asked)

    def _keep(self, edition: _Edition, done: asyncio.Future[Drawn]) -> None:
        del self._under_way[edition]
        if done.cancelled() or done.exception() is not None:
            return
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[edition] = (time.monotonic(), done.result())

    def close(self) -> None:
        """End the thread and its connection."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown()


def _draw_or_keep(drawn: Drawn | None, shown: Shown, edition: _Edition) -> Drawn:
    """Return the same page while nothing has changed that it shows, else a new one."""
    close_old_connections()
    with timezone.override(ZoneInfo(edition.zone)):
        signs = _signs(shown, edition)
        if drawn is None or drawn.signs != signs:
            with translation.override(edition.language):
                drawn = _draw(shown, edition, signs)
    return replace(drawn, followed=register.follower(shown.message.kind, shown.message.content_id) is not None)


def _tell(kind: str, content_id: int, person_id: int) -> None:
    close_old_connections()
    follower = register.follower(kind, content_id)
    if follower is not None:
        follower(person_id, content_id)


def _signs(shown: Shown, edition: _Edition) -> object:
    """Return what a page depends on, beside its edition: looks, deadline, the day."""
    message = shown.message
    overdue = message.due_at is not None and message.due_at < clock.now()
    day = timezone.localtime(clock.now()).date()
    looks = look_of(edition.space_id), look_of(message.space_id)
    return looks, message.due_at, message.confirm_from, overdue, day, message.ended_at


def _draw(shown: Shown, edition: _Edition, signs: object) -> Drawn:
    token, key, name = (f"hot{secrets.token_hex(16)}" for _mark in range(3))
    request = _request(edition, link("delivery:message", shown.message.pk), name)
    with use_scope(scope_of(membership_of(request), request.path)):
        context = views.page_of(request, shown.for_new_readers, _NOBODY)
        for form in ("bar", "call"):
            if context[form] is not None:
                context[form] = replace(context[form], client_key=key)
        response = _guarded(lambda asked: render(asked, views.PAGE, {**context, "csrf_token": token}))(request)
    response.headers["Cache-Control"] = views.NOT_KEPT
    page = response.content
    marks = {"token": token, "key": key, "watermark": f"{name} {_FOUR}"}
    found = {part: mark.encode() for part, mark in marks.items() if mark.encode() in page}
    return Drawn(Sheet(page, found), _headers(response, edition.language), signs)


def _request(edition: _Edition, path: str, name: str) -> HttpRequest:
    """Return a request of somebody who reads in this edition, and of whom nothing else is known."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "https" if edition.secure else "http",
    }
    request: Any = WSGIRequest(environ)
    spaces = frozenset() if edition.space_id is None else frozenset({edition.space_id})
    request.session = {}
    request.user = SimpleNamespace(
        is_authenticated=True,
        membership=Membership(account_id=0, person_id=_NOBODY, spaces=spaces),
        person=SimpleNamespace(name=name, staff_number=_FOUR),
        language=edition.language,
        theme=edition.theme,
        scale=edition.scale,
    )
    return request  # type: ignore[no-any-return]


def _guarded(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the browser's walls around an answer, as Django's middleware does."""
    answer: Any = view
    for middleware in (XFrameOptionsMiddleware, ContentSecurityPolicyMiddleware, SecurityMiddleware):
        answer = middleware(answer)
    return answer  # type: ignore[no-any-return]


def _headers(response: HttpResponseBase, language: str, vary: str = "Cookie, Accept-Encoding") -> Headers:
    headers = {**response.headers, "Content-Language": language, "Vary": vary}
    headers.pop("Location", None)
    return tuple((name.lower().encode(), str(value).encode()) for name, value in headers.items())


@lru_cache(maxsize=16)
def _redirect(language: str, secure: bool) -> Headers:
    edition = _Edition(0, "", language, "", 1, "UTC", None, secure)
    response = _guarded(lambda request: redirect("/"))(_request(edition, "/", ""))
    return _headers(response, language)


def redirect_headers(language: str, *, secure: bool) -> Headers:
    """Return the headers of a redirect, but for its target."""
    return _redirect(language, secure)
