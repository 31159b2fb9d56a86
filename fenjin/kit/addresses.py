"""Where a request comes from: the address that may be believed, and the network it belongs to."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """Return the address of the one who asks, as far as it can be believed.

    The web server saw the last hop. Only when that is one of TRUSTED_PROXIES is X-Forwarded-For read,
    from the right, up to the first hop that is not ours: what stands further left anybody can write.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    hops = [seen, *reversed(str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(","))]
    believed = seen
    for hop in hops:
        address = _parse(hop)
        if address is None:
            break
        believed = str(address)
        if not _is_ours(address):
            break
    return believed


def network_of(address: str) -> str:
    """Return what tries are counted under: an IPv4 address, or the /64 that one IPv6 customer has whole."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False))
    return address


def _is_ours(address: Address) -> bool:
    return any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def _parse(text: str) -> Address | None:
    text = text.strip().removeprefix("[")
    text = text.split("]")[0]
    if text.count(":") == 1:  # an IPv4 address with a port
        text = text.split(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_a_reader(request: HttpRequest) -> bool:
    """Tell a person who opens the page from a browser that only fetches it ahead, or looks if it is there."""
    purposes = [request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")]
    ahead = any(word in purpose.lower() for purpose in purposes for word in ("prefetch", "prerender", "preview"))
    return request.method == "GET" and not ahead
