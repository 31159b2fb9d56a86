"""The three offices exclude one another, and only the security administrator gives them."""

import pytest
from django.db import IntegrityError, transaction
from wagtail import hooks

from fenjin.audit.models import AuditEvent
from fenjin.kit.studio import DeskMenuItem
from fenjin.people import services
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Administrator
from fenjin.people.selectors.offices import list_desk_rights
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.offices import BadOperatorName, LastOfOffice, NameTaken, OfficeTaken, OnlyOperators
from fenjin.people.testing import make_administrator

WORDS = "a fine first word"


def test_security_makes_an_operator_and_gives_an_office(security):
    account = services.make_operator(actor=security, operator_name="li.wei", password=WORDS)
    services.give_office(actor=security, account=account, office="audit")
    assert Administrator.objects.get(account=account).office == "audit"
    assert list(AuditEvent.objects.order_by("pk").values_list("act", "target_id")) == [
        ("people.operator_make", account.pk),
        ("people.office_give", account.pk),
    ]


def test_one_account_holds_one_office(security, system):
    with pytest.raises(OfficeTaken):
        services.give_office(actor=security, account=system, office="audit")
    assert Administrator.objects.get(account=system).office == "system"
    with pytest.raises(IntegrityError), transaction.atomic():
        Administrator.objects.create(account=system, office="audit", given_at=system.created_at)


def test_an_employee_holds_no_office(security, account):
    with pytest.raises(OnlyOperators):
        services.give_office(actor=security, account=account, office="system")
    assert not Administrator.objects.filter(account=account).exists()


@pytest.mark.parametrize("office", ["system", "audit"])
def test_the_other_offices_give_nothing(world, office):
    actor = make_administrator(office)
    before = Account.objects.count(), Administrator.objects.count()
    with pytest.raises(NotYourOffice):
        services.make_operator(actor=actor, operator_name="li.wei", password=WORDS)
    with pytest.raises(NotYourOffice):
        services.give_office(actor=actor, account=actor, office="security")
    with pytest.raises(NotYourOffice):
        services.end_office(actor=actor, account=actor)
    assert (Account.objects.count(), Administrator.objects.count()) == before
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("name", ["ab", "Li", "1li", "li wei", "李伟", "a" * 41, ""])
def test_names_that_cannot_be_typed_at_the_door_are_refused(security, name):
    with pytest.raises(BadOperatorName):
        services.make_operator(actor=security, operator_name=name, password=WORDS)


def test_name_and_password_are_checked(security, system):
    with pytest.raises(NameTaken):
        services.make_operator(actor=security, operator_name=system.operator_name, password=WORDS)
    with pytest.raises(WeakPassword):
        services.make_operator(actor=security, operator_name="li.wei", password="short")
    assert not Account.objects.filter(operator_name="li.wei").exists()


def test_an_office_never_stands_empty(security, system):
    with pytest.raises(LastOfOffice):
        services.end_office(actor=security, account=system)
    second = make_administrator("system")
    services.end_office(actor=security, account=system)
    assert not Account.objects.get(pk=system.pk).is_active
    assert list(Administrator.objects.filter(office="system").values_list("account", flat=True)) == [second.pk]


def test_no_account_is_a_superuser(system):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=system.pk).update(is_superuser=True)


def test_desks_that_an_office_opens_stand_above_those_that_only_roles_open(db):
    made = [make() for make in hooks.get_hooks("register_admin_menu_item")]
    rights = list_desk_rights([item for item in made if isinstance(item, DeskMenuItem)])
    opened = [any(desk.opens) for desk in rights]
    assert opened == sorted(opened, reverse=True)
    assert {True, False} == set(opened)
