"""Reads about sign-in services of other systems."""

from django.db.models import Count

from fenjin.kit import vault
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.people.models import Installation, Numbering, OutsideIdentity
from fenjin.people.outside.common import Setup

SEALED_FOR = "people.installation"


def list_installations() -> list[Installation]:
    """Return all of them by name, the enabled first."""
    return list(listing(Installation.objects.order_by("-enabled", "name", "pk")))


def list_enabled() -> list[Installation]:
    """Return those that stand on the sign-in page, by name."""
    return list(listing(Installation.objects.filter(enabled=True).order_by("name", "pk")))


def get_installation(installation_id: int) -> Installation:
    """Return one by its id; raises NotFound."""
    found = Installation.objects.filter(pk=installation_id).first()
    if found is None:
        raise NotFound
    return found


def get_by_key(key: str, *kinds: str) -> Installation:
    """Return one of these kinds by the key in its address, enabled or not; raises NotFound."""
    found = Installation.objects.filter(key=key, kind__in=kinds).first()
    if found is None:
        raise NotFound
    return found


def get_enabled(key: str, *kinds: str) -> Installation:
    """Return an enabled one by the key in its address; raises NotFound."""
    rows = Installation.objects.select_related("numbering").filter(key=key, enabled=True)
    found = (rows.filter(kind__in=kinds) if kinds else rows).first()
    if found is None:
        raise NotFound
    return found


def setup_of(installation: Installation, *, afresh: bool = False) -> Setup:
    """Return what a protocol needs to know; `afresh` remembers nothing of earlier answers.

    Raises kit.vault.Unreadable when the secret was sealed by another key.
    """
    secret = vault.unseal(installation.secret, purpose=SEALED_FOR) if installation.secret else ""
    cache_key = "" if afresh else f"{installation.pk}.{installation.changed_at.timestamp()}"
    return Setup(installation.key, installation.options, secret, cache_key)


def linked_counts() -> dict[int, int]:
    """Return how many accounts are linked to each installation."""
    return dict(OutsideIdentity.objects.values_list("installation").annotate(Count("pk")))


def identity_of(installation: Installation, *, corp: str, user_id: str) -> OutsideIdentity | None:
    """Return the identity under which somebody is known here, with account and person; or None."""
    rows = OutsideIdentity.objects.select_related("account__person")
    return rows.filter(installation=installation, corp=corp, user_id=user_id).first()


def numbering_choices() -> list[tuple[int, str]]:
    """Return (id, name) of every set of staff numbers, by name."""
    return list(Numbering.objects.order_by("name", "pk").values_list("pk", "name"))
