"""What an account may see and do: membership, its two scopes, and the rules for views."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from fenjin.kit import clock
from fenjin.kit.access import Rule, Verdict
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, NOTHING, Scope

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


def employee_scope(membership: Membership) -> Scope:
    """Return what the phone pages may show: the group's content and the own spaces'; no people."""
    if membership.person_id is None:
        return NOTHING
    return Scope(content=membership.spaces | {GROUP_SPACE}, people=frozenset())


def staff_scope(membership: Membership) -> Scope:
    """Return what the studio may show: content and people of the role's spaces.

    Staff of the group see all people; administrators see all people and no content.
    """
    spaces = frozenset(held.space_id for held in membership.roles)
    everybody = membership.office is not None or GROUP_SPACE in spaces
    return Scope(content=spaces, people=EVERYTHING if everybody else spaces)


def scope_of(membership: Membership, path: str) -> Scope:
    """Return the scope of one request: in the studio that of staff, elsewhere that of an employee."""
    return staff_scope(membership) if path.startswith(STUDIO) else employee_scope(membership)


def staff_verdict(request: HttpRequest, *, allowed: bool) -> Verdict:
    """Judge a request for a studio page: signed in, allowed, and a strong session in recent use."""
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    if not allowed:
        return Verdict.NOT_FOUND
    return Verdict.ALLOW if is_strong(request) else Verdict.CONFIRM_IDENTITY


def is_strong(request: HttpRequest) -> bool:
    """Tell whether a factor was given in the last 8 hours and the studio was used in the last 30 minutes."""
    row = getattr(request.session, "row", None)
    if row is None or row.strong_at is None:
        return False
    now = clock.now()
    seen = row.staff_seen_at or row.strong_at
    return bool(
        now - row.strong_at <= timedelta(seconds=settings.STRONG_SESSION_SECONDS)
        and now - seen <= timedelta(seconds=settings.STAFF_IDLE_SECONDS)
    )


def _office(office: str) -> Rule:
    def judge(request: HttpRequest) -> Verdict:
        return staff_verdict(request, allowed=membership_of(request).office == office)

    return Rule(f"{office} administrator", judge)


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


STAFF: Final = Rule("staff", lambda request: staff_verdict(request, allowed=membership_of(request).is_staff))
EMPLOYEE: Final = Rule("employee", _employee)
EDITOR: Final = _role("editor")
SYSTEM_ADMINISTRATOR: Final = _office("system")
SECURITY_ADMINISTRATOR: Final = _office("security")
AUDIT_ADMINISTRATOR: Final = _office("audit")
