"""What an account may see and do: membership, its two scopes, and the rules for views."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy

from fenjin.kit.access import Rule, Verdict
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, NOTHING, Scope
from fenjin.kit.staff import (
    AUDIT_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    SYSTEM_OR_SECURITY,
    is_strong,
    staff_verdict,
)
from fenjin.spaces.register import modules

STUDIO: Final = "/studio/"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force: in a whole space, or (with `unit_id`) in one branch of it."""

    space_id: int
    role: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Everything about an account that decides access, as it stood when the request came in."""

    account_id: int
    person_id: int | None
    office: str | None = None
    spaces: frozenset[int] = frozenset()  # of the person's current posts
    roles: tuple[HeldRole, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether the account has anything to do in the studio."""
        return bool(self.office or self.roles)

    def spaces_with(self, role: str) -> frozenset[int]:
        """Return the spaces in which the account holds `role`."""
        return frozenset(held.space_id for held in self.roles if held.role == role)

    def units_with(self, role: str) -> frozenset[int]:
        """Return the units for whose branches the account holds `role`."""
        return frozenset(held.unit_id for held in self.roles if held.role == role and held.unit_id is not None)


def may_give(membership: Membership, *, space_id: int, role: str, branch: tuple[int, ...] = ()) -> bool:
    """Tell whether somebody may give or end `role` in a space, or in the branch whose path from the root is `branch`.

    The security administrator may everywhere. Others only a role that they hold themselves, in the
    same space, and never beyond their own branch.
    """
    if membership.office == "security":
        return True
    return any(
        held.space_id == space_id and held.role == role and (held.unit_id is None or held.unit_id in branch)
        for held in membership.roles
    )


def may_hand_over(membership: Membership, space_id: int) -> bool:
    """Tell whether somebody may give what a leaver held in a space to another: security, and its own editors."""
    return membership.office == "security" or space_id in membership.spaces_with("editor")


def employee_scope(membership: Membership) -> Scope:
    """Return what the phone pages may show: the group's content and the own spaces'; no people."""
    if membership.person_id is None:
        return NOTHING
    return Scope(content=membership.spaces | {GROUP_SPACE}, people=frozenset())


def staff_scope(membership: Membership) -> Scope:
    """Return what the studio may show: content and people of the role's spaces.

    Staff of the group see all people; administrators see all people and no content. Unit administrators
    have no business with content, and their desks cut people further, to the own branch.
    """
    spaces = frozenset(held.space_id for held in membership.roles)
    content = frozenset(held.space_id for held in membership.roles if held.role != "unit_administrator")
    everybody = membership.office is not None or GROUP_SPACE in spaces
    return Scope(content=content, people=EVERYTHING if everybody else spaces)


def scope_of(membership: Membership, path: str) -> Scope:
    """Return the scope of one request: in the studio that of staff, elsewhere that of an employee."""
    return staff_scope(membership) if path.startswith(STUDIO) else employee_scope(membership)


def _role(role: str) -> Rule:
    def judge(request: HttpRequest) -> Verdict:
        return staff_verdict(request, allowed=bool(membership_of(request).spaces_with(role)))

    return Rule(role, judge)


def membership_of(request: HttpRequest) -> Membership:
    """Return the membership of the one who asks; an empty one for somebody not signed in."""
    return getattr(request.user, "membership", None) or Membership(account_id=0, person_id=None)


def _employee(request: HttpRequest) -> Verdict:
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    return Verdict.ALLOW if membership_of(request).person_id else Verdict.NOT_FOUND


__all__ = [
    "AUDIT_ADMINISTRATOR",
    "EDITOR",
    "EMPLOYEE",
    "LEFT_BEHIND",
    "SECURITY_ADMINISTRATOR",
    "STAFF",
    "SYSTEM_ADMINISTRATOR",
    "SYSTEM_OR_SECURITY",
    "HeldRole",
    "Membership",
    "employee_scope",
    "is_strong",
    "may_give",
    "membership_of",
    "scope_of",
    "staff_scope",
    "staff_verdict",
]

STAFF: Final = Rule("staff", lambda request: staff_verdict(request, allowed=membership_of(request).is_staff))
EMPLOYEE: Final = Rule("employee", _employee)
EDITOR: Final = _role("editor")
LEFT_BEHIND: Final = Rule(
    "security administrator or editor",
    lambda request: staff_verdict(
        request,
        allowed=membership_of(request).office == "security" or bool(membership_of(request).spaces_with("editor")),
    ),
)


# ---- rights on rows, as Wagtail asks for them --------------------------------------------------------


def spaces_with_permission(account: Any, permission: str) -> frozenset[int]:
    """Return the spaces in which a role of the account carries `permission` ("newsroom.add_article")."""
    membership: Membership | None = getattr(account, "membership", None)
    if membership is None:
        return frozenset()
    roles = {role for module in modules() for role, held in module.permissions.items() if permission in held}
    return frozenset(grant.space_id for grant in membership.roles if grant.role in roles)


class SpacePolicy(ModelPermissionPolicy):
    """Rights on a tenant model: for a row, a role in the space of that row is needed.

    Register it with `exact_class=True` in AppConfig.ready(), before Wagtail asks for the model's policy.
    """

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tell whether a role in the row's own space carries the action."""
        return instance.space_id in spaces_with_permission(user, self._get_permission_name(action))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return the rows of the spaces in which one of the actions is allowed."""
        spaces: set[int] = set()
        for action in actions:
            spaces |= spaces_with_permission(user, self._get_permission_name(action))
        rows: models.QuerySet[Any] = self.model._default_manager.filter(space__in=spaces)
        return rows

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return nobody: Wagtail would list accounts of all spaces."""
        return get_user_model()._default_manager.none()
