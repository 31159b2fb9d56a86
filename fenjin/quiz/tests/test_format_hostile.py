"""Files that mean harm: bombs, entities, scripts, formulas, sheets without end. Each is refused or comes in as words."""

import base64
import io
import time
import zipfile
from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fenjin.quiz.formats import FORMATS, incoming, read, workbook
from fenjin.quiz.formats.incoming import (
    BankDamaged,
    BankTooLarge,
    OtherFormat,
    TooManyQuestions,
    TooMuchInside,
    UnreadableBank,
)  # fmt: skip
from fenjin.quiz.formats.markup import Pictures, read_html
from fenjin.quiz.tests.making import PNG
from fenjin.quiz.tests.test_format_banks import book


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def html(source, files=None):
    told = []
    pictures = Pictures(lambda name, words: told.append(name))
    return read_html(source, pictures, files), pictures.kept, told


def changed(data: bytes, name: str, change) -> bytes:
    """Return a workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return out.getvalue()


SMALL = [["题干", "答案"], ["对吗", "对"]]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>甲</p><script>alert(1)</script><style>p{}</style>", "甲"),
        ('<img src=x onerror="alert(1)">乙', "乙"),
        ("<a href='javascript:alert(1)'>丙</a>", "丙"),
        ("<scr<script>ipt>alert(1)</script>丁", "ipt>alert(1)丁"),
        ("&lt;script&gt;戊", "<script>戊"),
        ("<!-- 藏 -->己<template>x</template>", "己"),
        ("甲<br>乙<br/>丙<p>丁</p>", "甲\n乙\n丙\n丁"),
        ("<p>一行\n二行</p>", "一行二行"),
        ("<p>one\ntwo</p>", "one two"),
        ("10<sup>3</sup> CO<sub>2</sub> x<sup>甲</sup>", "10³ CO₂ x^(甲)"),
        ("<ol><li>甲</li><li>乙</li></ol>", "1. 甲\n2. 乙"),
        ("<b>不</b>对", "不对"),
        ("5 < 6 且 7 > 3", "5 < 6 且 7 > 3"),
    ],
)
def test_html_becomes_words(source, words):
    piece, kept, _told = html(source)
    assert piece.text == words
    assert kept == []


def test_only_pictures_inside_the_file_come_in_and_none_is_fetched():
    inside = base64.b64encode(PNG).decode()
    piece, kept, told = html(
        f'<img src="https://x.example/a.png"><img src="data:image/png;base64,{inside}"><img src="file:///etc/passwd">'
    )
    assert piece.picture == -1
    assert [one.data for one in kept] == [PNG]
    assert told == ["picture https://x.example/a.png", "picture file:///etc/passwd"]


def test_html_of_any_depth_is_read_in_time():
    begun = time.process_time()
    html("<div>" * 60_000 + "甲" + "<b>" * 60_000)
    html("<" * 200_000)
    assert time.process_time() - begun < 5


@given(source=st.text("<>/&;#x甲a \"'=!-[]sup" + "\n", max_size=60))
def test_whatever_html_comes_nothing_breaks(source):
    piece, _kept, _told = html(source)
    assert "\x00" not in piece.text


@pytest.mark.parametrize("form", FORMATS)
@given(data=st.binary(max_size=200) | st.text("1.A:答案B\n{}=~#<quiz>&;ANSWER ", max_size=80).map(str.encode))
def test_whatever_bytes_come_they_are_read_or_refused(form, data):
    with suppress(UnreadableBank):
        read(data, form)


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>',
        '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">&x;</question></quiz>',
        '<!DOCTYPE quiz SYSTEM "http://evil.example/x.dtd"><quiz/>',
    ],
)
def test_entities_and_document_types_are_refused(xml):
    with pytest.raises(BankDamaged):
        read(xml.encode(), "moodle")
    sheet = changed(book(x=SMALL), SHEET, lambda content: content.replace(b"<worksheet", b"<!DOCTYPE w><worksheet", 1))
    with pytest.raises(BankDamaged):
        read(sheet)


def test_a_bomb_is_refused_while_it_unpacks(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_PART", 200_000)
    bomb = changed(
        book(x=SMALL), SHEET, lambda content: content.replace(b"</sheetData>", b" " * 300_000 + b"</sheetData>")
    )
    assert len(bomb) < 20_000
    with pytest.raises(TooMuchInside):
        read(bomb)


def test_many_parts_count_together(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_WHOLE", 5_000)
    with pytest.raises(TooMuchInside):
        read(book(x=SMALL, y=SMALL, z=SMALL, w=SMALL))


def test_a_cell_far_away_costs_no_memory():
    """A dense table up to XFD1048576 would be 17 thousand million cells."""
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    reading = read(changed(book(x=SMALL), SHEET, lambda content: content.replace(b"</sheetData>", far)))
    assert len(reading.questions) == 1


def test_a_merge_over_a_million_rows_costs_no_time():
    merge = b'</sheetData><mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'
    reading = read(changed(book(x=SMALL), SHEET, lambda content: content.replace(b"</sheetData>", merge)))
    assert len(reading.questions) == 1


def test_too_large_too_many_and_other_files(monkeypatch):
    monkeypatch.setattr(incoming, "MOST_QUESTIONS", 3)
    with pytest.raises(TooManyQuestions):
        read("\n\n".join(f"{number}. 问{number}吗 答案：对" for number in range(1, 6)).encode())
    with pytest.raises(BankTooLarge):
        read(b"x" * (incoming.LARGEST + 1))
    for begin in (b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!", b"\x89PNG\r\n", b"<html><table>"):
        with pytest.raises(OtherFormat):
            read(begin + b"   ")
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(OtherFormat) as caught:
        read(word.getvalue())
    assert "Word" in str(caught.value)
    with pytest.raises(BankDamaged):
        read(book(x=SMALL)[:400])


@pytest.mark.parametrize(
    "link", ["http://x.example/", "javascript:alert(1)", "https://safe.example@x.example/", "https://x.example/ y"]
)
def test_a_link_that_is_none_is_told_and_left_out(link):
    reading = read(book(x=[["题干", "答案", "出处链接"], ["对吗", "对", link]]))
    assert reading.questions[0].source_link == ""
    assert [one.name for one in reading.unmapped] == [link]


def test_a_long_text_takes_its_length_and_not_its_square():
    """Two thousand questions, answered each or all at the end: the first reader took a square of that."""
    begun = time.process_time()
    each = "".join(f"{number}. 问{number}\nA. 甲\nB. 乙\n答案：A\n" for number in range(1, 2001))
    key = "".join(f"{number}. 问{number}\nA. 甲\nB. 乙\n" for number in range(1, 2001))
    key += "\n参考答案：\n" + "\n".join(f"{number}.A" for number in range(1, 2001))
    assert len(read(each.encode()).questions) == len(read(key.encode()).questions) == 2000
    assert time.process_time() - begun < 5
