"""Told by word of mouth: by supervisors of the own units, never more than there are, never mixed with opened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fenjin.delivery.models import Present, ReadAloud
from fenjin.delivery.personal import told as personal
from fenjin.delivery.selectors import coverage
from fenjin.delivery.selectors.told import listeners, messages_to_tell, units_to_tell
from fenjin.delivery.services.reading_aloud import (
    MoreThanThereAre,
    NobodyTold,
    NotThatDay,
    say_read_aloud,
    take_back_reading,
)
from fenjin.delivery.suppression import Figures
from fenjin.delivery.testing import make_message
from fenjin.delivery.tests.test_receipts import open_as
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.access import HeldRole, Membership


def supervisor(unit=None, role="unit_administrator"):
    account = make_account(make_person("班长"))
    held = HeldRole(1, role, unit.pk if unit else None)
    account.membership = Membership(account_id=account.pk, person_id=None, roles=(held,))
    return account


def say(actor, message, unit, **fields):
    values = {"told_on": timezone.localtime(clock.now()).date(), "people": 0, "present": ()}
    return say_read_aloud(actor=actor, message_id=message.pk, unit_id=unit.pk, **(values | fields))


def told_in(message, unit=None):
    return coverage(message.pk, unit.pk if unit else None).total.told


def test_a_number_or_names_count_as_told_once_and_never_as_opened(world):
    message, actor = make_message(world.root), supervisor(world.drilling)
    team = world.people["team"]
    open_as(team[0], message)
    say(actor, message, world.team, present=[team[0].pk, team[1].pk], key="first-reading")
    say(actor, message, world.team, present=[team[0].pk, team[1].pk], key="first-reading")  # the phone repeats itself
    say(actor, message, world.team, present=[team[1].pk, team[2].pk], key="second-reading")
    say(actor, message, world.drilling, people=4, key="third-reading")
    assert coverage(message.pk, world.team.pk).total == Figures(5, 1, 0, 3)
    assert [told_in(message, unit) for unit in (world.drilling, world.first, None)] == [7, 7, 7]
    assert {one.person_id for one in listeners(message, world.team.pk) if one.told} == {one.pk for one in team[:3]}
    with pytest.raises(MoreThanThereAre):
        say(actor, message, world.team, people=3)
    for refused, fields in (
        (NobodyTold, {}),
        (NotThatDay, {"people": 1, "told_on": timezone.localtime(clock.now()).date() + timedelta(days=1)}),
        (NotThatDay, {"people": 1, "told_on": timezone.localtime(clock.now()).date() - timedelta(days=1)}),
    ):
        with pytest.raises(refused):
            say(actor, message, world.team, **fields)
    for _twice in range(2):
        take_back_reading(actor=actor, message_id=message.pk, key="second-reading")
    assert told_in(message, world.team) == 2
    assert ReadAloud._base_manager.filter(taken_back_at=None).count() == 2


def test_only_for_units_of_the_own_branch_and_people_who_count_there(world):
    message, actor = make_message(world.first), supervisor(world.drilling)
    elsewhere = make_message(world.second)
    assert [unit.name for unit in units_to_tell(actor.membership, message)] == ["钻井部", "一班"]
    assert [row.message_id for row in messages_to_tell(actor.membership)[0]] == [message.pk]
    for refused, unit in ((message, world.safety), (message, world.second), (elsewhere, world.second)):
        with pytest.raises(NotFound):
            say(actor, refused, unit, people=1)
    with pytest.raises(NotFound):
        say(actor, message, world.team, present=[world.people["safety"][0].pk])
    with pytest.raises(NotFound):
        say(supervisor(world.drilling, role="author"), message, world.team, people=1)
    late = make_person("后来的", unit=world.team)
    assert late.pk not in {one.person_id for one in listeners(message, world.team.pk)}
    with pytest.raises(NotFound):
        say(actor, message, make_unit("新班", world.drilling), people=1)


def test_a_person_named_as_present_finds_it_and_can_be_taken_off(world):
    message, person = make_message(world.root), world.people["team"][0]
    say(supervisor(world.team), message, world.team, present=[person.pk])
    subject = Subject(person_id=person.pk, account_id=None)
    [sheet] = personal.collect(subject)
    assert len(sheet.rows) == 1
    assert personal.erase(subject) == {"told": 1}
    assert not Present._base_manager.exists()
    assert told_in(message, world.team) == 1


def test_those_who_may_have_been_there_are_asked_for_at_once_whoever_a_living_message_means(
    world, django_assert_max_num_queries
):
    message = make_message(world.root, audience_mode="living")
    with django_assert_max_num_queries(3):
        assert {one.person_id for one in listeners(message, world.team.pk)} == {one.pk for one in world.people["team"]}
