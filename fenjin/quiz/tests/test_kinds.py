"""The six kinds: what is wrong, what is right, what is kept; for any question and any answer."""

import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fenjin.quiz.alike import NEAR, Alike, likeness, shingles_of, wording_hash
from fenjin.quiz.kinds import (
    Accepted,
    Content,
    Kind,
    Piece,
    as_json,
    canonical,
    check,
    from_json,
    mark,
    normal,
    number_in,
    seen,
    tidy,
)
from fenjin.quiz.testing import content, pieces

texts = st.text(st.characters(codec="utf-8"), max_size=30).map(tidy)
words = texts.filter(lambda text: bool(seen(text)))
parts = st.builds(Piece, words, st.none() | st.integers(1, 9))


def several(least, most):
    return st.lists(parts, min_size=least, max_size=most, unique_by=lambda one: (seen(one.text), one.picture)).map(
        tuple
    )


numbers = st.decimals(-99999, 99999, places=2)
accepted = st.builds(Accepted, words.filter(normal)) | st.builds(
    lambda number, off: Accepted(number=number, tolerance=off), numbers, st.decimals(0, 9, places=2)
)


@st.composite
def questions(draw, kind=None):
    kind = kind or draw(st.sampled_from(list(Kind)))
    stem = draw(parts)
    if kind is Kind.TRUE_FALSE:
        return Content(kind, stem, right=draw(st.sampled_from([(0,), (1,)])))
    if kind is Kind.FILL:
        return Content(kind, stem, accepted=tuple(draw(st.lists(accepted, min_size=1, max_size=3))))
    if kind is Kind.ORDERING:
        return Content(kind, stem, draw(several(3, 8)))
    if kind is Kind.MATCHING:
        options, partners = draw(several(2, 4)), draw(several(4, 6))
        order = draw(st.permutations(range(len(partners))))
        return Content(kind, stem, options, partners, tuple(order[: len(options)]))
    options = draw(several(2, 10))
    places = st.sampled_from(range(len(options)))
    most = 1 if kind is Kind.SINGLE else len(options)
    return Content(kind, stem, options, right=tuple(sorted(draw(st.sets(places, min_size=1, max_size=most)))))


def right_answer(question):
    if question.kind is Kind.ORDERING:
        return list(range(len(question.options)))
    if question.kind is Kind.FILL:
        one = question.accepted[0]
        return one.text if one.number is None else f"{one.number:f}"
    return question.right[0] if question.kind in (Kind.SINGLE, Kind.TRUE_FALSE) else list(question.right)


@given(questions())
def test_kept_and_read_again(question):
    assert check(question) == []
    kept = json.loads(json.dumps(as_json(question)))
    assert from_json(kept) == question
    assert mark(from_json(kept), right_answer(question))


@given(questions())
def test_what_everybody_sees_is_the_same_whatever_is_right(question):
    """Another right answer, the same content: nothing of the key is to be read from it."""
    shown = as_json(question)["content"]
    assert set(shown) <= {"kind", "stem", "options", "partners"}
    if question.kind is Kind.ORDERING:
        other = dataclasses.replace(question, options=question.options[::-1])
    elif question.kind is Kind.MATCHING:
        other = dataclasses.replace(
            question,
            options=question.options[::-1],
            partners=question.partners[::-1],
            right=tuple(range(len(question.options))),
        )
    else:
        other = dataclasses.replace(question, right=(1,), accepted=(Accepted("anders"),))
    assert as_json(other)["content"] == shown


@given(questions(), st.integers() | st.text(max_size=5) | st.lists(st.integers(-1, 9), max_size=8))
def test_only_the_right_answer_is_right(question, given_answer):
    right = right_answer(question)
    if question.kind is Kind.FILL:
        return

    def places(answer):
        found = [answer] if isinstance(answer, int) else list(answer)
        return sorted(found) if question.kind is Kind.MULTIPLE else found

    expected = not isinstance(given_answer, str) and places(given_answer) == places(right)
    assert mark(question, given_answer) == expected


HALVES = [
    ([0, 2], True),
    ([2, 0], True),
    ([0], False),
    ([2], False),
    ([0, 1, 2], False),
    ([], False),
    ([0, 0, 2], False),
]


@pytest.mark.parametrize(("answer", "right"), HALVES)
def test_a_half_of_a_multiple_choice_is_wrong(answer, right):
    assert mark(content("multiple"), answer) is right


@pytest.mark.parametrize("answer", [True, False, [True], [0.0], ["0"], "0", [], (0, 0)])
def test_what_is_no_answer_is_wrong(answer):
    assert mark(content("single"), answer) is False
    assert mark(content("true_false"), answer) is False


FILLED = [
    ("119", "１１９", True),
    ("PM2.5", "pm２.５", True),
    ("“一岗双责”", '"一岗 双责"', True),
    ("甲、乙", "甲,乙", True),
    ("安全第一。", "安全第一", False),
    ("119", "1190", False),
]


@pytest.mark.parametrize(("kept", "typed", "right"), FILLED)
def test_words_filled_in(kept, typed, right):
    assert mark(content("fill", accepted=(Accepted(kept),)), typed) is right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("12.5", True),
        ("12", True),
        ("13.0", True),
        ("１３", True),
        ("+12.4", True),
        ("13.01", False),
        ("11.99", False),
        ("1,000", False),
        ("NaN", False),
        ("1e1", False),
        ("", False),
        ("十二", False),
        ("12.5度", False),
    ],
)
def test_numbers_filled_in(typed, right):
    question = content("fill", accepted=(Accepted(number=Decimal("12.5"), tolerance=Decimal("0.5")),))
    assert mark(question, typed) is right


@pytest.mark.parametrize(
    ("text", "number"), [("1,000", 1000), ("−3.5", Decimal("-3.5")), ("1,00", None), ("١٢", None), ("9" * 16, None)]
)
def test_numbers_in_texts(text, number):
    assert number_in(text) == number


FAULTS = {
    "no_stem": [content(stem=" "), content(stem="\u200b")],
    "long_stem": [content(stem="字" * 1001)],
    "untidy": [content(stem="甲 "), content(stem="a\u0000b"), content(options=pieces("\u202e甲", "乙"))],
    "empty_option": [content(options=pieces("", "乙")), content("matching", partners=pieces("", "乙", "丙"))],
    "long_option": [content(options=pieces("字" * 301, "乙"))],
    "equal_options": [content(options=pieces("甲。", "甲.")), content(options=pieces("ＡＢ", "A B")), content("matching", partners=pieces("一", "一", "二"))],
    "partners": [content(partners=pieces("甲")), content("matching", partners=pieces("甲"), right=(0,))],
    "accepted": [content(accepted=(Accepted("甲"),)), content("fill", accepted=()), content("fill", accepted=(Accepted("甲"),) * 21)],
    "accepted_form": [
        content("fill", accepted=(one,))
        for one in (Accepted(" "), Accepted("字" * 101), Accepted("1", Decimal(1)), Accepted(number=Decimal("NaN")), Accepted(number=Decimal(1), tolerance=Decimal(-1)), Accepted("甲", tolerance=Decimal(1)), Accepted(number=Decimal("1e40")))
    ],
    "count": [content(options=pieces("甲")), content(options=pieces(*map(str, range(11)))), content("true_false", options=pieces("甲")), content("fill", options=pieces("甲")), content("ordering", options=pieces("甲", "乙")), content("ordering", options=pieces(*"甲乙丙丁戊己庚辛壬")), content("matching", options=pieces("甲"), right=(0,))],
    "right": [content(right=()), content(right=(0, 1)), content(right=(4,)), content(right=(-1,)), content("multiple", right=()), content("multiple", right=(2, 0)), content("multiple", right=(0, 0)), content("true_false", right=()), content("true_false", right=(2,)), content("fill", right=(0,)), content("ordering", right=(0, 1, 2, 3)), content("matching", right=(0, 0)), content("matching", right=(0,)), content("matching", right=(0, 3))],
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_faults(code):
    for question in FAULTS[code]:
        assert code in {fault.code for fault in check(question)}, question
        assert all(fault.words for fault in check(question))


def test_capitals_and_raised_digits_make_two_options():
    assert check(content(options=pieces("10 mW", "10 MW", "10 m²", "10 m2"))) == []


@given(st.text())
@example("A´")  # an accent that stood behind a space, once the space is gone
def test_tidy_is_tidy(text):
    assert tidy(tidy(text)) == tidy(text)
    assert not any(sign in tidy(text) for sign in "\r\t\x00\u200b\u202e")
    assert normal(tidy(text)) == normal(normal(text))


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"content": {}, "key": {}},
        {"content": {"kind": "essay", "stem": {"text": ""}}, "key": {}},
        {"content": None, "key": None},
    ],
)
def test_other_things_are_not_read(kept):
    with pytest.raises(ValueError, match=r"as it is kept|valid Kind"):
        from_json(kept)


# ---- what is alike -----------------------------------------------------------------------------------------


@given(questions())
def test_a_question_is_its_own_double_in_any_order(question):
    other = dataclasses.replace(question, options=question.options[::-1], partners=question.partners[::-1])
    assert wording_hash(other) == wording_hash(question)
    assert shingles_of(other) == shingles_of(question)


@given(
    st.lists(st.frozensets(st.integers(0, 12), min_size=1, max_size=8), min_size=1, max_size=12),
    st.frozensets(st.integers(0, 12), min_size=1, max_size=8),
)
def test_the_index_finds_all_that_is_near_and_nothing_else(bank, asked):
    expected = {place for place, one in enumerate(bank) if likeness(one, asked) >= NEAR}
    found = Alike(enumerate(bank)).near(asked, most=99)
    assert {one.name for one in found} == expected


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_partners_in_another_order_are_the_same_question_and_other_pairs_are_not(before, after):
    partners, names = pieces("禁止", "警告", "指令", "提示"), pieces("红", "黄", "蓝")

    def asked(order, paired):
        right = tuple(order.index(place) for place in paired)
        return content("matching", "配对", options=names, partners=tuple(partners[one] for one in order), right=right)

    assert canonical(asked(before, (1, 0, 3))) == canonical(asked(after, (1, 0, 3)))
    assert canonical(asked(before, (1, 0, 3))) != canonical(asked(after, (1, 0, 2)))
    assert canonical(asked(before, (1, 0, 3))) == canonical(canonical(asked(before, (1, 0, 3))))
