"""Small files, one after the other: what a second roster does to people who are here."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection
from procrastinate.contrib.django import app

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Person, PersonPrivate, Post, PostEvent, RosterImport, RosterJournal, Unit
from fenjin.people.names import same_name
from fenjin.people.roster import vault
from fenjin.people.selectors.roster import get_import, list_imports, list_problems
from fenjin.people.services import roster, tree
from fenjin.people.services.erasure import erase_contact
from fenjin.people.testing import make_unit

pytestmark = pytest.mark.django_db
HEADER = [
    "员工编号",
    "姓名",
    "一级单位",
    "二级单位",
    "三级单位",
    "岗位",
    "手机号码",
    "邮箱",
    "人员状态",
    "所在时区",
    "兼职单位",
]
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _data(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def book(tmp_path):
    """Write a workbook of rows; columns may be left out by name."""

    def write(*rows, header=HEADER, notes=(), title=("某集团花名册",)):
        path = tmp_path / "roster.xlsx"
        workbook = xlsxwriter.Workbook(path)
        sheet = workbook.add_worksheet("花名册")
        for index, cells in enumerate([title, header, *rows]):
            sheet.write_row(index, 0, cells)
        if notes:
            workbook.add_worksheet("说明").write_column(0, 0, notes)
        workbook.close()
        return path

    return write


def line(number: object = "00000001", name="王帆", company="甲公司", office="财务部", title="会计", **more):
    fields = {"mobile": "13800000001", "email": "", "status": "在岗", "zone": "Asia/Shanghai", "second": ""} | more
    return [number, name, "某集团", company, office, title, *fields.values()]


OTHERS = [line(f"{number:08}", "李明", "丁公司") for number in range(9000, 9120)]  # so that one of many leaves


def look(path, **options):
    return roster.preview_roster(actor=None, file_path=path, original_name=path.name, **options)


def bring_in(path, on=MAY):
    return roster.apply_roster(actor=None, import_id=look(path).pk, on=on)


def counts(made):
    return {key: value for key, value in made.preview["counts"].items() if value}


def posts_of(number, current=True):
    posts = Post.objects.filter(person__staff_number=number, ended_on__isnull=current).select_related("unit__parent")
    return sorted((f"{post.unit.parent.name}/{post.unit.name}", post.main, post.title) for post in posts)


def test_move_ends_one_post_and_begins_another(book):
    bring_in(book(line()))
    moved = bring_in(book(line(company="乙公司")), on=JUNE)
    assert counts(moved) == {"moves": 1, "units_opened": 2}
    old, new = Post.objects.order_by("started_on")
    assert (old.started_on, old.ended_on, new.started_on, new.ended_on) == (MAY, JUNE, JUNE, None)
    assert posts_of("00000001") == [("乙公司/财务部", True, "会计")]
    assert new.pos == Unit.objects.get(pk=new.unit_id).lft
    assert list(PostEvent.objects.order_by("pk").values_list("kind", "on")) == [
        ("begun", MAY), ("ended", JUNE), ("begun", JUNE),
    ]  # fmt: skip
    assert moved.preview["changes"][0]["from"] == "某集团/甲公司/财务部"


def test_second_posts_come_go_and_become_the_main_one(book):
    bring_in(book(line(second="某集团/乙公司/工会；某集团/丙公司")))
    assert posts_of("00000001") == [
        ("乙公司/工会", False, ""), ("某集团/丙公司", False, ""), ("甲公司/财务部", True, "会计"),
    ]  # fmt: skip
    assert counts(bring_in(book(line(second="某集团/乙公司/工会")), on=JUNE)) == {"changes": 1, "dual_posts": 1}
    swapped = bring_in(
        book(line(company="乙公司", office="工会", title="干事", second="某集团/甲公司/财务部")), on=JULY
    )
    assert counts(swapped) == {"moves": 1, "dual_posts": 1}
    assert posts_of("00000001") == [("乙公司/工会", True, "干事"), ("甲公司/财务部", False, "会计")]
    assert Post.objects.filter(ended_on__isnull=False).count() == 1  # only 丙公司 ended
    assert PostEvent.objects.filter(kind="main", on=JULY).count() == 2


def test_a_column_that_is_missing_changes_nothing_and_an_empty_cell_clears(book):
    bring_in(book(line(email="a@example.com", second="某集团/乙公司", status="借调", zone="Africa/Luanda")))
    short = book(line()[:5], header=HEADER[:5])
    assert counts(bring_in(short)) == {"unchanged": 1}
    moved = bring_in(book(line(company="丙公司")[:5], header=HEADER[:5]), on=JUNE)
    assert counts(moved) == {"moves": 1, "units_opened": 2}
    person, private = Person.objects.get(), PersonPrivate.objects.get()
    assert (person.status, person.zone, private.email) == ("seconded", "Africa/Luanda", "a@example.com")
    assert posts_of("00000001") == [("丙公司/财务部", True, ""), ("某集团/乙公司", False, "")]
    cleared = bring_in(book(line(company="丙公司", mobile="", zone="", title="")), on=JULY)
    assert counts(cleared) == {"changes": 1}
    person, private = Person.objects.get(), PersonPrivate.objects.get()
    assert (person.status, person.zone, private.mobile, private.email) == ("on_duty", "", "", "")
    assert posts_of("00000001") == [("丙公司/财务部", True, "")]


def test_who_is_absent_leaves(book):
    bring_in(book(line(), line("00000002", "李红"), *OTHERS))
    left = bring_in(book(line(), *OTHERS), on=JUNE)
    assert counts(left) == {"unchanged": 121, "leaves": 1}
    person = Person.objects.get(staff_number="00000002")
    assert (person.status, person.left_on, posts_of("00000002")) == ("left", JUNE, [])
    assert left.preview["changes"][0] | {"title": ""} == {
        "row": None, "action": "leave", "number": "00000002", "name": "李红", "title": "", "status": "left", "unit": "",
        "second": [], "from": "某集团/甲公司/财务部",
    }  # fmt: skip


def test_who_has_left_by_the_file_loses_posts_and_every_way_in_and_may_return(book):
    bring_in(book(line(), line("00000002", "李红"), *OTHERS))
    person = Person.objects.get(staff_number="00000001")
    account = Account(person=person)
    account.set_password("a long password")
    account.save()
    left = bring_in(
        book(line(status="离职"), line("00000002", "李红"), line("00000003", "新来", status="离职"), *OTHERS), on=JUNE
    )
    assert counts(left) == {"leaves": 1, "unchanged": 121}
    assert left.preview["lines"]["unknown_leavers"] == 1
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.status, person.left_on, posts_of("00000001")) == ("left", JUNE, [])
    assert not account.has_usable_password()
    again = book(line(status="离职"), line("00000002", "李红"), *OTHERS)
    assert counts(bring_in(again)) == {"unchanged": 122}
    back = bring_in(book(line(company="乙公司"), line("00000002", "李红"), *OTHERS), on=JULY)
    assert counts(back) == {"joins": 1, "returns": 1, "unchanged": 121, "units_opened": 2}
    person.refresh_from_db()
    assert (person.status, person.left_on) == ("on_duty", None)
    assert posts_of("00000001") == [("乙公司/财务部", True, "会计")]


def test_problem_rows_are_left_out_with_row_number_and_cure(book):
    bring_in(book(line()))
    path = book(
        line(name="别人"),
        line("00000002", "", "甲公司"),
        line("", "李红"),
        line("00000004", "李红", ""),
        line("00000005", "李红", status="在职？"),
        line("00000006", "李红", zone="北京时间"),
        line("00000007", "李红", mobile="12345"),
        line("00000008", "李红", email="a@b"),
        line("A12", "李红"),
        line("123456789", "李红"),
        line("11010519491231002X", "李红"),
        line("00000012", "李红", second="别的集团/乙公司"),
        line("00000013", "李红"),
        line("00000013", "张红"),
        line("00000015", "李" * 81),
        ["00000016", "李红", "别的集团", "甲公司"],
        line("00000017", "李红", office="新部门"),
        notes=["员工编号为8位数字"],
    )
    made = bring_in(path)
    problems = list_problems(get_import(made.pk))
    codes = """other_name name_missing number_missing unit_gap status_unknown zone_unknown mobile_wrong email_wrong
        number_not_digits number_width identity_card second_unit_wrong number_twice number_twice too_long unit_root"""
    assert [(problem["row"], problem["code"]) for problem in problems] == list(enumerate(codes.split(), start=3))
    assert all(problem["problem"] and problem["cure"] for problem in problems)
    assert "11010519491231002X" not in str(made.preview)
    assert counts(made) == {"joins": 1, "problems": 16, "units_opened": 1, "kept": 1}
    assert Person.objects.get(staff_number="00000001").name == "王帆"


def test_rows_that_repeat_word_for_word_count_once(book):
    made = bring_in(book(line(), line(), line(name=" 王　帆 ")))
    assert (counts(made), made.preview["lines"]["repeated"]) == ({"joins": 1, "units_opened": 3}, 2)


@pytest.mark.parametrize(
    ("numbers", "notes", "width", "expected", "origin"),
    [
        ([7.0, "00000008"], (), None, ["00000007", "00000008"], "frequent"),
        ([7.0, "008"], ("工号为 6 位",), None, ["000007", "000008"], "declared"),
        ([7.0, "008"], ("工号为 6 位",), 5, ["00007", "00008"], "option"),
        ([7.0, 8.0], (), None, ["7", "8"], "none"),
        (["qm000001", "QM000002"], (), None, ["QM000001", "QM000002"], "none"),
        (["００００００７ ", "0000 008"], (), None, ["0000007", "0000008"], "frequent"),
    ],
)
def test_staff_numbers_get_their_zeros_back(book, numbers, notes, width, expected, origin):
    path = book(*[line(number, f"王{index}") for index, number in enumerate(numbers)], notes=notes)
    made = look(path, width=width)
    assert [row["number"] for row in made.preview["head"]] == expected
    assert made.preview["width"]["from"] == origin


def test_files_that_cannot_be_used_are_refused_in_one_sentence(book, tmp_path):
    text = tmp_path / "not.xlsx"
    text.write_text("hello")
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    for make, code in (
        (lambda: text, "unreadable"),
        (lambda: book(header=["编号", "名"]), "unreadable"),
        (lambda: book(), "empty"),
        (lambda: empty, "empty_file"),
    ):
        made = look(make())
        assert (made.state, made.preview["refused"], made.stored_name) == ("refused", code, "")
        assert made.preview["sentence"]
        with pytest.raises(roster.RosterRefused):
            roster.apply_roster(actor=None, import_id=made.pk)


def test_another_group_and_another_width_are_refused(book):
    make_unit("启明集团")
    assert look(book(line())).preview["refused"] == "other_root"
    Unit.objects.all().update(name="某集团")
    bring_in(book(line()))
    assert look(book(line("0001"), notes=["员工编号为4位数字"])).preview["refused"] == "other_width"


def test_an_outdated_preview_is_not_applied(book):
    bring_in(book(line()))
    first = look(book(line(company="乙公司")))
    bring_in(book(line(company="丙公司")), on=JUNE)
    made_since = look(book(line(company="乙公司")))
    office = Unit.objects.get(name="财务部", parent__name="丙公司")
    tree.rename_unit(actor=None, unit_id=office.pk, name="计财部")
    with pytest.raises(roster.PreviewOutdated):  # it showed a move from elsewhere
        roster.apply_roster(actor=None, import_id=first.pk)
    assert posts_of("00000001") == [("丙公司/计财部", True, "会计")]
    assert (
        roster.apply_roster(actor=None, import_id=made_since.pk).state == "applied"
    )  # a new name changes no row of it


def test_uploads_are_encrypted_and_deleted(book, settings):
    path = book(line())
    made = look(path)
    stored = Path(settings.FENJIN_DATA) / "rosters" / made.stored_name
    assert stored.stat().st_mode & 0o777 == 0o600
    assert stored.read_bytes()[:2] != path.read_bytes()[:2] == b"PK"
    assert roster.delete_old_uploads() == 0
    RosterImport.objects.update(uploaded_at=made.uploaded_at - timedelta(days=8))
    assert (roster.delete_old_uploads(), roster.delete_old_uploads()) == (1, 0)
    assert not stored.exists()
    with pytest.raises(roster.UploadGone):
        roster.apply_roster(actor=None, import_id=made.pk)


def test_a_process_that_is_killed_leaves_no_plain_upload_behind(book, settings):
    path = book(line())
    made = look(path)
    folder = Path(settings.FENJIN_DATA) / "rosters"
    with vault.opened(made.stored_name) as plain:
        assert plain.read_bytes() == path.read_bytes()
        assert [file.name for file in folder.iterdir()] == [made.stored_name]


def test_only_the_system_administrator_imports(book):
    operator = Account.objects.create(operator_name="审计")
    with pytest.raises(NotYourOffice):
        roster.preview_roster(actor=operator, file_path=book(line()), original_name="a.xlsx")
    with pytest.raises(NotYourOffice):
        roster.apply_roster(actor=operator, import_id=1)
    with pytest.raises(NotFound):
        roster.apply_roster(actor=None, import_id=987654)


def test_audit_and_list_name_each_import_once(book, django_assert_num_queries):
    made = bring_in(book(line()))
    roster.apply_roster(actor=None, import_id=made.pk)
    acts = AuditEvent.objects.filter(act__startswith="people.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        "people.roster_preview", "people.roster_apply",
    ]  # fmt: skip
    assert "王帆" not in str(list(AuditEvent.objects.values()))
    with django_assert_num_queries(1):
        assert [listed.pk for listed in list_imports()] == [made.pk]


def test_a_failure_half_way_leaves_nothing(book, monkeypatch):
    made = look(book(line()))
    monkeypatch.setattr("fenjin.people.roster.apply._begin_posts", lambda on: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        roster.apply_roster(actor=None, import_id=made.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (0,)
    assert not Unit.objects.exists()
    monkeypatch.undo()
    assert RosterImport.objects.get().state == "previewed"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("阿依古丽·吐尔逊", "阿依古丽•吐尔逊 ", True),
        ("张 伟", "张伟", True),
        ("O’Brien Sean", "o'brien sean", True),
        ("张伟", "张玮", False),
    ],
)
def test_same_name(one, other, same):
    assert same_name(one, other) is same


def test_what_a_person_had_erased_is_not_brought_again(book):
    bring_in(book(line()))
    PersonPrivate.objects.update(mobile="", email="", withheld=True)
    assert counts(look(book(line()))) == {"unchanged": 1}
    bring_in(book(line(title="主管")), on=JUNE)
    assert PersonPrivate.objects.get().mobile == ""


def test_what_a_person_had_erased_is_not_kept_for_an_undo_and_not_brought_by_it(book):
    bring_in(book(line()))
    second = bring_in(book(line(mobile="13800000002")), on=JUNE)
    person = Person.objects.get(staff_number="00000001")
    erase_contact([person.pk], withheld=True)
    assert "1380000000" not in str(list(RosterJournal.objects.values("before", "after")))
    roster.undo_roster(actor=None, import_id=second.pk)
    assert PersonPrivate.objects.get().mobile == ""


def test_uploads_are_looked_through_every_hour():
    due = {task.task.name: task.croniter for task in app.periodic_registry.periodic_tasks.values()}
    clock = due["fenjin.people.tasks.clear_roster_uploads"]
    assert clock.get_next() - clock.get_prev() <= 3600
