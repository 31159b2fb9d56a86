"""Operators and the three exclusive offices."""

import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, OfficeTerm, Session
from fenjin.people.services.claim import require_good_password

_OPERATOR_NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


class BadOperatorName(Refusal):
    """The name cannot be used for an operator."""

    code = "bad_operator_name"
    status = 422
    sentence = _("An operator's name has 3 to 40 small letters, digits, dots or dashes and begins with a letter.")


class NameTaken(Refusal):
    """Another operator has the name."""

    code = "name_taken"
    status = 422
    sentence = _("Another operator has this name.")


class OfficeTaken(Refusal):
    """The account holds an office already; the three exclude one another."""

    code = "office_taken"
    sentence = _("This account holds an office already. The three offices exclude one another.")


class OnlyOperators(Refusal):
    """An office goes with an operator's account, never with an employee's."""

    code = "only_operators"
    sentence = _("An office goes with an operator's account, so that nobody governs with the account of every day.")


class LastOfOffice(Refusal):
    """The office would stand empty."""

    code = "last_of_office"
    sentence = _("This is the last holder of the office. Give it to somebody else first.")


@transaction.atomic
def make_operator(*, actor: Account | None, operator_name: str, password: str, must_change: bool = False) -> Account:
    """Make an account without a person; `actor=None` is the platform's first start.

    `must_change`: somebody else sees the password, so the first page after signing in asks for another.

    Raises NotYourOffice, BadOperatorName, NameTaken, WeakPassword.
    """
    if actor is not None:
        require_office(actor, Administrator.Office.SECURITY)
    if not _OPERATOR_NAME.fullmatch(operator_name):
        raise BadOperatorName
    if Account.objects.filter(operator_name=operator_name).exists():
        raise NameTaken
    require_good_password(password)
    account = Account(operator_name=operator_name, must_change_password=must_change)
    account.set_password(password)
    account.save()
    record(actor=actor, act="people.operator_make", target=("account", account.pk))
    return account


@transaction.atomic
def give_office(
    *, actor: Account | None, account: Account, office: str, given_by: Account | None = None, by_console: bool = False
) -> Administrator:
    """Give one of the three offices; raises NotYourOffice, OnlyOperators, OfficeTaken.

    `actor=None` is the platform's first start, the console, or a hand-over, which names who gives in `given_by`.
    """
    if actor is not None:
        require_office(actor, Administrator.Office.SECURITY)
    giver = actor or given_by
    account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if account.person_id is not None:
        raise OnlyOperators
    if Administrator.objects.filter(account=account).exists():
        raise OfficeTaken
    now = clock.now()
    office = Administrator.Office(office)
    given = Administrator.objects.create(account=account, office=office, given_by=giver, given_at=now)
    OfficeTerm.objects.create(account=account, office=office, given_by=giver, given_at=now, by_console=by_console)
    act = "people.office_emergency" if by_console else "people.office_give"
    record(actor=giver, act=act, target=("account", account.pk), details={"office": office})
    return given


@transaction.atomic
def give_office_on_console(*, operator_name: str, office: str, password: str) -> Account:
    """Give an office on the server, past the other administrators: for the day when nobody else can.

    A new operator is made with `password`; one who holds nothing gets it as a new password. It is an
    act in the log, and `fenjin doctor` shows it for thirty days. Raises BadOperatorName, OfficeTaken, WeakPassword.
    """
    account = Account.objects.filter(operator_name=operator_name).first()
    if account is None:
        account = make_operator(actor=None, operator_name=operator_name, password=password, must_change=True)
    elif Administrator.objects.filter(account=account).exists():
        raise OfficeTaken
    else:
        account.set_password(password)
        account.is_active = account.must_change_password = True
        account.save(update_fields=["password", "is_active", "must_change_password"])
        close_sessions(account)
    give_office(actor=None, account=account, office=office, by_console=True)
    return account


@transaction.atomic
def end_office(*, actor: Account, account: Account) -> None:
    """Take an office away and close the operator's account; raises NotYourOffice, NotFound, LastOfOffice."""
    require_office(actor, Administrator.Office.SECURITY)
    end_term(account=account, actor=actor)


def end_term(*, account: Account, actor: Account | None) -> None:
    """End the term of an account and close it, inside the caller's transaction; raises NotFound, LastOfOffice."""
    held = Administrator.objects.filter(account=account).first()
    if held is None:
        raise NotFound
    # All holders are locked in one order, so that two who end each other cannot both go.
    holders = Administrator.objects.select_for_update(of=("self",)).filter(office=held.office).order_by("pk")
    rest = [row.pk for row in holders.select_related("account") if row.account.is_active and row.pk != account.pk]
    if not rest:
        raise LastOfOffice
    details = {"office": held.office}
    held.delete()
    OfficeTerm.objects.filter(account=account, ended_at__isnull=True).update(ended_at=clock.now(), ended_by=actor)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    close_sessions(account)
    record(actor=actor, act="people.office_end", target=("account", account.pk), details=details)


def close_sessions(account: Account) -> None:
    """End every session of an account."""
    Session.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=clock.now())
