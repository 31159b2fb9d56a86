"""Reads about spaces, and the account of the one who asks with its rights."""

from typing import Any

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import permissions_of, spaces_with_permission
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.selectors.accounts import load_account, load_session

__all__ = [
    "get_space",
    "list_editors",
    "list_roles",
    "list_spaces",
    "load_account",
    "load_session",
    "permissions_of",
    "space_names",
    "space_roots",
    "spaces_to_add_in",
    "spaces_without_editor",
]


def list_spaces() -> list[Space]:
    """Return all spaces by name, the group first."""
    return sorted(listing(Space.objects.all()), key=lambda space: (space.pk != 1, space.name))


def list_roles(*, space_id: int | None = None, person_id: int | None = None) -> list[RoleGrant]:
    """Return the roles in force across all spaces, for the security administrator: by space, then by name."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()))
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
    """Return the names of spaces by id, in the reader's language."""
    return {space.pk: space.title for space in Space.objects.filter(pk__in=ids).only("name", "name_en")}


def get_space(space_id: int) -> Space:
    """Return a space; raises NotFound."""
    space = Space.objects.filter(pk=space_id).first()
    if space is None:
        raise NotFound
    return space


def spaces_to_add_in(account: Any, permission: str) -> list[tuple[int, str]]:
    """Return (id, name) of each space where the account may do `permission`, the group first, in the reader's words."""
    allowed = spaces_with_permission(account, permission)
    return [(space.pk, space.title) for space in list_spaces() if space.pk in allowed]


def list_editors(space_id: int) -> list[tuple[int, str]]:
    """Return (person, "name number") of everybody who edits a space now and has an account, by name."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()), space=space_id, role=RoleGrant.Role.EDITOR)
        rows = rows.filter(person__account__is_active=True).select_related("person").order_by("person__name_key", "pk")
        return list({row.person_id: str(row.person) for row in rows}.items())


def spaces_without_editor() -> list[Space]:
    """Return the spaces that had an editor once and have none now, by name."""
    with every_space(Reason.OFFICE):
        roles = RoleGrant.objects.filter(role=RoleGrant.Role.EDITOR)
        once = set(roles.values_list("space", flat=True))
        now = set(roles.filter(RoleGrant.in_force(clock.now())).values_list("space", flat=True))
    return [space for space in list_spaces() if space.pk in once - now]
