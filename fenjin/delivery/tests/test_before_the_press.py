"""What the review says before the press: who is kept away, what changed, how much was asked of these people."""

from datetime import timedelta

import pytest

from fenjin.audiences.access import EVERYBODY
from fenjin.audiences.selectors import by_unit, compile_rule, count, parse_rule, without_account
from fenjin.audiences.selectors.described import narrowed
from fenjin.delivery.models import Burden
from fenjin.delivery.selectors.burden import load_of, loads_below, most_loaded
from fenjin.delivery.selectors.last_time import last_time
from fenjin.delivery.services import withdraw_message
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.living import count_living
from fenjin.delivery.testing import make_message, rule_of, sender
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.services import tree
from fenjin.people.services.posts import transfer_person
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import make_space


def looked(rule):
    rule = parse_rule(rule)
    meant = compile_rule(rule, EVERYBODY)
    return last_time(GROUP_SPACE, rule.as_json(), meant, count(meant))


def test_who_joined_and_left_since_the_last_message_to_the_same_audience(world):
    rule = rule_of(world.first)
    assert looked(rule) is None
    make_message(world.second)
    assert looked(rule) is None
    message = make_message(world.first)
    assert looked(rule).unchanged
    for n in range(3):
        make_person(f"新来的{n}", unit=world.team)
    transfer_person(actor=None, person_id=world.people["drilling"][0].pk, unit_id=world.second.pk)
    seen = looked(rule)
    assert (seen.message_id, seen.people, seen.joined, seen.left, seen.moved) == (message.pk, 16, 3, 1, 0)
    tree.move_unit(actor=None, unit_id=world.safety.pk, parent_id=world.second.pk)
    assert (looked(rule).joined, looked(rule).left, looked(rule).moved) == (3, 1, -3)


def test_conditions_that_must_hold_say_whom_they_keep_away(world):
    for person in world.people["team"][:2]:
        person.posts.update(title="司钻")
    rule = parse_rule(rule_of(world.first) | {"all": [{"post": ["司钻"]}]})
    meant = compile_rule(rule, EVERYBODY)
    assert [part.people for part in narrowed(rule, EVERYBODY, count(meant))] == [14]
    assert without_account(meant) == 2
    make_account(world.people["team"][0])
    assert without_account(meant) == 1


@pytest.fixture
def asked(world):
    """The group has asked everybody for 90 seconds, a sub-platform its people for 90 more, twice."""
    space = make_space("一公司平台", unit=world.first)
    make_message(world.root)
    for _time in range(2):
        make_message(world.first, space_id=space.pk, actor=sender(space_id=space.pk))
    assert keep_burden()
    return space


def test_minutes_are_those_of_the_average_person_by_sender(world, asked):
    load = load_of(by_unit(compile_rule(parse_rule(rule_of(world.root)), EVERYBODY)))
    by = {one.space_id: round(one.minutes, 2) for one in load.by}
    assert by == {GROUP_SPACE: 1.5, asked.pk: round(3 * 16 / 23, 2)}
    assert load.minutes == pytest.approx(1.5 + 3 * 16 / 23)
    assert load.most_minutes == pytest.approx(4.5)
    assert load_of({world.second.pk: 7}).minutes == pytest.approx(1.5)
    assert load_of({}).minutes == 0


def test_units_are_listed_by_load_and_small_ones_are_not(world, asked):
    listed = {unit.unit_id: round(unit.minutes, 2) for unit in most_loaded()}
    assert listed == {world.drilling.pk: 4.5, world.team.pk: 4.5, world.second.pk: 1.5}
    below = loads_below({world.first.pk: 16, world.second.pk: 7})
    assert [round(one.minutes, 2) for one in below[world.first.pk]] == [3.0, 1.5]
    assert [round(one.minutes, 2) for one in below[world.second.pk]] == [1.5]


def test_living_audiences_ask_what_a_straight_count_says(world):
    def kept():
        rows = Burden._base_manager.values_list("unit_id", "seconds", "living_seconds", "messages", "living_messages")
        return {unit: (first + second, one + other) for unit, first, second, one, other in rows}

    def straight(*audiences):
        """Return unit → (seconds, messages): ninety seconds for each person of each audience, one by one."""
        found = {}
        for audience in audiences:
            for unit, people in audience.items():
                seconds, messages = found.get(unit, (0, 0))
                found[unit] = seconds + sum(90 for _person in range(people)), messages + 1
        return found

    first = {getattr(world, name).pk: len(world.people[name]) for name in ("first", "safety", "drilling", "team")}
    second, team = {world.second.pk: 7}, {world.team.pk: 5}
    living = make_message(world.first, audience_mode="living")
    make_message(world.root, audience_mode="living", rule=rule_of(world.second))
    make_message(world.team)
    assert keep_burden()
    assert kept() == straight(first, second, team)
    assert load_of({world.team.pk: 5}).minutes == pytest.approx(3.0)
    assert {unit.unit_id: unit.messages for unit in most_loaded()}[world.team.pk] == 2
    assert loads_below({world.first.pk: 16})[world.first.pk][0].minutes == pytest.approx(90 * 21 / 16 / 60)

    for n in range(3):
        make_person(f"新来的{n}", unit=world.team)
    transfer_person(actor=None, person_id=world.people["safety"][0].pk, unit_id=world.root.pk)
    count_living(living)  # somebody looked how far it got
    with clock.pretend(clock.now() + timedelta(hours=2)):
        assert not keep_burden()
        assert kept() == straight(first | {world.team.pk: 8, world.safety.pk: 2}, second, team)
        withdraw_message(actor=sender(), message_id=living.pk, why="错了")
        assert keep_burden()
        assert kept() == straight(second, team)
    with clock.pretend(clock.now() + timedelta(days=8)):
        assert keep_burden()
        assert kept() == {}


def test_sums_are_made_anew_only_when_messages_came_or_went(world, asked):
    assert not keep_burden()
    message = make_message(world.second)
    assert keep_burden()
    withdraw_message(actor=sender(), message_id=message.pk, why="错了")
    assert keep_burden()
    assert load_of({world.second.pk: 7}).minutes == pytest.approx(1.5)
    with clock.pretend(clock.now() + timedelta(days=8)):
        assert keep_burden()
        assert load_of({world.second.pk: 7}).minutes == 0
        assert most_loaded() == []
