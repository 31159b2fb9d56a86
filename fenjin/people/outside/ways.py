"""The protocols by their name."""

from types import ModuleType

from fenjin.people.outside import cas, ldap, oidc, saml

_WAYS: dict[str, ModuleType] = {"oidc": oidc, "saml": saml, "cas": cas, "ldap": ldap}


def way_of(kind: str) -> ModuleType:
    """Return the module of a protocol; raises KeyError."""
    return _WAYS[kind]


def kinds() -> tuple[str, ...]:
    """Return the protocols that can be added."""
    return tuple(_WAYS)
