"""Who may sign in, and who may act as administrator."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fenjin.kit import clock
from fenjin.kit.access import Rule, Verdict
from fenjin.kit.errors import Refusal
from fenjin.kit.staff import (
    AUDIT_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    SYSTEM_OR_SECURITY,
    office_of,
    office_rule,
    staff_verdict,
)
from fenjin.people.models import Account, Administrator, OfficeHandover, Person, Post
from fenjin.people.models.persons import Status
from fenjin.people.register import powerful

ANY_OFFICE = office_rule("system", "security", "audit")

__all__ = [
    "ANY_OFFICE",
    "AUDIT_ADMINISTRATOR",
    "CODE_ADMINISTRATOR",
    "JUST_IDENTIFIED",
    "PEOPLE_ADMINISTRATOR",
    "SECURITY_ADMINISTRATOR",
    "SYSTEM_ADMINISTRATOR",
    "SYSTEM_OR_SECURITY",
    "NotYourOffice",
    "Reach",
    "before_notice",
    "has_left",
    "may_confirm_handover",
    "may_refuse_handover",
    "may_sign_in",
    "reach_of",
    "require_office",
    "require_reach",
]

# How long ago the password may have been given before somebody takes data along or erases them.
FRESH_SECONDS: Final = 10 * 60


class NotYourOffice(Refusal):
    """The act belongs to another administrator."""

    code = "not_your_office"
    status = 403


def has_left(person: Person) -> bool:
    """Tell whether somebody no longer works here."""
    left_on = person.left_on
    return person.status == Status.LEFT or (left_on is not None and left_on <= clock.now().date())


def may_sign_in(account: Account) -> bool:
    """Tell whether an account opens anything: it is active and its person, if any, has not left."""
    return account.is_active and (account.person is None or not has_left(account.person))


def require_office(account: Account, office: str) -> None:
    """Do nothing if the account holds the office; raises NotYourOffice."""
    if not Administrator.objects.filter(account=account, office=office).exists():
        raise NotYourOffice


def before_notice[View: Callable[..., object]](view: View) -> View:
    """Mark a view that somebody may use who has not accepted the privacy notice: one's own data."""
    view.before_notice = True  # type: ignore[attr-defined]
    return view


def may_confirm_handover(account: Account, named: OfficeHandover) -> bool:
    """Tell whether an account may be the second pair of eyes.

    For the office of security the audit administrator or another security administrator, for the
    office of audit one who holds it; never who named it, and never who is named.
    """
    if account.pk in (named.named_by_id, named.successor_id) or not named.needs_confirmation:
        return False
    offices = ["audit", "security"] if named.office == Administrator.Office.SECURITY else ["audit"]
    return Administrator.objects.filter(account=account, office__in=offices).exists()


def may_refuse_handover(account: Account, named: OfficeHandover) -> bool:
    """Tell whether an account may stop a hand-over: any security administrator, or who could confirm it."""
    security = Administrator.objects.filter(account=account, office=Administrator.Office.SECURITY).exists()
    return security or may_confirm_handover(account, named)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose codes and cases an account deals with: everybody's, or those of the branches below `units`."""

    everybody: bool
    units: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everybody or bool(self.units)

    def holds(self, path: Collection[int]) -> bool:
        """Tell whether the unit with this path from the root lies within."""
        return self.everybody or not self.units.isdisjoint(path)


def reach_of(account: Any) -> Reach:
    """Return how far an account, as a request carries it, deals with codes: security far, a unit administrator near."""
    membership = getattr(account, "membership", None)
    if getattr(account, "office", None) == Administrator.Office.SECURITY:
        return Reach(everybody=True)
    return Reach(everybody=False, units=membership.units_with("unit_administrator") if membership else frozenset())


def require_reach(account: Account, person: Person) -> None:
    """Do nothing if the account may hand out codes to a person; raises NotYourOffice.

    A unit administrator only to people of the own branch, and never to somebody with power over
    others: who hands out a code could use it.
    """
    if Administrator.objects.filter(account=account, office=Administrator.Office.SECURITY).exists():
        return
    units = list(reach_of(account).units)
    near = units and Post._base_manager.filter(person=person, ended_on__isnull=True, unit__path__overlap=units).exists()
    if not near or account.person_id == person.pk or powerful([person.pk]):
        raise NotYourOffice(
            _("You hand out codes to people of your own branch. For this person the security administrator does.")
        )


def _deals_with_codes(request: HttpRequest) -> Verdict:
    return staff_verdict(request, allowed=bool(reach_of(request.user)))


def _deals_with_people(request: HttpRequest) -> Verdict:
    return staff_verdict(request, allowed=office_of(request) in ("system", "security") or bool(reach_of(request.user)))


CODE_ADMINISTRATOR: Final = Rule("security or unit administrator", _deals_with_codes)
PEOPLE_ADMINISTRATOR: Final = Rule("system, security or unit administrator", _deals_with_people)


def _lately(request: HttpRequest) -> Verdict:
    if not request.user.is_authenticated:
        return Verdict.SIGN_IN
    row: Any = getattr(request.session, "row", None)
    given = max((at for at in (row.identified_at, row.strong_at) if at), default=None) if row else None
    # What was begun in time may be sent: a form must not come back because somebody read it slowly.
    allowed = FRESH_SECONDS if request.method in ("GET", "HEAD") else 3 * FRESH_SECONDS
    fresh = given is not None and (clock.now() - given).total_seconds() <= allowed
    return Verdict.ALLOW if fresh else Verdict.CONFIRM_IDENTITY


# For what must not be done by whoever picks up an unlocked phone: the password was given minutes ago.
JUST_IDENTIFIED = Rule("just identified", _lately)
