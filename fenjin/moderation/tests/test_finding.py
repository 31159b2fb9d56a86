"""Words are found whatever they look like, and only where they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenjin.moderation.finder import Finder, Wanted
from fenjin.moderation.normal import normalise, sound_of


def found(text: str, *words: str, by_sound: bool = False) -> list[str]:
    """Return the pieces of the text, as typed, in which the words were found."""
    finder = Finder(Wanted(normalise(word).text, "attack", by_sound) for word in words)
    return [text[place.start : place.end] for place in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("你这个笨蛋", "笨蛋"),
        ("你这个笨 蛋！", "笨 蛋"),
        ("笨*_-蛋", "笨*_-蛋"),
        ("笨\u200b蛋", "笨\u200b蛋"),
        ("笨，，，蛋", "笨，，，蛋"),
    ],
)
def test_signs_between_the_characters_do_not_hide_a_word(text, piece):
    assert found(text, "笨蛋") == [piece]


def test_wide_letters_capitals_and_traditional_characters_are_the_same_word():
    assert found("加我ＷｅＣｈａｔ领红包", "wechat") == ["ＷｅＣｈａｔ"]
    assert found("這個領導貪汙", "领导贪污") == ["領導貪汙"]
    assert found("这个领导贪污", "領導貪汙") == ["领导贪污"]


def test_a_latin_word_stands_alone():
    assert found("the classic assembly", "ass") == []
    assert found("you ass!", "ass") == ["ass"]
    assert found("叫他ass吧", "ass") == ["ass"]


def test_other_characters_of_the_same_sound_count_only_where_the_word_says_so():
    assert found("你这个本但", "笨蛋") == []
    assert found("你这个本但", "笨蛋", by_sound=True) == ["本但"]
    assert found("你这个 ben dan", "笨蛋", by_sound=True) == ["ben dan"]


def test_half_a_syllable_is_chance():
    # 西安 sounds xi-an, 先 sounds xian: the one is not the other's beginning.
    assert found("本单位", "恩丹", by_sound=True) == []
    assert found("先来", "西安", by_sound=True) == ["先"]


def test_an_empty_list_finds_nothing():
    assert found("什么都行") == []


def test_overlapping_words_are_both_found():
    assert found("大笨蛋", "大笨", "笨蛋") == ["大笨", "笨蛋"]


WORDS = st.text(alphabet="笨蛋大傻瓜贪污领导", min_size=2, max_size=4)
NOISE = st.text(alphabet=" .*-_，。！~\u200b", max_size=2)


@given(WORDS, st.text(max_size=20), st.text(max_size=20), st.data())
def test_a_word_is_found_between_anything_and_at_its_place(word, before, after, data):
    dressed = data.draw(NOISE).join(word)
    text = before + dressed + after
    finder = Finder([Wanted(normalise(word).text, "attack")])
    spans = {(place.start, place.end) for place in finder.find(text)}
    assert (len(before), len(before) + len(dressed)) in spans


@given(st.text(max_size=60))
def test_each_character_keeps_its_place(text):
    normal = normalise(text)
    assert len(normal.text) == len(normal.places)
    assert list(normal.places) == sorted(normal.places)
    assert all(0 <= place < len(text) for place in normal.places)
    spoken = sound_of(normal)
    assert len(spoken.text) == len(spoken.places)
