"""Any table, written as a workbook or as text in any encoding, is the same people; junk is refused in words."""

import csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from fenjin.people.names import clean_text
from fenjin.people.roster.identity import holds_identity
from fenjin.people.roster.parse import Tally, parse, survey
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.roster.tables import read_table
from fenjin.people.roster.workbook import Workbook

HEADER = ["工号", "姓名", "一级单位", "二级单位", "三级单位", "岗位", "手机", "人员状态"]
QUICK = effort(max_examples=25, deadline=None)
HAN = "王李张刘陈杨赵黄周吴𠮷䶮㛃伟芳娜敏静丽强磊军·"
words = st.text(HAN + "ABCxyz' -", min_size=1, max_size=8).map(clean_text).filter(bool)
titles = st.one_of(
    st.just(""), st.text(HAN + ',;"\n|+-@', min_size=1, max_size=12).filter(lambda text: clean_text(text) != "")
)
people = st.tuples(
    st.integers(1, 99_999_999).map("{:08}".format),
    words,
    st.just("某集团"),
    words,
    words,
    titles,
    st.one_of(st.just(""), st.integers(13_000_000_000, 19_999_999_999).map(str)),
    st.sampled_from(["在岗", "借调", "内退", "离职", ""]),
)
tables = st.lists(people, min_size=1, max_size=12, unique_by=lambda person: person[0]).filter(
    lambda rows: not any(holds_identity(cell) for row in rows for cell in row)
)


@pytest.fixture(autouse=True)
def _data(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path


def people_of(content):
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        table = read_table(Path(file.name))
        look, tally = survey(table, width=8), Tally()
        rows = list(parse(table, look, tally))
    assert tally.problems == []
    return [replace(row, row=0) for row in rows]


def as_book(rows, **options):
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    sheet = workbook.add_worksheet()
    for index, cells in enumerate([HEADER, *rows]):
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(index, column, cell)
    workbook.close()
    return made.getvalue()


def as_text(rows, encoding, delimiter):
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows([HEADER, *rows])
    return made.getvalue().encode(encoding)


@QUICK
@given(tables)
def test_the_same_people_come_out_of_every_kind_of_file(rows):
    expected = people_of(as_book(rows))
    assert [(row.number, row.name, row.path) for row in expected] == [
        (number, name, ("某集团", company, office)) for number, name, _group, company, office, *_rest in rows
    ]
    assert people_of(as_book(rows, constant_memory=True)) == expected  # texts inside the cells
    figures = [[float(row[0]), *row[1:6], float(row[6]) if row[6] else "", row[7]] for row in rows]
    assert people_of(as_book(figures)) == expected  # numbers as figures: zeros lost
    for encoding, delimiter in (("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t"), ("utf-16", ",")):
        assert people_of(as_text(rows, encoding, delimiter)) == expected


cells = st.one_of(st.just(""), st.text(max_size=6), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@QUICK
@given(st.lists(st.lists(cells, max_size=5), max_size=8))
def test_our_reader_sees_what_another_sees(rows):
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        made, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = workbook.add_worksheet()
    for index, line in enumerate(rows):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(index, column, cell)
            elif cell is not None:
                sheet.write(index, column, cell)
    workbook.close()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(made.getvalue())
        file.flush()
        ours = dict(Workbook(Path(file.name)).sheets()[0].rows())
        other = CalamineWorkbook.from_path(file.name).get_sheet_by_index(0)
        theirs = {}
        for number, line in enumerate(other.iter_rows() if other.start is not None else (), start=1):
            while line and line[-1] == "":
                line.pop()
            if line:
                theirs[number] = line
    assert {number: list(map(_comparable, line)) for number, line in ours.items()} == {
        number: list(map(_comparable, line)) for number, line in theirs.items()
    }


def _comparable(cell):
    """Line ends inside cells are XML's business; both keep the rest."""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if isinstance(cell, str) else cell


JUNK = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    "工号,姓名,单位\n".encode(),
]


@effort(max_examples=120, deadline=None)
@given(st.sampled_from(JUNK), st.binary(max_size=400))
def test_junk_is_refused_and_nothing_else(begin, junk):
    refuse_or_read(begin + junk)


BOOK = as_book([["00000001", "王帆", "某集团", "甲公司", "财务部", "会计", "13800000001", "在岗"]])


@effort(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_workbook_with_changed_bytes_is_refused_or_read_and_nothing_else(changes):
    content = bytearray(BOOK)
    for place, value in changes:
        content[place] = value
    refuse_or_read(bytes(content))


def refuse_or_read(content):
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            table = read_table(Path(file.name))
            told = len(list(parse(table, survey(table), Tally()))) >= 0
        except UnreadableRoster as refusal:
            told = bool(str(refusal))
    assert told
