"""What an account may see and do: membership, its two scopes, the roles, and the rules for views."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest

from fenjin.kit.access import Rule, Verdict
from fenjin.kit.staff import (
    AUDIT_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    SYSTEM_OR_SECURITY,
    is_strong,
    staff_verdict,
)
from fenjin.spaces.access.features import spaces_without
from fenjin.spaces.access.giving import may_end, may_give, may_hand_over, may_set_up, roles_to_give
from fenjin.spaces.access.membership import (
    STUDIO,
    HeldRole,
    Membership,
    employee_scope,
    scope_of,
    staff_scope,
)
from fenjin.spaces.access.rights import (
    SpacePolicy,
    branches_allowing,
    grants_with,
    permissions_of,
    roles_with,
    spaces_allowing,
    spaces_with_permission,
)

__all__ = [
    "AUDIT_ADMINISTRATOR",
    "EDITOR",
    "EMPLOYEE",
    "LEFT_BEHIND",
    "SECURITY_ADMINISTRATOR",
    "STAFF",
    "STUDIO",
    "SYSTEM_ADMINISTRATOR",
    "SYSTEM_OR_SECURITY",
    "HeldRole",
    "Membership",
    "SpacePolicy",
    "allowed_to",
    "branches_allowing",
    "employee_scope",
    "grants_with",
    "holding",
    "is_strong",
    "may_end",
    "may_give",
    "may_hand_over",
    "may_set_up",
    "membership_of",
    "permissions_of",
    "roles_to_give",
    "roles_with",
    "scope_of",
    "spaces_allowing",
    "spaces_with_permission",
    "spaces_without",
    "staff_scope",
    "staff_verdict",
]


def membership_of(request: HttpRequest) -> Membership:
    """Return the membership of the one who asks; an empty one for somebody not signed in.

    The page that lists what each office opens asks the rules with an office alone, without an account.
    """
    held: Membership | None = getattr(request.user, "membership", None)
    return held or Membership(account_id=0, person_id=None, office=getattr(request.user, "office", None))


def holding(*roles: str) -> Rule:
    """Return the rule for a desk of these roles: it shows the spaces in which they are held, and no others."""

    def judge(request: HttpRequest) -> Verdict:
        return staff_verdict(request, allowed=bool(membership_of(request).spaces_with(*roles)))

    return Rule(" or ".join(roles), judge, lambda membership: membership.only(*roles))


def allowed_to(permission: str, *, branches: bool = False) -> Rule:
    """Return the rule for a desk of everybody whose role carries `permission` on all rows of a space.

    Roles do not add up: it shows the spaces in which such a role is held, whatever else is held elsewhere.
    `branches`: a role for a branch lets in too; the desk itself cuts to the branch what it shows and does.
    """

    def part(membership: Membership) -> Membership:
        return replace(membership, roles=grants_with(membership, permission, branches=branches))

    def judge(request: HttpRequest) -> Verdict:
        return staff_verdict(request, allowed=bool(part(membership_of(request)).roles))

    return Rule(permission, judge, part)


def _employee(request: HttpRequest) -> Verdict:
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    return Verdict.ALLOW if membership_of(request).person_id else Verdict.NOT_FOUND


STAFF: Final = Rule("staff", lambda request: staff_verdict(request, allowed=membership_of(request).is_staff))
EMPLOYEE: Final = Rule("employee", _employee)
EDITOR: Final = holding("editor")
LEFT_BEHIND: Final = Rule(
    "security administrator or editor",
    lambda request: staff_verdict(
        request,
        allowed=membership_of(request).office == "security" or bool(membership_of(request).spaces_with("editor")),
    ),
)
