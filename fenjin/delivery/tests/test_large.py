"""What is done some people at a time, or added up instead of counted anew, comes to the same as all at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fenjin.delivery.models import Burden, Ladder, Outbox, ReminderRound, Watch
from fenjin.delivery.selectors import messages_for
from fenjin.delivery.selectors.bitmaps import _Memory
from fenjin.delivery.selectors.coverage.cuts import cuts_of
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.desk import message_channels
from fenjin.delivery.selectors.reminders import count_open, still_open
from fenjin.delivery.services import confirm_message, open_message, remind_due, remind_now, withdraw_message
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.counts import count_watched
from fenjin.delivery.services.cuts import make_cuts
from fenjin.delivery.services.outbox import keep_outbox, take_steps
from fenjin.delivery.services.outbox.sending import send_due
from fenjin.delivery.services.rollups import watch_coverage
from fenjin.delivery.services.silent import name_silent
from fenjin.delivery.testing import make_emergency, make_message, rule_of, sender
from fenjin.delivery.tests.test_named import administrator
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.services.posts import transfer_person
from fenjin.workplace.testing import sent_on_console

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 11, 24, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai, a Tuesday
QUEUEING, REMINDERS = "fenjin.delivery.services.outbox.queueing", "fenjin.delivery.services.reminders"


@pytest.fixture(autouse=True)
def console(settings, tmp_path, db):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    with clock.pretend(NOON):
        yield


def test_a_step_to_many_is_taken_piece_by_piece_and_rings_everybody_once(world, monkeypatch):
    monkeypatch.setattr(f"{QUEUEING}.BATCH", 6)
    message = make_message(world.first, channels=("workplace",))
    everybody = sets.audience(message)
    asked = []
    for _run in range(3):
        keep_outbox()
        [ladder] = Ladder._base_manager.all()
        asked.append((len(sets.on_channels(message)["workplace", "asked"]), ladder.over_at is None))
        if len(asked) == 1:  # somebody reads it before the turn comes
            open_message(person_id=everybody.max(), message=message)
    assert asked == [(6, True), (12, True), (15, False)]
    rung = [number for send in sent_on_console() for number in send["to"]]
    assert len(rung) == len(set(rung)) == 15
    assert keep_outbox() == 0


def test_one_run_of_the_outbox_sends_so_much_and_asks_for_the_next(world, monkeypatch):
    monkeypatch.setattr(f"{QUEUEING}.BATCH", 4)
    monkeypatch.setattr("fenjin.delivery.services.outbox.MOST_AT_ONCE", 1)
    make_message(world.first, channels=("workplace",))
    for _step in range(3):
        assert take_steps() == 1
    assert keep_outbox() == 2  # the last piece is queued, one send goes out
    assert send_due() == 3


def test_a_reminder_to_many_is_rung_by_the_job_and_only_to_those_still_open(world, monkeypatch):
    actor = sender()
    message = make_message(world.first, actor=actor, channels=("workplace",))
    done, meanwhile, *_others = sets.audience(message)
    confirm_message(person_id=done, message=message, version=1)
    monkeypatch.setattr("fenjin.delivery.selectors.reminders.COUNTED_ONE_BY_ONE", 0)
    monkeypatch.setattr(f"{REMINDERS}.RUNG_AT_ONCE", 0)
    monkeypatch.setattr(f"{REMINDERS}.RUNG_IN_ONE_GO", 4)
    assert count_open(message) == len(still_open(message)) == 15
    with clock.pretend(NOON + timedelta(hours=2)):
        made = remind_now(actor=actor, message_id=message.pk)
        assert (made.still_open, made.rung, made.looked_until) == (15, 0, 0)
        confirm_message(person_id=meanwhile, message=message, version=1)
        remind_due()
        remind_due()
    made.refresh_from_db()
    assert (made.rung, made.looked_until) == (14, None)
    rows = Outbox._base_manager.filter(ring="remind-1")
    assert set().union(*(sets.read(row.people) for row in rows)) == set(still_open(message))
    assert rows.count() == 4
    muted = make_message(world.second, confirm=False, actor=actor)
    open_message(person_id=sets.audience(muted).min(), message=muted)
    assert count_open(muted) == len(still_open(muted)) == 6
    assert ReminderRound._base_manager.count() == 1


def test_the_desk_of_a_large_message_waits_for_what_a_job_counts(client, world, monkeypatch):
    monkeypatch.setattr("fenjin.delivery.selectors.outbox.desk.MOST_AT_ONCE", 3)
    message = make_message(world.first, channels=("workplace",))
    assert (message_channels(message).counted, message_channels(message).unreached) == (False, [])


def test_burden_that_was_added_and_taken_is_what_a_new_count_gives(world):
    def sums():
        return sorted(Burden._base_manager.values_list("space_id", "unit_id", "seconds", "messages", "people"))

    first, second = make_message(world.root), make_message(world.first)
    assert keep_burden()
    with clock.pretend(NOON + timedelta(days=3)):
        third = make_message(world.team, actor=sender())
        assert keep_burden()
        withdraw_message(actor=third.sender if hasattr(third.sender, "membership") else sender(), message_id=first.pk,
                         why="错了")  # fmt: skip
        assert keep_burden()
        assert not keep_burden()
        kept = sums()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM delivery_burden; DELETE FROM delivery_burdensheet")
        assert keep_burden()
        assert kept == sums()
        assert {unit for _space, unit, *_rest in kept} >= {world.team.pk}
    with clock.pretend(NOON + timedelta(days=20)):
        assert keep_burden()
        assert sums() == []
    assert second.pk


def test_a_page_of_the_inbox_looks_at_so_many_messages_for_others_and_no_more(world, monkeypatch):
    person, colleague, *_others = world.people["team"]
    colleague.posts.update(title="司钻")
    own = make_message(world.team)
    for _other in range(9):
        make_message(world.team, rule=rule_of(world.team) | {"all": [{"post": ["司钻"]}]})
    monkeypatch.setattr("fenjin.delivery.selectors.feed.AT_ONCE", 2)
    monkeypatch.setattr("fenjin.delivery.selectors.feed.ROUNDS", 2)
    found, cursor, pages = [], "", 0
    while True:
        page = messages_for(person.pk, cursor, limit=2)
        found += [row.message_id for row in page.rows]
        pages, cursor = pages + 1, page.more
        if not cursor:
            break
    assert (found, pages) == ([own.pk], 3)  # each looks at five, the first and the last for nothing


def test_of_many_silent_people_the_first_are_named(world, monkeypatch):
    monkeypatch.setattr("fenjin.delivery.services.silent.MOST", 4)
    message = make_emergency(world.first)
    actor = administrator(world.first)
    _message, named, more = name_silent(actor=actor, message_id=message.pk, unit_id=world.first.pk)
    assert (len({one.person_id for one in named}), more) == (4, True)
    monkeypatch.setattr("fenjin.delivery.services.silent.MOST", 16)
    _message, named, more = name_silent(actor=actor, message_id=message.pk, unit_id=world.first.pk)
    assert (len({one.person_id for one in named}), more) == (16, False)
    with pytest.raises(NotFound):  # every space is in scope here, which makes nobody the administrator of a unit
        name_silent(actor=sender(), message_id=message.pk, unit_id=world.first.pk)
    moved = world.people["team"][0]
    transfer_person(actor=None, person_id=moved.pk, unit_id=world.second.pk)
    moved.posts.filter(unit=world.team).update(
        ended_on=(clock.now() - timedelta(days=3)).date()
    )  # as a roster that learns of it late
    _message, named, _more = name_silent(actor=actor, message_id=message.pk, unit_id=world.team.pk)
    assert moved.pk in {one.person_id for one in named}


def test_audiences_are_kept_by_their_weight(monkeypatch):
    monkeypatch.setattr("fenjin.delivery.selectors.bitmaps.KEPT_BYTES", 10_000)
    memory = _Memory()
    for name in ("large", "a", "b"):
        memory.put(name, name, 4_000)
    assert [memory.get(name) for name in ("large", "a", "b")] == [None, "a", "b"]
    memory.put("a", "new", 100)
    memory.put("c", "c", 4_000)
    assert [memory.get(name) for name in ("a", "b", "c")] == ["new", "b", "c"]


def test_cuts_of_many_are_made_by_the_job_piece_by_piece_and_are_the_same(world, monkeypatch):
    message = make_message(world.root)
    for person in world.people["team"]:
        open_message(person_id=person.pk, message=message)
    with every_space(Reason.TEST):
        watch_coverage(message=message, cuts=True)
        small = cuts_of(message)
        assert small.posts
        assert small.unreached
        Watch._base_manager.all().delete()
        monkeypatch.setattr("fenjin.delivery.services.counts.MOST_AT_ONCE", 1)
        monkeypatch.setattr("fenjin.delivery.selectors.outbox.people.AT_ONCE", 4)
        watch_coverage(message=message, cuts=True)
        assert cuts_of(message).at is None  # the look does not wait for it
        assert count_watched() == 1
        large = cuts_of(message)
    assert (large.posts, large.places, large.unreached) == (small.posts, small.places, small.unreached)
    assert [line.figures for line in large.times[-1:]] == [line.figures for line in small.times[-1:]]


def test_the_course_over_time_names_each_minute_once(world):
    message = make_message(world.root)
    later = NOON + timedelta(minutes=5, seconds=40)
    for seconds, minutes in ((0, ["12:05"]), (20, ["12:05"]), (60, ["12:05", "12:06"])):
        with every_space(Reason.TEST), clock.pretend(later + timedelta(seconds=seconds - 40)):
            watch_coverage(message=message, cuts=True)
            make_cuts(message)
            assert [f"{timezone.localtime(line.at):%H:%M}" for line in cuts_of(message).times] == minutes
