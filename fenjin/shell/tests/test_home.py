"""Home: today's things, the news, and what it may cost."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from fenjin.delivery.testing import make_message
from fenjin.kit import clock
from fenjin.kit.components import TodoRow
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.shell.views import home as page
from fenjin.spaces.selectors.looks import forget_looks

pytestmark = pytest.mark.django_db


def words_of(answer):
    """Return the page without the places where a title may break."""
    return answer.content.decode().replace("<wbr>", "")


@pytest.fixture
def unit():
    return make_unit("检修一班", parent=make_unit("启明集团"))


@pytest.fixture
def me(client, unit):
    sign_in(client, make_account(make_person("王海宁", unit=unit)))
    return client


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_looks()


def test_a_new_company_gets_a_calm_page(me):
    assert "这里刚刚建好" in words_of(me.get("/"))


def test_a_message_to_confirm_stands_first_and_the_bell_has_a_dot(me, unit):
    message = make_message(unit)
    words = me.get("/").content.decode()
    assert "今日一件事" in words
    assert f"/messages/{message.pk}/" in words
    assert 'class="dot"' in words


def test_home_costs_two_queries_once_what_is_shared_is_kept(me, unit, django_assert_num_queries):
    make_message(unit)
    me.get("/")
    with django_assert_num_queries(2):  # who asks, and what came for them
        assert me.get("/").status_code == 200


def test_home_html_is_small(me, unit):
    make_message(unit)
    answer = me.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 12_000


def test_open_rows_stand_before_done_ones_and_there_are_five_at_most():
    rows = [TodoRow("a", "#", "Read", done=True), *(TodoRow(name, "#", "Read") for name in "bcdef")]
    card = page.card_of(rows)
    assert [row.title for row in card.rows] == ["b", "c", "d", "e", "f"]
    assert page.card_of([]) is None


def test_when_all_is_done_the_card_says_so():
    card = page.card_of([TodoRow("a", "#", "Read", done=True)])
    assert "都办完了" in str(card.note)


def test_signed_out_home_leads_to_the_door(client):
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_the_inbox_goes_on_where_it_ended(me, unit):
    start = clock.now()
    for number in range(22):
        with clock.pretend(start + timedelta(seconds=number)):
            make_message(unit, confirm=number % 2 == 0)
    first = me.get("/inbox/").content.decode()
    assert first.count('class="letter') == 20
    more = first.split("/inbox/?before=")[1].split('"')[0]
    rest = me.get(f"/inbox/?before={more}").content.decode()
    assert rest.count('class="letter') == 2


def test_an_empty_inbox_is_calm(me):
    assert "还没有消息" in words_of(me.get("/inbox/"))


@pytest.mark.parametrize("before", ["x", "1-2", "9" * 70])
def test_a_made_up_cursor_does_no_harm(me, before):
    assert me.get("/inbox/", {"before": before}).status_code == 200
