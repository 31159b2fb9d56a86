"""The log: read by one office, filtered and paged, exported without formulas."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fenjin.audit.export import as_csv, as_workbook
from fenjin.audit.models import AuditEvent, LogExport
from fenjin.audit.selectors.log import AuditFilter, iterate_events, list_events
from fenjin.audit.services import record, seal_events
from fenjin.audit.services.exports import ask_export, remove_old_exports, take_up_lost_exports, write_file
from fenjin.kit import clock
from fenjin.kit.exports import plain_cell
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in


def test_events_are_filtered_and_paged_without_gaps(reader, write):
    write(7)
    record(actor=reader, act="other.act", target=("unit", 5))
    assert [line.event.act for line in list_events(AuditFilter(act="other.act")).lines] == ["other.act"]
    assert list_events(AuditFilter(actor_ids=(reader.pk,))).lines[0].actor == reader.operator_name
    assert len(list_events(AuditFilter(kind="person", target_ids=(3,))).lines) == 1
    today = clock.now().date()
    assert not list_events(AuditFilter(until=today.replace(year=2000))).lines
    seen, before = [], ""
    while True:
        page = list_events(AuditFilter(act="test.act"), before=before, size=3)
        seen += [line.event.target_id for line in page.lines]
        before = page.older
        if not before:
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
        list_events(AuditFilter(act="test.act", target_ids=(persons[0].pk,)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  @x"])
def test_no_cell_becomes_a_formula(reader, text):
    assert plain_cell(text) == f"'{text}"
    record(actor=reader, act=text.strip() or "x", target=("person", 1), details={"note": text})
    rows = list(csv.reader(io.StringIO("".join(as_csv(iterate_events(AuditFilter()))))))
    assert len(rows) == 2
    for cell in rows[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_harmless_cells_stay_as_they_are():
    assert [plain_cell(text) for text in ("张伟", "2026-01-01", "a=b", "")] == ["张伟", "2026-01-01", "a=b", ""]


def test_the_workbook_holds_texts_only(reader):
    record(actor=reader, act="=HYPERLINK(1)", target=("person", 1))
    book = as_workbook(iterate_events(AuditFilter()))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "=HYPERLINK(1)" in rows[1]
    assert all(isinstance(cell, str) for cell in rows[1])


def acts():
    return list(AuditEvent.objects.filter(act__startswith="audit.").order_by("pk").values_list("act", flat=True))


def test_the_desk_shows_exports_and_verifies_and_writes_that_down(client, reader, write):
    write(60)
    sign_in(client, reader)
    page = client.get("/studio/audit/", {"act": "test.act", "text": "test.act"})
    assert len(page.context["page"].lines) == 50
    older = client.get("/studio/audit/", {"text": "test.act", "before": page.context["page"].older})
    assert len(older.context["page"].lines) == 10
    for form in ("csv", "xlsx"):
        response = client.get(f"/studio/audit/export.{form}", {"text": "test.act"})
        assert response.status_code == 200
        assert f".{form}" in response["Content-Disposition"]
    seal_events()
    assert client.post("/studio/audit/verify/").context["chain"].broken is None
    assert client.get("/studio/audit/verify/").context["chain"].checked is False
    assert client.get("/studio/audit/sign-ins/").status_code == 200
    assert acts() == [*["audit.look"] * 2, *["audit.export"] * 2, "audit.verify", "audit.look_doors"]
    assert AuditEvent.objects.filter(act="audit.look").last().details == {"filter": {"text": "test.act"}}


def test_an_export_whose_job_was_lost_is_written_later_or_given_up(reader, settings, tmp_path):
    settings.FENJIN_DATA = tmp_path
    export = ask_export(actor=reader, wanted=AuditFilter(), form="csv", language="en")
    assert take_up_lost_exports() == 0
    for minutes, state, found in ((31, "waiting", "ready"), (31, "writing", "ready"), (300, "writing", "failed")):
        asked = clock.now() - timedelta(minutes=minutes)
        LogExport.objects.filter(pk=export.pk).update(asked_at=asked, state=state)
        assert take_up_lost_exports() == 1
        export.refresh_from_db()
        assert export.state == found
    assert take_up_lost_exports() == 0


def test_a_large_export_is_written_by_a_job_and_fetching_is_written_down(
    client, reader, write, monkeypatch, settings, tmp_path
):
    settings.FENJIN_DATA = tmp_path
    monkeypatch.setattr("fenjin.audit.desk.AT_ONCE", 5)
    monkeypatch.setattr("fenjin.kit.exports.SHEET_ROWS", 4)
    write(9)
    record(actor=None, act="=1+1", target=("person", 1))
    sign_in(client, reader)
    for form in ("csv", "xlsx"):
        answer = client.get(f"/studio/audit/export.{form}")
        assert answer["Location"] == "/studio/audit/exports/"
        export = LogExport.objects.latest("pk")
        assert client.post(f"/studio/audit/exports/{export.pk}/").status_code == 409
        write_file(export.pk)
        write_file(export.pk)
        export.refresh_from_db()
        assert (export.state, export.lines >= 10) == ("ready", True)
        assert client.get("/studio/audit/exports/").status_code == 200
        content = b"".join(client.post(f"/studio/audit/exports/{export.pk}/").streaming_content)
        if form == "csv":
            assert "'=1+1" in content.decode("utf-8-sig")
        else:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            sheets = [book.get_sheet_by_index(number).to_python() for number in range(len(book.sheet_names))]
            assert sum(len(sheet) - 1 for sheet in sheets) == export.lines
            assert all(isinstance(cell, str) for sheet in sheets for row in sheet for cell in row)
    assert acts().count("audit.export_fetch") == 2
    with clock.pretend(clock.now() + timedelta(days=8)):
        assert remove_old_exports() == 2
    assert list((tmp_path / "audit-exports").iterdir()) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "li.wei"}, 1),
        ({"who": "nobody"}, 0),
        ({"kind": "person", "target": "0001"}, 1),
        ({"kind": "person", "target": "张伟"}, 1),
        ({"kind": "person", "target": "李四"}, 0),
        ({"text": "渤海"}, 1),
        ({"text": "Office GIVEN"}, 1),
        ({"space": "1"}, 1),
        ({"since": "2001-01-01", "until": "2001-12-31"}, 1),
        ({"text": "ancient"}, 0),
        ({"text": "ancient", "since": "2001-01-01"}, 1),
    ],
)
def test_each_filter_finds_its_row(client, reader, query, count):
    other = make_account(make_person("张伟", unit=make_unit(), number="0001"))
    operator = make_administrator("security")
    operator.operator_name = "li.wei"
    operator.save()
    record(actor=operator, act="test.one", target=("unit", 5))
    record(actor=None, act="test.two", target=("person", other.person_id))
    record(actor=None, act="test.three", target=("unit", 6), details={"note": "渤海"})
    record(actor=None, act="people.office_give", target=("account", 5))
    record(actor=None, act="test.four", target=("unit", 6), space_id=1)
    with clock.pretend(datetime(2001, 6, 1, tzinfo=UTC)):
        record(actor=None, act="test.ancient", target=("unit", 6))
    sign_in(client, reader)
    client.cookies["django_language"] = "en"
    found = client.get("/studio/audit/", query, headers={"Accept-Language": "en"}).context["page"].lines
    assert len([line for line in found if line.event.act.startswith(("test.", "people.office"))]) == count


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (AuditFilter(), "audit_by_time"),
        (AuditFilter(actor_ids=(5,)), "audit_of_actor"),
        (AuditFilter(act="people.claim"), "audit_of_act"),
        (AuditFilter(kind="person", target_ids=(77,)), "audit_of_target"),
        (AuditFilter(space_id=3), "audit_of_space"),
        (AuditFilter(since=date(2026, 1, 1), until=date(2026, 1, 2)), "audit_by_time"),
    ],
)
def test_pages_of_a_long_log_are_one_range_of_an_index(reader, wanted, index):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (at, actor_id, act, target_kind, target_id, space_id, details)"
            " SELECT '2026-01-01'::timestamptz + n * interval '1 minute', n % 50, 'people.' || (n % 40),"
            " 'person', n % 900, n % 60, '{}' FROM generate_series(1, 30000) AS n"
        )
        cursor.execute("ANALYZE audit_auditevent")
        before = f"{datetime(2026, 1, 15, tzinfo=UTC).isoformat()}~15000"
        with CaptureQueriesContext(connection) as seen:
            list_events(wanted, before=before)
        statement = seen.captured_queries[0]["sql"]
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert f"using {index}" in plan, plan
    assert "Sort" not in plan, plan
    assert "ROW(at, id) <" in plan.split("Filter")[0], plan


@pytest.mark.parametrize(
    "query",
    [
        "who=%00x",
        "since=yesterday",
        "before=-1",
        "before=2026-01-01~5",
        "act=%00",
        "target=99999999999999999999",
        "text=%25",
    ],
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
    assert client.get("/studio/audit/sign-ins/").status_code == 404
    assert client.get("/studio/audit/exports/").status_code == 404
    assert client.post("/studio/audit/exports/1/").status_code == 404
    assert client.post("/studio/audit/verify/").status_code == 404
    assert AuditEvent.objects.count() == before
