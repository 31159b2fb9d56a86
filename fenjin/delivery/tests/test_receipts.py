"""Opening and confirming: once, under the right unit, with counters that equal the straight count."""

from datetime import date
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from fenjin.audiences.access import EVERYBODY
from fenjin.audiences.selectors import compile_rule, freeze, parse_rule
from fenjin.delivery.models import Counter, Denominator, Message, Receipt
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import (
    NothingToConfirm,
    VersionChanged,
    confirm_message,
    open_message,
    rebuild_counters,
)
from fenjin.delivery.testing import make_message
from fenjin.delivery.tests.conftest import build_world
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, ScopeError, every_space
from fenjin.people.models import Post, PostEvent
from fenjin.people.services import tree
from fenjin.people.testing import make_person, make_post


def straight(message):
    """Return unit → (opened, confirmed), counted from the receipts."""
    return _figures(
        "SELECT unit_id, count(*), count(confirmed_at) FROM delivery_receipt WHERE message_id = %s GROUP BY 1", message
    )


def counters(message):
    """Return unit → (opened, confirmed), as kept."""
    return _figures("SELECT unit_id, opened, confirmed FROM delivery_counter WHERE message_id = %s", message)


def _figures(sql, message):
    with connection.cursor() as cursor:
        cursor.execute(sql, [message.pk])
        return {unit: (opened, confirmed) for unit, opened, confirmed in cursor.fetchall()}


def open_as(person, message):
    found = get_message_for(person.pk, message.pk)
    open_message(person_id=person.pk, message=found.message)


def confirm_as(person, message, version=1, key="a-client-key"):
    found = get_message_for(person.pk, message.pk)
    return confirm_message(person_id=person.pk, message=found.message, version=version, key=key)


def test_an_open_is_kept_once(world):
    message, person = make_message(world.first), world.people["team"][0]
    open_as(person, message)
    first = get_message_for(person.pk, message.pk).receipt
    open_as(person, message)
    assert get_message_for(person.pk, message.pk).receipt == first
    assert counters(message) == straight(message) == {world.team.pk: (1, 0)}


def test_a_confirmation_is_kept_once_and_its_number_stays(world):
    message, person = make_message(world.first), world.people["team"][0]
    first = confirm_as(person, message, key="first-device")
    again = confirm_as(person, message, key="other-device")
    assert again == first
    assert again.number == first.number
    assert first.confirmed_version == 1
    assert counters(message) == straight(message) == {world.team.pk: (1, 1)}


def test_another_version_is_refused_and_nothing_is_confirmed(world):
    message, person = make_message(world.first), world.people["team"][0]
    open_as(person, message)
    with pytest.raises(VersionChanged):
        confirm_as(person, message, version=2)
    assert counters(message) == straight(message) == {world.team.pk: (1, 0)}


def test_an_ordinary_message_asks_for_nothing(world):
    message, person = make_message(world.first, confirm=False), world.people["team"][0]
    with pytest.raises(NothingToConfirm):
        confirm_as(person, message)
    assert straight(message) == {}


def test_who_is_not_a_recipient_finds_nothing(world):
    message = make_message(world.first)
    with pytest.raises(NotFound):
        get_message_for(world.people["second"][0].pk, message.pk)
    with pytest.raises(NotFound):
        get_message_for(world.people["first"][0].pk, message.pk + 1)


def move(person, unit, *, on=None):
    """End the main post and begin another, as an import does: today, unless it is said when."""
    on = on or clock.today(ZoneInfo("UTC"))
    post = Post.objects.get(person=person, main=True, ended_on=None)
    Post.objects.filter(pk=post.pk).update(ended_on=on)
    PostEvent.objects.create(space_id=post.space_id, post=post, kind="ended", on=on)
    return make_post(person, unit, on=on)


def test_who_moved_later_still_counts_where_the_audience_was_frozen(world):
    message, person = make_message(world.first), world.people["team"][0]
    move(person, world.second)
    move(person, world.safety)
    open_as(person, message)
    assert straight(message) == counters(message) == {world.team.pk: (1, 0)}


def test_who_moved_before_sending_counts_at_the_new_place(world):
    person = world.people["team"][0]
    move(person, world.safety)
    message = make_message(world.first)
    open_as(person, message)
    assert straight(message) == {world.safety.pk: (1, 0)}


def test_a_change_of_the_main_post_later_does_not_move_the_receipt(world):
    person = world.people["team"][0]
    second = make_post(person, world.safety, main=False)
    message = make_message(world.first)
    first = Post.objects.get(person=person, main=True)
    for post, main in ((first, False), (second, True)):
        Post.objects.filter(pk=post.pk).update(main=main)
        PostEvent.objects.create(space_id=1, post=post, kind="main", on=date(2026, 11, 22), old={"main": not main})
    open_as(person, message)
    assert straight(message) == {world.team.pk: (1, 0)}


def test_who_matched_through_the_oldest_second_post_counts_there(world):
    person = world.people["second"][0]
    make_post(person, world.team, main=False, on=date(2019, 1, 1))
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    message = make_message(world.first)
    open_as(person, message)
    assert straight(message) == {world.safety.pk: (1, 0)}


def test_moving_a_unit_between_sending_and_opening_keeps_denominator_and_receipt_together(world):
    message, person = make_message(world.first), world.people["team"][0]
    tree.move_unit(actor=None, unit_id=world.team.pk, parent_id=world.second.pk)
    open_as(person, message)
    assert straight(message) == {world.team.pk: (1, 0)}


_MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.booleans()), max_size=6)


@pytest.mark.django_db
@given(before=_MOVES, after=_MOVES, readers=st.sets(st.integers(0, 3)))
def test_moves_between_sending_and_opening_keep_every_receipt_under_a_counted_unit(before, after, readers):
    sid = connection.savepoint()
    try:
        with every_space(Reason.TEST):
            world = build_world()
            units = [world.first, world.second, world.safety, world.drilling, world.team]
            people = [make_person(unit=units[n]) for n in range(4)]
            _shuffle(people, units, before)
            message = make_message(world.first)
            expected = _frozen_units(message)
            _shuffle(people, units, after)
            for number in readers:
                if people[number].pk in expected:
                    open_as(people[number], message)
            assert _receipt_units(message) == {
                people[n].pk: expected[people[n].pk] for n in readers if people[n].pk in expected
            }
            assert counters(message) == straight(message)
    finally:
        connection.savepoint_rollback(sid)


def _shuffle(people, units, moves):
    for who, where, second in moves:
        person, unit = people[who], units[where]
        if Post.objects.filter(person=person, unit=unit, ended_on=None).exists():
            continue
        if second:
            make_post(person, unit, main=False, on=date(2000 + where, 1, 1))
        else:
            move(person, unit)


def _frozen_units(message):
    """Return person → unit, from the rule and the posts as they stand now."""
    frozen = freeze(compile_rule(parse_rule(message.rule), EVERYBODY))
    return {person: unit for unit, people in frozen.items() for person in people}


def _receipt_units(message):
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, unit_id FROM delivery_receipt WHERE message_id = %s", [message.pk])
        return dict(cursor.fetchall())


def test_rebuilding_finds_what_is_wrong_and_repairs_it(world):
    message, other = make_message(world.first), make_message(world.second)
    for person in world.people["team"] + world.people["drilling"][:2]:
        confirm_as(person, message)
    open_as(world.people["second"][0], other)
    right = counters(message)
    assert right == straight(message)
    assert rebuild_counters() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE delivery_counter SET opened = opened + 7 WHERE unit_id = %s", [world.team.pk])
        cursor.execute("DELETE FROM delivery_counter WHERE unit_id = %s", [world.drilling.pk])
        cursor.execute("INSERT INTO delivery_counter VALUES (1, %s, 999, 4, 2)", [message.pk])
    assert rebuild_counters(message_id=message.pk) == 3
    assert counters(message) == right
    assert counters(other) == straight(other)


def test_the_ledger_has_no_open_door(world):
    for table in (Receipt, Counter, Denominator):
        with pytest.raises(ScopeError):
            table.objects.all()


@pytest.mark.django_db(transaction=True)
def test_many_taps_at_once_are_one_receipt_and_one_confirmation(lasting_world):
    message = make_message(lasting_world.first)
    people = lasting_world.people["team"][:3]
    barrier, errors, numbers = Barrier(12), [], {person.pk: set() for person in people}

    def tap(person, turn):
        try:
            barrier.wait(20)
            with every_space(Reason.TEST):
                if turn % 2:
                    open_as(person, message)
                numbers[person.pk].add(confirm_as(person, message, key=f"device-{turn:04}").number)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=tap, args=(person, turn)) for person in people for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert all(len(found) == 1 for found in numbers.values())
    assert counters(message) == straight(message) == {lasting_world.team.pk: (3, 3)}
    assert Message.objects.get(pk=message.pk).head_count == 16


_POSTS = st.lists(
    st.tuples(st.sampled_from(["team", "safety", "second"]), st.booleans()),
    min_size=1,
    max_size=3,
    unique_by=lambda post: post[0],
)


@pytest.mark.django_db
@given(crew=st.lists(_POSTS, min_size=1, max_size=6))
def test_everybody_opens_under_the_unit_that_counted_them_also_where_a_rule_asks_for_posts(crew):
    with transaction.atomic(), every_space(Reason.TEST):
        world = build_world()
        meant = [make_person("班长", unit=world.team, title="安全员")]
        for posts in crew:
            person = make_person("张伟")
            for place, (unit, safe) in enumerate(posts):
                title, since = "安全员" if safe else "文员", date(2010 + 3 * place % 7, 1, 1)
                make_post(person, getattr(world, unit), main=not place, title=title, on=since)
            if any(safe for _unit, safe in posts):
                meant.append(person)
        message = make_message(rule={"any": [{"post": ["安全员"]}]})
        for person in meant:
            open_as(person, message)
        counted = _figures("SELECT unit_id, people, 0 FROM delivery_denominator WHERE message_id = %s", message)
        assert straight(message) == counted == counters(message)
        transaction.set_rollback(True)
