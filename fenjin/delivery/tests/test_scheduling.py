"""Planned, begun by the clock, paused, resumed, stopped: what each person sees, and when."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.delivery.models import Denominator, Message
from fenjin.delivery.selectors import get_message_for, glance, is_recipient, messages_for, received_content_ids
from fenjin.delivery.services import (
    NotUnderWay,
    Plan,
    PlanRefusal,
    begin_sending,
    keep_sending_times,
    pause_message,
    resume_message,
    stop_message,
    withdraw_message,
)
from fenjin.delivery.testing import NOTE, make_message, note_kind
from fenjin.delivery.tests.test_receipts import confirm_as, counters, move
from fenjin.delivery.timing import visible_from
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Person
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.testing import make_editor

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NOON = datetime(2099, 12, 1, 4, 10, tzinfo=UTC)  # 12:10 in Beijing


@pytest.fixture
def editor(world):
    return make_editor(GROUP_SPACE)


@pytest.fixture
def at_noon():
    with clock.pretend(NOON):
        yield


def at(moment):
    return clock.pretend(moment)


def sees(person, message):
    """Tell whether a person sees a message, asking every door that could show it."""
    try:
        page = bool(get_message_for(person.pk, message.pk))
    except NotFound:
        page = False
    shown = {
        page,
        any(row.message_id == message.pk for row in messages_for(person.pk).rows),
        any(row.message_id == message.pk for row in glance(person.pk).asked),
        glance(person.pk).unread,
        is_recipient(person_id=person.pk, kind=NOTE, content_id=1),
        received_content_ids(person_id=person.pk, kind=NOTE) == {1},
    }
    assert len(shown) == 1
    return shown.pop()


@pytest.mark.usefixtures("at_noon")
def test_a_planned_message_is_nobodys_until_its_time_and_then_everybodys(world, editor):
    start = NOON + timedelta(days=2)
    message, person = make_message(world.first, actor=editor, plan=Plan(starts_at=start)), world.people["team"][0]
    assert (message.state, message.sent_at, message.head_count) == ("planned", start, 16)
    assert not sees(person, message)
    assert not Denominator._base_manager.filter(message_id=message.pk).exists()
    assert keep_sending_times() == 0
    with at(start + timedelta(seconds=30)):
        assert not sees(person, message)  # the clock has not come round yet
        assert keep_sending_times() == 1
        assert keep_sending_times() == 0
        assert sees(person, message)
        message.refresh_from_db()
        assert message.state == "sent"


@pytest.mark.usefixtures("at_noon")
def test_the_audience_is_that_of_the_start_and_not_of_the_press(world, editor):
    message = make_message(world.team, actor=editor, plan=Plan(starts_at=NOON + timedelta(days=1)))
    gone, *_others = world.people["team"]
    with at(NOON + timedelta(hours=2)):
        newcomer = make_person(unit=world.team)
        move(gone, world.second)
    with at(NOON + timedelta(days=1, minutes=1)):
        assert begin_sending(message.pk)
        assert sees(newcomer, message)
        assert not sees(gone, message)
        confirm_as(newcomer, message)
        assert counters(message) == {world.team.pk: (1, 1)}


@pytest.mark.usefixtures("at_noon")
def test_from_the_start_on_the_audience_is_ink(world, editor):
    message = make_message(world.team, actor=editor, plan=Plan(pace="waves", wave_minutes=60))
    for change in ({"head_count": 3}, {"state": "planned"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Message._base_manager.filter(pk=message.pk).update(**change)


@pytest.mark.usefixtures("at_noon")
def test_a_plan_whose_sender_lost_the_role_is_stopped_and_the_audit_says_so(world, editor):
    message = make_message(world.team, actor=editor, plan=Plan(starts_at=NOON + timedelta(hours=1)))
    RoleGrant._base_manager.filter(person=editor.person_id).delete()
    with at(NOON + timedelta(hours=2)):
        assert not begin_sending(message.pk)
        assert not sees(world.people["team"][0], message)
    message.refresh_from_db()
    assert message.state == "cancelled"
    event = AuditEvent.objects.get(act="delivery.stop")
    assert (event.actor_id, event.details) == (None, {"why": "not_found"})


@pytest.mark.usefixtures("at_noon")
def test_in_waves_each_person_sees_it_at_the_instant_the_arithmetic_says(world, editor):
    message = make_message(world.first, actor=editor, plan=Plan(pace="waves", wave_minutes=60))
    assert message.state == "sending"
    person = world.people["team"][0]
    moment = visible_from(message.timetable, person.pk)
    with at(moment - timedelta(seconds=1)):
        assert not sees(person, message)
    with at(moment):
        assert sees(person, message)
        assert messages_for(person.pk).rows[0].sent_at == moment
    with at(message.timetable.ends_at):
        assert keep_sending_times() == 1
        message.refresh_from_db()
        assert message.state == "sent"


@pytest.mark.usefixtures("at_noon")
def test_in_the_own_morning_the_zone_decides(world, editor):
    day = (NOON + timedelta(days=2)).date()
    message = make_message(world.first, actor=editor, plan=Plan(pace="morning", morning_on=day))
    assert message.state == "planned"
    here, there = world.people["team"][:2]
    Person.objects.filter(pk=there.pk).update(zone="America/Caracas")
    with at(message.sent_at + timedelta(minutes=1)):
        assert begin_sending(message.pk)
        assert not sees(here, message)
    with at(datetime(day.year, day.month, day.day, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))):
        assert sees(here, message)
        assert not sees(there, message)
    with at(datetime(day.year, day.month, day.day, 8, 40, tzinfo=ZoneInfo("America/Caracas"))):
        assert sees(there, message)


@pytest.mark.usefixtures("at_noon")
def test_a_pause_holds_the_others_back_and_going_on_lets_them_follow(world, editor):
    message = make_message(world.first, actor=editor, plan=Plan(pace="waves", wave_minutes=600))
    people = sorted(world.people["team"], key=lambda person: visible_from(message.timetable, person.pk))
    first, last = people[0], people[-1]
    seen = visible_from(message.timetable, first.pk)
    with at(seen + timedelta(seconds=1)):
        pause_message(actor=editor, message_id=message.pk)
    with at(NOON + timedelta(days=3)):
        assert sees(first, message)
        assert not sees(last, message)
        assert keep_sending_times() == 0
        resumed = resume_message(actor=editor, message_id=message.pk)
        assert not sees(last, message)
    with at(resumed.timetable.ends_at):
        assert sees(last, message)


@pytest.mark.usefixtures("at_noon")
def test_stopping_under_way_keeps_what_came_and_sends_no_more(world, editor):
    message = make_message(world.first, actor=editor, plan=Plan(pace="waves", wave_minutes=600))
    people = sorted(world.people["team"], key=lambda person: visible_from(message.timetable, person.pk))
    with at(visible_from(message.timetable, people[0].pk)):
        stop_message(actor=editor, message_id=message.pk)
    with at(NOON + timedelta(days=9)):
        assert [sees(person, message) for person in people] == [True, *[False] * (len(people) - 1)]
        for act in (pause_message, resume_message, stop_message):
            with pytest.raises(NotUnderWay):
                act(actor=editor, message_id=message.pk)


@pytest.mark.usefixtures("at_noon")
def test_a_plan_that_is_dropped_or_withdrawn_never_begins(world, editor):
    start = NOON + timedelta(hours=1)
    dropped, withdrawn = (make_message(world.first, actor=editor, plan=Plan(starts_at=start)) for _two in range(2))
    stop_message(actor=editor, message_id=dropped.pk)
    withdraw_message(actor=editor, message_id=withdrawn.pk, why="不发了")
    with at(start + timedelta(hours=1)):
        assert keep_sending_times() == 0
        for message in (dropped, withdrawn):
            assert not sees(world.people["team"][0], message)


@pytest.mark.usefixtures("at_noon")
def test_a_plan_that_cannot_be_kept_is_refused_and_writes_nothing(world, editor):
    for plan in (
        Plan(starts_at=NOON - timedelta(hours=1)),
        Plan(starts_at=NOON + timedelta(days=91)),
        Plan(pace="waves", wave_minutes=3),
        Plan(pace="morning"),
        Plan(pace="morning", morning_on=NOON.date() - timedelta(days=1)),
    ):
        with pytest.raises(PlanRefusal):
            make_message(world.first, actor=editor, plan=plan)
    assert not Message._base_manager.exists()


def test_the_desk_plans_and_its_page_offers_what_can_be_done(world, editor):
    note_kind()
    client = Client()
    sign_in(client, editor)
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    state = {"content": f"{NOTE}:1", "in": world.first.pk, "importance": "confirm"}
    review = client.get("/studio/messages/send/review/", state | {"when": "morning", "morning_on": day}).text
    assert day[-2:] in review
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', review))
    answer = client.post("/studio/messages/send/press/", fields)
    message = Message._base_manager.get()
    assert (message.state, message.morning_on.isoformat()) == ("planned", day)
    assert answer.headers["Location"] == f"/studio/messages/{message.pk}/manage/"
    page = client.get(answer.headers["Location"]).text
    assert f"/studio/messages/{message.pk}/step/stop/" in page
    assert f"/studio/messages/{message.pk}/manage/" in client.get("/studio/messages/").text
    page = client.post(f"/studio/messages/{message.pk}/step/stop/", follow=True).text
    assert "还没有人收到" in page
    for form in ("correct/", "withdraw/", "remind/now/"):  # nobody has it, so there is nothing to put right
        assert f"/studio/messages/{message.pk}/{form}" not in page
    message.refresh_from_db()
    assert (message.state, message.dropped) == ("cancelled", True)
    assert client.post(f"/studio/messages/{message.pk}/step/dance/").status_code == 404


def test_the_desk_says_which_time_is_missing(world, editor):
    note_kind()
    client = Client()
    sign_in(client, editor)
    state = {"content": f"{NOTE}:1", "in": world.first.pk, "importance": "confirm"}
    for when, more in (("later", {"start_on": "2020-01-01", "start_time": "08:00"}), ("waves", {"wave_minutes": 1})):
        page = client.get("/studio/messages/send/review/", state | {"when": when} | more).text
        assert 'id="when_error"><p class="error">' in page


def test_a_stranger_changes_nothing_about_a_sending(world, editor):
    message = make_message(world.first, actor=editor, plan=Plan(pace="waves", wave_minutes=60))
    client = Client()
    sign_in(client, make_account(world.people["team"][0]))
    assert client.post(f"/studio/messages/{message.pk}/step/pause/").status_code == 404
    message.refresh_from_db()
    assert message.state == "sending"
