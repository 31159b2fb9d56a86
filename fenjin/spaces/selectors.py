"""Reads about spaces, and the one query that loads an account with its rights."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.accounts import active_accounts
from fenjin.spaces.access import HeldRole, Membership, spaces_with_permission
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.register import modules


def load_account(account_id: int) -> Any:
    """Return the active account (people.Account) with its person and its `membership`, in one query; or None."""
    now = clock.now()
    with every_space(Reason.SIGN_IN):
        roles = RoleGrant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), person=OuterRef("person"))
        held = ArraySubquery(roles.values(held=JSONObject(space="space_id", role="role", unit="unit_id")))
        account: Any = active_accounts().filter(pk=account_id).annotate(held_roles=held).first()
    if account is not None:
        account.membership = _membership(account)
    return account


def _membership(account: Any) -> Membership:
    return Membership(
        account_id=account.pk,
        person_id=account.person_id,
        office=account.office,
        spaces=frozenset(account.post_spaces),
        roles=tuple(HeldRole(held["space"], held["role"], held["unit"]) for held in account.held_roles),
    )


def permissions_of(account: Any) -> frozenset[str]:
    """Return every permission of Django's kind that the roles of an account carry."""
    membership: Membership | None = getattr(account, "membership", None)
    if membership is None or not membership.is_staff:
        return frozenset()
    held = {"wagtailadmin.access_admin"}
    roles = {grant.role for grant in membership.roles}
    for module in modules():
        for role in roles:
            held |= module.permissions.get(role, frozenset())
    return frozenset(held)


def list_spaces() -> list[Space]:
    """Return all spaces by name, the group first."""
    return sorted(listing(Space.objects.all()), key=lambda space: (space.pk != 1, space.name))


def list_roles(*, space_id: int | None = None, person_id: int | None = None) -> list[RoleGrant]:
    """Return the roles in force across all spaces, for the security administrator: by space, then by name."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(ends_at__isnull=True)
        if space_id:
            rows = rows.filter(space=space_id)
        if person_id:
            rows = rows.filter(person=person_id)
        rows = rows.select_related("person", "space", "unit", "given_by__person")
        return list(listing(rows.order_by("space", "person__name_key", "pk")))


def space_roots() -> dict[int, int]:
    """Return which unit carries which space: root unit → space."""
    return dict(Space.objects.filter(root_unit__isnull=False).values_list("root_unit", "pk"))


def space_names(ids: set[int]) -> dict[int, str]:
    """Return the names of spaces by id."""
    return dict(Space.objects.filter(pk__in=ids).values_list("pk", "name"))


def get_space(space_id: int) -> Space:
    """Return a space; raises NotFound."""
    space = Space.objects.filter(pk=space_id).first()
    if space is None:
        raise NotFound
    return space


def spaces_to_add_in(account: Any, permission: str) -> list[tuple[int, str]]:
    """Return (id, name) of each space in which the account may do `permission`, the group first."""
    allowed = spaces_with_permission(account, permission)
    return [(space.pk, space.name) for space in list_spaces() if space.pk in allowed]
