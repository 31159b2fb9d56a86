"""GET of a message: the open. Its page is drawn once for all who see the same, and filled for each."""

import time
from typing import Final

from django.conf import settings
from django.utils.html import escape
from django.utils.http import http_date

from fenjin.delivery.hot.drawing import Drawings
from fenjin.delivery.hot.ledger import Ledger
from fenjin.delivery.selectors.pointer import Shown
from fenjin.delivery.services.gathered import Opened
from fenjin.kit.hotlane import Answer, HotRequest
from fenjin.kit.hotlane.http import Receive
from fenjin.kit.ids import client_key
from fenjin.kit.origin import masked_token, new_secret, secret_of
from fenjin.spaces.selectors.guests import Guest

# Browsers that fetch ahead say so in one of these; they do not read (kit.addresses.is_a_reader).
_AHEAD: Final = ("sec-purpose", "purpose", "x-moz", "x-purpose")


class Openings:
    """The door."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._drawings = ledger, Drawings()

    async def answer(self, request: HotRequest, receive: Receive, number: int) -> Answer | None:
        """Return the page, after the receipt is committed; None wherever the case is not plain."""
        if request.query or any(name in request.headers for name in _AHEAD):
            return None
        guest = await self._ledger.guest(request)
        if guest is None:
            return None
        shown = await self._ledger.shown_to(guest, number)
        if shown is None:
            return None
        opened = await self._ledger.open(guest, shown)
        if opened is None or not _looks_new(opened, shown):
            return None
        drawn = await self._drawings.of(shown, guest, guest.language or request.language, secure=request.secure)
        if drawn.followed:
            await self._drawings.tell(shown, guest)
        values, cookies = _own(guest, request) if drawn.sheet.names else ({}, [])
        packed = request.takes_gzip
        headers = [*drawn.headers, *cookies, *([(b"content-encoding", b"gzip")] if packed else [])]
        return Answer(200, headers, drawn.sheet.packed(values) if packed else drawn.sheet.plain(values))

    def close(self) -> None:
        """End the thread that draws."""
        self._drawings.close()


def _looks_new(opened: Opened, shown: Shown) -> bool:
    """Tell whether the page has nothing of the reader's past: not confirmed, now or before; no older version seen."""
    newest = opened.opened_version in (None, shown.version.number)
    return opened.confirmed_version is None and not opened.taken_back and newest


def _own(guest: Guest, request: HotRequest) -> tuple[dict[str, bytes], list[tuple[bytes, bytes]]]:
    """Return the personal parts of the page, and the cookie that belongs to the form's token."""
    secret = secret_of(request.cookies) or new_secret()
    values = {
        "token": masked_token(secret).encode(),
        "key": client_key(None).encode(),
        "watermark": escape(f"{guest.name} {guest.staff_number[-4:]}").encode(),
    }
    return values, [(b"set-cookie", _cookie(secret).encode())]


def _cookie(secret: str) -> str:
    age = settings.CSRF_COOKIE_AGE
    parts = [
        f"{settings.CSRF_COOKIE_NAME}={secret}",
        f"expires={http_date(time.time() + age)}",
        f"Max-Age={age}",
        f"Path={settings.CSRF_COOKIE_PATH}",
        f"SameSite={settings.CSRF_COOKIE_SAMESITE}",
    ]
    return "; ".join([*parts, "Secure"] if settings.CSRF_COOKIE_SECURE else parts)
