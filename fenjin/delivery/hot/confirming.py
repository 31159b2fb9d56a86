"""POST of a confirmation: bound to the version, kept once however often it is sent."""

import re
from typing import Final

from django.http import QueryDict

from fenjin.delivery.hot.drawing import redirect_headers
from fenjin.delivery.hot.ledger import Ledger
from fenjin.delivery.services.gathered import Confirming
from fenjin.kit.hotlane import Answer, HotRequest
from fenjin.kit.hotlane.http import Receive
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.kit.origin import is_ours, secret_of, token_matches

_VERSION: Final = re.compile(r"[1-9][0-9]{0,4}")
_FORM: Final = "application/x-www-form-urlencoded"


class Confirmations:
    """The door."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def answer(self, request: HotRequest, receive: Receive, number: int) -> Answer | None:
        """Return to the message, after the confirmation is committed; None wherever the case is not plain."""
        if not _from_our_page(request):
            return None
        body = await request.body(receive)
        form = QueryDict(body) if body is not None else None
        if form is None or not _is_plain(form, request):
            return None
        guest = await self._ledger.guest(request)
        if guest is None:
            return None
        shown = await self._ledger.shown_to(guest, number)
        version = int(form["version"])
        if shown is None or not shown.message.asks_confirmation or version != shown.version.number:
            return None
        key = f"{number}:{client_key(form['client_key'])}"[:64]
        if not await self._ledger.confirm(Confirming(shown.message, guest.person_id, version, key)):
            return None
        headers = redirect_headers(guest.language or request.language, secure=request.secure)
        target = f"{link('delivery:message', number)}?confirmed=1"
        return Answer(302, [*headers, (b"location", target.encode())])


def _from_our_page(request: HotRequest) -> bool:
    """Tell whether a browser says that our own page sent this; whoever says nothing is left to Django."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    kind = request.headers.get("content-type", "")
    is_form = kind.split(";")[0].strip().lower() == _FORM
    return is_form and site == "same-origin" and is_ours(request.headers.get("origin", ""), request.origin)


def _is_plain(form: QueryDict, request: HotRequest) -> bool:
    """Tell whether the form is as the page sends it: with its token, a version, and a usable key."""
    secret = secret_of(request.cookies)
    if secret is None or not token_matches(form.get("csrfmiddlewaretoken", ""), secret):
        return False
    key = form.get("client_key", "")
    return bool(_VERSION.fullmatch(form.get("version", ""))) and client_key(key) == key
