"""The hash chain against somebody who owns the tables: every way to change the log is found, at its row."""

import json

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from fenjin.audit import command, health
from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.selectors.broken import sentence_of
from fenjin.audit.selectors.chain import (
    Broken,
    Head,
    chain_hash,
    chain_state,
    current_head,
    find_broken,
    gaps_between,
    marks_of,
)
from fenjin.audit.services import record, seal_events
from fenjin.audit.services.heads import heads_file, keep_head, kept_heads
from fenjin.audit.services.sealing import REST, seal_all
from fenjin.kit import clock

TABLES = ("audit_auditevent", "audit_auditseal")


@pytest.fixture
def chain(transactional_db, tamper, write):
    """Two links over three and four committed rows; returns what the owner of the tables may do to them."""
    write(3)
    seal_events()
    write(4)
    seal_events()
    return tamper


@pytest.fixture
def ids(chain):
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", TABLES)
def test_the_application_changes_and_removes_no_row(db, write, statement, table):
    write(2)
    seal_events()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert (AuditEvent.objects.filter(act="test.act").count(), AuditSeal.objects.count()) == (2, 1)


def test_each_link_covers_the_one_before(chain, ids):
    first, second = AuditSeal.objects.order_by("last_id")
    assert (first.events, second.events) == (3, 4)
    assert (second.first_id, second.last_id) == (first.last_id + 1, ids[-1])
    assert seal_events() is None
    state = chain_state(check=True)
    assert (state.seals, state.sealed_to, state.waiting, state.broken) == (2, ids[-1], 0, None)
    assert current_head() == Head(second.last_id, second.sha256)


@pytest.mark.parametrize(
    "change",
    [
        "act = 'test.other'",
        "actor_id = 99",
        "at = at - interval '1 hour'",
        "details = '{\"a\": 1}'",
        "target_id = 99",
        "target_kind = 'unit'",
        "space_id = 7",
    ],
)
def test_a_changed_row_is_named(chain, ids, change):
    chain(f"UPDATE audit_auditevent SET {change} WHERE id = {ids[4]}")
    broken = find_broken()
    assert (broken.kind, broken.event_id) == ("changed", ids[4])
    assert str(ids[4]) in sentence_of(broken)


def test_a_deleted_row_is_named(chain, ids):
    chain(f"DELETE FROM audit_auditevent WHERE id = {ids[1]}")
    assert (find_broken().kind, find_broken().event_id) == ("deleted", ids[1])


def test_two_rows_that_change_places_are_named(chain, ids):
    a, b = ids[3], ids[5]
    chain(
        f"UPDATE audit_auditevent SET id = -1 WHERE id = {a}",
        f"UPDATE audit_auditevent SET id = {a} WHERE id = {b}",
        f"UPDATE audit_auditevent SET id = {b} WHERE id = -1",
    )
    assert (find_broken().kind, find_broken().event_id) == ("changed", a)


INSERT = (
    "INSERT INTO audit_auditevent (id, at, act, target_kind, details) VALUES ({}, now(), 'test.act', 'person', '{{}}')"
)


def test_a_row_put_into_an_old_gap_is_named(chain, ids, write, later):
    hole = ids[-1] + 1
    chain("SELECT nextval('audit_auditevent_id_seq')")
    write(1)
    seal_events()
    assert AuditSeal.objects.order_by("last_id").last().gaps == [[hole, hole]]
    later(days=8)
    chain(INSERT.format(hole))
    assert (find_broken().kind, find_broken().event_id) == ("inserted", hole)
    assert seal_events() is None
    write(1)
    seal_events()
    assert (find_broken().kind, find_broken().event_id) == ("inserted", hole)


def test_a_row_put_into_a_young_gap_is_named_and_never_sealed(chain, ids, write):
    """What was there or on its way when the link was written is told from what began afterwards."""
    hole = ids[-1] + 1
    chain("SELECT nextval('audit_auditevent_id_seq')")
    write(1)
    seal_events()
    assert find_broken() is None
    chain(INSERT.format(hole))
    assert (find_broken().kind, find_broken().event_id) == ("inserted", hole)
    write(1)
    assert seal_events().late == []
    assert (find_broken().kind, find_broken().event_id) == ("inserted", hole)


def test_after_a_restore_a_row_that_was_on_its_way_is_sealed_late(chain, ids, write):
    """Transactions are counted anew in another server, so that its numbers prove nothing about older links."""
    hole = ids[-1] + 1
    chain("SELECT nextval('audit_auditevent_id_seq')")
    write(1)
    seal_events()
    chain(INSERT.format(hole))
    record(actor=None, act="platform.restore", target=("backup", None))
    assert seal_events().late == [hole]
    assert find_broken() is None


def test_the_job_leaves_the_youngest_rows_for_its_next_run(db, write, later):
    write(3)
    assert seal_all(rest=REST) == 0
    later(seconds=11)
    assert seal_all(rest=REST) == 1
    assert chain_state().waiting == 0


def test_a_row_put_in_before_the_first_is_named(chain):
    chain(INSERT.format(-5))
    assert (find_broken().kind, find_broken().event_id) == ("inserted", -5)


def test_a_row_whose_traces_were_covered_up_in_its_own_link_is_found(chain, ids):
    """Row and link are changed together, with the right hash: the next link no longer fits."""
    chain(f"UPDATE audit_auditevent SET act = 'test.other' WHERE id = {ids[0]}")
    seal = AuditSeal.objects.order_by("last_id").first()
    rows = list(AuditEvent.objects.filter(pk__lte=seal.last_id).order_by("pk"))
    seal.marks = marks_of(rows)
    forged = chain_hash("", rows, seal)
    chain(f"UPDATE audit_auditseal SET sha256 = '{forged}', marks = '\\x{seal.marks.hex()}' WHERE id = {seal.pk}")
    broken = find_broken()
    assert (broken.kind, broken.link) == ("link_changed", ids[-1])


@pytest.mark.parametrize("change", ["sha256 = repeat('0', 64)", "sealed_at = now() - interval '1 day'", "events = 9"])
def test_a_changed_link_is_named(chain, ids, change):
    chain(f"UPDATE audit_auditseal SET {change} WHERE last_id = {ids[2]}")
    assert (find_broken().kind, find_broken().link) == ("link_changed", ids[2])


def test_a_missing_link_is_named(chain, ids):
    chain(f"DELETE FROM audit_auditseal WHERE last_id = {ids[2]}")
    assert (find_broken().kind, find_broken().link) == ("link_missing", ids[-1])


def test_a_tail_that_was_cut_off_is_found_by_a_kept_head(chain, ids):
    head = current_head()
    chain(f"DELETE FROM audit_auditevent WHERE id > {ids[2]}", f"DELETE FROM audit_auditseal WHERE last_id > {ids[2]}")
    assert find_broken() is None  # the chain alone cannot know
    broken = find_broken(heads=[head])
    assert (broken.kind, broken.link) == ("cut_off", head.last_id)


def test_a_tail_that_was_written_anew_is_found_by_a_kept_head(chain, ids):
    head = current_head()
    chain(
        f"UPDATE audit_auditevent SET act = 'test.other' WHERE id = {ids[-1]}",
        f"DELETE FROM audit_auditseal WHERE last_id > {ids[2]}",
    )
    seal_events()
    assert find_broken() is None
    assert find_broken(heads=[head]).kind == "cut_off"


def test_from_a_link_on_what_lies_before_is_trusted(chain, ids):
    chain(f"UPDATE audit_auditevent SET act = 'test.other' WHERE id = {ids[0]}")
    assert find_broken(since=ids[2]) is None
    assert find_broken().event_id == ids[0]


def test_a_row_that_commits_after_the_sealer_passed_is_sealed_late_and_once(chain, ids, write, test_database):
    with psycopg.connect(test_database.urls.application) as slow:
        (late,) = slow.execute(INSERT.format("DEFAULT") + " RETURNING id").fetchone()
        (after,) = write(1)
        passed = seal_events()
        assert passed.gaps == [[late, late]]
        assert passed.last_id == after.pk
        slow.commit()
    assert find_broken() is None  # it waits
    write(1)
    taken = seal_events()
    assert (taken.late, taken.events) == ([late], 2)
    write(1)
    assert seal_events().late == []
    assert find_broken() is None
    chain(f"UPDATE audit_auditevent SET act = 'test.other' WHERE id = {late}")
    assert (find_broken().kind, find_broken().event_id) == ("changed", late)


def test_the_sealer_waits_for_nobody_and_nobody_for_it(chain, write, test_database):
    with psycopg.connect(test_database.urls.application) as slow:
        slow.execute(INSERT.format("DEFAULT"))
        with transaction.atomic():
            write(1)
            assert seal_events() is not None
            slow.execute("SET lock_timeout = '2s'")
            slow.execute(INSERT.format("DEFAULT"))
        slow.rollback()


def test_a_transaction_that_runs_for_two_days_keeps_its_place(chain, write, test_database, later):
    with psycopg.connect(test_database.urls.application) as slow:
        (late,) = slow.execute(INSERT.format("DEFAULT") + " RETURNING id").fetchone()
        write(1)
        seal_events()
        later(days=2)
        write(1)
        seal_events()
        slow.commit()
    write(1)
    assert seal_events().late == [late]
    assert find_broken() is None


@pytest.mark.parametrize("given", [[1, 2, 4, 7], [3], [], [1, 2, 3, 4, 5, 6, 7, 8, 9], [9], [1]])
def test_gaps_are_what_is_not_there(given):
    missing = [pk for first, last in gaps_between(1, 9, given) for pk in range(first, last + 1)]
    assert sorted(missing + given) == list(range(1, 10))


def test_many_rows_make_several_links(db, write, monkeypatch):
    monkeypatch.setattr("fenjin.audit.services.sealing.MOST_ROWS", 3)
    write(8)
    assert seal_all() == 3
    assert find_broken() is None


def test_a_link_of_the_first_version_still_verifies(db, write):
    rows = [AuditEvent.objects.get(pk=row.pk) for row in write(2)]
    span = {"first_id": rows[0].pk, "last_id": rows[1].pk, "events": 2}
    AuditSeal.objects.create(version=1, sha256=chain_hash("", rows), sealed_at=clock.now(), **span)
    write(2)
    seal_events()
    assert find_broken() is None


# ---- the head outside, the command, the doctor ---------------------------------------------------------


def test_the_head_is_kept_in_a_file_and_mailed(db, write, settings, tmp_path, mailoutbox):
    settings.FENJIN_DATA, settings.AUDIT_HEADS_MAIL = tmp_path, "auditor@example.com"
    write(2)
    head = keep_head()
    keep_head()
    assert kept_heads()[0] == head
    assert len(kept_heads()) == 2
    assert heads_file().stat().st_mode & 0o077 == 0
    assert str(head) in mailoutbox[0].body


def test_a_broken_chain_is_mailed_and_keeps_no_head(chain, ids, settings, tmp_path, mailoutbox):
    settings.FENJIN_DATA, settings.AUDIT_HEADS_MAIL = tmp_path, "auditor@example.com"
    chain(f"UPDATE audit_auditevent SET act = 'test.other' WHERE id = {ids[0]}")
    assert keep_head() is None
    assert kept_heads() == []
    assert str(ids[0]) in mailoutbox[0].body


def test_the_command_tells_machines_and_people(chain, ids, settings, tmp_path, capsys):
    settings.FENJIN_DATA = tmp_path
    assert command.run_verify(since=0, given=(str(current_head()),), file=None, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["sealed_to"], told["heads_compared"], told["broken"]) == (True, ids[-1], 1, None)
    chain(f"DELETE FROM audit_auditevent WHERE id = {ids[1]}")
    assert not command.run_verify(since=0, given=(), file=None, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["broken"]["kind"], told["broken"]["row"]) == (False, "deleted", ids[1])
    assert not command.run_verify(since=0, given=(), file=None, as_json=False)
    assert str(ids[1]) in capsys.readouterr().err
    assert AuditEvent.objects.filter(act="audit.verify", actor_id__isnull=True).count() == 3


def test_the_doctor_says_when_rows_wait_for_long(db, write, later):
    seal_all()
    assert health.chain() is None
    write(1)
    assert health.chain() is None
    later(minutes=20)
    assert "worker" in health.chain()


@pytest.mark.parametrize("kind", ["changed", "deleted", "inserted", "link_changed", "link_missing", "range", "cut_off"])
def test_every_kind_of_break_has_a_sentence(kind):
    assert "7" in sentence_of(Broken(kind, 7, 7))


def test_record_is_what_the_chain_covers(db):
    row = record(actor=None, act="test.act", target=("person", 1), details={"b": 1, "a": "文"})
    seal_events()
    assert AuditSeal.objects.get().last_id == row.pk
    assert find_broken() is None
