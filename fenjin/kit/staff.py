"""Who counts as staff at work: an office or a role, on a session that has lately shown a second factor.

It stands on the ground floor because every room with a desk asks it. It knows `request.user` and
`request.session` only by what they carry (`office`, `row`), never by their tables.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from fenjin.kit import clock
from fenjin.kit.access import Rule, Verdict


def is_strong(request: HttpRequest) -> bool:
    """Tell whether a second factor was given in the last 8 hours and the studio was used in the last 30 minutes."""
    row = getattr(request.session, "row", None)
    if row is None or row.strong_at is None:
        return False
    now = clock.now()
    # Giving a factor counts as use; else the old idle time would ask for it again at once.
    seen = max(row.staff_seen_at or row.strong_at, row.strong_at)
    return bool(
        now - row.strong_at <= timedelta(seconds=settings.STRONG_SESSION_SECONDS)
        and now - seen <= timedelta(seconds=settings.STAFF_IDLE_SECONDS)
    )


def has_power(request: HttpRequest) -> bool:
    """Tell whether the one who asks has power over others: an office or a role. They need a second factor."""
    membership = getattr(request.user, "membership", None)
    return bool(office_of(request) or (membership is not None and membership.is_staff))


def staff_verdict(request: HttpRequest, *, allowed: bool) -> Verdict:
    """Judge a request for a studio page: signed in, allowed, and a strong session in recent use."""
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    if not allowed:
        return Verdict.NOT_FOUND
    return Verdict.ALLOW if is_strong(request) else Verdict.CONFIRM_IDENTITY


def office_of(request: HttpRequest) -> str | None:
    """Return the office that the one who asks holds: system, security, audit or none."""
    return getattr(request.user, "office", None)


def office_rule(*offices: str) -> Rule:
    """Return the rule that lets in the holders of these offices."""

    def judge(request: HttpRequest) -> Verdict:
        return staff_verdict(request, allowed=office_of(request) in offices)

    return Rule(f"{' or '.join(offices)} administrator", judge)


def _staff(request: HttpRequest) -> Verdict:
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    return Verdict.ALLOW if has_power(request) else Verdict.NOT_FOUND


# Staff on any session: for the pages on which a session becomes strong.
STAFF_BEFORE_THE_GATE = Rule("staff before the gate", _staff)
SYSTEM_ADMINISTRATOR = office_rule("system")
SECURITY_ADMINISTRATOR = office_rule("security")
AUDIT_ADMINISTRATOR = office_rule("audit")
SYSTEM_OR_SECURITY = office_rule("system", "security")
