"""Rights on rows: what the roles of an account carry, as Wagtail and our own rules ask for it.

A right is a permission of Django's kind ("newsroom.publish_article"). Features say in their module which
role carries which, on every row of its space or only on the rows that somebody made. Where a space has
switched the feature off, its rights count nothing there.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from fenjin.spaces.access.features import spaces_closed_to, spaces_without
from fenjin.spaces.access.membership import HeldRole, Membership
from fenjin.spaces.register import modules


def permissions_of(account: Any) -> frozenset[str]:
    """Return every permission that the roles of an account carry in a whole space, also those on own rows only."""
    membership: Membership | None = getattr(account, "membership", None)
    if membership is None or not membership.is_staff:
        return frozenset()
    held = {"wagtailadmin.access_admin"}
    for module in modules():
        off = spaces_without(module.key)
        for role in {grant.counts_as for grant in membership.roles if grant.space_id not in off}:
            held |= module.permissions.get(role, frozenset()) | module.own.get(role, frozenset())
    return frozenset(held)


def roles_with(permission: str, *, own: bool = False) -> frozenset[str]:
    """Return the roles that carry `permission` on every row of their space; `own`: on rows of the holder."""
    return frozenset(
        role
        for module in modules()
        for role, held in (module.own if own else module.permissions).items()
        if permission in held
    )


def grants_with(membership: Membership, permission: str, *, branches: bool = True) -> tuple[HeldRole, ...]:
    """Return the held roles that carry `permission`, where its feature is on; `branches`: also for a branch alone."""
    roles = roles_with(permission)
    found = tuple(held for held in membership.roles if held.counts_as in roles or (branches and held.role in roles))
    off = spaces_closed_to(permission) if found else frozenset()
    return tuple(held for held in found if held.space_id not in off)


def spaces_allowing(membership: Membership, permission: str, *, branches: bool = False) -> frozenset[int]:
    """Return the spaces in which a role carries `permission` on every row; `branches`: or in a branch of it."""
    return frozenset(held.space_id for held in grants_with(membership, permission, branches=branches))


def branches_allowing(membership: Membership, permission: str) -> dict[int, frozenset[int]]:
    """Return space → units for whose branches a role carries `permission`, where none does for the whole."""
    found: dict[int, frozenset[int]] = {}
    for held in grants_with(membership, permission):
        if held.unit_id is not None and held.role in roles_with(permission):
            found[held.space_id] = found.get(held.space_id, frozenset()) | {held.unit_id}
    whole = spaces_allowing(membership, permission)
    return {space: units for space, units in found.items() if space not in whole}


def spaces_with_permission(account: Any, permission: str, *, own: bool = False) -> frozenset[int]:
    """Return the spaces in which a role of the account carries `permission` ("newsroom.add_article")."""
    membership: Membership | None = getattr(account, "membership", None)
    spaces = membership.spaces_with(*roles_with(permission, own=own)) if membership else frozenset()
    return spaces - spaces_closed_to(permission) if spaces else spaces


class SpacePolicy(ModelPermissionPolicy):
    """Rights on a tenant model: for a row, a role in the space of that row is needed.

    Register it with `exact_class=True` in AppConfig.ready(), before Wagtail asks for the model's policy.
    A kind of row that people make their own says in `own_rows` and `is_own` which those are.
    """

    def own_rows(self, user: Any) -> Q | None:
        """Return the condition for rows on which the `own` rights of a module hold; None: there are none."""
        return None

    def is_own(self, user: Any, instance: Any) -> bool:
        """Tell the same of one row."""
        return False

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tell whether a role in the row's own space carries the action."""
        name = self._get_permission_name(action)
        if instance.space_id in spaces_with_permission(user, name):
            return True
        return self.is_own(user, instance) and instance.space_id in spaces_with_permission(user, name, own=True)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return the rows on which one of the actions is allowed."""
        names = [self._get_permission_name(action) for action in actions]
        whole = frozenset[int]().union(*(spaces_with_permission(user, name) for name in names))
        allowed, mine = Q(space__in=whole), self.own_rows(user)
        if mine is not None:
            partly = frozenset[int]().union(*(spaces_with_permission(user, name, own=True) for name in names))
            allowed |= Q(space__in=partly - whole) & mine
        rows: models.QuerySet[Any] = self.model._default_manager.filter(allowed)
        return rows

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return nobody: Wagtail would list accounts of all spaces."""
        return get_user_model()._default_manager.none()
