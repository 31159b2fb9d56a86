"""Reminders reach those still open, and nobody else."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenjin.delivery.models import Outbox, ReminderRound, ReminderRule
from fenjin.delivery.selectors import get_message_for, messages_for
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.reminders import reminders_of
from fenjin.delivery.services import (
    BadReminders,
    NothingOpen,
    RemindedEnough,
    Reminders,
    TooSoonToRemind,
    confirm_message,
    end_emergency,
    keep_sending_times,
    open_message,
    pause_message,
    remind_due,
    remind_now,
    resume_message,
    stop_reminders,
    undo_confirmation,
)
from fenjin.delivery.services.safety import Said, answer_emergency
from fenjin.delivery.services.sending import Plan
from fenjin.delivery.testing import make_emergency, make_message, sender
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.spaces.testing import make_editor
from tests.plugin import PROVE

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 11, 24, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai, a Tuesday
RULE = Reminders(first_after=60, again_after=120, most=2)


@pytest.fixture(autouse=True)
def console(settings, tmp_path, db):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path


def sent(world, **fields):
    with clock.pretend(NOON):
        return make_message(world.first, reminders=RULE, channels=("workplace",), **fields)


def at(minutes, act=remind_due, **arguments):
    with clock.pretend(NOON + timedelta(minutes=minutes)):
        return act(**arguments)


def rounds():
    return list(ReminderRound._base_manager.order_by("number").values_list("still_open", flat=True))


def rung(number):
    rows = Outbox._base_manager.filter(ring=f"remind-{number}")
    return set().union(*(sets.read(row.people) for row in rows))


def next_at():
    return ReminderRule._base_manager.get().next_at


def test_those_still_open_are_reminded_as_often_as_the_sender_said(world):
    message = sent(world)
    reader = world.people["first"][0].pk
    everybody = set(sets.audience(message))
    assert at(59) == 0
    assert at(60) == 1
    assert at(60) == 0  # the job may run twice
    assert rung(1) == everybody
    at(70, confirm_message, person_id=reader, message=message, version=1)
    assert [row.reminded for row in messages_for(reader).rows] == [False]
    assert [row.reminded for row in messages_for(min(everybody - {reader})).rows] == [True]
    assert at(180) == 1
    assert rung(2) == everybody - {reader}
    assert at(600) == 0
    assert rounds() == [len(everybody), len(everybody) - 1]
    assert next_at() is None


def test_it_waits_for_the_last_reader_and_for_a_pause_and_ends_with_a_stop(world):
    actor = sender()
    message = sent(world, actor=actor, plan=Plan(pace="waves", wave_minutes=60))
    at(30, pause_message, actor=actor, message_id=message.pk)
    assert at(200) == 0
    at(230, resume_message, actor=actor, message_id=message.pk)
    assert at(260) == 0
    with clock.pretend(NOON + timedelta(minutes=270)):
        keep_sending_times()
    assert at(400) == 1
    stop_reminders(actor=actor, message_id=message.pk)
    stop_reminders(actor=actor, message_id=message.pk)
    assert at(2_000) == 0
    assert len(reminders_of(message).rounds) == 1


def test_a_hand_reminds_three_times_with_an_hour_between(world):
    actor = sender()
    with clock.pretend(NOON):
        message = make_message(world.first, actor=actor)
    by_hand = {"actor": actor, "message_id": message.pk}
    with pytest.raises(TooSoonToRemind):
        at(30, remind_now, **by_hand)
    for minutes in (60, 120, 180):
        assert at(minutes, remind_now, **by_hand).rung == 0  # no channel was chosen: the mark in the inbox is all
    with pytest.raises(RemindedEnough):
        at(600, remind_now, **by_hand)
    with clock.pretend(NOON):
        quiet = make_message(world.second, actor=actor, confirm=False)
        for person in sets.audience(quiet):
            open_message(person_id=person, message=quiet)
    with pytest.raises(NothingOpen):
        at(61, remind_now, actor=actor, message_id=quiet.pk)
    with pytest.raises(BadReminders):
        make_message(world.first, reminders=Reminders(1, 60, 2))


def test_who_answered_an_emergency_is_left_in_peace_and_its_end_ends_all(world):
    actor = make_editor(GROUP_SPACE)
    with clock.pretend(NOON):
        message = make_emergency(world.first, actor=actor, reminders=Reminders(10, 10, 6))
    safe, opened = list(sets.audience(message))[:2]
    at(1, open_message, person_id=opened, message=message)
    at(2, answer_emergency, person_id=safe, message=message, said=Said(needs_help=False))
    assert at(15) == 1
    assert rung(1) == set(sets.audience(message)) - {safe}  # who only opened it is still asked
    end_emergency(actor=actor, message_id=message.pk)
    assert at(100) == 0


ACTS = st.lists(
    st.tuples(st.sampled_from(["open", "confirm", "confirm", "undo", "tick", "hand"]), st.integers(0, 4)),
    min_size=12,
    max_size=30,
)


@settings(max_examples=60 if PROVE else 8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_nobody_who_has_done_it_is_reminded(world, acts):
    with transaction.atomic():
        _play(world, acts)
        transaction.set_rollback(True)


def _play(world, acts):
    actor = sender()
    with clock.pretend(NOON):
        rule = Reminders(first_after=10, again_after=10, most=6)
        message = make_message(world.first, actor=actor, reminders=rule, channels=("workplace",))
    people, done, minutes, seen = sorted(sets.audience(message)), set(), 0, 0
    for act, number in acts:
        person = people[number]
        minutes += 1 if act != "tick" else 12
        with clock.pretend(NOON + timedelta(minutes=minutes)):
            if act == "open":
                open_message(person_id=person, message=message)
            elif act == "confirm":
                confirm_message(person_id=person, message=message, version=1)
                done.add(person)
            elif act == "undo" and person in done and _fresh(person, message):
                undo_confirmation(person_id=person, message=message)
                done.discard(person)
            elif act == "tick":
                remind_due()
            elif act == "hand":
                minutes += 61
                with clock.pretend(NOON + timedelta(minutes=minutes)):
                    _by_hand(actor, message)
        count = ReminderRound._base_manager.count()
        for new in range(seen + 1, count + 1):
            assert rung(new) == set(people) - done
        seen = count
    assert seen <= 9  # the rule's six, and three by hand


def _fresh(person, message):
    receipt = get_message_for(person, message.pk).receipt
    return receipt.confirmed_at > clock.now() - timedelta(minutes=5)


def _by_hand(actor, message):
    with suppress(RemindedEnough):
        remind_now(actor=actor, message_id=message.pk)
