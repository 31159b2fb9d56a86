"""What the protocols share: who came, what can go wrong, and careful fetching."""

from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal

SECONDS: Final = 10
LARGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody whom another system has signed in. `user_id` is case-folded: systems disagree about capitals.

    `once`: the name of what may be used once to come in, and for how long that must be remembered.
    """

    user_id: str
    corp: str = ""
    name: str = ""
    once: tuple[str, timedelta] | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """How to reach one installation: `options` as the administrator gave them, and the secret in plain."""

    key: str
    options: dict[str, Any] = field(default_factory=dict)
    secret: str = field(default="", repr=False)
    cache_key: str = ""

    def option(self, name: str, default: str = "") -> str:
        """Return an option, or its default when it is empty."""
        return str(self.options.get(name) or default)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and what it must bring back; `kept` travels in a sealed cookie of this browser."""

    address: str
    kept: dict[str, str]


class OutsideFailed(Refusal):
    """The other system could not be reached, or its answer proves nothing. `cure` is for the administrator only."""

    code = "outside_failed"
    status = 422
    sentence = _("The sign-in over there did not work. Try again; if it fails again, sign in with your staff number.")

    def __init__(self, cure: str) -> None:
        super().__init__()
        self.cure = cure


def outsider(user_id: Any, *, corp: Any = "", name: Any = "", once: tuple[str, timedelta] | None = None) -> Outsider:
    """Return who came; raises OutsideFailed when the other system named nobody."""
    known = str(user_id or "").strip().casefold()
    if not known or len(known) > 255 or not known.isprintable():
        raise OutsideFailed(gettext("The answer names no user: look at the attribute that holds the user id."))
    return Outsider(known, str(corp or "").strip().casefold()[:200], str(name or "").strip()[:80], once)


def require_safe(address: str) -> str:
    """Return an address that may be called: https, or this machine itself; raises OutsideFailed."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return address
    if parts.scheme == "http" and (host == "localhost" or host.endswith(".localhost") or _is_loopback(host)):
        return address
    raise OutsideFailed(gettext("“%(address)s” is not an https address.") % {"address": address})


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def fetch(address: str, *, data: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    """GET, or POST with `data`: ten seconds, one megabyte, no redirects, no proxies. Raises OutsideFailed."""
    require_safe(address)
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            method = "GET" if data is None else "POST"
            with client.stream(method, address, data=data, **more) as answer:
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > LARGEST:
                        raise OutsideFailed(
                            gettext("%(address)s answers with more than a megabyte.") % {"address": address}
                        )
                return httpx.Response(answer.status_code, headers=_plain(answer), content=body)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        words = gettext("%(address)s cannot be reached (%(error)s). Look at address, network and certificate.")
        raise OutsideFailed(words % {"address": address, "error": type(error).__name__}) from error


def _plain(answer: httpx.Response) -> dict[str, str]:
    kind = answer.headers.get("content-type", "")
    return {"content-type": kind} if kind else {}


def fetch_json(address: str, **more: Any) -> dict[str, Any]:
    """Return the JSON object at an address; raises OutsideFailed."""
    answer = fetch(address, **more)
    try:
        found = answer.json()
    except ValueError:
        found = None
    if answer.status_code != 200 or not isinstance(found, dict):
        what = found.get("error", "") if isinstance(found, dict) else ""
        words = gettext("%(address)s answers %(status)s %(what)s, not what was asked for.")
        raise OutsideFailed(words % {"address": address, "status": answer.status_code, "what": what})
    return found
