"""Sheets of paper: where Chinese lines break, and that the words of a PDF are words."""

import io

import pypdfium2
import pytest
from PIL import Image

from fenjin.kit.covers import cover_svg
from fenjin.kit.paper import INK, Face, Sheet, picture_of
from fenjin.kit.paper.breaking import balanced, lines_of


def wide(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def words_of(content: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return document[page].get_textpage().get_text_range()
    finally:
        document.close()


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("先断电再处置", 3, ["先断电", "再处置"]),
        ("先断电，再处置", 3, ["先断", "电，再", "处置"]),  # no comma begins a line
        ("他说“先断电”", 3, ["他说", "“先断", "电”"]),  # no opening quote ends one
        ("使用 PM2.5 口罩", 4, ["使用", "PM2.5 口", "罩"]),  # words and figures stay whole
        ("abcdefghij", 2, ["abcd", "efgh", "ij"]),  # unless no line could hold them
        ("", 3, []),
        ("  空  格  ", 9, ["空 格"]),
    ],
)
def test_lines_break_as_chinese_does(text, room, lines):
    assert lines_of(text, room, wide) == lines


def test_no_line_is_wider_than_the_room_and_nothing_is_lost():
    text = "入冬以来，各单位用电、用火、用气量明显上升（详见 2026 年第 11 期通报）。" * 4
    lines = lines_of(text, 13, wide)
    assert max(wide(line) for line in lines) <= 13
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_title_breaks_between_its_words_into_lines_of_about_one_length():
    pieces = ("冬季", "安全", "生产", "十条：", "先断电，", "再处置")
    assert lines_of("".join(pieces), 13, wide, pieces) == ["冬季安全生产十条：先断电，", "再处置"]
    assert balanced("".join(pieces), 13, wide, pieces) == ["冬季安全生产十条：", "先断电，再处置"]


def test_words_of_a_sheet_can_be_searched_and_rare_ones_do_not_break_it():
    sheet = Sheet(100, 100, title="题")
    sheet.words("冬季安全 Safety", 10, 20, face=Face.SONG, size=20, bold=True)
    sheet.words("少见字🙂", 10, 40, size=20, colour=INK)
    content = sheet.bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) < 60_000  # glyphs that are used, not a whole face
    assert "冬季安全 Safety" in words_of(content)
    assert "少见字◇" in words_of(content)


def test_a_page_becomes_a_picture_with_its_drawing_and_its_code():
    sheet = Sheet(90, 60)
    sheet.picture(cover_svg("a1").encode(), 0, 0, 90, 45)
    sheet.code("http://app.example/news/1/", 60, 30, 30)
    drawn = Image.open(io.BytesIO(picture_of(sheet.bytes(), width=900)))
    assert drawn.width == 900
    assert drawn.getpixel((605, 305)) == (255, 255, 255)  # the quiet zone of the code
    assert len({drawn.getpixel((x, 100)) for x in range(0, 900, 30)}) > 1
