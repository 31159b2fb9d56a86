"""Jobs go round: what fails stays alone, what cannot move sleeps, and two that go round at once never block."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from fenjin.delivery import health
from fenjin.delivery.models import Ladder, LivingCount, Message, Outbox, Watch
from fenjin.delivery.models.outbox import ASLEEP
from fenjin.delivery.ringing import Calm
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.desk import message_channels
from fenjin.delivery.selectors.outbox.pace import room_from
from fenjin.delivery.selectors.outbox.rules import Circle
from fenjin.delivery.services import (
    Plan,
    counts,
    keep_sending_times,
    pause_message,
    remind_due,
    resume_message,
    rollups,
    scheduling,
    stop_message,
    withdraw_message,
)
from fenjin.delivery.services.outbox import (
    NoDeadLetter,
    amend_due,
    amending,
    keep_outbox,
    newcomers,
    resend,
    ring,
    ring_newcomers,
    send_due,
    take_steps,
)
from fenjin.delivery.services.outbox.marking import mark_failure
from fenjin.delivery.services.outbox.queueing import Wait, _by_minute
from fenjin.delivery.services.sending import Reminders
from fenjin.delivery.testing import make_message, sender
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_person
from fenjin.spaces.testing import make_editor
from fenjin.workplace.connectors.console import Console
from fenjin.workplace.register import RateLimited
from fenjin.workplace.testing import inject_faults, sent_on_console

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 11, 24, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai, a Tuesday
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def console(settings, tmp_path):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    with clock.pretend(NOON):
        yield


@pytest.fixture
def actor(db):
    return sender()


def rung():
    return [len(send["accepted"]) for send in sent_on_console()]


def rows_of(message):
    return Outbox._base_manager.filter(message_id=message.pk)


def states(message):
    return set(rows_of(message).values_list("state", flat=True))


def test_a_message_that_fails_stops_no_round_of_the_others(world, actor, caplog):
    slow = {"actor": actor, "channels": ("workplace",), "plan": Plan("waves", wave_minutes=60)}
    slow["reminders"] = Reminders(first_after=10, again_after=10, most=1)
    broken, sound = make_message(world.first, **slow), make_message(world.second, **slow)
    Message._base_manager.filter(pk=broken.pk).update(pauses=[["?", "?"]])
    assert take_steps() > 0
    assert not rows_of(broken).exists()
    with clock.pretend(NOON + HOUR + 5 * MINUTE):
        assert keep_sending_times() == 1
        keep_outbox()
        assert sum(rung()) == 7
    with clock.pretend(NOON + 2 * HOUR):
        assert remind_due() == 1
    assert {state for (state,) in Message.objects.values_list("state")} == {"sending", "sent"}
    for name in ("ladder", "message", "reminder rule"):
        assert any(name in line.getMessage() and line.exc_info for line in caplog.records)
    assert sound.pk > broken.pk  # it comes first, each time


@pytest.fixture
def breaks(monkeypatch):
    """Let a module's work on one thing fail as a fault of ours would; on all others it is done as always."""

    def breaks(module, work, broken):
        does = getattr(module, work)

        def fails(one, *more, **named):
            if one == broken:
                raise RuntimeError("a fault of ours")
            return does(one, *more, **named)

        monkeypatch.setattr(module, work, fails)

    return breaks


def test_of_newcomers_one_message_that_fails_stops_no_other(world, actor, breaks, caplog):
    living = {"actor": actor, "audience_mode": "living", "channels": ("workplace",)}
    broken, sound = make_message(world.first, **living), make_message(world.second, **living)
    keep_outbox()
    for unit in (world.first, world.second):
        make_person("新来的", unit=unit)
    breaks(newcomers, "_look", broken.pk)
    with clock.pretend(NOON + HOUR):
        for _round in range(2):
            ring_newcomers()
        keep_outbox()
    assert (rows_of(broken).count(), rows_of(sound).count()) == (1, 2)
    assert any(f"newcomers of message {broken.pk}" in line.getMessage() for line in caplog.records)


def test_of_counts_and_sums_one_message_that_fails_stops_no_other(world, actor, breaks, monkeypatch):
    monkeypatch.setattr(rollups, "FEW_UNITS", 0)
    living = {"actor": actor, "audience_mode": "living"}
    broken, sound = make_message(world.first, **living), make_message(world.second, **living)
    for message in (broken, sound):
        rollups.watch_coverage(message=message)
    for unit in (world.first, world.second):
        make_person("新来的", unit=unit)
    breaks(counts, "count_living", broken)
    breaks(rollups, "roll_up", broken)
    later = NOON + MINUTE
    with clock.pretend(later):
        assert counts.count_watched() == rollups.refresh_watched() == 2
    at = {row.message_id: (row.counted_at, row.rolled_at) for row in Watch._base_manager.all()}
    assert (at[broken.pk], at[sound.pk]) == ((NOON, NOON), (later, later))
    people = LivingCount._base_manager.filter(unit_id__in=(world.first.pk, world.second.pk))
    assert dict(people.values_list("message_id", "people")) == {broken.pk: 2, sound.pk: 8}


def test_of_cards_and_plans_one_that_fails_stops_no_other(world, actor, breaks):
    plan = Plan(starts_at=NOON + HOUR)
    planned = [make_message(unit, actor=make_editor(GROUP_SPACE), plan=plan) for unit in (world.first, world.second)]
    sent = [make_message(unit, actor=actor, channels=("workplace",)) for unit in (world.first, world.second)]
    keep_outbox()
    for message in sent:
        withdraw_message(actor=actor, message_id=message.pk, why="写错了日期")
    older, newest = Outbox._base_manager.order_by("done_at", "uid")  # whose card comes first
    breaks(amending, "_amend", newest.uid)
    assert amend_due() == 2
    assert dict(Outbox._base_manager.values_list("uid", "amended")) == {newest.uid: "", older.uid: "recalled"}

    breaks(scheduling, "begin_sending", planned[0].pk)
    with clock.pretend(NOON + HOUR):
        assert keep_sending_times() == 1
    states = [Message.objects.get(pk=message.pk).state for message in planned]
    assert states[0] == "planned"
    assert states[1] in ("sending", "sent")


def test_a_send_that_cannot_be_made_ready_or_breaks_its_connector_lets_the_others_go_out(world, actor, monkeypatch):
    broken, sound = (make_message(unit, actor=actor, channels=("workplace",)) for unit in (world.first, world.second))
    take_steps()
    calm = rows_of(broken).get().calm
    rows_of(broken).update(calm={"zone": "Nowhere/At_all"}, not_before=NOON - HOUR)
    send_due()
    assert rung() == [7]
    tries = []
    while (row := rows_of(broken).get()).state == "queued":
        tries.append(row.not_before - clock.now())
        with clock.pretend(row.not_before):
            send_due()
    assert (row.state, row.reason, row.attempts) == ("failed", "own_fault", 6)
    [dead] = message_channels(broken).dead
    assert "log" in str(dead.words[1]) or "日志" in str(dead.words[1])
    rows_of(broken).update(calm=calm)
    resend(actor=actor, uid=row.uid)

    send, times = Console.send, []

    def breaks(self, card, to, *, key):
        times.append(1)
        if len(times) == 1:
            raise RuntimeError("a fault of the connector")
        return send(self, card, to, key=key)

    monkeypatch.setattr(Console, "send", breaks)
    with clock.pretend(NOON + HOUR):
        third = make_message(world.second, actor=actor, channels=("workplace",))
        keep_outbox()
        assert (states(broken) | states(third), rung()) == ({"sending", "accepted"}, [7, 7])
    with clock.pretend(NOON + HOUR + 7 * MINUTE):  # after its lease: the same bytes, which the other side knows apart
        keep_outbox()
    with clock.pretend(NOON + HOUR + 8 * MINUTE):
        keep_outbox()
    assert (states(broken), states(sound)) == ({"accepted"}, {"accepted"})
    assert sorted(rung()) == [7, 7, 16]


def test_what_waits_for_a_paused_message_sleeps_until_it_goes_on_or_is_over(client, world, actor):
    plan = Plan("waves", wave_minutes=480)
    going, ended, back = (
        make_message(world.second, actor=actor, channels=("workplace",), plan=plan) for _number in range(3)
    )
    take_steps()
    before = rows_of(going).count()
    for message in (going, ended, back):
        pause_message(actor=actor, message_id=message.pk)
    with clock.pretend(NOON + 9 * HOUR):
        keep_outbox()
        kept = _places(going)
        assert set(rows_of(going).values_list("not_before", flat=True)) == {ASLEEP}
        assert all(row.asleep for row in message_channels(going).waiting)
        assert send_due() == 0
        assert _places(going) == kept
        resumed = resume_message(actor=actor, message_id=going.pk)
        stop_message(actor=actor, message_id=ended.pk)
        withdraw_message(actor=actor, message_id=back.pk, why="写错了日期")
        keep_outbox()
        assert states(going) == {"queued"}
        assert not rows_of(going).filter(not_before=ASLEEP).exists()
        assert states(ended) == states(back) == {"dropped"}
        assert rung() == []
    assert before == len(kept)
    moment = resumed.timetable.ends_at
    while states(going) != {"accepted"} and moment < NOON + 48 * HOUR:
        with clock.pretend(moment):
            keep_outbox()
        moment += 9 * HOUR  # some of them are past bedtime by now
    assert sum(rung()) == 7


def test_no_wave_rings_on_the_hour_or_the_half_hour(world, actor):
    message = make_message(world.second, actor=actor, plan=Plan("waves", wave_minutes=120))
    circle = Circle(1, Calm("Asia/Shanghai"), sets.bitmap_of(range(1, 2000)))
    groups = dict(_by_minute(message, circle, Wait(timedelta())))
    assert {moment.minute for moment in groups} == set(range(60)) - {0, 30}
    assert sum(map(len, groups.values())) == 1999


def _places(message):
    """Return where the rows lie on their pages: whatever is written anew lies elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM delivery_outbox WHERE message_id = %s ORDER BY 1", [message.pk])
        return cursor.fetchall()


def test_who_is_not_known_of_in_another_send_stays_so_when_one_is_sent_again(world, actor):
    message = make_message(world.first, actor=actor, channels=("workplace",))
    people = [one.pk for one in world.people["first"]]
    inject_faults("lost_before", "lost_before")
    keep_outbox()
    ring(message=message, people=people, why="remind-1")
    keep_outbox()
    with clock.pretend(NOON + HOUR):
        keep_outbox()
        assert states(message) == {"unknown"}
        resend(actor=actor, uid=rows_of(message).get(ring="ladder").uid)
        assert sets.on_channels(message)["workplace", "unknown"] == sets.bitmap_of(people)
        resend(actor=actor, uid=rows_of(message).get(ring="remind-1").uid)
        assert not sets.on_channels(message)["workplace", "unknown"]


def test_of_a_withdrawn_message_nothing_is_left_to_be_decided(world, actor):
    message = make_message(world.first, actor=actor, channels=("workplace",))
    inject_faults("off")
    keep_outbox()
    [dead] = message_channels(message).dead
    assert health.outbox()
    withdraw_message(actor=actor, message_id=message.pk, why="写错了日期")
    assert (message_channels(message).dead, health.outbox()) == ([], None)
    with pytest.raises(NoDeadLetter):
        resend(actor=actor, uid=dead.uid)


def test_the_most_for_a_day_counts_what_is_just_going_out(world, actor):
    first, second = (make_message(unit, actor=actor, channels=("workplace",)) for unit in (world.first, world.second))
    take_steps()
    caps, row = replace(Console.caps, people_per_day=20), rows_of(second).get()
    assert room_from(row, sets.read(row.people), caps, NOON) is None
    rows_of(first).update(state="sending", claimed_at=NOON)
    assert room_from(row, sets.read(row.people), caps, NOON) == NOON + HOUR


def test_a_ladder_whose_turn_has_not_come_is_only_looked_at(world, actor, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    make_message(world.first, actor=actor, channels=("workplace", "email"))
    take_steps()

    def place():
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid::text FROM delivery_ladder")
            return cursor.fetchone()

    before = place()
    assert Ladder._base_manager.get().taken == ["workplace"]
    with clock.pretend(NOON + HOUR):
        assert take_steps() == 0
    assert place() == before
    with clock.pretend(NOON + 5 * HOUR):
        take_steps()
    assert place() != before


def test_a_limit_parks_what_nobody_else_holds_and_waits_for_nobody(lasting_world):
    actor = sender()
    for unit in (lasting_world.first, lasting_world.second, lasting_world.team):
        make_message(unit, actor=actor, channels=("workplace",))
    take_steps()
    ours, theirs, free = Outbox._base_manager.order_by("message_id")
    Outbox._base_manager.filter(uid=ours.uid).update(state="sending", claimed_at=NOON, attempts=1)
    ours.refresh_from_db()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM delivery_outbox WHERE uid = %s FOR UPDATE", [theirs.uid])
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            mark_failure(ours, RateLimited(NOON + HOUR))
    finally:
        other.close()
    waits = {row.uid: row.not_before for row in Outbox._base_manager.all()}
    assert (waits[ours.uid], waits[theirs.uid], waits[free.uid]) == (NOON + HOUR, theirs.not_before, NOON + HOUR)
