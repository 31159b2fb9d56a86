"""The search page: a field, what was found, and a way on when nothing was."""

import pytest

from fenjin.newsroom.testing import make_article
from fenjin.people.testing import make_account, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    sign_in(client, make_account(make_person("王海宁", unit=make_unit())))
    return client


def test_without_words_there_is_a_field(me):
    assert 'name="q"' in me.get("/search/").content.decode()


def test_one_character_is_too_short(me):
    assert "至少输入两个字" in me.get("/search/", {"q": "安"}).content.decode()


def test_what_was_found_is_marked(me):
    make_article(title="冬季安全生产十条")
    words = me.get("/search/", {"q": "安全"}).content.decode()
    assert "<mark>安全</mark>" in words


def test_nothing_found_offers_shorter_words(me):
    words = me.get("/search/", {"q": "量子纠缠食堂"}).content.decode().replace("<wbr>", "")
    assert "没有找到" in words
    assert 'class="try"' in words


def test_markup_in_the_question_stays_text(me):
    words = me.get("/search/", {"q": '<img src=x onerror=alert(1)>"'}).content.decode()
    assert "<img src=x" not in words


def test_a_cursor_that_is_no_number_does_no_harm(me):
    assert me.get("/search/", {"q": "安全", "start": "x"}).status_code == 200
