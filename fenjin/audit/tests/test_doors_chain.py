"""The record of the doors under seal: what is changed or taken away is found, what has had its time may go."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from fenjin.audit import command, health
from fenjin.audit.models import AuditEvent, DoorEvent, DoorSeal
from fenjin.audit.selectors.broken import sentence_of
from fenjin.audit.selectors.chain import Head, chain_state, current_head, find_broken
from fenjin.audit.selectors.ledgers import DOORS
from fenjin.audit.services import note_door, seal_events
from fenjin.audit.services.doors import clear_doors
from fenjin.audit.services.heads import keep_head
from fenjin.audit.services.sealing import seal_all
from fenjin.audit.tasks import seal_audit
from fenjin.kit import clock


def tries(number):
    for place in range(number):
        note_door(door="sign_in", outcome="failed", name=f"n{place}", address="10.0.0.7")


def long_ago(days, number=2):
    """Leave tries that were made and sealed so many days ago."""
    with clock.pretend(clock.now() - timedelta(days=days)):
        tries(number)
        seal_events(DOORS)


@pytest.fixture
def doors(transactional_db):
    """Two links over three and four tries."""
    tries(3)
    seal_events(DOORS)
    tries(4)
    seal_events(DOORS)
    return list(DoorEvent.objects.order_by("pk").values_list("pk", flat=True))


def found():
    broken = find_broken()
    return broken and (broken.ledger, broken.kind, broken.event_id)


def test_the_doors_have_a_chain_of_their_own_and_the_log_keeps_its_head(doors, settings, tmp_path):
    settings.FENJIN_DATA = tmp_path
    keep_head()
    state = chain_state(DOORS)
    assert (state.sealed_to, state.waiting, find_broken()) == (doors[-1], 0, None)
    kept = AuditEvent.objects.get(act="audit.head_keep")
    assert kept.details == {"doors": str(Head(doors[-1], DoorSeal.objects.latest("last_id").sha256))}
    assert current_head().last_id >= kept.pk


@pytest.mark.parametrize(
    "change",
    [
        "outcome = 'passed'",
        "account_id = 99",
        "at = at - interval '1 hour'",
        "door = 'claim'",
        "identity = repeat('0', 32)",
        "address = ''",
    ],
)
def test_a_changed_try_is_named(doors, tamper, change):
    tamper(f"UPDATE audit_doorevent SET {change} WHERE id = {doors[4]}")
    assert found() == ("doors", "changed", doors[4])
    with translation.override("en"):
        said = sentence_of(find_broken())
    assert "record of the doors" in said
    assert str(doors[4]) in said


def test_a_try_that_was_taken_away_is_named(doors, tamper):
    tamper(f"DELETE FROM audit_doorevent WHERE id = {doors[1]}")
    assert found() == ("doors", "deleted", doors[1])


def test_a_try_that_was_put_in_is_named(doors, tamper):
    hole = doors[-1] + 1
    tamper("SELECT nextval('audit_doorevent_id_seq')")
    tries(1)
    seal_events(DOORS)
    row = "now(), 'sign_in', 'passed', '', ''"
    tamper(f"INSERT INTO audit_doorevent (id, at, door, outcome, identity, address) VALUES ({hole}, {row})")
    assert found() == ("doors", "inserted", hole)


def test_a_changed_or_missing_link_is_named(doors, tamper):
    tamper(f"UPDATE audit_doorseal SET marks = decode(repeat('00', 48), 'hex') WHERE last_id = {doors[2]}")
    assert found() == ("doors", "changed", doors[0])
    tamper(f"DELETE FROM audit_doorseal WHERE last_id = {doors[2]}")
    assert found() == ("doors", "link_missing", 1)


def test_tries_and_links_that_were_cut_off_together_are_found_by_the_log(doors, tamper, settings, tmp_path):
    settings.FENJIN_DATA = tmp_path
    keep_head()
    tamper(
        f"DELETE FROM audit_doorevent WHERE id > {doors[2]}", f"DELETE FROM audit_doorseal WHERE last_id > {doors[2]}"
    )
    broken = find_broken()
    assert (broken.ledger, broken.kind, broken.link) == ("doors", "cut_off", doors[-1])


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_changes_and_removes_no_link(doors, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("audit_doorseal"))
    assert DoorSeal.objects.count() == 2


def test_what_has_had_its_time_goes_and_the_chain_stays_whole(transactional_db, tamper):
    long_ago(400)
    long_ago(300)
    long_ago(10)
    assert clear_doors() == 2
    assert DoorSeal.objects.count() == 3
    assert find_broken() is None
    old, young = DoorEvent.objects.order_by("pk")[:2], DoorEvent.objects.order_by("-pk")[0]
    tamper(f"DELETE FROM audit_doorevent WHERE id = {old[0].pk}")
    assert find_broken() is None  # it had stayed its 180 days
    tamper(f"UPDATE audit_doorevent SET outcome = 'passed' WHERE id = {old[1].pk}")
    assert found() == ("doors", "changed", old[1].pk)
    tamper(f"UPDATE audit_doorevent SET outcome = 'failed' WHERE id = {old[1].pk}")
    tamper(f"DELETE FROM audit_doorevent WHERE id = {young.pk}")
    assert found() == ("doors", "deleted", young.pk)


def test_what_no_link_covers_yet_stays(transactional_db):
    with clock.pretend(clock.now() - timedelta(days=400)):
        tries(1)
    assert clear_doors() == 0
    seal_all(DOORS)
    assert clear_doors() == 0  # sealed today


def test_the_job_seals_the_doors_every_ten_minutes(db, later):
    tries(2)
    later(minutes=1)
    seal_audit(60)
    assert DoorSeal.objects.count() == 0
    seal_audit(600)
    assert DoorSeal.objects.count() == 1


def test_the_command_and_the_doctor_look_at_the_doors_too(doors, tamper, later, settings, tmp_path, capsys):
    settings.FENJIN_DATA = tmp_path
    assert command.run_verify(since=0, given=(), file=None, as_json=True)
    assert json.loads(capsys.readouterr().out)["doors_sealed_to"] == doors[-1]
    tries(1)
    assert health.chain() is None
    seal_all()
    later(minutes=40)
    assert "doors" in health.chain()
    tamper(f"DELETE FROM audit_doorevent WHERE id = {doors[1]}")
    assert not command.run_verify(since=0, given=(), file=None, as_json=False)
    assert str(doors[1]) in capsys.readouterr().err
