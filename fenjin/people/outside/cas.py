"""CAS protocol 3.0: a ticket from the browser, asked back at the server, which answers in XML."""

import hmac
import secrets
from typing import Final
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext

from fenjin.people.outside.common import Departure, OutsideFailed, Outsider, Setup, fetch, outsider, require_safe

NAMESPACE: Final = "http://www.yale.edu/tp/cas"
_CAS: Final = f"{{{NAMESPACE}}}"


class TicketRefused(OutsideFailed):
    """The server says no, in the right form."""


def depart(setup: Setup, *, back: str, again: bool = False) -> Departure:
    """Return where the browser goes; CAS keeps no state for us, so it travels in the address of the service."""
    state = secrets.token_urlsafe(32)
    question = {"service": _service(back, state)} | ({"renew": "true"} if again else {})
    return Departure(f"{_server(setup)}/login?{urlencode(question)}", {"state": state})


def arrive(setup: Setup, *, back: str, answer: dict[str, str], kept: dict[str, str]) -> Outsider:
    """Return whom the server names for the ticket; raises OutsideFailed."""
    if not kept.get("state") or not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
        raise OutsideFailed("The answer does not belong to this browser.")
    if not answer.get("ticket"):
        raise OutsideFailed("The server sent no ticket.")
    question = {"service": _service(back, kept["state"]), "ticket": answer["ticket"]}
    reply = fetch(f"{_server(setup)}/p3/serviceValidate?{urlencode(question)}")
    return read(setup, reply.content)


def read(setup: Setup, xml: bytes) -> Outsider:
    """Return whom a validation response names; raises OutsideFailed for a refusal or for what is no such response."""
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise OutsideFailed(
            gettext("The server does not answer in the form of CAS 3.0. Look at its address.")
        ) from error
    success, failure = root.find(f"{_CAS}authenticationSuccess"), root.find(f"{_CAS}authenticationFailure")
    if root.tag != f"{_CAS}serviceResponse" or (success is None) == (failure is None):
        raise OutsideFailed(gettext("The server does not answer in the form of CAS 3.0. Look at its address."))
    if success is None:
        raise TicketRefused("The server refuses the ticket.")
    wanted = setup.option("user_attribute")
    user = _attribute(success, wanted) if wanted else (success.findtext(f"{_CAS}user") or "")
    return outsider(user, name=_attribute(success, setup.option("name_attribute", "displayName")))


def _attribute(success: Element, name: str) -> str:
    return success.findtext(f"{_CAS}attributes/{_CAS}{name}") or ""


def _server(setup: Setup) -> str:
    return require_safe(setup.option("server").rstrip("/"))


def _service(back: str, state: str) -> str:
    return f"{back}?{urlencode({'state': state})}"


def leave(setup: Setup, *, back: str) -> str:
    """Return where one also signs out over there."""
    return f"{_server(setup)}/logout?{urlencode({'service': back})}"


def test(setup: Setup) -> list[str]:
    """Return what was found when trying the connection; raises OutsideFailed with the cure."""
    address = f"{_server(setup)}/p3/serviceValidate"
    reply = fetch(f"{address}?{urlencode({'service': 'https://fenjin.invalid/', 'ticket': 'ST-0-trial'})}")
    try:
        read(setup, reply.content)
    except TicketRefused:
        return [address]
    raise OutsideFailed("The server believes a ticket that nobody made. Is this a server for trials?")
