"""The phone page of a message: who sees it, what counts as opening it, and how it is confirmed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from fenjin.delivery.selectors import (
    get_message_for,
    glance,
    has_unread,
    is_recipient,
    latest_message_for,
    letter,
    messages_for,
    received_content_ids,
    to_confirm,
)
from fenjin.delivery.selectors.inbox import LOOK_BACK
from fenjin.delivery.services import Due
from fenjin.delivery.testing import NOTE, make_message
from fenjin.delivery.tests.test_receipts import confirm_as, counters, move, open_as, straight
from fenjin.delivery.views import todo_rows
from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in
from fenjin.spaces.selectors import load_account


@pytest.fixture
def reader(world):
    """A person of the team, with a signed-in client."""
    person = world.people["team"][0]
    client = Client()
    sign_in(client, make_account(person))
    client.person = person
    return client


def test_opening_the_page_is_the_receipt(reader, world):
    message = make_message(world.first)
    page = reader.get(f"/messages/{message.pk}/")
    assert page.status_code == 200
    assert "今天起，先断电，再处置。" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert straight(message) == counters(message) == {world.team.pk: (1, 0)}


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}, {"Purpose": "preview"}],
)
def test_fetching_ahead_is_not_reading(reader, world, headers):
    message = make_message(world.first)
    assert reader.get(f"/messages/{message.pk}/", headers=headers).status_code == 200
    assert straight(message) == {}


def test_head_is_not_reading(reader, world):
    message = make_message(world.first)
    assert reader.head(f"/messages/{message.pk}/").status_code == 200
    assert straight(message) == {}


def test_who_is_not_a_recipient_gets_the_same_404_as_for_nothing(reader, world):
    other = make_message(world.second)
    pages = [reader.get(f"/messages/{number}/") for number in (other.pk, other.pk + 1000)]
    assert [page.status_code for page in pages] == [404, 404]
    assert reader.post(f"/messages/{other.pk}/confirm/", {"version": 1}).status_code == 404
    assert "先断电" not in pages[0].text
    assert straight(other) == {}


def test_who_joined_a_unit_after_sending_is_not_a_recipient(reader, world):
    message = make_message(world.first)
    newcomer = Client()
    sign_in(newcomer, make_account(make_person(unit=world.team)))
    assert newcomer.get(f"/messages/{message.pk}/").status_code == 404
    assert newcomer.head(f"/messages/{message.pk}/").status_code == 404
    assert straight(message) == {}


def test_nobody_signed_in_is_sent_to_the_door(world):
    message = make_message(world.first)
    client = Client()
    assert client.get(f"/messages/{message.pk}/").status_code == 302
    sign_in(client, make_administrator("system"))
    assert client.get(f"/messages/{message.pk}/").status_code == 404
    assert straight(message) == {}


def test_confirming_by_the_form_of_the_page_shows_number_stamp_and_the_next(reader, world):
    message, following = make_message(world.first), make_message(world.first)
    page = reader.get(f"/messages/{message.pk}/").text
    action = re.search(r'<form action="([^"]+)"', page).group(1)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    for _tap in range(2):
        answer = reader.post(action, fields)
        assert answer.headers["Location"] == f"/messages/{message.pk}/?confirmed=1"
    done = reader.get(answer.headers["Location"]).text
    assert get_message_for(reader.person.pk, message.pk).receipt.number in done
    assert "stamp press" in done
    assert f"/messages/{following.pk}/" in done
    assert "data-confirm" not in done
    assert straight(message) == counters(message) == {world.team.pk: (1, 1)}


def test_without_javascript_the_button_stands_open(reader, world):
    page = reader.get(f"/messages/{make_message(world.first).pk}/").text
    button = re.search(r"<button[^>]*data-confirm[^>]*>", page).group(0)
    assert "disabled" not in button
    assert "<fj-reader>" in page


def test_an_ordinary_message_has_no_button(reader, world):
    page = reader.get(f"/messages/{make_message(world.first, confirm=False).pk}/").text
    assert "data-confirm" not in page
    assert "<fj-reader>" not in page


def test_a_wrong_version_is_refused_in_words(reader, world):
    message = make_message(world.first)
    assert reader.post(f"/messages/{message.pk}/confirm/", {"version": 2}).status_code == 409
    assert reader.post(f"/messages/{message.pk}/confirm/", {"version": "x"}).status_code == 400
    assert counters(message) == straight(message) == {world.team.pk: (1, 0)} or straight(message) == {}


def test_the_deadline_stands_on_the_page(reader, world):
    due = clock.now() + timedelta(days=30)
    message = make_message(world.first, due=Due(due.date(), due.time().replace(microsecond=0), "UTC"))
    assert 'class="notice due"' in reader.get(f"/messages/{message.pk}/").text


# ---- lists ------------------------------------------------------------------------------------------


def test_the_inbox_is_newest_first_in_pages(world):
    person = world.people["team"][0]
    sent = [make_message(unit).pk for unit in (world.first, world.root, world.second, world.team, world.drilling)]
    own = [sent[4], sent[3], sent[1], sent[0]]
    seen, cursor = [], ""
    while True:
        page = messages_for(person.pk, cursor, limit=3)
        seen += [row.message_id for row in page.rows]
        cursor = page.more
        if not cursor:
            break
    assert seen == own
    assert messages_for(person.pk, "nonsense").rows[0].message_id == own[0]


def test_who_came_later_finds_nothing_old_and_who_moved_keeps_what_came(world):
    person = world.people["team"][0]
    old = make_message(world.first)
    newcomer = make_person(unit=world.team)
    assert messages_for(newcomer.pk).rows == ()
    move(person, world.second)
    new = make_message(world.first)
    assert [row.message_id for row in messages_for(person.pk).rows] == [old.pk]
    assert new.pk not in {row.message_id for row in messages_for(person.pk).rows}


def test_unread_and_to_confirm_follow_the_reading(world):
    person = world.people["team"][0]
    assert not has_unread(person.pk)
    ordinary, asked = make_message(world.first, confirm=False), make_message(world.first)
    assert has_unread(person.pk)
    assert [row.message_id for row in to_confirm(person.pk)] == [asked.pk]
    open_as(person, ordinary)
    confirm_as(person, asked)
    assert not has_unread(person.pk)
    assert to_confirm(person.pk) == []
    assert [row.message_id for row in to_confirm(person.pk, done_since=clock.now() - timedelta(hours=1))] == [asked.pk]
    assert [letter(row).unread for row in messages_for(person.pk).rows] == [False, False]


def test_the_nearest_deadline_comes_first(world):
    person, soon = world.people["team"][0], clock.now() + timedelta(days=2)
    late, without, early = (
        make_message(world.first, due=Due((soon + timedelta(days=days)).date(), soon.time(), "UTC") if days else None)
        for days in (9, 0, 1)
    )
    assert [row.message_id for row in to_confirm(person.pk)] == [early.pk, late.pk, without.pk]


def test_todays_things_hold_what_is_to_be_confirmed_and_what_was(world):
    person = world.people["team"][0]
    request = RequestFactory().get("/")
    request.user = load_account(make_account(person).pk)
    asked, done = make_message(world.first), make_message(world.first)
    confirm_as(person, done)
    rows = todo_rows(request)
    assert [(row.href, row.done) for row in rows] == [
        (f"/messages/{asked.pk}/", False),
        (f"/messages/{done.pk}/", True),
    ]


def test_the_doors_for_features_know_who_received_what(world):
    inside, outside = world.people["team"][0].pk, world.people["second"][0].pk
    make_message(world.first, content_id=7)
    last = make_message(world.first, content_id=7)
    make_message(world.second, content_id=8)
    assert is_recipient(person_id=inside, kind=NOTE, content_id=7)
    assert not is_recipient(person_id=outside, kind=NOTE, content_id=7)
    assert latest_message_for(inside, NOTE, 7) == last.pk
    assert latest_message_for(outside, NOTE, 7) is None
    assert received_content_ids(person_id=inside, kind=NOTE) == {7}
    assert received_content_ids(person_id=outside, kind=NOTE) == {8}
    assert received_content_ids(person_id=inside, kind="article") == frozenset()


def test_lists_and_page_ask_as_many_queries_for_one_message_as_for_ten(reader, world):
    def queries(ask):
        forget_all()  # what is remembered for some seconds is asked for each time, however slow the machine
        with CaptureQueriesContext(connection) as seen:
            ask()
        return len(seen)

    person = reader.person.pk
    first = make_message(world.first)
    asks = (
        lambda: messages_for(person),
        lambda: to_confirm(person),
        lambda: has_unread(person),
        lambda: reader.get(f"/messages/{first.pk}/"),
    )
    with clock.pretend(clock.now()):
        for ask in asks:
            ask()
        few = [queries(ask) for ask in asks]
        for number in range(9):
            make_message(world.first)
            make_unit(f"新{number}", world.root)
        messages_for(person)
        assert [queries(ask) for ask in asks] == few
    assert few[:3] == [1, 1, 1]


def test_opening_a_message_costs_four_statements_and_reading_it_again_two(
    reader, world, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("fenjin.spaces.selectors.looks.SECONDS", 3600)  # else a slow machine looks again
    message = make_message(world.first)
    get_message_for(world.people["team"][1].pk, message.pk)  # a colleague was first: the audience is kept now
    reader.get("/inbox/")  # and so is the name at the top of the page
    with django_assert_num_queries(4):  # who asks, the message, the post they count under, the receipt
        reader.get(f"/messages/{message.pk}/")
    with django_assert_num_queries(2):
        reader.get(f"/messages/{message.pk}/")


def test_glance_finds_the_own_message_behind_twenty_for_the_unit_left_today(world):
    person = world.people["team"][0]
    make_message(world.first, importance="ordinary")
    move(person, world.second)
    for _unused in range(LOOK_BACK + 1):
        make_message(world.first)
    seen = glance(person.pk)
    assert seen.unread
    assert seen.asked == ()
