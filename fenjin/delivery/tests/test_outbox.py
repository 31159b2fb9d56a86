"""What leaves the house: once, to those who have not read, and nobody loses track of what became of it."""

import contextlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from fenjin.delivery import selectors
from fenjin.delivery.models import ChannelPeople, Habits, Holiday, Outbox, Unreached
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services import open_message, withdraw_message
from fenjin.delivery.services.outbox import amend_due, keep_outbox, resend, ring, send_due, take_as_sent, take_steps
from fenjin.delivery.testing import make_message, sender
from fenjin.delivery.tests.test_versions import correct
from fenjin.delivery.tests.test_versions import send as send_changing
from fenjin.kit import clock
from fenjin.people.models import Consent, PersonPrivate
from fenjin.people.testing import make_account
from fenjin.workplace.connectors.console import Console
from fenjin.workplace.connectors.mail import Mail
from fenjin.workplace.register import Transient
from fenjin.workplace.testing import inject_faults, sent_on_console

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 11, 24, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai, a Tuesday


@pytest.fixture(autouse=True)
def console(settings, tmp_path):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    with clock.pretend(NOON):
        yield


@pytest.fixture
def message(world):
    return make_message(world.first, actor=sender(), channels=("workplace",))


def at(moment):
    with clock.pretend(moment):
        return keep_outbox()


def sender_of(message):
    message.sender.membership = sender().membership
    return message.sender


def allow(person, *, email, consent=True):
    PersonPrivate.objects.create(person=person, email=email)
    if consent:
        Consent.objects.create(person=person, purpose="email_notices", given_at=NOON, notice_number=1, language="zh")


def rung():
    return [len(send["accepted"]) for send in sent_on_console()]


def row():
    return Outbox._base_manager.get()


def test_everybody_who_has_not_opened_it_is_rung_once(world, message):
    reader = world.people["first"][0]
    open_message(person_id=reader.pk, message=message)
    assert keep_outbox() > 0
    assert rung() == [15]
    assert sets.on_channels(message)["workplace", "accepted"] == sets.audience(message) - sets.bitmap_of([reader.pk])
    assert keep_outbox() == 0
    assert at(NOON + timedelta(days=3)) == 0
    assert rung() == [15]


def test_a_sender_that_dies_leaves_a_row_that_is_sent_again_only_where_that_reaches_nobody_twice(world, message):
    inject_faults("lost_after")
    keep_outbox()
    assert (row().state, row().doubtful, rung()) == ("queued", True, [16])
    before = row().body
    open_message(person_id=world.people["first"][0].pk, message=message)
    at(NOON + timedelta(minutes=1))
    assert (row().state, row().body, rung()) == ("accepted", before, [16])  # byte for byte, and one copy there


def test_what_is_not_known_is_never_repeated_beyond_the_memory_of_the_other_side(world, message):
    inject_faults("lost_before")
    keep_outbox()
    at(NOON + timedelta(hours=1))
    assert (row().state, rung()) == ("unknown", [])
    assert len(sets.on_channels(message)["workplace", "unknown"]) == 16
    at(NOON + timedelta(hours=2))
    assert rung() == []
    resend(actor=sender_of(message), uid=row().uid)
    at(NOON + timedelta(hours=2))
    assert (row().state, rung()) == ("accepted", [16])
    assert not sets.on_channels(message)["workplace", "unknown"]


def test_a_claimed_row_whose_worker_died_is_settled_after_its_lease(world, message, monkeypatch):
    monkeypatch.setattr(
        "fenjin.workplace.connectors.console.Console.send", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    with pytest.raises(KeyboardInterrupt):
        keep_outbox()
    monkeypatch.undo()
    assert row().state == "sending"
    keep_outbox()
    assert row().state == "sending"  # perhaps somebody is at it
    at(NOON + timedelta(minutes=6))
    assert (row().state, row().doubtful) == ("queued", True)
    at(NOON + timedelta(minutes=7))
    assert (row().state, rung()) == ("accepted", [16])


@pytest.mark.parametrize("seed", range(4))
def test_nobody_gets_a_copy_twice_whenever_the_sender_dies(world, message, seed):
    """It dies before or after the other side has it, answers get lost, people read meanwhile: in any order."""
    random = Random(seed)  # noqa: S311
    send, now, people = Console.send, NOON, [*world.people["first"], *world.people["team"]]

    def dying(self, card, to, *, key):
        match random.choice(("dies before", "dies after", "lost_before", "lost_after", "busy", "")):
            case "dies before":
                raise KeyboardInterrupt
            case "dies after":
                send(self, card, to, key=key)
                raise KeyboardInterrupt
            case fault:
                inject_faults(fault)
        return send(self, card, to, key=key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Console, "send", dying)
        for _turn in range(25):
            now += timedelta(minutes=random.choice((1, 2, 6)))
            open_message(person_id=random.choice(people).pk, message=message)
            with contextlib.suppress(KeyboardInterrupt):
                at(now)
    copies = Counter(ref for send in sent_on_console() for ref in send["to"])
    assert set(copies.values()) <= {1}
    assert row().state in ("accepted", "unknown", "failed", "queued", "sending")
    assert row().state != "accepted" or copies


def test_a_busy_channel_is_tried_again_later_and_later_until_it_is_a_dead_letter(world, message):
    inject_faults(*["busy"] * 6)
    moments = [NOON]
    keep_outbox()
    while row().state == "queued":
        moments.append(row().not_before)
        at(row().not_before)
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16)]
    assert (row().state, row().reason, rung()) == ("failed", "busy", [])
    resend(actor=sender_of(message), uid=row().uid)
    at(NOON + timedelta(hours=1))
    assert rung() == [16]


def test_a_limit_of_the_other_side_parks_the_whole_channel(world, message):
    other = make_message(world.second, channels=("workplace",))
    inject_faults("rate")
    keep_outbox()
    assert {r.not_before for r in Outbox._base_manager.all()} == {NOON + timedelta(minutes=10)}
    at(NOON + timedelta(minutes=10))
    assert sorted(rung()) == [7, 16]
    assert {r.message_id for r in Outbox._base_manager.filter(state="accepted")} == {message.pk, other.pk}


def test_what_needs_a_hand_is_a_dead_letter_at_once(world, message):
    inject_faults("off")
    keep_outbox()
    assert (row().state, row().reason) == ("failed", "50003")
    assert "Switch the app on" in row().said


def test_whom_the_messenger_refuses_the_next_channel_rings_at_once_and_nobody_gets_both(world, settings, mailoutbox):
    settings.EMAIL_URL = "smtp://mail.example"
    stranger, other = world.people["first"]
    allow(stranger, email="wang@example.com")
    allow(other, email="li@example.com")
    inject_faults(nobody=(stranger.staff_number,))
    message = make_message(world.first, channels=("workplace", "email"))
    keep_outbox()
    keep_outbox()
    assert rung() == [15]
    assert [mail.bcc for mail in mailoutbox] == [["wang@example.com"]]
    assert list(Unreached._base_manager.values_list("person_id", "reason")) == [(stranger.pk, "unknown_there")]
    assert Outbox._base_manager.get(channel="workplace").state == "partial"
    at(NOON + timedelta(hours=5))  # the fallback: the other one has not opened it; the first is not rung again
    assert [mail.bcc for mail in mailoutbox] == [["wang@example.com"], ["li@example.com"]]
    assert message.pk


def test_the_ladder_falls_back_only_to_those_who_have_not_opened(world, settings, mailoutbox):
    settings.EMAIL_URL = "smtp://mail.example"
    reads, sleeps = world.people["first"]
    for person in (reads, sleeps):
        allow(person, email=f"{person.staff_number}@example.com")
    allow(world.people["safety"][0], email="no@example.com", consent=False)
    message = make_message(world.first, channels=("workplace", "email"))
    keep_outbox()
    assert mailoutbox == []
    open_message(person_id=reads.pk, message=message)
    at(NOON + timedelta(hours=4, minutes=1))
    [mail] = mailoutbox
    assert mail.bcc == [f"{sleeps.staff_number}@example.com"]
    assert (mail.subject, "断电" in mail.body, f"/messages/{message.pk}/" in mail.body) == ("冬季安全十条", False, True)
    at(NOON + timedelta(days=2))
    assert len(mailoutbox) == 1


def test_nothing_rings_at_night_or_on_a_day_off_but_an_emergency(world):
    night = NOON + timedelta(hours=11)  # eleven in the evening
    early = world.people["second"][0]
    Habits._base_manager.create(person=early, quiet_from=time(12), quiet_until=time(13))
    Holiday.objects.create(space_id=1, day=date(2099, 11, 25), name="厂庆")
    with clock.pretend(night):
        message = make_message(world.second, channels=("workplace",))
        keep_outbox()
        assert rung() == [1]  # who chose other hours
        loud = make_message(world.first, channels=("workplace",))
        ring(message=loud, people=sets.audience(loud), why="alarm", importance="emergency")
        keep_outbox()
        assert sorted(rung()) == [1, 16]
    morning = datetime(2099, 11, 26, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    [waits] = Outbox._base_manager.filter(message_id=message.pk, state="queued").values_list("not_before", flat=True)
    assert morning < waits < morning + timedelta(minutes=25)  # not all companies at seven sharp
    open_message(person_id=world.people["second"][1].pk, message=message)  # who read it in the night is not rung
    at(morning + timedelta(minutes=25))
    assert sorted(rung()) == [1, 5, 16]


def test_a_reminder_of_one_name_rings_once_and_only_those_still_open(world, message):
    keep_outbox()
    people = world.people["first"]
    later = NOON + timedelta(hours=2)
    with clock.pretend(later):
        assert ring(message=message, people=[p.pk for p in people], why="remind-1") == 2
        assert ring(message=message, people=[p.pk for p in people], why="remind-1") == 0
        keep_outbox()
    assert rung() == [16, 2]
    assert ring(message=message, people=[world.people["second"][0].pk], why="remind-2") == 0  # not of the audience


def test_cards_follow_a_correction_and_a_withdrawal_and_the_desk_knows_where_not(world, settings, mailoutbox):
    settings.EMAIL_URL = "smtp://mail.example"
    allow(world.people["first"][0], email="wang@example.com")
    actor = sender()
    message = make_message(world.first, actor=actor, channels=("workplace", "email"))
    keep_outbox()
    at(NOON + timedelta(hours=5))
    withdraw_message(actor=actor, message_id=message.pk, why="写错了日期")
    at(NOON + timedelta(hours=5))
    assert sent_on_console()[0]["recalled"]
    done = dict(Outbox._base_manager.values_list("channel", "amended"))
    assert done == {"workplace": "recalled", "email": "not_supported"}
    assert at(NOON + timedelta(hours=6)) == 0


def test_what_changes_while_a_card_is_under_way_or_being_changed_is_said_again(world, monkeypatch):
    actor = sender()
    message = make_message(world.first, actor=actor, channels=("workplace",))
    send, amend, steps = Console.send, Console.amend, []

    def withdrawn_meanwhile(self, card, to, *, key):
        receipt = send(self, card, to, key=key)
        if not steps:
            withdraw_message(actor=actor, message_id=message.pk, why="写错了日期")
        steps.append("sent")
        return receipt

    def asked_for():
        return ProcrastinateJob.objects.filter(task_name="delivery.amend", status="todo").count()

    monkeypatch.setattr(Console, "send", withdrawn_meanwhile)
    take_steps()
    send_due()
    assert (asked_for(), row().amended) == (1, "")
    amend_due()
    assert (sent_on_console()[0]["recalled"], row().amended_for) == (True, "withdrawn")

    world.actor = actor
    second = send_changing(world, channels=("workplace",))
    take_steps()
    send_due()
    assert asked_for() == 1  # nothing changed meanwhile
    correct(world, second)

    def withdrawn_while_changed(self, receipt, to, change):
        if steps[-1] == "sent":
            steps.append("changed")
            withdraw_message(actor=actor, message_id=second.pk, why="写错了日期")
        return amend(self, receipt, to, change)

    monkeypatch.setattr(Console, "amend", withdrawn_while_changed)
    assert amend_due() == 1
    assert all(card["recalled"] for card in sent_on_console())


def test_a_channel_that_fails_does_not_keep_the_cards_of_another_from_changing(
    world, settings, mailoutbox, monkeypatch
):
    settings.EMAIL_URL = "smtp://mail.example"
    allow(world.people["first"][0], email="wang@example.com")
    actor = sender()
    message = make_message(world.first, actor=actor, channels=("workplace", "email"))
    keep_outbox()
    at(NOON + timedelta(hours=5))  # mail after the messenger, so that its card is the first to be looked at
    withdraw_message(actor=actor, message_id=message.pk, why="写错了日期")

    def down(self, receipt, to, change):
        raise Transient("busy")

    monkeypatch.setattr(Mail, "amend", down)
    with clock.pretend(NOON + timedelta(hours=5)):
        assert amend_due(limit=1) == 2
    assert dict(Outbox._base_manager.values_list("channel", "amended")) == {"workplace": "recalled", "email": ""}


def test_a_withdrawn_message_rings_nobody_any_more(world, message):
    withdraw_message(actor=sender_of(message), message_id=message.pk, why="写错了日期")
    keep_outbox()
    assert rung() == []


def test_each_of_the_audience_is_reached_or_unreachable_for_one_reason(world, message):
    first, second = world.people["first"]
    make_account(first)
    inject_faults(nobody=(second.staff_number, world.people["safety"][0].staff_number))
    assert {found.reason: found.count for found in selectors.unreachable(message)} == {"no_way": 15}
    keep_outbox()
    left = {found.reason: found for found in selectors.unreachable(message)}
    assert {reason: found.count for reason, found in left.items()} == {"refused": 2}
    assert left["refused"].cure
    assert len(selectors.reached(message)) == 14
    assert [found.count for found in selectors.unreachable(message, [world.safety.pk])] == [1]


def test_rows_grow_with_chunks_and_not_with_people(world, message):
    keep_outbox()
    assert Outbox._base_manager.count() == 1
    assert sorted(ChannelPeople._base_manager.values_list("state", "head")) == [("accepted", 16), ("asked", 16)]
    assert not Unreached._base_manager.exists()


def test_an_operator_may_settle_what_nobody_knows(world, message):
    inject_faults("lost_before")
    keep_outbox()
    at(NOON + timedelta(hours=1))
    take_as_sent(actor=sender_of(message), uid=row().uid)
    assert row().state == "accepted"
    assert len(selectors.reached(message)) == 16
