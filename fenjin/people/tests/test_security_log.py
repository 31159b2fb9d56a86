"""The record of the doors: who came in, that somebody failed, and how long it stays."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction

from fenjin.audit import health
from fenjin.audit.models import DoorEvent
from fenjin.audit.selectors.ledgers import DOORS
from fenjin.audit.services import seal_events
from fenjin.audit.services.doors import clear_doors, note_door
from fenjin.kit import clock
from fenjin.kit.errors import TooMany
from fenjin.people import services
from fenjin.people.services.claim import WrongClaim
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.testing import PASSWORD, make_administrator, sign_in

HERE = "10.0.0.7"


def rows():
    return list(DoorEvent.objects.order_by("pk").values_list("door", "outcome", "account_id"))


def test_a_sign_in_and_a_failure_are_kept_and_nobody_is_named_by_a_failure(account, zhang):
    services.check_sign_in(name="00001234", password=PASSWORD, address=HERE)
    for name in ("00001234", "typed his password here"):
        with pytest.raises(WrongSignIn):
            services.check_sign_in(name=name, password="wrong one 123", address=HERE)
    assert rows() == [
        ("sign_in", "passed", account.pk),
        ("sign_in", "failed", None),
        ("sign_in", "failed", None),
    ]
    first, second, third = DoorEvent.objects.order_by("pk")
    assert first.identity == second.identity != third.identity
    assert first.address == second.address == third.address != ""
    for row in (first, second, third):
        kept = f"{row.identity} {row.address}"
        assert not any(secret in kept for secret in ("00001234", "password", HERE, zhang.name))


def test_codes_and_shut_doors_are_kept(account, zhang, security):
    services.issue_claim_code(actor=security, person=zhang)
    for _try in range(11):
        with pytest.raises((WrongClaim, TooMany)):
            services.check_claim(number="00001234", name="张伟", code="AAAA AAAA", address=HERE)
    assert ("claim", "failed", None) in rows()
    assert rows()[-1] == ("claim", "shut", None)


def test_the_auditor_finds_tries_by_what_was_typed(client, account, world):
    auditor = make_administrator("audit")
    with pytest.raises(WrongSignIn):
        services.check_sign_in(name="00001234", password="wrong one 123", address=HERE)
    services.check_sign_in(name="00001234", password=PASSWORD, address=HERE)
    note_door(door="sign_in", outcome="failed", name="somebody else", address="10.9.9.9")
    sign_in(client, auditor)
    for query, count in (
        ({"typed": " 00001234 "}, 2),
        ({"typed": "nobody"}, 0),
        ({"outcome": "failed"}, 2),
        ({"who": "00001234"}, 1),
        ({"who": "张伟"}, 1),
        ({"door": "claim"}, 0),
        ({"until": "2001-01-01"}, 0),
        ({"since": "x", "before": "99999999999999999999"}, 3),
    ):
        assert len(client.get("/studio/audit/sign-ins/", query).context["lines"]) == count, query
    page = client.get("/studio/audit/sign-ins/", {"typed": "00001234"})
    assert "10.0.0.7" not in page.text


def test_pages_of_tries_have_no_gaps(client, world):
    auditor = make_administrator("audit")
    for number in range(120):
        note_door(door="sign_in", outcome="failed", name=f"n{number}", address=HERE)
    sign_in(client, auditor)
    seen, before = [], ""
    while True:
        page = client.get("/studio/audit/sign-ins/", {"before": before} if before else {}).context
        seen += [line.event.pk for line in page["lines"]]
        if page["older"] is None:
            break
        before = page["older"]
    assert len(seen) == len(set(seen)) == 120


def test_nothing_goes_before_180_days_whoever_asks(world, settings, later):
    settings.SECURITY_LOG_DAYS = 1
    note_door(door="sign_in", outcome="failed", name="x", address=HERE)
    seal_events(DOORS)
    later(days=179)
    assert clear_doors() == 0
    later(days=181)
    # The clock of the platform runs ahead here; the database trusts its own.
    with pytest.raises(DatabaseError), transaction.atomic():
        clear_doors()
    for statement in (
        "UPDATE audit_doorevent SET door = door",
        "TRUNCATE audit_doorevent",
        "DELETE FROM audit_doorevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert DoorEvent.objects.count() == 1


def test_what_is_old_enough_goes(world):
    for days in (366, 364):
        with clock.pretend(clock.now() - timedelta(days=days)):
            note_door(door="sign_in", outcome="failed", name="x", address=HERE)
            seal_events(DOORS)
    assert django_settings.SECURITY_LOG_DAYS == 365
    assert clear_doors() == 1
    assert health.security_log() is None


def test_the_doctor_objects_to_a_shorter_time(world, settings):
    settings.SECURITY_LOG_DAYS = 30
    assert "180" in health.security_log()
