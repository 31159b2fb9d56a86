"""Who joins a living audience later is rung by the same ladder, once, by day, and reminded like the others."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from fenjin.delivery.models import Ladder, Outbox
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services import (
    Reminders,
    confirm_message,
    correct_message,
    keep_outbox,
    open_message,
    remind_due,
    stop_reminders,
    withdraw_message,
)
from fenjin.delivery.services.outbox import amend_due, ring_newcomers
from fenjin.delivery.testing import make_message, sender
from fenjin.delivery.tests.test_receipts import move
from fenjin.delivery.tests.test_versions import say, send
from fenjin.kit import clock
from fenjin.people.models import Consent, PersonPrivate
from fenjin.people.testing import make_person
from fenjin.workplace.testing import sent_on_console

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 11, 24, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def console(settings, tmp_path):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    settings.EMAIL_URL = "smtp://localhost"
    with clock.pretend(NOON):
        yield


def at(moment):
    with clock.pretend(moment):
        ring_newcomers()
        keep_outbox()
        remind_due()
        keep_outbox()


def rung(person):
    return sum(person.staff_number in send["to"] for send in sent_on_console())


def allow_letters(person):
    PersonPrivate.objects.create(person=person, email=f"{person.staff_number}@example.com")
    Consent.objects.create(person=person, purpose="email_notices", given_at=NOON, notice_number=1, language="zh")


def letter_to(person):
    return [row.state for row in Outbox._base_manager.filter(channel="email") if person.pk in sets.read(row.rung)]


def test_newcomers_are_rung_once_by_day_and_up_the_ladder(world, mailoutbox):
    message = make_message(world.first, audience_mode="living", channels=("workplace", "email"))
    at(NOON)
    assert [len(send["to"]) for send in sent_on_console()] == [16]
    joined, reads, goes = (make_person(name, unit=world.team) for name in ("新来的", "爱读的", "又走的"))
    for person in (joined, reads):
        allow_letters(person)
    at(NOON + timedelta(minutes=5))  # looked at each quarter of an hour, and no more often
    assert rung(joined) == 0
    at(NOON + 11 * HOUR)  # eleven at night: it waits for the morning
    assert rung(joined) == 0
    move(goes, world.second)
    with clock.pretend(NOON + 12 * HOUR):
        open_message(person_id=reads.pk, message=message)
    at(NOON + 20 * HOUR)
    assert [rung(one) for one in (joined, reads, goes)] == [1, 0, 0]
    for step in range(3):
        at(NOON + 26 * HOUR + step * DAY)
    assert [rung(joined), letter_to(joined), letter_to(reads)] == [1, ["accepted"], []]
    assert len(sent_on_console()) == 2  # nobody of the first ones again
    by_day = make_person("白天来的", unit=world.team)
    allow_letters(by_day)
    at(NOON + 4 * DAY)
    assert (rung(by_day), letter_to(by_day)) == (1, [])
    at(NOON + 4 * DAY + 5 * HOUR)  # the ladder of those who join begins when they do
    assert letter_to(by_day) == ["accepted"]


def test_reminders_reach_those_who_join_after_the_last_round(world):
    rule = Reminders(first_after=60, again_after=60, most=1)
    message = make_message(world.first, audience_mode="living", channels=("workplace",), reminders=rule)
    at(NOON)
    at(NOON + 2 * HOUR)
    joined, done = make_person("新来的", unit=world.team), make_person("已确认的", unit=world.team)
    at(NOON + 3 * HOUR)
    assert (rung(joined), rung(done), rung(world.people["team"][0])) == (1, 1, 2)
    with clock.pretend(NOON + 3 * HOUR):
        open_message(person_id=done.pk, message=message)
        confirm_message(person_id=done.pk, message=message, version=1)
    at(NOON + 5 * HOUR)
    assert (rung(joined), rung(done), rung(world.people["team"][0])) == (2, 1, 2)
    at(NOON + 30 * HOUR)
    assert rung(joined) == 2

    late = make_person("最后来的", unit=world.team)
    at(NOON + 45 * HOUR)  # nine in the morning
    stop_reminders(actor=_as_sender(message), message_id=message.pk)
    at(NOON + 47 * HOUR)
    assert rung(late) == 1


def _as_sender(message):
    message.sender.membership = sender().membership
    return message.sender


def test_nobody_is_looked_for_once_it_is_over_or_where_the_audience_is_frozen(world):
    frozen = make_message(world.first, channels=("workplace",))
    living = make_message(world.second, audience_mode="living", channels=("workplace",))
    at(NOON)
    assert {row.message_id for row in Ladder._base_manager.filter(looked_at__isnull=False)} == {living.pk}
    newcomers = [make_person("新来的", unit=unit) for unit in (world.first, world.second)]
    withdraw_message(actor=_as_sender(living), message_id=living.pk, why="不用了")
    at(NOON + HOUR)
    assert [rung(one) for one in newcomers] == [0, 0]
    assert frozen.pk


def test_cards_follow_a_correction_at_once(world, django_capture_on_commit_callbacks):
    world.actor = sender()
    message = send(world, channels=("workplace",))
    keep_outbox()
    say("演练在15:00开始。", title="演练改期")
    for act, words in (
        (lambda: correct_message(actor=world.actor, message_id=message.pk, note="改期", material=False), "演练改期"),
        (lambda: withdraw_message(actor=world.actor, message_id=message.pk, why="不办了"), None),
    ):
        ProcrastinateJob.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["delivery.amend"]
        amend_due()
        [card] = sent_on_console()
        assert card.get("recalled") is True if words is None else card["card"]["title"] == words
