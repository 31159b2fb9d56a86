"""LDAP (RFC 4511): a search for the one entry of a user, then a bind as that entry with the password typed.

Needs the extra `ldap` (ldap3, pure Python). The password goes to the directory over TLS only, and nowhere else.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

from fenjin.people.outside.common import SECONDS, OutsideFailed, Outsider, Setup, outsider

try:
    import ldap3
    from ldap3.core.exceptions import LDAPException
    from ldap3.utils.conv import escape_filter_chars
except ImportError:  # an extra: most companies have no need of it
    ldap3 = None

_INSTALL: Final = "The package ldap3 is missing. Install the extra: uv sync --extra ldap"


class WrongPassword(OutsideFailed):
    """The directory knows no such user with this password; it does not say which of the two."""


def sign_in(setup: Setup, *, user: str, password: str) -> Outsider:
    """Return whom the directory names; raises WrongPassword, OutsideFailed.

    An empty password would be an anonymous bind, which succeeds (RFC 4513, 5.1.2): it is refused here.
    """
    if not user.strip() or not password:
        raise WrongPassword("Empty name or password.")
    attribute, name = setup.option("user_attribute", "uid"), setup.option("name_attribute", "cn")
    identified = setup.option("id_attribute", attribute)
    with _bound(setup, setup.option("bind_dn"), setup.secret) as reader:
        found = _search(reader, setup, f"({attribute}={escape_filter_chars(user.strip()[:200])})", [identified, name])
    if len(found) != 1:
        raise WrongPassword(f"{len(found)} entries fit the name.")
    with _bound(setup, found[0]["dn"], password, wrong=WrongPassword):
        pass
    values = found[0]["attributes"]
    return outsider(_first(values.get(identified)), name=_first(values.get(name)))


def _bound(setup: Setup, dn: str, password: str, wrong: type[OutsideFailed] = OutsideFailed) -> Any:
    """Return a connection bound as `dn`; raises `wrong` when the directory says no, OutsideFailed when it is away."""
    if ldap3 is None:
        raise OutsideFailed(_INSTALL)
    server = _server(setup)
    try:
        connection = ldap3.Connection(server, dn or None, password or None, receive_timeout=SECONDS, read_only=True)
        connection.open()
        if not server.ssl and not _is_loopback(server.host):
            connection.start_tls()
        bound = connection.bind()
    except LDAPException as error:
        raise OutsideFailed(
            f"{server.host} cannot be reached: {type(error).__name__}. Look at address and certificate."
        ) from error
    if not bound:
        words = gettext("The directory refuses “%(reader)s”: %(why)s.")
        raise wrong(words % {"reader": dn, "why": connection.result["description"]})
    return connection


def _server(setup: Setup) -> Any:
    import ssl  # noqa: PLC0415 (only with the extra)

    parts = urlsplit(setup.option("server"))
    if parts.scheme not in ("ldap", "ldaps") or not parts.hostname:
        raise OutsideFailed(
            f"{setup.option('server') or 'An empty address'} is not of the form ldaps://ldap.example.com"
        )
    tls = ldap3.Tls(validate=ssl.CERT_REQUIRED)
    port = parts.port or (636 if parts.scheme == "ldaps" else 389)
    return ldap3.Server(
        parts.hostname,
        port=port,
        use_ssl=parts.scheme == "ldaps",
        tls=tls,
        get_info=ldap3.NONE,
        connect_timeout=SECONDS,
    )


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _search(reader: Any, setup: Setup, filter_: str, attributes: list[str]) -> list[dict[str, Any]]:
    try:
        reader.search(setup.option("base_dn"), filter_, attributes=sorted(set(attributes)), size_limit=2)
    except LDAPException as error:
        raise OutsideFailed(
            f"The search fails: {type(error).__name__}. Look at the base and the attributes."
        ) from error
    return [entry for entry in reader.response or [] if entry.get("type") == "searchResEntry"]


def _first(value: Any) -> str:
    return str((value[0] if value else "") if isinstance(value, list) else value or "")


def test(setup: Setup) -> list[str]:
    """Return what was found when trying the connection; raises OutsideFailed with the cure."""
    with _bound(setup, setup.option("bind_dn"), setup.secret) as reader:
        if not reader.search(
            setup.option("base_dn"), "(objectClass=*)", search_scope="BASE", attributes=["objectClass"]
        ):
            raise OutsideFailed(
                gettext("There is nothing at %(base)s. Correct the base.") % {"base": setup.option("base_dn")}
            )
    return [setup.option("server"), setup.option("base_dn")]
