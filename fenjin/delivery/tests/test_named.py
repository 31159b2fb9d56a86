"""Product's one exception: who has not confirmed is named, where a reason was stated, to the own unit's administrator."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from fenjin.audit.models import AuditEvent
from fenjin.delivery.models import Message, Receipt
from fenjin.delivery.naming import LEGAL, SAFETY, Reason
from fenjin.delivery.printed import _named, poster_of
from fenjin.delivery.services import (
    Due,
    Plan,
    approve_message,
    confirm_message,
    correct_message,
    open_message,
    withdraw_message,
)
from fenjin.delivery.services.naming import NamesClosed, TooManyToName, name_unconfirmed, take_unconfirmed
from fenjin.delivery.services.outbox.cards import card_of
from fenjin.delivery.services.parts.reason import ReasonNeedsDue, ReasonOfWhat, ReasonTooLong, SayTheReason
from fenjin.delivery.services.reading_aloud import say_read_aloud
from fenjin.delivery.services.rehearsal import rehearse_message
from fenjin.delivery.services.rules import set_sending_rules
from fenjin.delivery.services.sending import Sending
from fenjin.delivery.testing import NOTE, make_message, note_kind, rule_of
from fenjin.delivery.tests.test_approval import publisher
from fenjin.delivery.tests.test_versions import say, send
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Person
from fenjin.people.services.posts import transfer_person
from fenjin.people.testing import make_account, make_person, make_post, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

WHY = Reason(SAFETY, "新的能量隔离规定，不知道会伤人")
DESK = "/studio/messages/"


def in_days(days):
    local = timezone.localtime(clock.now() + timedelta(days=days))
    return Due(local.date(), local.time().replace(microsecond=0), "Asia/Shanghai")


def stated(*units, **fields):
    return make_message(*units, **({"due": in_days(7), "reason": WHY} | fields))


def administrator(unit, *, space_id=GROUP_SPACE):
    account = make_account(make_person("管理员"))
    give_role(account.person, "unit_administrator", space_id=space_id, unit=unit)
    return with_rights(account)


def looks():
    rows = AuditEvent.objects.filter(act__in=["delivery.name_unconfirmed", "delivery.export_unconfirmed"])
    return [(row.act.split(".")[1], row.details["unit"], row.details["people"]) for row in rows.order_by("pk")]


def named(actor, message, unit, **more):
    return [
        one.person_id for one in name_unconfirmed(actor=actor, message_id=message.pk, unit_id=unit.pk, **more).people
    ]


def confirm(person, message, version=1):
    sent = Message.objects.get(pk=message.pk)
    confirm_message(person_id=person.pk, message=sent, version=version, key=f"key-{person.pk}-{version}")


@pytest.mark.parametrize("mode", ["frozen", "living"])
def test_the_open_and_the_unopened_stand_together_and_each_look_is_written_down(client, world, mode):
    message = stated(world.first, audience_mode=mode)
    team, drilling = world.people["team"], world.people["drilling"]
    actor = administrator(world.drilling)
    open_message(person_id=team[0].pk, message=message)
    confirm(team[1], message)
    confirm(drilling[0], message)
    expected = [one.pk for one in drilling[1:]] + [one.pk for one in team if one != team[1]]
    assert sorted(named(actor, message, world.drilling)) == sorted(expected)
    assert named(actor, message, world.drilling)[: len(drilling) - 1] == [one.pk for one in drilling[1:]]
    assert named(actor, message, world.team) == [team[0].pk, *(one.pk for one in team[2:])]
    assert looks() == [("name_unconfirmed", world.drilling.pk, 9)] * 2 + [("name_unconfirmed", world.team.pk, 4)]

    sign_in(client, actor)
    page = client.get(f"{DESK}{message.pk}/unconfirmed/").text
    assert page.count("<tr><td><b>") == 9
    assert team[1].name not in page
    assert message.reason_words in client.get(f"{DESK}unconfirmed/").text
    file = client.get(f"{DESK}{message.pk}/unconfirmed.xlsx?unit={world.team.pk}")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:5]] == [one.name for one in team if one != team[1]]
    assert looks()[3:] == [("name_unconfirmed", world.drilling.pk, 9), ("export_unconfirmed", world.team.pk, 4)]
    assert AuditEvent.objects.filter(act="delivery.export_unconfirmed").get().actor_id == actor.pk


def test_moves_second_posts_and_leavers_are_named_where_they_are_counted(world):
    message, actor = stated(world.first), administrator(world.team)
    goes, leaves, both = world.people["team"][:3]
    make_post(both, world.second, main=False)
    transfer_person(actor=None, person_id=goes.pk, unit_id=world.second.pk)
    Person.objects.filter(pk=leaves.pk).update(status="left")
    # Ended with a date before the sending, as a roster does that learns of it late.
    leaves.posts.update(ended_on=(clock.now() - timedelta(days=3)).date())
    comes = world.people["second"][0]
    transfer_person(actor=None, person_id=comes.pk, unit_id=world.team.pk)
    make_person("新来的", unit=world.team)
    found = name_unconfirmed(actor=actor, message_id=message.pk, unit_id=world.team.pk)
    assert goes.pk in {one.person_id for one in found.people}
    assert comes.pk not in {one.person_id for one in found.people}
    # Whose post is said to have ended before the sending counts by it only where the ledger counted nobody else.
    assert found.count == len(world.people["team"])
    remarks = {one.person_id: str(one.why) for one in found.people}
    assert remarks[leaves.pk] == "已离职"
    say_read_aloud(
        actor=actor, message_id=message.pk, unit_id=world.team.pk, told_on=timezone.localdate(clock.now()),
        present=[both.pk], key="told-once-here",
    )  # fmt: skip
    told = {one.person_id: one.told_on for one in take_unconfirmed(
        actor=actor, message_id=message.pk, unit_id=world.team.pk).people}  # fmt: skip
    assert told[both.pk] is not None
    assert told[goes.pk] is None


def test_it_is_for_the_own_unit_alone_whatever_else_somebody_holds(client, world):
    message, plain = stated(world.first), make_message(world.first, due=in_days(3))
    address = f"{DESK}{message.pk}/unconfirmed/"
    own = administrator(world.team)
    space = make_space("二公司平台", unit=world.second)
    for actor, unit in (
        (administrator(world.safety), world.team),  # another branch of the same company
        (administrator(world.second, space_id=space.pk), world.second),  # a company that did not get it
        (own, world.drilling),  # above the own unit
        (own, world.safety),
        (make_editor(GROUP_SPACE), world.team),
        (publisher(), world.team),
    ):
        with pytest.raises(NotFound):
            name_unconfirmed(actor=actor, message_id=message.pk, unit_id=unit.pk)
        with pytest.raises(NotFound):
            take_unconfirmed(actor=actor, message_id=message.pk, unit_id=unit.pk)
        sign_in(client, actor)
        assert client.get(f"{address}?unit={unit.pk}").status_code == 404
        assert client.get(f"{DESK}{message.pk}/unconfirmed.xlsx?unit={unit.pk}").status_code == 404
    with pytest.raises(NotFound):  # no reason was stated
        name_unconfirmed(actor=own, message_id=plain.pk, unit_id=world.team.pk)
    assert looks() == []
    sign_in(client, own)
    assert client.get(address).status_code == 200
    assert f"{DESK}{plain.pk}/unconfirmed/" not in client.get(f"{DESK}unconfirmed/").text
    assert client.get(f"{DESK}{message.pk}/unconfirmed.xlsx").status_code == 404
    # An office sees everybody's rows in the studio; it makes nobody the administrator of another unit.
    both = administrator(world.team)
    both.membership = replace(both.membership, office="audit")
    with pytest.raises(NotFound):
        name_unconfirmed(actor=both, message_id=message.pk, unit_id=world.safety.pk)
    assert len(named(both, message, world.team)) == 5
    seen = looks()
    give_role(own.person, "unit_administrator", unit=world.safety)
    sign_in(client, with_rights(own))
    page = client.get(address).text  # of two branches one is chosen first: no name, no look
    assert f"?unit={world.team.pk}" in page
    assert f"?unit={world.safety.pk}" in page
    assert "<tr><td><b>" not in page
    assert looks() == seen
    sign_in(client, make_editor(GROUP_SPACE))
    assert "这里只有数字" in client.get(f"{DESK}{message.pk}/").text


def test_names_end_fourteen_days_after_the_date_and_with_the_message(world):
    actor, sender_ = administrator(world.team), make_editor(GROUP_SPACE)
    message = stated(world.first, actor=sender_)
    with clock.pretend(message.due_at + timedelta(days=14, seconds=-1)):
        assert len(named(actor, message, world.team)) == 5
    with clock.pretend(message.due_at + timedelta(days=14)), pytest.raises(NamesClosed):
        named(actor, message, world.team)
    early = stated(world.first, actor=sender_, plan=Plan(pace=Message.Pace.WAVES, wave_minutes=30))
    with pytest.raises(NamesClosed):  # not everybody sees it yet
        named(actor, early, world.team)
    withdraw_message(actor=sender_, message_id=message.pk, why="错了")
    with pytest.raises(NamesClosed):
        named(actor, message, world.team)
    rehearsed = rehearse_message(
        actor=sender_, space_id=GROUP_SPACE, numbers=[world.people["team"][0].staff_number], key="a-rehearsal",
        sending=Sending(kind=NOTE, content_id=1, rule=rule_of(world.first), importance="confirm", due=in_days(2),
                        reason=WHY),
    )  # fmt: skip
    with pytest.raises(NotFound):
        named(actor, rehearsed, world.team)
    assert len(looks()) == 1


def test_a_correction_that_matters_opens_everybody_and_keeps_the_reason(world):
    actor, boss = administrator(world.team), make_editor(GROUP_SPACE)
    world.actor = boss
    message = send(world, due=in_days(7), reason=WHY)
    for person in world.people["team"]:
        confirm(person, message)
    assert named(actor, message, world.team) == []
    say("演练在15:00开始。\n请戴好安全帽！")
    correct_message(actor=boss, message_id=message.pk, note="时间是15:00", material=True)
    assert len(named(actor, message, world.team)) == 5
    message.refresh_from_db()
    assert (message.reason_kind, message.reason_words) == (WHY.kind, WHY.words)
    for change in ({"reason_words": "别的"}, {"reason_kind": LEGAL}, {"due_on": in_days(30).on}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Message._base_manager.filter(pk=message.pk).update(**change)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"due": None}, ReasonNeedsDue),
        ({"due": in_days(120)}, ReasonTooLong),
        ({"reason": Reason(LEGAL, "  ")}, SayTheReason),
        ({"confirm": False, "due": None}, ReasonOfWhat),
    ],
)
def test_a_reason_needs_a_date_words_and_something_to_confirm(world, fields, refusal):
    with pytest.raises(refusal):
        stated(world.first, **fields)
    assert Message._base_manager.count() == 0
    assert AuditEvent.objects.filter(act="delivery.send").count() == 0


def test_the_desk_asks_shows_and_tells_everybody(client, world):
    note_kind()
    editor = make_editor(GROUP_SPACE)
    sign_in(client, editor)
    chosen = {"content": f"{NOTE}:1", "in": world.first.pk, "importance": "confirm", "reason_kind": "safety"}
    page = client.get(f"{DESK}send/review/", chosen).text
    assert "请写几个字说明原因" in page
    page = client.get(f"{DESK}send/review/", chosen | {"reason_words": "动火作业会伤人"}).text
    assert "请选一个确认期限" in page
    chosen |= {"reason_words": "动火作业会伤人", "due_on": in_days(5).on.isoformat()}
    page = client.get(f"{DESK}send/review/", chosen).text
    assert "动火作业会伤人" in page
    assert "每次查看都会记录" in page
    set_sending_rules(actor=(boss := publisher()), space_id=GROUP_SPACE, limits={"editor": 3}, weekly_minutes=30)
    client.post(f"{DESK}send/press/", chosen | {"client_key": "press-with-reason"})
    message = Message.objects.get()
    sign_in(client, boss)
    assert "动火作业会伤人" in client.get(f"{DESK}{message.pk}/approval/").text
    message = approve_message(actor=boss, message_id=message.pk)
    assert AuditEvent.objects.get(act="delivery.ask").details["reason"] == "safety"

    reader = world.people["team"][0]
    sign_in(client, make_account(reader))
    for path in ("", "why/"):
        page = client.get(f"/messages/{message.pk}/{path}").text
        assert "动火作业会伤人" in page, path
        assert "您所在单位的管理员能看到谁还没有确认" in page, path
    assert "本单位管理员看得到谁还没有确认" in card_of(message, message.versions.get()).text
    assert poster_of(message.versions.get()).startswith(b"%PDF")
    assert "动火作业会伤人" in _named(message)
    other = make_message(world.first)
    assert _named(other) == ""
    assert "管理员能看到" not in client.get(f"/messages/{other.pk}/").text


def test_a_page_costs_as_many_statements_for_many_as_for_few(world, monkeypatch):
    monkeypatch.setattr("fenjin.delivery.services.naming.PAGE", 4)
    for person in world.people["team"]:
        make_post(person, world.second, main=False)
    message, actor = stated(world.first), administrator(world.first)

    def cost(unit):
        with CaptureQueriesContext(
            connection,
        ) as found:
            name_unconfirmed(actor=actor, message_id=message.pk, unit_id=unit.pk)
        return len(found)

    cost(world.team)
    assert cost(world.team) == cost(world.first)
    pages = [
        name_unconfirmed(actor=actor, message_id=message.pk, unit_id=world.first.pk, page=page) for page in range(5)
    ]
    assert [len(page.people) for page in pages] == [4, 4, 4, 4, 0]
    assert len({one.person_id for page in pages for one in page.people}) == 16
    assert [page.more for page in pages] == [True, True, True, False, False]
    monkeypatch.setattr("fenjin.delivery.selectors.unconfirmed.MOST", 6)
    with pytest.raises(TooManyToName):
        named(actor, message, world.first)
    assert len(named(actor, message, world.safety)) == 3
    assert Receipt._base_manager.count() == 0


def test_coverage_leads_to_the_names_whoever_may_see_them_now(client, world):
    message, actor = stated(world.first), administrator(world.drilling)
    other = administrator(world.second)
    link = f"{DESK}{message.pk}/unconfirmed/"
    for account in (actor, other):
        give_role(account.person, "publisher", space_id=GROUP_SPACE)
    sign_in(client, publisher())
    assert link not in client.get(f"{DESK}{message.pk}/").text  # numbers alone
    sign_in(client, other)
    assert link not in client.get(f"{DESK}{message.pk}/").text  # nobody of theirs
    sign_in(client, actor)
    assert link in client.get(f"{DESK}{message.pk}/").text
    withdraw_message(actor=with_rights(actor), message_id=message.pk, why="写错了日期")
    assert link not in client.get(f"{DESK}{message.pk}/").text
