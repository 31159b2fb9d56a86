"""The log: append only, sealed, read by one office, exported without formulas."""

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction
from python_calamine import CalamineWorkbook

from fenjin.audit import selectors
from fenjin.audit.export import as_csv, as_workbook, plain_cell
from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.selectors import AuditFilter, chain_hash, chain_state, list_events
from fenjin.audit.services import record, seal_events
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in


@pytest.fixture
def reader(db):
    with every_space(Reason.TEST):
        yield make_administrator("audit")


def write(number, **more):
    for index in range(number):
        record(actor=None, act="test.act", target=("person", index + 1), **more)


@pytest.fixture
def calm(monkeypatch):
    """Let every row be old enough to be sealed: other tests' transactions do not count here."""
    monkeypatch.setattr("fenjin.audit.services._quiet_until", clock.now)


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["audit_auditevent", "audit_auditseal"])
def test_no_row_is_changed_or_removed(reader, calm, statement, table):
    write(2)
    seal_events()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert (AuditEvent.objects.filter(act="test.act").count(), AuditSeal.objects.count()) == (2, 1)


def test_each_seal_covers_the_one_before(reader, calm):
    write(3)
    first = seal_events()
    write(2)
    second = seal_events()
    assert (first.events, second.events) == (3, 2)
    assert seal_events() is None
    state = chain_state(check=True)
    assert (state.seals, state.sealed_to, state.waiting, state.broken_at) == (2, second.last_id, 0, None)


@pytest.mark.parametrize("change", ["sha256", "events", "gap"])
def test_a_link_that_does_not_fit_its_rows_is_named(reader, calm, change):
    write(2)
    sound = seal_events()
    write(2)
    rows = list(AuditEvent.objects.filter(pk__gt=sound.last_id).order_by("pk"))
    good = {"sha256": chain_hash(sound.sha256, rows), "events": 2, "first_id": rows[0].pk, "last_id": rows[1].pk}
    wrong = {"sha256": {"sha256": "0" * 64}, "events": {"events": 3}, "gap": {"last_id": rows[0].pk}}[change]
    link = AuditSeal.objects.create(**(good | wrong), sealed_at=clock.now())
    assert chain_state(check=True).broken_at == link.pk


def test_a_fresh_row_waits_until_running_transactions_are_over(reader):
    write(1)
    assert seal_events() is None
    assert chain_state().waiting == 1


def test_events_are_filtered_and_paged_without_gaps(reader):
    write(7)
    record(actor=reader, act="other.act", target=("unit", 5))
    assert [line.event.act for line in list_events(AuditFilter(act="other.act")).lines] == ["other.act"]
    assert list_events(AuditFilter(actor_id=reader.pk)).lines[0].actor == reader.operator_name
    assert len(list_events(AuditFilter(kind="person", target_id=3)).lines) == 1
    today = clock.now().date()
    assert not list_events(AuditFilter(until=today.replace(year=2000))).lines
    seen, before = [], None
    while True:
        page = list_events(AuditFilter(act="test.act"), before=before, size=3)
        seen += [line.event.target_id for line in page.lines]
        before = page.older
        if before is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_the_log_names_people_units_and_spaces(reader):
    unit = make_unit("启明集团")
    person = make_person("张伟", unit=unit, number="0001")
    record(actor=reader, act="test.act", target=("person", person.pk))
    record(actor=reader, act="test.act", target=("unit", unit.pk))
    record(actor=reader, act="test.act", target=("space", 1))
    names = [line.target for line in list_events(AuditFilter(act="test.act")).lines]
    assert names == ["启明集团", "启明集团", "张伟 0001"]


def test_naming_takes_the_same_queries_for_one_row_and_for_fifty(reader, django_assert_num_queries):
    unit = make_unit("启明集团")
    persons = [make_person("张伟", unit=unit) for _ in range(10)]
    for person in persons:
        record(actor=reader, act="test.act", target=("person", person.pk))
    with django_assert_num_queries(3):
        list_events(AuditFilter(act="test.act"))
    with django_assert_num_queries(3):
        list_events(AuditFilter(act="test.act", target_id=persons[0].pk))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  @x"])
def test_no_cell_becomes_a_formula(reader, text):
    assert plain_cell(text) == f"'{text}"
    record(actor=reader, act=text.strip() or "x", target=("person", 1), details={"note": text})
    rows = list(csv.reader(io.StringIO("".join(as_csv(selectors.iterate_events(AuditFilter()))))))
    assert len(rows) == 2
    for cell in rows[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_harmless_cells_stay_as_they_are():
    assert [plain_cell(text) for text in ("张伟", "2026-01-01", "a=b", "")] == ["张伟", "2026-01-01", "a=b", ""]


def test_the_workbook_holds_texts_only(reader):
    record(actor=reader, act="=HYPERLINK(1)", target=("person", 1))
    book = as_workbook(selectors.iterate_events(AuditFilter()))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "=HYPERLINK(1)" in rows[1]
    assert all(isinstance(cell, str) for cell in rows[1])


def test_the_desk_shows_exports_and_verifies_and_writes_that_down(client, reader, calm):
    write(60)
    sign_in(client, reader)
    page = client.get("/studio/audit/", {"act": "test.act"})
    assert len(page.context["page"].lines) == 50
    older = client.get("/studio/audit/", {"act": "test.act", "before": page.context["page"].older})
    assert len(older.context["page"].lines) == 10
    for form in ("csv", "xlsx"):
        response = client.get(f"/studio/audit/export.{form}", {"act": "test.act"})
        assert response.status_code == 200
        assert f".{form}" in response["Content-Disposition"]
    seal_events()
    checked = client.post("/studio/audit/verify/")
    assert checked.context["chain"].broken_at is None
    assert list(AuditEvent.objects.filter(act__startswith="audit.").order_by("pk").values_list("act", flat=True)) == [
        "audit.export",
        "audit.export",
        "audit.verify",
    ]


@pytest.mark.parametrize(
    "query", ["actor_id=x", "since=yesterday", "before=-1", "act=%00", "target_id=99999999999999999999"]
)
def test_a_strange_filter_breaks_nothing(client, reader, query):
    sign_in(client, reader)
    assert client.get(f"/studio/audit/?{query}").status_code == 200


@pytest.mark.parametrize("who", ["system", "security", "employee"])
def test_nobody_else_reads_the_log(client, reader, who):
    sign_in(client, make_account() if who == "employee" else make_administrator(who))
    before = AuditEvent.objects.count()
    assert client.get("/studio/audit/").status_code == 404
    assert client.get("/studio/audit/export.csv").status_code == 404
    assert client.post("/studio/audit/verify/").status_code == 404
    assert AuditEvent.objects.count() == before
