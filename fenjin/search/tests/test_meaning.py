"""Filters, what pinyin marks, and guesses at what was meant: never from what one may not read."""

from datetime import timedelta

import pytest

from fenjin.kit import clock
from fenjin.kit.scope import Scope, use_scope
from fenjin.search.register import Source, register_source, sources
from fenjin.search.selectors import Wish, meant, search
from fenjin.search.selectors.meaning import is_term
from fenjin.search.testing import make_entry
from fenjin.search.words import folded, said_as, sound_text
from fenjin.spaces.models import Space

pytestmark = pytest.mark.django_db
SENT: dict[int, set[int]] = {}


@pytest.fixture(autouse=True)
def kinds():
    SENT.clear()
    for kind in ("near", "far"):
        if kind not in {one.kind for one in sources()}:
            register_source(Source(kind, kind, lambda person, ids: ids & SENT.get(person, set()), lambda: 0))


def in_scope(spaces=(1,)):
    return use_scope(Scope(content=frozenset(spaces), people=frozenset()))


def found(text: str, *, spaces=(1,), **wish):
    with in_scope(spaces):
        return [str(row.title) for row in search(person_id=7, text=text, wish=Wish(**wish)).rows]


def guessed(text: str, *, spaces=(1,), person: int = 7):
    with in_scope(spaces):
        return meant(person_id=person, text=text)


def test_filters_by_kind_age_and_whose_it_is():
    own = Space.objects.create(name="二公司")
    old = clock.now() - timedelta(days=40)
    make_entry("清凉一", kind="near", published_at=old)
    make_entry("清凉二", kind="far", space_id=own.pk)
    both = (1, own.pk)
    assert len(found("清凉", spaces=both)) == 2
    assert found("清凉", spaces=both, kind="near") == ["<mark>清凉</mark>一"]
    assert found("清凉", spaces=both, days=7) == ["<mark>清凉</mark>二"]
    assert found("清凉", spaces=both, whose="group") == ["<mark>清凉</mark>一"]
    assert found("清凉", spaces=both, whose="own") == ["<mark>清凉</mark>二"]
    with in_scope(both):
        assert search(person_id=7, text="清凉", wish=Wish(kind="near")).by_kind == (("far", 1), ("near", 1))


def test_what_is_counted_is_what_may_be_read():
    hidden = Space.objects.create(name="二公司")
    make_entry("清凉一", kind="near")
    make_entry("清凉二", kind="near", space_id=hidden.pk)
    sent = make_entry("清凉三", kind="near", recipients_only=True)
    with in_scope():
        assert search(person_id=7, text="清凉").by_kind == (("near", 1),)
        SENT[7] = {sent.object_id}
        assert search(person_id=7, text="清凉").by_kind == (("near", 2),)


def test_newest_first_when_asked():
    make_entry("清凉清凉清凉", kind="near", published_at=clock.now() - timedelta(days=2))
    make_entry("通知", kind="near", text="另有清凉一事。")
    assert found("清凉")[0].startswith("<mark>清凉")
    assert found("清凉", newest=True)[0] == "通知"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("qingliang", "工会送<mark>清凉</mark>活动"),
        ("ghsql", "<mark>工会送清凉</mark>活动"),
        ("qingl", "工会送<mark>清凉</mark>活动"),
    ],
)
def test_letters_mark_the_characters_that_they_spell(typed, title):
    make_entry("工会送清凉活动", kind="near")
    assert found(typed) == [title]


@pytest.mark.parametrize(
    ("asked", "meant_"),
    [
        ("王海凝", "王海宁"),  # sounds the same
        ("王海林", "王海宁"),  # n and l, n and ng are one
        ("王海涛", "王海宁"),  # one character is wrong
        ("李海宁", "王海宁"),
        ("清良活动", "清凉活动"),
        ("王海凝活动", "王海宁活动"),  # only a part of the question, and the rest is there
        ("王海凝讲话", "王海宁"),  # and the rest is nowhere
        ("wanhainin", "王海宁"),
        ("wanghailing", "王海宁"),
    ],
)
def test_a_name_that_was_not_quite_right(asked, meant_):
    make_entry("工会送清凉活动", kind="near", text="车间主任王海宁说，先断电。")
    assert found(asked) == []
    assert guessed(asked)[0] == meant_
    assert len(found(meant_)) == 1


def test_nothing_is_guessed_from_what_one_may_not_read():
    other = Space.objects.create(name="二公司")
    make_entry("王海宁", kind="near", space_id=other.pk)
    sent = make_entry("张喆", kind="near", recipients_only=True)
    assert guessed("王海凝") == ()
    assert guessed("王海凝", spaces=(1, other.pk)) == ("王海宁",)
    assert guessed("张哲") == ()
    SENT[7] = {sent.object_id}
    assert guessed("张哲") == ("张喆",)
    assert guessed("张哲", person=8) == ()


@pytest.mark.parametrize("text", ["量子纠缠", "量子", "车剑"])
def test_what_is_no_word_and_what_finds_nothing_is_never_suggested(text):
    make_entry("两支队伍昨天会合", kind="near", text="说明。来的车，简单。")
    assert found(text) == []
    assert all(found(guess) for guess in guessed(text))
    assert not {"两支纠缠", "两支"} & set(guessed(text))


@pytest.mark.parametrize("text", ["", "'", "a'b\\c | (", "%_", "[a-z]+", "王(海", "🙂🙂", "....", "x" * 64, "海" * 64])
def test_odd_questions_are_not_guessed_at(text):
    make_entry("工会送清凉活动", kind="near")
    assert guessed(text) == ()


def test_how_words_sound():
    assert folded("zhang") == "zan"
    assert folded("ning") == folded("lin")
    assert sound_text("王海宁，A", "", "") == " wan hai lin | "
    assert said_as("冬季安全", "anq") == "安全"
    assert said_as("冬季安全", "xyz") == ""


def test_a_guess_is_no_piece_out_of_the_middle_of_a_sentence():
    assert [words for words in ("的小周", "小周了", "受限空间", "三号阀门") if is_term(words)] == [
        "受限空间",
        "三号阀门",
    ]
