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


def test_filters_stand_in_the_address_and_are_taken_away_again(me):
    make_article(title="冬季安全生产十条")
    page = me.get("/search/", {"q": "安全", "when": "week", "order": "new"}).content.decode()
    assert "1 条结果" in page
    assert "/search/?q=%E5%AE%89%E5%85%A8&amp;order=new" in page  # without the week
    assert page.count('aria-current="true"') >= 2
    assert me.get("/search/", {"q": "安全", "when": "x", "kind": "x", "whose": "y"}).content.decode().count("<mark>")


def test_filters_that_leave_nothing_lead_back(me):
    make_article(title="冬季安全生产十条")
    page = me.get("/search/", {"q": "安全", "whose": "own"}).content.decode()
    assert 'href="/search/?q=%E5%AE%89%E5%85%A8"' in page
    assert "<mark>" not in page


def test_a_name_that_was_not_quite_right_leads_to_the_right_one(me):
    make_article(title="车间主任王海宁的一天")
    page = me.get("/search/", {"q": "王海凝"}).content.decode()
    assert "您要找的是不是" in page
    assert ">王海宁</a>" in page
    make_article(title="赵铁柱的一天", recipients_only=True)
    assert "赵铁柱" not in me.get("/search/", {"q": "赵铁住"}).content.decode()
