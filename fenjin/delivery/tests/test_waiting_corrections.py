"""What matters in a correction is read by a second person first, where the message itself had needed one."""

from datetime import timedelta

import pytest

from fenjin.delivery.models import Approval, Message, WaitingCorrection
from fenjin.delivery.selectors import get_message_for, has_unread
from fenjin.delivery.selectors.approvals import list_asked_again, list_waiting
from fenjin.delivery.selectors.corrections import list_told_corrections, list_waiting_corrections
from fenjin.delivery.services import (
    NobodyToApprove,
    Plan,
    approve_correction,
    approve_message,
    confirm_message,
    correct_message,
    decline_correction,
    keep_sending_times,
    take_back_correction,
    withdraw_message,
)
from fenjin.delivery.services.approval import AlreadyDecided, OwnMessage, WordsChanged
from fenjin.delivery.services.rules import set_sending_rules
from fenjin.delivery.testing import make_emergency, make_message
from fenjin.delivery.tests.test_approval import publisher
from fenjin.delivery.tests.test_versions import CHANGING, say, send
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Account
from fenjin.people.testing import make_person, sign_in
from fenjin.spaces.testing import make_editor


@pytest.fixture
def limited(world):
    """An editor whose role may reach ten people alone, and a publisher."""
    boss = publisher()
    set_sending_rules(actor=boss, space_id=GROUP_SPACE, limits={"editor": 10}, weekly_minutes=30)
    world.actor = make_editor(GROUP_SPACE)
    return world.actor, boss


def seen(world, message):
    return get_message_for(world.people["team"][0].pk, message.pk).version


def test_what_matters_waits_and_what_is_small_does_not(client, world, limited):
    actor, boss = limited
    message = approve_message(actor=boss, message_id=send(world).pk)
    reader = world.people["team"][0].pk
    confirm_message(person_id=reader, message=get_message_for(reader, message.pk).message, version=1)
    say("演练在14:00开始。\n请戴好安全帽！")
    assert correct_message(actor=actor, message_id=message.pk, note="标点", material=False).number == 2

    say("演练在15:00开始。\n请戴好安全帽！")
    assert correct_message(actor=actor, message_id=message.pk, note="时间是15:00", material=True) is None
    assert (seen(world, message).number, get_message_for(reader, message.pk).confirmed) == (2, True)
    assert not list_waiting_corrections(actor)
    say("演练在16:00开始。\n请戴好安全帽！")
    # What waits stands in the content: it does not slip through as a small change, and takes the new words.
    assert correct_message(actor=actor, message_id=message.pk, note="时间是16:00", material=False) is None
    [waiting] = list_waiting_corrections(boss)
    assert (waiting.revision, waiting.note, waiting.words["text"][3:8]) == (2, "时间是16:00", "16:00")

    sign_in(client, actor)
    manage, own = f"/studio/messages/{message.pk}/manage/", f"/studio/messages/{message.pk}/correction/"
    assert own in client.get(manage).text
    assert "correction/back/" in client.get(own).text
    sign_in(client, boss)
    assert own in client.get("/studio/messages/approvals/").text
    page = client.get(own).text
    assert "<del>" in page
    assert "correction/approve/" in page
    for nobody, refusal in ((actor, OwnMessage), (make_editor(GROUP_SPACE), NotFound)):
        with pytest.raises(refusal):
            approve_correction(actor=nobody, message_id=message.pk, revision=2)
    with pytest.raises(WordsChanged):
        approve_correction(actor=boss, message_id=message.pk, revision=1)
    assert client.post(f"{own}approve/", {"version": 2}).status_code == 302
    assert (seen(world, message).number, "16:00" in seen(world, message).text) == (3, True)
    assert not get_message_for(reader, message.pk).confirmed  # it mattered: everybody confirms again
    assert [one.approved for one in list_told_corrections(actor)] == [True]
    with pytest.raises(AlreadyDecided):
        decline_correction(actor=boss, message_id=message.pk, why="晚了")


def test_what_waits_ends_when_somebody_corrects_who_needs_nobody(world, limited):
    actor, boss = limited
    world.actor = boss
    message = send(world)
    say("演练在15:00开始。")
    assert correct_message(actor=actor, message_id=message.pk, note="15:00", material=True) is None
    say("演练在16:00开始。")
    assert correct_message(actor=boss, message_id=message.pk, note="16:00", material=True).number == 2
    assert [(one.approved, one.decided_by_id) for one in list_told_corrections(actor)] == [(False, boss.pk)]
    third = publisher()
    assert not list_waiting_corrections(third)
    with pytest.raises(AlreadyDecided):  # the older words never come back
        approve_correction(actor=third, message_id=message.pk, revision=1)
    assert "16:00" in seen(world, message).text


def test_an_emergency_is_corrected_by_two_people_and_withdrawn_by_one(world):
    actor = make_editor(1)
    world.actor = actor
    send(world, importance="ordinary")
    message = make_emergency(world.first, actor=actor, kind=CHANGING)
    second = make_editor(1)
    say("演练在15:00开始。")
    assert correct_message(actor=actor, message_id=message.pk, note="时间", material=True) is None
    decline_correction(actor=second, message_id=message.pk, why="先核实")
    assert [one.said for one in list_told_corrections(actor)] == ["先核实"]
    assert correct_message(actor=actor, message_id=message.pk, note="时间", material=True) is None
    take_back_correction(actor=actor, message_id=message.pk)
    assert seen(world, message).number == 1
    assert correct_message(actor=actor, message_id=message.pk, note="时间", material=True) is None
    withdraw_message(actor=actor, message_id=message.pk, why="误报")
    assert not list_waiting_corrections(second)
    with pytest.raises(AlreadyDecided):
        approve_correction(actor=second, message_id=message.pk, revision=1)
    assert WaitingCorrection.objects.filter(message=message).count() == 3


def test_a_correction_that_nobody_could_approve_is_refused_with_the_cure(world):
    actor = make_editor(1)
    world.actor = actor
    send(world, importance="ordinary")
    message = make_emergency(world.first, actor=actor, kind=CHANGING)
    Account.objects.filter(pk=message.approval.decided_by_id).update(is_active=False)
    say("演练在15:00开始。")
    with pytest.raises(NobodyToApprove):
        correct_message(actor=actor, message_id=message.pk, note="时间", material=True)


def test_a_plan_that_grew_over_the_limit_is_asked_for_instead_of_going_out(client, world, limited):
    actor, boss = limited
    tomorrow = clock.now() + timedelta(days=1)
    message = make_message(world.second, actor=actor, plan=Plan(starts_at=tomorrow))
    assert (message.waits, message.head_count) == (False, 7)
    newcomers = [make_person(f"新员工{n}", unit=world.second) for n in range(4)]
    with clock.pretend(tomorrow + timedelta(minutes=1)):
        keep_sending_times()
        message.refresh_from_db()
        assert (message.state, message.waits, message.head_count) == (Message.State.PLANNED, True, 11)
        assert not has_unread(newcomers[0].pk)
        [again] = list_asked_again(actor)
        assert (again.why, again.people, again.limit) == (Approval.Why.GROWN, 11, 10)
        keep_sending_times()
        assert [one.message_id for one in list_waiting(boss)] == [message.pk]
        sign_in(client, actor)
        page = client.get(f"/studio/messages/{message.pk}/manage/").text
        assert "没有发出去" in page
        assert "没有发出" in client.get("/studio/").text
        approve_message(actor=boss, message_id=message.pk)
        assert has_unread(newcomers[0].pk)


def test_what_was_approved_may_grow_by_what_its_sender_reaches_alone_and_no_more(world, limited):
    actor, boss = limited
    tomorrow = clock.now() + timedelta(days=1)
    first, second = (make_message(world.first, actor=actor, plan=Plan(starts_at=tomorrow)) for _ in range(2))
    approve_message(actor=boss, message_id=first.pk)
    for number in range(10):
        make_person(f"新员工{number}", unit=world.team)
    with clock.pretend(tomorrow + timedelta(minutes=1)):
        keep_sending_times()
        first.refresh_from_db()
        assert (first.state, first.head_count) == (Message.State.SENT, 26)
    make_person("又一个", unit=world.team)
    with clock.pretend(tomorrow + timedelta(hours=1)):
        # Grown since the press: whoever approves has read another number, and is asked again.
        grown = approve_message(actor=boss, message_id=second.pk)
        assert (grown.waits, grown.head_count) == (True, 27)
        assert approve_message(actor=boss, message_id=second.pk).state == Message.State.SENT
