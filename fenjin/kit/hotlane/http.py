"""What of HTTP a hot door needs: the request as far as the rules look at it, and an answer."""

from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import translation

MOST_BODY: Final = 16 * 1024

type Receive = Callable[[], Awaitable[Any]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


class HotRequest:
    """One request: method, path, headers in lower case, cookies; the body when a door asks for it."""

    __slots__ = ("_cookies", "body_read", "headers", "method", "path", "query", "scheme")

    def __init__(self, scope: Any) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope.get("query_string", b"")
        self.scheme: str = scope.get("scheme", "http")
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            headers[key] = f"{headers[key]}{'; ' if key == 'cookie' else ','}{text}" if key in headers else text
        self.headers = headers
        self._cookies: dict[str, str] | None = None
        self.body_read: list[dict[str, Any]] = []

    @property
    def cookies(self) -> dict[str, str]:
        """Return the cookies by name, as Django reads them."""
        if self._cookies is None:
            self._cookies = parse_cookie(self.headers.get("cookie", ""))
        return self._cookies

    @property
    def secure(self) -> bool:
        """Tell whether the person's side of the connection is encrypted."""
        name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        given = self.headers.get(name.removeprefix("HTTP_").replace("_", "-").lower()) if name else None
        return given == value if given is not None else self.scheme == "https"

    @property
    def origin(self) -> str:
        """Return the address of the platform as this request names it."""
        return f"{'https' if self.secure else 'http'}://{self.headers.get('host', '')}"

    @property
    def language(self) -> str:
        """Return the language that the browser asks for, as Django chooses it."""
        cookie = self.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        return _language(cookie, self.headers.get("accept-language", ""))

    @property
    def known_host(self) -> bool:
        """Tell whether the request names a host that the platform answers to."""
        return _known(self.headers.get("host", ""))

    @property
    def takes_gzip(self) -> bool:
        """Tell whether the answer may be packed."""
        return "gzip" in self.headers.get("accept-encoding", "")

    async def body(self, receive: Receive) -> bytes | None:
        """Return the body; None if it is longer than a small form or was cut off. What was read is kept for others."""
        if int(self.headers.get("content-length") or 0) > MOST_BODY:
            return None
        parts: list[bytes] = []
        while True:
            message = await receive()
            self.body_read.append(message)
            if message["type"] != "http.request":
                return None
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                return b"".join(parts)
            if sum(map(len, parts)) > MOST_BODY:
                return None

    def again(self, receive: Receive) -> Receive:
        """Return a `receive` that begins with what was already read."""
        kept = list(self.body_read)

        async def replay() -> Any:
            return kept.pop(0) if kept else await receive()

        return replay


class Answer:
    """Status, headers (names in lower case), body."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes = b"") -> None:
        self.status, self.headers, self.body = status, headers, body

    async def send(self, send: Send) -> None:
        """Send it."""
        headers = [*self.headers, (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


@lru_cache(maxsize=1_024)
def _language(cookie: str, accepted: str) -> str:
    cookies = {settings.LANGUAGE_COOKIE_NAME: cookie} if cookie else {}
    asked: Any = SimpleNamespace(path_info="/", COOKIES=cookies, META={"HTTP_ACCEPT_LANGUAGE": accepted})
    return translation.get_language_from_request(asked)


@lru_cache(maxsize=256)
def _known(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
