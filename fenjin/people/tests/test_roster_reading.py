"""What is read from a file: five files as a company keeps them, and what other programs make of a table."""

import io
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings
from django.utils import translation

from fenjin.people.roster.lines import split_row
from fenjin.people.roster.parse import Tally, parse, survey
from fenjin.people.roster.problems import SENTENCES, sentence
from fenjin.people.roster.refusals import NoHeader, UnreadableRoster
from fenjin.people.roster.tables import read_table

FILES = Path(settings.BASE_DIR) / "tests" / "data" / "roster"
HEADER = ["工号", "姓名", "集团", "公司", "部门"]
IDENTITY = "11010519491231002X"


@pytest.fixture(autouse=True)
def _data(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path


@pytest.fixture
def book(tmp_path):
    """Write a workbook: name of a sheet → its rows."""

    def write(**sheets):
        path = tmp_path / "roster.xlsx"
        workbook = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for index, cells in enumerate(rows):
                sheet.write_row(index, 0, cells)
        workbook.close()
        return path

    return write


@pytest.fixture
def text(tmp_path):
    """Write a text file."""

    def write(content, encoding="utf-8", name="roster.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def read(path, **options):
    table = read_table(path)
    look, tally = survey(table, **options), Tally()
    return table, look, tally, list(parse(table, look, tally))


def refused(path):
    with pytest.raises(UnreadableRoster) as caught:
        read(path)
    return caught.value


# The five files


def test_november():
    _table, look, tally, rows = read(FILES / "roster-2026-11.xlsx")
    assert (look.width, look.width_from, look.root) == (8, "declared", "远航集团")
    assert (tally.persons, tally.blank, tally.totals, tally.problems) == (len(rows), look.blank, 1, [])
    assert tally.declared_total == len(rows) == 3036
    assert len({row.number for row in rows}) == len(rows)
    assert all(re.fullmatch(r"1\d{10}", row.mobile) for row in rows)  # also those typed full-width


def test_the_subsidiary_sends_gb18030_with_a_path_and_a_tab_before_each_number():
    table, look, tally, rows = read(FILES / "roster-2026-subsidiary-gbk.csv")
    assert (table.kind, table.encoding, table.delimiter, table.separator) == ("csv", "gb18030", ",", ">")
    assert [field.value for field in table.columns.values()] == [
        "number", "name", "path", "title", "mobile", "status",
    ]  # fmt: skip
    assert (look.width, look.width_from, look.root) == (8, "frequent", "远航集团")
    assert (len(rows), tally.problems) == (896, [])
    assert rows[0].path == ("远航集团", "华东油田公司", "安全环保部", "二班")
    assert {row.path[:2] for row in rows} == {("远航集团", "华东油田公司")}
    assert {len(row.number) for row in rows} == {8}
    assert sum("𠮷" in row.name for row in rows) == 6


def test_the_broken_file_names_each_mistake_by_its_own_code():
    """Two hundred rows, seen one by one: each tenth row is right, and each pair of a number is one mistake."""
    _table, look, tally, rows = read(FILES / "roster-2026-broken.xlsx")
    assert Counter(problem.code for problem in tally.problems) == {
        "number_missing": 20, "name_missing": 20, "formula": 20, "status_unknown": 20, "unit_gap": 20,
        "zone_unknown": 20, "mobile_wrong": 20,
    }  # fmt: skip
    numbers = Counter(row.number for row in rows)
    assert sorted(numbers.values()) == [1] * 20 + [2] * 20  # the pairs become number_twice once they stand in a table
    by_row = {problem.row: problem.code for problem in tally.problems}
    cycle = ["number_missing", "name_missing", None, None, "status_unknown", "unit_gap", "zone_unknown", "formula"]
    cycle += ["mobile_wrong", None]
    assert [by_row.get(row) for row in range(4, 204)] == cycle * 20
    assert all(look.width == len(row.number) for row in rows)


def test_the_truncated_file_is_read_whole():
    """Its end is missing, but the workbook is sound: who does not stand in it is the breaker's business."""
    _table, look, tally, rows = read(FILES / "roster-2026-truncated.xlsx")
    assert (look.width, tally.problems, len(rows)) == (8, [], 2075)


# Text files


LINES = "工号,姓名,集团,公司\r\n00000007,王帆,某集团,甲公司\r\n00000008,李红,某集团,乙公司\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_text_in_every_usual_encoding_and_with_every_usual_separator(text, encoding, delimiter):
    _table, _look, tally, rows = read(text(LINES.replace(",", delimiter), encoding))
    assert [(row.row, row.number, row.name, row.path) for row in rows] == [
        (2, "00000007", "王帆", ("某集团", "甲公司")),
        (3, "00000008", "李红", ("某集团", "乙公司")),
    ]
    assert tally.problems == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ('"\t00000017"', "00000017"),
        ('="00000017"', "00000017"),
        ('"=""00000017"""', "00000017"),
        ("'00000017", "00000017"),
        ("１７", "00000017"),
        (" 0000 0017 ", "00000017"),
        ("\u200b00000017\ufeff", "00000017"),
        ("17.0", "00000017"),
        ("1.7E1", "00000017"),
        ("1.0007E4", "00010007"),
        ("1.0007E+04", "00010007"),
    ],
)
def test_what_spreadsheets_make_of_a_number_is_undone(text, written, number):
    _table, _look, tally, rows = read(text(LINES + f"{written},张三,某集团,甲公司\r\n"))
    assert [row.number for row in rows][2:] == [number], tally.problems


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.23E+11", "number_rounded"),
        ("1.10105E+17", "number_rounded"),
        ("=A1", "formula"),
        ("12A", "number_not_digits"),
        ("123456789", "number_width"),
        (IDENTITY, "identity_card"),
        ("110105 19491231 002X", "identity_card"),
    ],
)
def test_what_cannot_be_undone_is_a_problem_with_its_cure(text, written, code):
    _table, _look, tally, _rows = read(
        text(LINES + "00000008,李红,某集团,乙公司\r\n" * 9 + f"{written},张三,某集团,甲公司\r\n"), width=8
    )
    [problem] = tally.problems
    assert (problem.row, problem.code) == (13, code)


def test_a_cut_text_is_refused_wherever_it_was_cut(text):
    whole = (LINES + "00000009,张三,某集团,丙公司\r\n").encode()
    last = whole.rindex(b"00000009")
    cuts = [whole[:end] for end in range(last + 3, len(whole) - 11)]
    for cut in cuts:
        if b"," not in cut[last:]:
            continue  # half a number is a row without a name: a problem of that row
        assert refused(text(cut)).code == "damaged", cut[last:]
    assert refused(text(LINES.encode("gb18030") + "00000009,张三,某集团,丙".encode("gb18030")[:-1])).code == "damaged"
    assert refused(text(LINES + '00000009,"张三,某集团')).code == "damaged"


def test_a_row_of_sums_without_a_line_end_is_no_cut(text):
    _table, look, _tally, rows = read(text(LINES + "合计,2"))
    assert (len(rows), look.totals, look.declared_total) == (2, 1, 2)


@pytest.mark.parametrize(("figure", "meant"), [("1,002人", 1002), ("共 40 名", 40), ("２ 人", 2)])
def test_a_row_of_sums_may_say_people_behind_its_figure(text, figure, meant):
    _table, look, tally, rows = read(text(LINES + f'合计,"{figure}",,\r\n'))
    assert (len(rows), look.totals, look.declared_total, tally.problems) == (2, 1, meant, [])


def test_bytes_that_are_no_text_are_named_with_their_line(text):
    odd = LINES.encode() + b"00000009," + "张三".encode("gb18030") + ",某集团,甲公司\r\n".encode()
    refusal = refused(text(odd))
    assert refusal.code == "encoding"
    assert "4" in str(refusal)


def test_a_comma_inside_a_text_is_a_problem_of_that_row(text):
    _table, _look, tally, rows = read(text(LINES + "00000009,张三,某集团,丙公司,某处\r\n"))
    assert (len(rows), [(problem.row, problem.code) for problem in tally.problems]) == (2, [(4, "row_shifted")])


def test_excel_may_name_the_separator_in_the_first_line(text):
    _table, _look, _tally, rows = read(text("sep=;\r\n" + LINES.replace(",", ";")))
    assert [row.row for row in rows] == [3, 4]


# Workbooks


def test_people_over_several_sheets_are_read_in_order_with_rows_of_each(book):
    line = ["0001", "王帆", "某集团", "甲公司", "财务部"]
    path = book(
        说明=[["工号为 4 位数字"]],
        一月=[["花名册"], HEADER, line, [], ["0002", *line[1:]]],
        二月=[HEADER, ["0003", *line[1:]], ["abc", *line[1:]]],
        别的=[["工号", "姓名", "单位"], ["0009", "李红", "某集团"]],
    )
    table, look, tally, rows = read(path)
    assert (table.sheets, table.left_out, look.width) == (("一月", "二月"), ("别的",), 4)
    assert [(row.number, split_row(row.row)) for row in rows] == [("0001", (0, 3)), ("0002", (0, 5)), ("0003", (1, 2))]
    assert [(split_row(problem.row), problem.code) for problem in tally.problems] == [((1, 3), "number_not_digits")]
    assert tally.blank == 1


def test_a_hidden_sheet_is_left_out_and_named(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(path)
    for name in ("旧", "新"):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["0001", name, "某集团", "甲公司", "财务部"])
        if name == "旧":
            sheet.hide()
        else:
            sheet.activate()
            sheet.set_first_sheet()
    workbook.close()
    table, _look, _tally, rows = read(path)
    assert (table.sheets, table.left_out, [row.name for row in rows]) == (("新",), ("旧",), ["新"])


def test_a_hidden_sheet_of_an_open_document_is_left_out_and_named(tmp_path):
    def sheet(name, style):
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in (HEADER, ["0001", name, "某集团", "甲公司", "财务部"])
        )
        return f"<table:table table:name='{name}' table:style-name='{style}'>{rows}</table:table>"

    spaces = " ".join(
        f"xmlns:{short}='urn:oasis:names:tc:opendocument:xmlns:{long}:1.0'"
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    styles = "".join(
        f"<style:style style:name='{name}' style:family='table'><style:table-properties table:display='{shown}'/></style:style>"
        for name, shown in (("on", "true"), ("off", "false"))
    )
    body = f"<office:spreadsheet>{sheet('旧', 'off')}{sheet('新', 'on')}</office:spreadsheet>"
    content = f"""<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}>
        <office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body>
        </office:document-content>"""
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    table, _look, _tally, rows = read(tmp_path / "a.ods")
    assert (table.sheets, table.left_out, [row.name for row in rows]) == (("新",), ("旧",), ["新"])


@pytest.mark.parametrize("mark", [">", "/", "\\", "|", "＞", "／", "-", " - ", "→"])
def test_a_path_is_cut_at_the_mark_that_the_file_uses(book, mark):
    units = [("某集团", "甲公司", f"第{number}采油厂", "一队") for number in range(5)]
    lines = [[f"{number:04}", f"王{number}", mark.join(unit)] for number, unit in enumerate(units)]
    _table, _look, tally, rows = read(book(名单=[["工号", "姓名", "所属部门"], *lines]))
    assert [row.path for row in rows] == units, tally.problems


def test_fifteen_levels_are_read_and_sixteen_are_a_problem(book):
    header = ["工号", "姓名", *(f"{number}级单位" for number in range(1, 16))]
    units = ["某集团", *(f"单位{number}" for number in range(2, 16))]
    _table, _look, _tally, rows = read(book(名单=[header, ["0001", "王帆", *units]]))
    assert rows[0].path == tuple(units)
    path = book(
        名单=[
            ["工号", "姓名", "组织全路径"],
            ["0001", "王帆", ">".join([*units, "太深"])],
            ["0002", "李红", "某集团>甲"],
        ]
    )
    _table, _look, tally, rows = read(path)
    assert ([problem.code for problem in tally.problems], len(rows)) == (["unit_deep"], 1)


def test_levels_out_of_order_are_put_in_order_by_their_numbers(book):
    path = book(
        名单=[["工号", "姓名", "三级单位", "一级单位", "二级单位"], ["0001", "王帆", "财务部", "某集团", "甲公司"]]
    )
    _table, _look, _tally, rows = read(path)
    assert rows[0].path == ("某集团", "甲公司", "财务部")


def test_identity_numbers_are_never_read_stored_or_shown(book):
    header = [*HEADER, "岗位", "手机", "邮箱", "身份证号", "备注"]
    good = ["0001", "王帆", "某集团", "甲公司", "财务部", "会计", "13800000001", "a@example.com"]
    lines = []
    for place in range(8):
        cells = [*good, IDENTITY, IDENTITY]
        cells[place] = f"{cells[place]} {IDENTITY}" if place > 2 else IDENTITY
        lines.append(cells)
    wrong_check = [*good, IDENTITY, ""]
    wrong_check[1] = "110105194912310021"
    long_number = ["1234567", IDENTITY, *good[2:], IDENTITY, ""]
    table, look, tally, rows = read(
        book(名单=[header, [*good, IDENTITY, IDENTITY], *lines, wrong_check, long_number]), width=4
    )
    assert [row.name for row in rows] == ["王帆"]
    assert {problem.code for problem in tally.problems} == {"identity_card", "number_width"}
    told = [problem.as_json() for problem in tally.problems] + [
        sentence(problem.as_json()) for problem in tally.problems
    ]
    assert "19491231" not in str(told)
    assert "19491231" not in str(next(iter(look.spool.rows())))
    assert table.unmapped == ("身份证号", "备注")


def test_a_cell_of_a_column_that_is_not_read_is_never_set_aside(book):
    path = book(名单=[[*HEADER, "工资"], ["0001", "王帆", "某集团", "甲公司", "财务部", "98765.43"]])
    _table, look, _tally, _rows = read(path)
    look.spool.file.seek(0)
    assert b"98765" not in look.spool.file.read()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2011-05-14", date(2011, 5, 14)),
        ("2011/5/14", date(2011, 5, 14)),
        ("2011年5月", date(2011, 5, 1)),
        ("2011.05", date(2011, 5, 1)),
        ("20110514", date(2011, 5, 14)),
        (40677, date(2011, 5, 14)),
        ("40677", date(2011, 5, 14)),
        (20110514, date(2011, 5, 14)),
        (2011.05, date(2011, 5, 1)),
        ("", None),
        (2011.1, "date_unreadable"),
        ("很久以前", "date_unreadable"),
        ("2011-13-01", "date_unreadable"),
    ],
)
def test_dates_as_people_write_them(book, written, expected):
    path = book(名单=[[*HEADER, "参加工作时间"], ["0001", "王帆", "某集团", "甲公司", "财务部", written]])
    _table, _look, tally, rows = read(path)
    found = rows[0].started_on if rows else tally.problems[0].code
    assert found == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("在岗", "on_duty"),
        ("在职", "on_duty"),
        ("借调", "seconded"),
        ("内部退养", "early_retired"),
        ("长期病假", "sick_leave"),
        ("外派", "posted"),
        ("离职", "left"),
        ("退休", "left"),
        ("On Duty", "on_duty"),
        ("seconded", "seconded"),
        ("", "on_duty"),
    ],
)
def test_status_in_the_words_that_companies_use(book, written, expected):
    path = book(名单=[[*HEADER, "人员状态"], ["0001", "王帆", "某集团", "甲公司", "财务部", written]])
    assert read(path)[3][0].status == expected


def test_formulas_count_by_their_result_and_errors_are_problems(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for row, (formula, value) in enumerate(
        [("=B9", "王帆"), ("=B9", ""), ("=NA()", "#N/A"), ('=HYPERLINK("x")', None)], 1
    ):
        sheet.write_row(row, 0, [f"000{row}", "", "某集团", "甲公司", "财务部"])
        sheet.write_formula(row, 1, formula, None, value if value is not None else "")
    workbook.close()
    _table, _look, tally, rows = read(path)
    assert [row.name for row in rows] == ["王帆"]
    assert [(problem.row, problem.code) for problem in tally.problems][1] == (4, "cell_error")


def test_characters_of_private_use_are_counted(book):
    line = ["0001", "王\ue123", "某集团", "甲公司", "财务部"]
    _table, _look, tally, rows = read(book(名单=[HEADER, line, ["0002", "𠮷田", *line[2:]]]))
    assert (len(rows), tally.private_use) == (2, 1)


# Hostile and foreign files


def rezip(path, **parts):
    """Return a copy of a workbook with some parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    path.write_bytes(made.getvalue())
    return path


def test_a_bomb_is_refused_before_it_unpacks(book, monkeypatch):
    sheet = b"<worksheet>" + (b"<!--" + b"A" * 1000 + b"-->") * 100_000 + b"<sheetData/></worksheet>"
    path = rezip(book(名单=[HEADER]), **{"xl/worksheets/sheet1.xml": sheet})
    assert path.stat().st_size < 1024 * 1024
    assert refused(path).code == "too_much_inside"


def test_a_document_type_is_refused_before_its_entities(book):
    evil = b'<!DOCTYPE a [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    assert refused(rezip(book(名单=[HEADER]), **{"xl/worksheets/sheet1.xml": evil})).code == "too_much_inside"


def test_sparse_rows_and_far_columns_cost_nothing(book):
    cells = b'<c r="XFD9" t="inlineStr"><is><t>far</t></is></c>'
    sheet = b'<worksheet><sheetData><row r="9">' + cells * 1000 + b"</row></sheetData></worksheet>"
    assert isinstance(refused(rezip(book(名单=[HEADER]), **{"xl/worksheets/sheet1.xml": sheet})), NoHeader)


def test_a_cut_or_changed_workbook_is_called_damaged(book):
    path = book(名单=[HEADER, *[["0001", "王帆", "某集团", "甲公司", "财务部"]] * 500])
    whole = path.read_bytes()
    for cut in (whole[:1000], whole[: len(whole) // 2], whole[:-30]):
        path.write_bytes(cut)
        assert refused(path).code == "damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 ...", "other_kind"),
        (b"<html><table><tr><td>", "other_kind"),
        (b"Rar!\x1a\x07", "other_kind"),
        (b"\x00\x00\x01\x02\x03" * 50, "other_kind"),
        (b"hello", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
    ],
)
def test_other_files_are_told_by_what_they_hold(text, content, code):
    for name in ("roster.xlsx", "roster.csv"):
        assert refused(text(content, name=name)).code == code


def test_the_name_of_a_file_says_nothing(text, book):
    assert len(read(text(LINES, name="roster.xlsx"))[3]) == 2
    path = book(名单=[HEADER, ["0001", "王帆", "某集团", "甲公司", "财务部"]])
    renamed = path.with_name("roster.csv")
    renamed.write_bytes(path.read_bytes())
    assert len(read(renamed)[3]) == 1


def test_each_problem_says_what_is_wrong_and_what_to_do_in_both_languages():
    params = {
        name: "x" for pair in SENTENCES.values() for text in pair for name in re.findall(r"%\((\w+)\)s", str(text))
    }
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told = [sentence({"code": code, "params": params}) for code in SENTENCES]
        assert all(wrong and cure for wrong, cure in told)
        if language == "zh-hans":
            assert [pair for pair in told if not all(re.search("[一-鿿]", words) for words in pair)] == []
