"""Operators and the three exclusive offices."""

import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, Session
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
def make_operator(*, actor: Account | None, operator_name: str, password: str) -> Account:
    """Make an account without a person; `actor=None` is the platform's first start.

    Raises NotYourOffice, BadOperatorName, NameTaken, WeakPassword.
    """
    if actor is not None:
        require_office(actor, Administrator.Office.SECURITY)
    if not _OPERATOR_NAME.fullmatch(operator_name):
        raise BadOperatorName
    if Account.objects.filter(operator_name=operator_name).exists():
        raise NameTaken
    require_good_password(password)
    account = Account(operator_name=operator_name)
    account.set_password(password)
    account.save()
    record(actor=actor, act="people.operator_make", target=("account", account.pk))
    return account


@transaction.atomic
def give_office(*, actor: Account | None, account: Account, office: str) -> Administrator:
    """Give one of the three offices; raises NotYourOffice, OnlyOperators, OfficeTaken."""
    if actor is not None:
        require_office(actor, Administrator.Office.SECURITY)
    account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if account.person_id is not None:
        raise OnlyOperators
    if Administrator.objects.filter(account=account).exists():
        raise OfficeTaken
    given = Administrator.objects.create(
        account=account, office=Administrator.Office(office), given_by=actor, given_at=clock.now()
    )
    record(actor=actor, act="people.office_give", target=("account", account.pk), details={"office": office})
    return given


@transaction.atomic
def end_office(*, actor: Account, account: Account) -> None:
    """Take an office away and close the operator's account; raises NotYourOffice, LastOfOffice."""
    require_office(actor, Administrator.Office.SECURITY)
    held = Administrator.objects.select_for_update().get(account=account)
    rest = Administrator.objects.select_for_update().filter(office=held.office, account__is_active=True)
    if not rest.exclude(account=account).exists():
        raise LastOfOffice
    details = {"office": held.office}
    held.delete()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    Session.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=clock.now())
    record(actor=actor, act="people.office_end", target=("account", account.pk), details=details)
