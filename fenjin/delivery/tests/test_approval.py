"""A second person looks: above the head count of a role, and always in an emergency."""

from datetime import timedelta

import pytest
from django.utils import translation

from fenjin.audit.models import AuditEvent
from fenjin.delivery.access import may_approve
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors import has_unread
from fenjin.delivery.selectors.approvals import (
    HOUSE_LIMITS,
    list_told,
    list_waiting,
    need_for,
    sending_rules,
    somebody_may_approve,
    why_nobody,
)
from fenjin.delivery.services import (
    NobodyToApprove,
    Plan,
    approve_message,
    decline_message,
    keep_sending_times,
    stop_message,
)
from fenjin.delivery.services.approval import AlreadyDecided, OwnMessage, SayWhyNot, WordsChanged
from fenjin.delivery.services.rules import BadLimit, set_sending_rules
from fenjin.delivery.testing import NOTE, make_message
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights


def publisher(space_id=GROUP_SPACE, unit=None):
    account = make_account(make_person("王发布"))
    give_role(account.person, "publisher", space_id=space_id, unit=unit)
    return with_rights(account)


@pytest.fixture
def editor(db):
    return make_editor(GROUP_SPACE)


@pytest.fixture
def limited(editor, world):
    """An editor of the group, whose role may reach ten people alone."""
    set_sending_rules(actor=publisher(), space_id=GROUP_SPACE, limits={"editor": 10}, weekly_minutes=30)
    return editor


def test_a_message_above_the_limit_waits_and_reaches_nobody_until_somebody_else_approves(limited, world):
    small = make_message(world.second, actor=limited)
    assert (small.state, small.awaits_approval) == (Message.State.SENT, False)
    large, reader = make_message(world.first, actor=limited), world.people["team"][0]
    assert (large.state, large.waits, large.approval.limit) == (Message.State.PLANNED, True, 10)
    keep_sending_times()
    assert not has_unread(reader.pk)

    boss, stranger = publisher(), publisher(make_space("华东", unit=world.second).pk)
    branch = publisher(unit=world.first)
    assert [one.message_id for one in list_waiting(boss)] == [large.pk]
    assert not list_waiting(limited)
    assert not list_waiting(stranger)
    assert not list_waiting(branch)
    for nobody, refusal in (
        (limited, OwnMessage),
        (stranger, NotFound),
        (branch, NotFound),
        (make_editor(1), NotFound),
    ):
        with pytest.raises(refusal):
            approve_message(actor=nobody, message_id=large.pk)

    with pytest.raises(WordsChanged):
        approve_message(actor=boss, message_id=large.pk, version=2)
    with clock.pretend(clock.now() + timedelta(hours=2)):
        sent = approve_message(actor=boss, message_id=large.pk)
        assert sent.state == Message.State.SENT
        assert abs(sent.sent_at - clock.now()) < timedelta(minutes=1)
        assert has_unread(reader.pk)
        assert [one.approved for one in list_told(limited)] == [True]
        with pytest.raises(AlreadyDecided):
            decline_message(actor=boss, message_id=large.pk, why="晚了")
    acts = (
        AuditEvent.objects.filter(act__startswith="delivery.", target_id=str(large.pk))
        .order_by("pk")
        .values_list("act", flat=True)
    )
    assert list(acts) == ["delivery.ask", "delivery.begin", "delivery.approve"]


def test_a_declined_message_is_over_and_its_sender_reads_why(limited, world):
    message, boss = make_message(world.first, actor=limited), publisher()
    with pytest.raises(SayWhyNot):
        decline_message(actor=boss, message_id=message.pk, why=" ")
    decline_message(actor=boss, message_id=message.pk, why="先给二公司")
    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED
    assert [one.words for one in list_told(limited)] == ["先给二公司"]
    assert not list_waiting(boss)
    keep_sending_times()
    assert not has_unread(world.people["team"][0].pk)


def test_one_that_is_taken_back_waits_for_nobody(limited, world):
    message, boss = make_message(world.first, actor=limited), publisher()
    stop_message(actor=limited, message_id=message.pk)
    assert not list_waiting(boss)
    with pytest.raises(AlreadyDecided):
        approve_message(actor=boss, message_id=message.pk)
    assert Approval.objects.get(message=message).approved is None


def test_a_plan_keeps_its_time_after_the_approval(limited, world):
    tomorrow = clock.now() + timedelta(days=1)
    message = make_message(world.first, actor=limited, plan=Plan(starts_at=tomorrow))
    approved = approve_message(actor=publisher(), message_id=message.pk)
    assert (approved.state, approved.awaits_approval) == (Message.State.PLANNED, False)
    keep_sending_times()
    assert not has_unread(world.people["team"][0].pk)
    with clock.pretend(tomorrow + timedelta(minutes=1)):
        keep_sending_times()
        assert has_unread(world.people["team"][0].pk)


def test_an_emergency_needs_two_people_who_send_to_the_whole_space(client, editor, world):
    with pytest.raises(NobodyToApprove) as refused, translation.override("en"):
        make_message(world.second, actor=editor, importance="emergency")
    assert "security administrator gives a colleague the role of editor or publisher" in str(refused.value)
    assert not Message.objects.exists()
    sign_in(client, editor)
    chosen = {"content": f"{NOTE}:1", "in": world.second.pk, "importance": "emergency", "when": "now"}
    for address in ("", "review/"):  # the review leads back to the desk, which names the cure
        page = client.get(f"/studio/messages/send/{address}", chosen).text
        assert why_nobody(GROUP_SPACE, Approval.Why.EMERGENCY) in page
        assert "/send/press/" not in page
    other = make_editor(GROUP_SPACE)
    message = make_message(world.second, actor=editor, importance="emergency")
    assert (message.waits, message.approval.why) == (True, Approval.Why.EMERGENCY)
    assert not may_approve(editor, message)
    assert somebody_may_approve(GROUP_SPACE, but=editor.person_id, why=Approval.Why.EMERGENCY)
    assert not somebody_may_approve(GROUP_SPACE, but=editor.person_id, why=Approval.Why.PEOPLE)
    assert approve_message(actor=other, message_id=message.pk).state == Message.State.SENT


def test_limits_hold_from_the_start_until_a_space_sets_its_own(editor):
    assert sending_rules(GROUP_SPACE).limits == HOUSE_LIMITS
    for people, needs in ((2_000, False), (2_001, True)):
        need = need_for(editor.membership, GROUP_SPACE, people=people, importance="ordinary")
        assert (need is not None) is needs
    set_sending_rules(actor=publisher(), space_id=GROUP_SPACE, limits={}, weekly_minutes=30)
    assert need_for(editor.membership, GROUP_SPACE, people=700_000, importance="ordinary") is None


def test_limits_are_set_by_publishers_and_security_never_by_those_whom_they_bind(editor, world):
    space = make_space("华东", unit=world.second)
    for nobody in (editor, publisher(unit=world.first), publisher(space.pk)):
        with pytest.raises(NotFound):
            set_sending_rules(actor=nobody, space_id=GROUP_SPACE, limits={}, weekly_minutes=30)
    for limits, minutes in (({"editor": 0}, 30), ({"auditor": 5}, 30), ({}, 0), ({}, 2000)):
        with pytest.raises(BadLimit):
            set_sending_rules(actor=publisher(), space_id=GROUP_SPACE, limits=limits, weekly_minutes=minutes)
