"""SAML 2.0, web browser profile (saml-profiles-2.0-os, 4.1): a request by redirect, the answer in a posted form.

The request's id belongs to one browser: it travels in its sealed cookie, and the answer must name it, signed. What
nobody asked for is refused. RelayState is neither sent nor read: where to go afterwards stands in the cookie too.
"""

import base64
import binascii
import hmac
import secrets
import zlib
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urljoin

from cryptography import x509
from django.utils.translation import gettext

from fenjin.kit import clock
from fenjin.people.outside import saml_setup
from fenjin.people.outside.common import Departure, OutsideFailed, Outsider, Setup, outsider
from fenjin.people.outside.saml_xml import ASSERTION, PROTOCOL, Answer, signed, text_of

SKEW: Final = timedelta(minutes=2)  # between two machines' clocks
LONGEST: Final = 256 * 1024  # characters of a posted answer; most have ten thousand
_BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_CONDITIONS: Final = {f"{ASSERTION}{name}" for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}


def entity_id(back: str) -> str:
    """Return what we are called over there: the address of our own metadata."""
    return urljoin(back, "../metadata/")


def depart(setup: Setup, *, back: str, again: bool = False) -> Departure:
    """Return where the browser goes (HTTP-Redirect binding, deflated); `again` asks for the password once more."""
    from lxml import etree  # noqa: PLC0415 - see saml_xml

    name, address = f"_{secrets.token_hex(20)}", saml_setup.check_address(setup.option("sso_url"))
    request = etree.Element(
        f"{PROTOCOL}AuthnRequest",
        nsmap={"samlp": PROTOCOL[1:-1], "saml": ASSERTION[1:-1]},
        ID=name,
        Version="2.0",
        IssueInstant=f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        Destination=address,
        AssertionConsumerServiceURL=back,
        ProtocolBinding=saml_setup.POST,
        **({"ForceAuthn": "true"} if again else {}),
    )
    etree.SubElement(request, f"{ASSERTION}Issuer").text = entity_id(back)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(etree.tostring(request)) + packer.flush()
    question = urlencode({"SAMLRequest": base64.b64encode(packed).decode()})
    return Departure(f"{address}{'&' if '?' in address else '?'}{question}", {"state": name})


def require_signed(setup: Setup, response: str) -> Answer:
    """Return what a posted form holds, if the other system signed it; raises OutsideFailed. Asks nothing else of it."""
    if not response or len(response) > LONGEST:
        raise OutsideFailed("The form holds no answer, or an endless one.")
    try:
        xml = base64.b64decode("".join(response.split()), validate=True)
    except (ValueError, binascii.Error) as error:
        raise OutsideFailed("The answer is not base64.") from error
    return signed(xml, _certificates(setup))


def _certificates(setup: Setup) -> list[x509.Certificate]:
    return saml_setup.read_certificates(setup.option("certificates"))


def arrive(setup: Setup, *, back: str, answer: dict[str, str], kept: dict[str, str]) -> Outsider:
    """Return whom the assertion names, and what of it may be used once; raises OutsideFailed."""
    if not kept.get("state"):
        raise OutsideFailed("This browser has begun no sign-in, or too long ago.")
    found = require_signed(setup, answer.get("SAMLResponse", ""))
    _require_ours(setup, found, back)
    _require_asked(found, kept["state"])
    until = min(_require_bearer(found.assertion, back, kept["state"]), _require_conditions(found.assertion, back))
    _require_session(found.assertion)
    once = (f"{setup.key} {found.assertion.get('ID')}", until + 2 * SKEW - clock.now())
    return outsider(_user(setup, found.assertion), name=_named(setup, found.assertion), once=once)


def _require_ours(setup: Setup, found: Answer, back: str) -> None:
    """The issuer is the one that was set up; a destination, where there is one, is ours to the letter."""
    issuers = [found.around.find(f"{ASSERTION}Issuer"), found.assertion.find(f"{ASSERTION}Issuer")]
    said = [text_of(issuer) for issuer in issuers if issuer is not None]
    if issuers[1] is None or any(one != setup.option("entity_id") for one in said):
        words = gettext("The other system calls itself %(said)s, not %(entity)s. Correct the entity ID.")
        raise OutsideFailed(words % {"said": said[-1][:200] if said else "?", "entity": setup.option("entity_id")})
    if found.around.get("Destination", back) != back:
        words = gettext("The answer was meant for %(said)s, not %(ours)s. Correct our address over there.")
        raise OutsideFailed(words % {"said": found.around.get("Destination")[:200], "ours": back})


def _require_asked(found: Answer, state: str) -> None:
    """The response around must not name another request; that the assertion names ours is asked of its bearer."""
    if not hmac.compare_digest(found.around.get("InResponseTo", state).encode(), state.encode()):
        raise OutsideFailed("The answer does not belong to this browser.")


def _require_bearer(assertion: Any, back: str, state: str) -> datetime:
    """Return until when one of the confirmations holds: for us, this request, now (profiles 4.1.4.2)."""
    path = f"{ASSERTION}Subject/{ASSERTION}SubjectConfirmation"
    why = gettext("The assertion says to nobody that it may be brought by a browser.")
    for confirmation in assertion.findall(path):
        about = confirmation.find(f"{ASSERTION}SubjectConfirmationData")
        if confirmation.get("Method") != _BEARER or about is None:
            continue
        until = _moment(about.get("NotOnOrAfter"))
        if about.get("Recipient") != back:
            words = gettext("The answer was meant for %(said)s, not %(ours)s. Correct our address over there.")
            why = words % {"said": about.get("Recipient", "?")[:200], "ours": back}
        elif not hmac.compare_digest(about.get("InResponseTo", "").encode(), state.encode()):
            why = "The answer does not belong to this browser, or nobody asked for it."
        elif until is None or clock.now() >= until + SKEW or "NotBefore" in about.attrib:
            why = _clocks()
        else:
            return until
    raise OutsideFailed(why)


def _require_conditions(assertion: Any, back: str) -> datetime:
    """Return until when the assertion holds; it must name us as its audience (core 2.5.1)."""
    found = assertion.findall(f"{ASSERTION}Conditions")
    if len(found) != 1 or any(condition.tag not in _CONDITIONS for condition in found[0]):
        raise OutsideFailed("The assertion has no conditions, or some that we do not know.")
    since, until = _moment(found[0].get("NotBefore")), _moment(found[0].get("NotOnOrAfter"))
    now = clock.now()
    if until is None or now >= until + SKEW or (since is not None and now < since - SKEW):
        raise OutsideFailed(_clocks())
    ours = entity_id(back)
    restrictions = found[0].findall(f"{ASSERTION}AudienceRestriction")
    named = [[text_of(one) for one in each.findall(f"{ASSERTION}Audience")] for each in restrictions]
    if not named or any(ours not in audiences for audiences in named):
        words = gettext("The answer was meant for %(said)s, not %(ours)s. Correct our address over there.")
        raise OutsideFailed(
            words % {"said": ", ".join(one for each in named for one in each)[:200] or "?", "ours": ours}
        )
    return until


def _require_session(assertion: Any) -> None:
    """Somebody has really signed in over there, and has not been signed out since."""
    statements = assertion.findall(f"{ASSERTION}AuthnStatement")
    if not statements:
        raise OutsideFailed("The assertion does not say that anybody signed in.")
    for end in (one.get("SessionNotOnOrAfter") for one in statements):
        until = _moment(end)
        if end is not None and (until is None or clock.now() >= until + SKEW):
            raise OutsideFailed(_clocks())


def _clocks() -> str:
    return gettext("The assertion is too old, or not valid yet. Let both machines ask a time server.")


def _moment(text: str | None) -> datetime | None:
    """Return an instant with its zone, or None."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


# ---- whom it names ---------------------------------------------------------------------------------------


def _user(setup: Setup, assertion: Any) -> str:
    wanted = setup.option("user_attribute")
    if wanted:
        values = _values(assertion, wanted)
        return values[0] if len(values) == 1 else ""
    names = assertion.findall(f"{ASSERTION}Subject/{ASSERTION}NameID")
    if len(names) != 1:
        return ""
    if names[0].get("Format") == _TRANSIENT:
        words = gettext(
            "The name in the answer is another one each time (transient). Say which attribute holds the id."
        )
        raise OutsideFailed(words)
    return text_of(names[0])


def _named(setup: Setup, assertion: Any) -> str:
    values = _values(assertion, setup.option("name_attribute", "displayName"))
    return values[0] if values else ""


def _values(assertion: Any, name: str) -> list[str]:
    """Return the values of an attribute, found by its name or its friendly name."""
    attributes = assertion.findall(f"{ASSERTION}AttributeStatement/{ASSERTION}Attribute")
    fitting = [one for one in attributes if one.get("Name") == name]
    fitting = fitting or [one for one in attributes if one.get("FriendlyName") == name]
    return [text_of(value) for one in fitting for value in one.findall(f"{ASSERTION}AttributeValue")]


def leave(setup: Setup, *, back: str) -> str:
    """Return nothing: signing out over there (single logout) is not offered."""
    return ""


def test(setup: Setup) -> list[str]:
    """Return what is set up, a line each; raises OutsideFailed with the cure. Calls nobody."""
    certificates = _certificates(setup)
    latest = max(certificate.not_valid_after_utc for certificate in certificates)
    if latest < clock.now():
        words = gettext("The certificate ran out on %(day)s. Ask for the new one and paste it.")
        raise OutsideFailed(words % {"day": f"{latest:%Y-%m-%d}"})
    return [
        saml_setup.check_entity(setup.option("entity_id")),
        saml_setup.check_address(setup.option("sso_url")),
        *(f"{one.subject.rfc4514_string()[:120]} → {one.not_valid_after_utc:%Y-%m-%d}" for one in certificates),
    ]
