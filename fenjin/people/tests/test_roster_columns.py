"""Which column means what: asked once, remembered, corrected, forgotten."""

import json

import click
import pytest
import xlsxwriter
from django.urls import reverse

from fenjin.audit.models import AuditEvent
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Numbering, RosterColumns, RosterImport, RosterUpload
from fenjin.people.roster.choice import Choice, IdentityColumn
from fenjin.people.roster.command import run
from fenjin.people.services import roster, roster_columns
from fenjin.people.testing import sign_in

ODD = ["编号", "名", "在哪里", "身份证号", "备注"]
IDENTITY = "11010519491231002X"
ROWS = [
    ["0001", "王帆", "某集团/甲公司/财务部", IDENTITY, "好"],
    ["0002", "李红", "某集团/乙公司", IDENTITY, ""],
    ["0003", "张伟", "某集团/乙公司/工会", "", "新"],
]


@pytest.fixture(autouse=True)
def _data(tmp_path, settings, world):
    settings.FENJIN_DATA = tmp_path


@pytest.fixture
def file(tmp_path):
    """Write a workbook with title, header and rows."""

    def write(*rows, header=ODD, name="六月.xlsx", title="花名册"):
        path = tmp_path / name
        workbook = xlsxwriter.Workbook(path)
        sheet = workbook.add_worksheet("名单")
        for index, cells in enumerate([[title], header, *rows]):
            sheet.write_row(index, 0, cells)
        workbook.close()
        return path

    return write


def upload(client, path):
    with path.open("rb") as content:
        return client.post(reverse("people_desk:import_upload"), {"file": content})


def answer(**more):
    told = {
        "header_row": 2,
        "sheet": "名单",
        "column_0": "number",
        "column_1": "name",
        "column_2": "path",
        "separator": "",
    }
    return told | more


def test_an_unclear_file_is_asked_about_once_and_the_next_month_goes_straight_through(client, system, file):
    sign_in(client, system)
    asked = upload(client, file(*ROWS))
    waiting = RosterUpload.objects.get()
    assert asked["Location"] == reverse("people_desk:upload_columns", args=[waiting.pk])
    assert not RosterImport.objects.exists()
    page = client.get(asked["Location"])
    assert [column.name for column, _bound in page.context["form"].rows()] == ODD
    assert "王帆" in page.text
    assert IDENTITY not in page.text
    assert waiting.original_name in client.get(reverse("people_desk:imports")).text
    done = client.post(asked["Location"], answer())
    made = RosterImport.objects.get()
    assert done["Location"] == reverse("people_desk:import", args=[made.pk])
    assert made.preview["counts"]["joins"] == 3
    assert made.preview["head"][0]["unit"] == "某集团/甲公司/财务部"
    assert (RosterUpload.objects.count(), RosterColumns.objects.count()) == (0, 1)
    assert IDENTITY not in str(list(RosterImport.objects.values()) + list(RosterColumns.objects.values()))
    again = upload(client, file(*ROWS[:2], name="七月.xlsx", title="另一个标题"))
    latest = RosterImport.objects.latest("pk")
    assert again["Location"] == reverse("people_desk:import", args=[latest.pk])
    assert latest.preview["counts"]["joins"] == 2


def test_the_answer_must_say_what_is_needed_and_never_takes_identity_numbers(client, system, file):
    sign_in(client, system)
    url = upload(client, file(*ROWS))["Location"]
    for wrong in (
        answer(column_0=""), answer(column_1=""), answer(column_2=""), answer(column_4="name"),
        answer(column_3="mobile"), answer(column_4="level"),
    ):  # fmt: skip
        assert client.post(url, wrong).status_code == 422
    assert not RosterImport.objects.exists()
    said, path = Choice(columns={"身份证号": "title"}), file(*ROWS)
    with pytest.raises(IdentityColumn):
        roster_columns.remember_columns(actor=None, file_path=path, choice=said)


def test_the_header_row_can_be_told(client, system, file):
    sign_in(client, system)
    path = file(["编号", "名", "在哪里", "身份证号", "备注"], *ROWS, header=["甲", "乙", "丙", "丁", "戊"])
    url = upload(client, path)["Location"]
    assert client.get(url).context["seen"].header_row == 2
    assert client.get(url, {"header_row": 3}).context["seen"].header == tuple(ODD)
    assert client.get(url, {"header_row": 33}).context["where"].errors
    client.post(url, answer(header_row=3))
    assert RosterImport.objects.get().preview["counts"]["joins"] == 3


def test_a_preview_can_be_read_again_with_other_columns(client, system, file):
    sign_in(client, system)
    header = ["工号", "姓名", "单位", "部门", "岗位"]
    path = file(
        ["0001", "王帆", "某集团", "甲公司", "会计"], ["0002", "李红", "某集团", "乙公司", "司机"], header=header
    )
    first = upload(client, path)
    made = RosterImport.objects.get()
    assert first["Location"] == reverse("people_desk:import", args=[made.pk])
    url = reverse("people_desk:import_columns", args=[made.pk])
    assert url in client.get(first["Location"]).text
    shown = client.get(url).context["form"]
    assert [bound.value() for _column, bound in shown.rows()] == ["number", "name", "level", "level", "title"]
    client.post(url, {"header_row": 2, "sheet": "名单", "column_0": "number", "column_1": "name", "column_2": "level"})
    again = RosterImport.objects.latest("pk")
    assert again.pk != made.pk
    assert again.preview["unmapped"] == ["部门", "岗位"]
    assert again.preview["units"]["named"] == 1


def test_what_is_remembered_can_be_seen_and_forgotten_with_an_audit_row(client, system, file):
    sign_in(client, system)
    client.post(upload(client, file(*ROWS))["Location"], answer())
    kept = RosterColumns.objects.get()
    page = client.get(reverse("people_desk:remembered_columns"))
    assert "在哪里" in page.text
    for _time in range(2):
        assert client.post(reverse("people_desk:columns_forget", args=[kept.pk])).status_code == 302
    assert not RosterColumns.objects.exists()
    acts = AuditEvent.objects.filter(target_kind="roster_columns").values_list("act", "actor_id")
    assert list(acts.order_by("pk")) == [
        ("people.roster_columns", system.pk), ("people.roster_columns_forgotten", system.pk),
    ]  # fmt: skip
    assert "waiting" not in upload(client, file(*ROWS))["Location"]
    assert RosterUpload.objects.count() == 1


def test_an_apply_reads_the_file_as_its_preview_did_though_the_columns_are_forgotten(file):
    path = file(*ROWS)
    said = Choice(columns={"编号": "number", "名": "name", "在哪里": "path"})
    made = roster.preview_roster(actor=None, file_path=path, original_name="a.xlsx", choice=said)
    assert roster.apply_roster(actor=None, import_id=made.pk).state == "applied"


def test_waiting_files_are_deleted_after_seven_days(file, later, settings):
    waiting = roster_columns.keep_upload(actor=None, file_path=file(*ROWS), original_name="a.xlsx")
    stored = settings.FENJIN_DATA / "rosters" / waiting.stored_name
    assert IDENTITY.encode() not in stored.read_bytes()
    assert roster_columns.delete_old_waiting() == 0
    later(days=7, minutes=1)
    assert (roster_columns.delete_old_waiting(), roster_columns.delete_old_waiting()) == (1, 0)
    assert not stored.exists()
    assert not RosterUpload.objects.exists()


def test_a_file_without_a_row_is_swept_away(settings, later):
    stray = settings.FENJIN_DATA / "rosters" / "plain-left-by-a-killed-process"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("0001,王帆")
    assert roster_columns.delete_old_waiting() == 0
    later(hours=13)
    assert roster_columns.delete_old_waiting() == 1
    assert not stray.exists()


def test_only_the_system_administrator_says_what_columns_mean(file):
    operator = Account.objects.create(operator_name="审计")
    for act in (
        lambda: roster_columns.keep_upload(actor=operator, file_path=file(*ROWS), original_name="a.xlsx"),
        lambda: roster_columns.read_upload(actor=operator, upload_id=1, choice=Choice()),
        lambda: roster_columns.read_again(actor=operator, import_id=1, choice=Choice()),
        lambda: roster_columns.forget_columns(actor=operator, columns_id=1),
    ):
        with pytest.raises(NotYourOffice):
            act()


def test_the_command_line_names_columns_and_uses_what_is_remembered(file, capsys):
    path = file(["编号", "名", "在哪里", "身份证号", "备注"], *ROWS, header=["甲", "乙", "丙", "丁", "戊"])
    with pytest.raises(click.BadParameter):
        run(path, apply_it=False, mapped=("编号",))
    with pytest.raises(click.BadParameter):
        run(path, apply_it=False, mapped=("编号=wages",))
    assert run(path, apply_it=False, as_json=True) is True
    said = ("编号=number", "名=name", "在哪里=path", "备注=-")
    assert run(path, apply_it=False, as_json=True, mapped=said, header_row=3) is False
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["refused"], told["joins"], told["unmapped"]) == (None, 3, ["身份证号", "备注"])
    roster_columns.remember_columns(
        actor=None, file_path=path, choice=Choice(columns=dict(p.split("=") for p in said[:3]), header_row=3)
    )
    assert run(path, apply_it=False) is False


def test_rows_of_several_sheets_are_told_by_sheet_and_number(tmp_path, capsys):
    path = tmp_path / "two.xlsx"
    workbook = xlsxwriter.Workbook(path)
    for name, number in (("甲", "A001"), ("乙", "A002")):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, ["工号", "姓名", "一级单位", "二级单位"])
        sheet.write_row(1, 0, [number, "王帆", "某集团", "甲公司"])
        sheet.write_row(2, 0, ["", "李红", "某集团", "甲公司"])
    workbook.close()
    run(path, apply_it=False)
    told = capsys.readouterr().out
    assert all(where in told for where in ("甲!2", "乙!2", "甲!3", "乙!3"))
    assert "1000000" not in told
    run(path, apply_it=False, as_json=True)
    rows = json.loads(capsys.readouterr().out.splitlines()[-1])["rows"]
    assert [(row["sheet"], row["row"]) for row in rows] == [("甲", 2), ("甲", 3), ("乙", 2), ("乙", 3)]


def test_a_chosen_numbering_is_the_one_that_is_read_into(file):
    first, second = (Numbering.objects.get_or_create(name=name)[0] for name in ("集团统一编号", "海外公司编号"))
    assert first.pk < second.pk
    path = file(*ROWS, header=["工号", "姓名", "单位"])
    said, silent = (
        roster.upload_roster(actor=None, file_path=path, original_name="a.xlsx", choice=Choice(numbering=chosen))
        for chosen in (second.pk, None)
    )
    assert (said.numbering, silent.numbering) == (second, Numbering.objects.order_by("pk").first())
