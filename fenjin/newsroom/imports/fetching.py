"""Pictures of a copied page, fetched from the few hosts that the operator allows, and from nowhere else."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from fenjin.kit import clock

LARGEST: Final = 25 * 1024 * 1024
SECONDS_EACH: Final = 8.0
SECONDS_TOGETHER: Final = 40
Fetch = Callable[[str], bytes]


def fetcher(transport: httpx.BaseTransport | None = None) -> Fetch:
    """Return a function that fetches one picture, or nothing at all for whatever goes wrong.

    Only https, only the hosts of IMPORT_PICTURE_HOSTS, no redirects, and all together at most forty seconds.
    """
    started = clock.now()
    gave_up = False

    def fetch(address: str) -> bytes:
        nonlocal gave_up
        if not may_fetch(address) or gave_up or (clock.now() - started).total_seconds() > SECONDS_TOGETHER:
            return b""
        try:
            with httpx.Client(transport=transport, timeout=SECONDS_EACH, trust_env=False) as client:
                return _read(client, address)
        except httpx.TransportError:
            gave_up = True  # a server without a way out: the other pictures would wait as long
        except httpx.HTTPError:
            pass
        return b""

    return fetch


def may_fetch(address: str) -> bool:
    """Tell whether a picture may be fetched from an address."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.port in (None, 443)
    except ValueError:  # a port or a host that cannot be
        return False
    return plain and parts.hostname in settings.IMPORT_PICTURE_HOSTS


def _read(client: httpx.Client, address: str) -> bytes:
    content = bytearray()
    with client.stream("GET", address) as answer:
        if answer.status_code != 200:
            return b""
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > LARGEST:
                return b""
    return bytes(content)
