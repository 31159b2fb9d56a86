"""An office changes hands: named, seen by a second pair of eyes, accepted; never empty, never two for one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.runtime.problem import Problem
from fenjin.people import command, health, services
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Administrator, OfficeHandover, OfficeTerm
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.handover import (
    BadEnd,
    NotConfirmed,
    NotHeld,
    NotYoursToConfirm,
    accept_handover,
    cancel_handover,
    confirm_handover,
    finish_handovers,
    name_successor,
)
from fenjin.people.services.offices import LastOfOffice
from fenjin.people.testing import make_administrator, sign_in

FIRST = "abcd-efgh-jkmn-pqrs"
OWN = "a word of my own 7"


def today(days=0):
    return clock.today(ZoneInfo(settings.TIME_ZONE)) + timedelta(days=days)


def name(actor, office="system", follows=None, ends_on=None, who="li.wei"):
    return name_successor(
        actor=actor,
        operator_name=who,
        office=office,
        password=FIRST,
        predecessor_id=follows.pk if follows else None,
        ends_on=ends_on,
    )


@pytest.fixture
def audit(world):
    return make_administrator("audit")


def holders(office):
    return set(Administrator.objects.filter(office=office).values_list("account", flat=True))


def test_nothing_is_given_before_it_is_accepted(security, system):
    named = name(security, follows=system, ends_on=today(7))
    assert holders("system") == {system.pk}
    accept_handover(account=named.successor, password=OWN)
    assert holders("system") == {system.pk, named.successor_id}
    assert Account.objects.get(pk=named.successor_id).check_password(OWN)
    acts = list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["people.operator_make", "people.handover_name", "people.handover_accept", "people.office_give"]


def test_the_old_term_ends_on_its_day_and_not_before(client, security, system, later):
    services.give_office(actor=security, account=operator("old"), office="system")
    named = name(security, follows=Account.objects.get(operator_name="old"), ends_on=today(7))
    accept_handover(account=named.successor, password=OWN)
    assert finish_handovers() == 0
    later(days=8)
    assert finish_handovers() == 1
    assert finish_handovers() == 0
    old = Account.objects.get(operator_name="old")
    assert not old.is_active
    assert holders("system") == {system.pk, named.successor_id}
    term = OfficeTerm.objects.get(account=old)
    assert (term.ended_by_id, term.ended_at is not None) == (security.pk, True)


def operator(who):
    return services.make_operator(actor=None, operator_name=who, password=FIRST)


def test_the_last_holder_goes_only_when_the_new_one_is_there(security, system):
    named = name(security, follows=system, ends_on=today())
    assert finish_handovers() == 0
    with pytest.raises(LastOfOffice):
        services.end_office(actor=security, account=system)
    accept_handover(account=named.successor, password=OWN)
    assert holders("system") == {named.successor_id}


def test_the_old_one_stays_when_the_new_one_has_gone_meanwhile(security, system, later):
    named = name(security, follows=system, ends_on=today(3))
    accept_handover(account=named.successor, password=OWN)
    services.end_office(actor=security, account=named.successor)
    later(days=4)
    assert finish_handovers() == 0
    assert holders("system") == {system.pk}


@pytest.mark.parametrize("office", ["security", "audit"])
def test_nobody_chooses_alone_who_gives_rights_or_reads_the_log(security, audit, office):
    named = name(security, office=office)
    with pytest.raises(NotConfirmed):
        accept_handover(account=named.successor, password=OWN)
    with pytest.raises(NotYoursToConfirm):
        confirm_handover(actor=security, handover_id=named.pk)
    confirm_handover(actor=audit, handover_id=named.pk)
    confirm_handover(actor=audit, handover_id=named.pk)
    accept_handover(account=named.successor, password=OWN)
    assert named.successor_id in holders(office)
    assert AuditEvent.objects.filter(act="people.handover_confirm", actor_id=audit.pk).count() == 1


def test_a_second_security_administrator_confirms_security_but_not_audit(security, audit):
    second = make_administrator("security")
    confirm_handover(actor=second, handover_id=name(security, office="security").pk)
    with pytest.raises(NotYoursToConfirm):
        confirm_handover(actor=second, handover_id=name(security, office="audit", who="li.na").pk)


def test_the_database_itself_wants_two_people(security):
    named = name(security, office="audit")
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHandover.objects.filter(pk=named.pk).update(confirmed_by=security)


def test_system_names_nobody_confirms_nothing_and_stops_nothing(security, system):
    with pytest.raises(NotYourOffice):
        name(system)
    named = name(security, office="security")
    with pytest.raises(NotYoursToConfirm):
        confirm_handover(actor=system, handover_id=named.pk)
    with pytest.raises(NotYourOffice):
        cancel_handover(actor=system, handover_id=named.pk)


def test_audit_stops_what_it_would_not_confirm_and_the_account_is_closed(security, audit):
    named = name(security, office="security")
    cancel_handover(actor=audit, handover_id=named.pk)
    assert not Account.objects.get(pk=named.successor_id).is_active
    with pytest.raises(NotFound):
        accept_handover(account=named.successor, password=OWN)
    other = name(security, office="system", who="li.na")
    with pytest.raises(NotYourOffice):
        cancel_handover(actor=audit, handover_id=other.pk)


def test_days_and_predecessors_that_make_no_sense_are_refused(security, system, audit):
    for day in (today(-1), today(181), None):
        with pytest.raises(BadEnd):
            name(security, follows=system, ends_on=day)
    with pytest.raises(NotHeld):
        name(security, follows=audit, ends_on=today())
    assert not Account.objects.filter(operator_name="li.wei").exists()


def test_the_first_password_does_not_stay(security, system):
    named = name(security)
    for word in (FIRST, "short"):
        with pytest.raises(WeakPassword):
            accept_handover(account=named.successor, password=word)
    assert holders("system") == {system.pk}


# ---- the pages ----------------------------------------------------------------------------------------


def test_a_new_holder_signs_in_accepts_and_is_let_in(client, security, audit):
    sign_in(client, security)
    page = client.post("/studio/administrators/add/", {"operator_name": "li.wei", "office": "audit"})
    password = page.context["password"]
    client.logout()
    sign_in(client, audit)
    named = OfficeHandover.objects.get()
    assert "li.wei" in client.get("/studio/administrators/").text
    assert client.post(f"/studio/administrators/new/{named.pk}/confirm/").status_code == 302
    client.logout()
    door = client.post("/sign-in/", {"number": "li.wei", "password": password})
    assert door["Location"] == "/office/"
    assert client.get("/studio/").status_code == 404
    assert client.get("/office/").status_code == 200
    assert client.post("/office/", {"password": OWN, "again": "x" * 12}).status_code == 422
    assert client.post("/office/", {"password": password, "again": password}).status_code == 422
    assert client.post("/office/", {"password": OWN, "again": OWN})["Location"] == "/studio/"
    assert named.successor_id in holders("audit")
    # What waits now is the second factor.
    assert client.get("/studio/")["Location"].startswith("/confirm-identity/")
    assert client.get("/office/").status_code == 404


def test_before_the_confirmation_the_door_says_what_it_waits_for(client, security, audit):
    named = name(security, office="audit")
    client.force_login(named.successor)
    page = client.get("/office/")
    assert page.context["waits"]
    assert client.post("/office/", {"password": OWN, "again": OWN}).status_code == 409


def test_who_holds_nothing_and_waits_for_nothing_finds_no_page(client, security, account):
    for somebody in (account, operator("li.wei")):
        client.force_login(somebody)
        assert client.get("/office/").status_code == 404


def test_the_page_shows_history_and_what_each_office_opens(client, security, system):
    second = operator("li.wei")
    services.give_office(actor=security, account=second, office="system")
    services.end_office(actor=security, account=second)
    sign_in(client, system)
    page = client.get("/studio/administrators/")
    assert [term.account.operator_name for term in page.context["terms"]] == ["li.wei"]
    assert "li.wei" in page.text
    by_url = {"Audit log": (False, False, True), "Roster import": (True, False, False), "Roles": (False, True, False)}
    with translation.override("en"):
        rights = {str(desk.label): desk.opens for desk in page.context["rights"]}
    assert {label: rights[label] for label in by_url} == by_url


# ---- the server's console -----------------------------------------------------------------------------


def test_the_console_gives_an_office_and_everybody_sees_it(world, later, security, system, audit):
    told = command.give_it("audit", "night.watch")
    account = Account.objects.get(operator_name="night.watch")
    assert account.check_password(told.split("password: ")[1].split()[0])
    assert account.pk in holders("audit")
    assert OfficeTerm.objects.get(account=account).by_console
    row = AuditEvent.objects.get(act="people.office_emergency")
    assert (row.actor_id, row.target_id) == (None, account.pk)
    assert "night.watch" in health.offices()
    assert any("night.watch" in line for line in command.holders())
    later(days=31)
    assert health.offices() is None


def test_the_console_breaks_no_exclusion(world, system):
    with pytest.raises(Problem):
        command.give_it("audit", system.operator_name)
    with pytest.raises(Problem):
        command.give_it("audit", "Bad Name")
    assert holders("audit") == set()


def test_the_doctor_names_the_office_that_nobody_holds(world, system, security):
    assert "audit" in health.offices()
    make_administrator("audit")
    assert health.offices() is None
