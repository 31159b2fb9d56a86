"""Who may sign in, and who may act as administrator."""

from collections.abc import Callable

from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.kit.staff import (
    AUDIT_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    SYSTEM_OR_SECURITY,
    office_rule,
)
from fenjin.people.models import Account, Administrator, OfficeHandover, Person
from fenjin.people.models.persons import Status

ANY_OFFICE = office_rule("system", "security", "audit")

__all__ = [
    "ANY_OFFICE",
    "AUDIT_ADMINISTRATOR",
    "SECURITY_ADMINISTRATOR",
    "SYSTEM_ADMINISTRATOR",
    "SYSTEM_OR_SECURITY",
    "NotYourOffice",
    "before_notice",
    "has_left",
    "may_confirm_handover",
    "may_refuse_handover",
    "may_sign_in",
    "require_office",
]


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
