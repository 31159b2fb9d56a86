"""The demo's three hundred questions: each can be asked, none says what another one says."""

from collections import Counter

from config.demo_company import quiz
from fenjin.quiz.alike import Alike, shingles_of, wording_hash
from fenjin.quiz.kinds import Kind, check
from fenjin.quiz.services import is_source

QUESTIONS = list(quiz.read())


def test_all_can_be_asked():
    assert len(QUESTIONS) == 300
    assert {written.content.kind for _topic, written, *_rest in QUESTIONS} == set(Kind)
    for _topic, written, difficulty, tags in QUESTIONS:
        assert check(written.content) == [], written.content.stem
        assert written.explanation, written.content.stem
        assert written.source_words, written.content.stem
        assert is_source(written.source_link)
        assert difficulty in (1, 2, 3)
        assert 0 < len(tags) <= 6
        assert max(map(len, tags)) <= 12


def test_no_two_are_alike():
    assert len({wording_hash(written.content) for _topic, written, *_rest in QUESTIONS}) == 300
    bank, near = Alike(), []
    for _topic, written, *_rest in QUESTIONS:
        runs = shingles_of(written.content)
        near += [(written.content.stem.text, one.name) for one in bank.near(runs)]
        bank.add(written.content.stem.text, runs)
    assert near == []


def test_the_right_letter_tells_nothing():
    """Whoever always takes the same letter of four gets about a quarter."""
    letters = Counter(written.content.right[0] for _t, written, *_r in QUESTIONS if written.content.kind is Kind.SINGLE)
    assert set(letters) == {0, 1, 2, 3}
    assert max(letters.values()) < 0.3 * letters.total()
