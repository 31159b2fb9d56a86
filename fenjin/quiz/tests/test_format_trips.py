"""What is written is read as the same question, or was told; made by Hypothesis for every kind a format holds."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from fenjin.quiz.formats import FORMATS, detect, read, write
from fenjin.quiz.formats.gift_writing import KINDS as GIFT_KINDS
from fenjin.quiz.formats.incoming import Embedded, Incoming
from fenjin.quiz.formats.telling import difference, shape
from fenjin.quiz.kinds import Content, Kind, Piece
from fenjin.quiz.tests.making import PNG, QUIET, questions
from tests.plugin import PROVE

SIZE = settings() if PROVE else settings(max_examples=12)  # every example writes and reads a file
HOLDS = {
    "xlsx": frozenset(Kind),
    "text": frozenset(Kind),
    "moodle": frozenset(Kind),
    "gift": GIFT_KINDS,
    "aiken": frozenset({Kind.SINGLE}),
}


@pytest.mark.parametrize("form", FORMATS)
@SIZE
@given(data=st.data())
def test_ordinary_questions_come_back_whole_and_nothing_is_told(form, data):
    """Words as people write them, several questions to a file: no loss at all in what a format holds."""
    several = data.draw(st.lists(questions(HOLDS[form], QUIET, lines=False), min_size=1, max_size=4))
    if form == "aiken":
        several = [Incoming(one.place, one.content) for one in several]
    written = write(several, form)
    assert written.unmapped == ()
    assert written.count == len(several)
    reading = read(written.data, form)
    assert reading.faults == ()
    assert [difference(*pair) for pair in zip(several, reading.questions, strict=True)] == [""] * len(several)


@pytest.mark.parametrize("form", FORMATS)
@SIZE
@given(data=st.data())
def test_any_question_comes_back_whole_or_is_told(form, data):
    """Signs that mean something to the format, line breaks, labels inside words: the same, or told at its place."""
    drawn = data.draw(st.lists(questions(lines=True, pictures=True), min_size=1, max_size=4))
    several = [replace(one, place=str(number)) for number, one in enumerate(drawn)]
    written = write(several, form)
    told = {one.place for one in written.unmapped}
    back = list(read(written.data, form).questions) if written.count else []
    assert len(back) == written.count
    whole = [one for one in several if one.place not in told]
    assert all(any(difference(one, other) == "" for other in back) for one in whole)
    if not told:
        assert [difference(*pair) for pair in zip(several, back, strict=True)] == [""] * len(several)


def _rest(content):
    return content.options, content.partners, content.right, content.accepted


@pytest.mark.parametrize("form", ["xlsx", "moodle"])
@SIZE
@given(question=questions(alphabet=QUIET, lines=False))
def test_pictures_travel_in_every_piece(form, question):
    options = tuple(Piece(one.text, -1 - place) for place, one in enumerate(question.content.options))
    pictures = tuple(Embedded(f"{place}.png", PNG) for place in range(len(options) + 1))
    content = Content(
        question.content.kind, Piece(question.content.stem.text, -len(pictures)), options, *_rest(question.content)[1:]
    )
    sent = Incoming("1", content, pictures=pictures)
    written = write([sent], form)
    assert written.unmapped == ()
    (back,) = read(written.data, form).questions
    assert shape(back) == shape(sent)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_is_read_in_both_languages(language):
    content = Content(Kind.SINGLE, Piece("谁"), (Piece("甲"), Piece("乙")), right=(1,))
    sent = Incoming("1", content, "消防", 2, ("火",), "因为", "书", "https://example.org/")
    with translation.override(language):
        data = write([sent], "xlsx").data
    with translation.override("en" if language != "en" else "zh-hans"):
        (back,) = read(data, "xlsx").questions
    assert difference(sent, back) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_recognised_by_what_it_holds(form):
    content = Content(Kind.SINGLE, Piece("谁负责安全"), (Piece("甲"), Piece("乙")), right=(1,))
    assert detect(write([Incoming("1", content)], form).data) == form


def test_what_a_format_has_no_place_for_is_told_before_the_file_leaves():
    ordering = Incoming("#7", Content(Kind.ORDERING, Piece("先后"), (Piece("一"), Piece("二"), Piece("三"))))
    single = Content(Kind.SINGLE, Piece("谁", -1), (Piece("甲"), Piece("乙")), right=(1,))
    pictured = Incoming("#8", single, "消防", pictures=(Embedded("a.png", PNG),))
    with translation.override("en"):
        written = write([ordering, pictured], "aiken")
    assert written.count == 1
    assert {(one.place, one.name) for one in written.unmapped} == {
        ("#7", "Ordering"),
        ("#8", "picture"),
        ("#8", "topic"),
    }


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example/","y")', "\t=1"])
def test_no_cell_becomes_a_formula(words):
    content = Content(Kind.FILL, Piece(words.strip()), accepted=())
    data = write([Incoming("1", content)], "xlsx").data
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
