"""Finding: Chinese words, highlights, and what must never be found."""

import pytest

from fenjin.kit.scope import Scope, use_scope
from fenjin.search.models import SearchEntry
from fenjin.search.register import Source, register_source, sources
from fenjin.search.selectors import search
from fenjin.search.services import remove_entry
from fenjin.search.testing import make_entry
from fenjin.search.words import asked, pinyin_of, query_text, vector_text
from fenjin.spaces.models import Space

pytestmark = pytest.mark.django_db
SENT: dict[int, set[int]] = {}


@pytest.fixture(autouse=True)
def source():
    SENT.clear()
    if "test" not in {one.kind for one in sources()}:
        register_source(Source("test", "Test", lambda person, ids: ids & SENT.get(person, set()), lambda: 0))


def found(text: str, *, person: int = 7, spaces=(1,), **more):
    with use_scope(Scope(content=frozenset(spaces), people=frozenset())):
        return [str(row.title) for row in search(person_id=person, text=text, **more).rows]


def test_a_word_inside_a_longer_title_is_found():
    make_entry("工会送清凉活动", kind="test")
    assert found("清凉") == ["工会送<mark>清凉</mark>活动"]
    assert found("送清凉") != []
    assert found("清凉 工会") != []
    assert found("清凉 食堂") == []


@pytest.mark.parametrize("text", ["送清", "凉活", "会送清凉"])
def test_a_piece_that_no_word_list_knows_is_found_too(text):
    make_entry("工会送清凉活动", kind="test")
    assert found(text) != []


def test_titles_come_before_bodies():
    make_entry("食堂新菜单", kind="test", text="本周还有安全检查。")
    make_entry("安全检查通报", kind="test", text="详见附件。")
    assert "<mark>安全</mark><mark>检查</mark>" in found("安全检查")[0] or "安全检查" in found("安全检查")[0]
    assert found("安全检查")[0].startswith("<mark>安全")


@pytest.mark.parametrize("text", ["gonghui", "gong hui", "ghsql", "qingliang"])
def test_pinyin_of_the_title(text):
    make_entry("工会送清凉活动", kind="test")
    assert len(found(text)) == 1


def test_latin_words_and_wide_letters():
    make_entry("学习 Python3 与 AI", kind="test")
    assert len(found("ＰＹＴＨＯＮ３")) == 1
    assert len(found("ai")) == 1


def test_text_around_the_word_is_shown_and_escaped():
    make_entry("<b>通知</b>", kind="test", text="<script>alert(1)</script>" + "甲" * 200 + "报名截止周五" + "乙" * 200)
    with use_scope(Scope(content=frozenset({1}), people=frozenset())):
        row = search(person_id=1, text="截止").rows[0]
    assert "<mark>截止</mark>" in row.excerpt
    assert row.excerpt.startswith("…")
    assert str(row.title) == "&lt;b&gt;通知&lt;/b&gt;"


def test_other_spaces_are_never_found():
    other = Space.objects.create(name="二公司")
    make_entry("清凉活动", kind="test", space_id=other.pk)
    assert found("清凉") == []
    assert found("清凉", spaces=(1, other.pk)) != []


def test_entries_for_recipients_are_found_by_them_alone():
    entry = make_entry("清凉活动名单", kind="test", recipients_only=True)
    SENT[7] = {entry.object_id}
    assert len(found("清凉", person=7)) == 1
    assert found("清凉", person=8) == []


def test_removed_entries_are_gone():
    entry = make_entry("清凉活动", kind="test")
    remove_entry(kind="test", object_id=entry.object_id)
    assert found("清凉") == []
    assert SearchEntry._base_manager.count() == 0


def test_pages_follow_one_another():
    for number in range(23):
        make_entry(f"清凉活动{number}", kind="test")
    with use_scope(Scope(content=frozenset({1}), people=frozenset())):
        first = search(person_id=1, text="清凉")
        second = search(person_id=1, text="清凉", start=first.next or 0)
    assert len(first.rows) == 20
    assert len(second.rows) == 3
    assert second.next is None


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "'", "\\", "a'b\\c | & ! ( )", "清凉' & 'x", "%_", "\x00清凉", "🙂"]
)
def test_odd_questions_do_no_harm(text):
    make_entry("清凉活动 a'b\\c", kind="test")
    found(text)


def test_words_are_quoted():
    assert vector_text([("A", ["o'clock", "back\\slash"])]) == "'o''clock':1A 'back\\\\slash':2A"
    assert query_text(["清凉"]) == "('清凉':*)"
    assert asked("") == []
    assert pinyin_of("清凉 AI") == "qingliangai qla" or pinyin_of("清凉 AI").startswith("qingliang")
