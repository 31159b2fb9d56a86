"""An office changes hands: named by security, seen by a second pair of eyes, accepted by the new holder.

Why a second pair of eyes: who gives all rights must not choose the own successor alone, and not the
one who reads what was done (docs/decisions/0010).
"""

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import NotYourOffice, may_confirm_handover, may_refuse_handover, require_office
from fenjin.people.models import Account, Administrator, OfficeHandover
from fenjin.people.services.claim import WeakPassword, require_good_password
from fenjin.people.services.offices import LastOfOffice, close_sessions, end_term, give_office, make_operator

LATEST: Final = timedelta(days=180)


class NotHeld(Refusal):
    """The one to be followed does not hold this office."""

    code = "office_not_held"
    status = 422
    sentence = _("This account does not hold that office. Load the page again.")


class BadEnd(Refusal):
    """The last day lies in the past, or too far ahead."""

    code = "bad_end"
    status = 422
    sentence = _("The old term ends today at the earliest and within 180 days.")


class NotYoursToConfirm(Refusal):
    """The second pair of eyes must be another's."""

    code = "not_yours_to_confirm"
    status = 403
    sentence = _("Another administrator has to confirm this: nobody confirms what they named themselves.")


class NotConfirmed(Refusal):
    """The second pair of eyes has not looked yet."""

    code = "handover_not_confirmed"
    sentence = _("Another administrator has to confirm this hand-over first. Come back after that.")


@transaction.atomic
def name_successor(
    *,
    actor: Account,
    operator_name: str,
    office: str,
    password: str,
    predecessor_id: int | None = None,
    ends_on: date | None = None,
) -> OfficeHandover:
    """Name a new holder of an office, with a first password; nothing is given until it is accepted.

    With `predecessor_id` the term of that holder ends at the beginning of `ends_on`; without, the office gets
    one more holder. Raises NotYourOffice, NotHeld, BadEnd, BadOperatorName, NameTaken, WeakPassword.
    """
    require_office(actor, Administrator.Office.SECURITY)
    if predecessor_id is not None:
        if not Administrator.objects.filter(account=predecessor_id, office=office).exists():
            raise NotHeld
        if ends_on is None or not _today() <= ends_on <= _today() + LATEST:
            raise BadEnd
    successor = make_operator(actor=actor, operator_name=operator_name, password=password)
    named = OfficeHandover.objects.create(
        office=Administrator.Office(office),
        successor=successor,
        predecessor_id=predecessor_id,
        ends_on=ends_on if predecessor_id else None,
        named_by=actor,
        named_at=clock.now(),
    )
    details = {"office": office, "predecessor": predecessor_id, "ends_on": str(named.ends_on or "")}
    record(actor=actor, act="people.handover_name", target=("account", successor.pk), details=details)
    return named


@transaction.atomic
def confirm_handover(*, actor: Account, handover_id: int) -> None:
    """Look at a hand-over as the second pair of eyes; raises NotFound, NotYoursToConfirm."""
    named = _open_handover(handover_id)
    if named.confirmed_at is not None:
        return
    if not may_confirm_handover(actor, named):
        raise NotYoursToConfirm
    named.confirmed_by, named.confirmed_at = actor, clock.now()
    named.save(update_fields=["confirmed_by", "confirmed_at"])
    details = {"office": named.office}
    record(actor=actor, act="people.handover_confirm", target=("account", named.successor_id), details=details)


@transaction.atomic
def cancel_handover(*, actor: Account, handover_id: int) -> None:
    """Take a hand-over back that nobody accepted, or refuse it; the new account is closed.

    Raises NotFound, NotYourOffice.
    """
    named = _open_handover(handover_id)
    if not may_refuse_handover(actor, named):
        raise NotYourOffice
    named.cancelled_at = clock.now()
    named.save(update_fields=["cancelled_at"])
    Account.objects.filter(pk=named.successor_id).update(is_active=False)
    close_sessions(named.successor)
    details = {"office": named.office}
    record(actor=actor, act="people.handover_cancel", target=("account", named.successor_id), details=details)


@transaction.atomic
def accept_handover(*, account: Account, password: str) -> OfficeHandover:
    """Accept the office that waits for an account, with a password that nobody else knows.

    Sessions end; the caller starts a new one. Raises NotFound, NotConfirmed, WeakPassword.
    """
    named = _waiting().select_for_update(of=("self",)).filter(successor=account).first()
    if named is None:
        raise NotFound
    if named.needs_confirmation and named.confirmed_at is None:
        raise NotConfirmed
    if account.check_password(password):
        raise WeakPassword(_("The first password is known to others. Choose one of your own."))
    require_good_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    close_sessions(account)
    named.accepted_at = clock.now()
    named.save(update_fields=["accepted_at"])
    record(
        actor=account, act="people.handover_accept", target=("account", account.pk), details={"office": named.office}
    )
    give_office(actor=None, account=account, office=named.office, given_by=named.named_by)
    _finish(named)
    return named


def finish_handovers() -> int:
    """End the terms whose last day has come; return how many ended. Safe to run again."""
    due = OfficeHandover.objects.filter(accepted_at__isnull=False, finished_at__isnull=True)
    return sum(_finish_one(pk) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _finish_one(handover_id: int) -> bool:
    named = OfficeHandover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    return named.finished_at is None and _finish(named)


def _finish(named: OfficeHandover) -> bool:
    """End the old term when its day has come and the office does not stand empty; tell whether it is done."""
    if named.ends_on is not None and named.ends_on > _today():
        return False
    if named.predecessor is not None:
        try:
            end_term(account=named.predecessor, actor=named.named_by)
        except NotFound:
            pass  # it has ended in another way
        except LastOfOffice:
            return False  # the new holder has gone meanwhile: the old one stays
    named.finished_at = clock.now()
    named.save(update_fields=["finished_at"])
    return True


def _waiting() -> QuerySet[OfficeHandover]:
    return OfficeHandover.objects.select_related("successor", "predecessor", "named_by").filter(
        accepted_at__isnull=True, cancelled_at__isnull=True
    )


def _open_handover(handover_id: int) -> OfficeHandover:
    named = _waiting().select_for_update(of=("self",)).filter(pk=handover_id).first()
    if named is None:
        raise NotFound
    return named


def _today() -> date:
    return clock.today(ZoneInfo(settings.TIME_ZONE))
