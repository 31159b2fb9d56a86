"""Reply or ask: one person and the desk that sent a message; why it came; whom one mutes; quiet hours."""

from datetime import time, timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from fenjin.audiences.selectors import parse_rule
from fenjin.audiences.selectors.met import met_by
from fenjin.delivery.models import Conversation, Message, ReadyAnswer, Remark
from fenjin.delivery.personal import replies as personal
from fenjin.delivery.selectors import Filter, get_message_for, glance, habits, habits_of, has_unread, messages_for
from fenjin.delivery.selectors import feed as feeds
from fenjin.delivery.selectors.habits import USUAL
from fenjin.delivery.selectors.talks import conversation_of, list_left_behind, queue
from fenjin.delivery.services.habits import MOST_MUTED, MutedEnough, change_quiet_hours, mute_sender, unmute_sender
from fenjin.delivery.services.talks import (
    IN_A_ROW,
    NoReplies,
    SaidTooMuch,
    SayNothing,
    WaitForAnswer,
    answer_conversation,
    ask_sender,
    assign_conversation,
    close_conversation,
    pass_on_conversations,
    see_answer,
)
from fenjin.delivery.testing import make_conversation, make_message, sender
from fenjin.delivery.tests.test_receipts import open_as
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, TooMany
from fenjin.people.models import Person, Post, Unit
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, sign_in
from fenjin.spaces.models import Space
from fenjin.spaces.testing import make_editor


@pytest.fixture
def reader(world):
    """A person of the team, with a signed-in client."""
    person = world.people["team"][0]
    client = Client()
    sign_in(client, make_account(person))
    client.person = person
    return client


def taking_replies(message):
    Message._base_manager.filter(pk=message.pk).update(reply_allowed=True)
    return message


def asked(message, person, text="集合点在哪里？", key="a-client-key"):
    found = get_message_for(person.pk, message.pk)
    return ask_sender(person_id=person.pk, message=found.message, text=text, key=key)


def test_who_may_not_reply_finds_no_page_and_no_way(reader, world):
    message = make_message(world.first)
    assert f"/messages/{message.pk}/reply/" not in reader.get(f"/messages/{message.pk}/").text
    assert reader.get(f"/messages/{message.pk}/reply/").status_code == 404
    with pytest.raises(NoReplies):
        asked(message, reader.person)
    Message._base_manager.filter(pk=message.pk).update(reply_allowed=True)
    assert f"/messages/{message.pk}/reply/" in reader.get(f"/messages/{message.pk}/").text
    other = taking_replies(make_message(world.second))
    assert reader.get(f"/messages/{other.pk}/reply/").status_code == 404
    assert reader.post(f"/messages/{other.pk}/reply/", {"text": "x"}).status_code == 404


def test_a_question_is_kept_once_and_its_answer_is_told_on_the_home_page(reader, world):
    editor = sender()
    message = taking_replies(make_message(world.first, actor=editor, confirm=False))
    open_as(reader.person, message)
    assert not has_unread(reader.person.pk)
    for _tap in range(2):
        sent = reader.post(
            f"/messages/{message.pk}/reply/", {"text": " 集合点在哪里？ ", "client_key": "key-of-a-press"}
        )
        assert sent.status_code == 302
    assert [row.text for row in Remark.objects.all()] == ["集合点在哪里？"]
    talk = Conversation.objects.get()
    assert (talk.state, talk.person_id, talk.space_id) == ("waiting", reader.person.pk, 1)
    [row] = queue(editor.membership, "waiting").rows
    assert (row.words, row.assigned_to) == ("集合点在哪里？", "")
    for _tap in range(2):
        answer_conversation(actor=editor, conversation_id=talk.pk, text="东门广场。", key="key-of-answer")
    assert Remark.objects.count() == 2
    seen = glance(reader.person.pk)
    assert seen.unread
    assert [one.message_id for one in seen.answered] == [message.pk]
    home = reader.get("/").text
    assert f"/messages/{message.pk}/reply/" in home
    page = reader.get(f"/messages/{message.pk}/reply/").text
    assert "东门广场。" in page
    assert "李编辑" not in page
    assert glance(reader.person.pk).answered == ()
    assert not has_unread(reader.person.pk)
    assert f"/messages/{message.pk}/reply/" not in reader.get("/").text


def test_an_answer_that_comes_while_one_reads_keeps_its_dot(reader, world):
    editor, message = sender(), taking_replies(make_message(world.first))
    talk = asked(message, reader.person)
    assert "姓名、工号和单位" in reader.get(f"/messages/{message.pk}/reply/").text  # what the desk sees of one
    answer_conversation(actor=editor, conversation_id=talk.pk, text="东门广场。", key="first-answer")
    read = conversation_of(reader.person.pk, message.pk).conversation
    answer_conversation(actor=editor, conversation_id=talk.pk, text="不，西门。", key="second-answer")
    see_answer(person_id=reader.person.pk, message_id=message.pk, until=read.last_at)
    assert glance(reader.person.pk).answered
    assert "不，西门。" in reader.get(f"/messages/{message.pk}/reply/").text
    assert not glance(reader.person.pk).answered


def test_an_answer_to_an_old_message_is_told_all_the_same(reader, world):
    old = taking_replies(make_message(world.first, confirm=False))
    talk = asked(old, reader.person)
    for _newer in range(21):
        open_as(reader.person, make_message(world.first, confirm=False))
    open_as(reader.person, old)
    assert not has_unread(reader.person.pk)
    Conversation.objects.filter(pk=talk.pk).update(unseen=True)
    assert has_unread(reader.person.pk)
    assert glance(reader.person.pk).answered[0].message_id == old.pk


def test_what_is_said_has_limits(reader, world):
    message = taking_replies(make_message(world.first))
    for text, refusal in (("  ", SayNothing), ("长" * 2001, SaidTooMuch)):
        with pytest.raises(refusal):
            asked(message, reader.person, text)
    kept = reader.post(f"/messages/{message.pk}/reply/", {"text": "长" * 2001})
    assert kept.status_code == 422
    assert "长" * 2001 in kept.text
    for number in range(IN_A_ROW):
        asked(message, reader.person, key=f"press-{number:04}")
    with pytest.raises(WaitForAnswer):
        asked(message, reader.person, key="press-one-more")
    assert asked(message, reader.person, key="press-0000").state == "waiting"
    editor = sender()
    close_conversation(actor=editor, conversation_id=Conversation.objects.get().pk)  # settled by a call
    assert asked(message, reader.person, key="press-reopened").state == "waiting"
    with pytest.raises(WaitForAnswer):
        asked(message, reader.person, key="press-too-soon")
    answer_conversation(actor=editor, conversation_id=Conversation.objects.get().pk, text="好", key="key-of-answer")
    asked(message, reader.person, key="press-after")
    Remark.objects.bulk_create(
        Remark(
            space_id=1,
            conversation=Conversation.objects.get(),
            by_desk=False,
            text="x",
            said_at=clock.now() - timedelta(hours=1),
            client_key=f"many-{number}",
        )
        for number in range(20)
    )
    with pytest.raises(TooMany):
        asked(message, reader.person, key="press-too-many")


def test_only_the_desk_that_sent_it_sees_and_answers_a_conversation(world):
    person = world.people["team"][0]
    author, other = sender(), sender(unit=world.second)
    talk = make_conversation(make_message(world.first, actor=author), person.pk)
    assert [row.conversation_id for row in queue(author.membership, "waiting").rows] == [talk.pk]
    assert queue(other.membership, "waiting").rows == ()
    with pytest.raises(NotFound):
        answer_conversation(actor=other, conversation_id=talk.pk, text="x", key="key-of-answer")
    with pytest.raises(NotFound):
        assign_conversation(actor=author, conversation_id=talk.pk, to=other.pk)  # holds no role by a grant
    colleague = make_editor(Space.objects.get(pk=1), name="王同事")
    assign_conversation(actor=author, conversation_id=talk.pk, to=colleague.pk)
    assert [row.assigned_to for row in queue(author.membership, "waiting").rows] == ["王同事"]
    Person.objects.filter(pk=colleague.person_id).update(status="left")
    [left] = list_left_behind(frozenset({1}))
    assert (left.person_id, left.count) == (colleague.person_id, 1)
    assert pass_on_conversations(person_id=left.person_id, space_id=1, to=author, actor=author) == 1
    close_conversation(actor=author, conversation_id=talk.pk)
    assert list_left_behind(None) == []
    assert queue(author.membership, "closed").rows
    asked(Message.objects.get(pk=talk.message_id), person, "还有一问", "press-again")
    assert Conversation.objects.get().state == "waiting"


def test_the_desk_of_replies_in_a_browser(world):
    person = world.people["team"][0]
    talk = make_conversation(make_message(world.first), person.pk)
    editor = make_editor(Space.objects.get(pk=1), name="王编辑")
    desk = Client()
    sign_in(desk, editor)
    assert "集合点在哪里？" in desk.get("/studio/messages/replies/").text
    kept = {"space_id": 1, "title": "集合点", "text": "请到东门广场。"}
    assert desk.post("/studio/messages/replies/ready/", kept).status_code == 302
    ready = ReadyAnswer.objects.get()
    address = f"/studio/messages/replies/{talk.pk}/"
    assert "请到东门广场。</textarea>" in desk.get(address, {"ready": ready.pk}).text
    assert desk.post(address, {"text": "", "client_key": "key-of-answer"}).status_code == 422
    assert desk.post(address, {"text": "请到东门广场。", "client_key": "key-of-answer"}).status_code == 302
    assert conversation_of(person.pk, talk.message_id).said[-1].by_desk
    assert desk.post(f"{address}assign/", {"to": editor.pk}).status_code == 302
    assert desk.post(f"{address}close/").status_code == 302
    assert "集合点在哪里？" not in desk.get("/studio/messages/replies/?show=waiting").text
    for show in ("mine", "answered", "closed", "nonsense"):
        assert desk.get("/studio/messages/replies/", {"show": show, "page": "9"}).status_code == 200
    assert desk.post(f"{address}reopen/").status_code == 302
    assert desk.post(f"{address}other/").status_code == 404
    assert desk.post(f"/studio/messages/replies/ready/{ready.pk}/drop/").status_code == 302
    assert not ReadyAnswer.objects.exists()


def test_why_tells_the_own_part_of_the_rule_and_nothing_of_others(reader, world):
    rule = {"any": [{"unit": world.team.pk}, {"unit": world.second.pk}, {"unit": world.safety.pk}]}
    message = make_message(rule=rule)
    page = reader.get(f"/messages/{message.pk}/why/").text
    assert "在一班的人" in page
    assert "李编辑" in page
    Unit.objects.filter(pk=world.team.pk).update(name_en="Team One")
    english = reader.get(f"/messages/{message.pk}/why/", headers={"accept-language": "en"}).text
    assert english.count("Team One") == 2  # in the rule, and as the unit under which one counts
    assert "一班" not in english
    assert "二公司" not in page
    assert "安全部" not in page
    assert reader.get(f"/messages/{make_message(world.second).pk}/why/").status_code == 404
    assert get_message_for(reader.person.pk, message.pk).receipt is None  # asking why is not reading


def test_of_what_a_rule_names_only_what_meets_the_person_is_said(world):
    person = world.people["team"][0]
    title = "操作工"
    person_post = {"post": [title, "总经理"]}
    Post.objects.filter(person=person).update(title=title)
    rule = parse_rule({"any": [{"unit": world.first.pk}], "all": [person_post], "none": [{"unit": world.safety.pk}]})
    words = met_by(rule, person.pk)
    assert title in words
    assert "总经理" not in words
    assert "安全部" not in words
    assert met_by(parse_rule({"any": [{"unit": world.second.pk}]}), person.pk) == ""


def test_muted_are_ordinary_messages_alone_and_they_stay_in_the_list(reader, world):
    editor, pk = sender(), reader.person.pk
    ordinary, must = make_message(world.first, actor=editor, confirm=False), make_message(world.first, actor=editor)
    address = f"/messages/{ordinary.pk}/mute/"
    assert reader.post(address, {"what": "everything"}).status_code == 400
    assert reader.post(address, {"what": "sender"}).status_code == 302
    rows = {row.message_id: row for row in messages_for(pk).rows}
    assert rows[ordinary.pk].muted
    assert not rows[ordinary.pk].unread
    assert not rows[must.pk].muted
    assert rows[must.pk].unread
    assert glance(pk).to_confirm(5)
    open_as(reader.person, must)
    assert not has_unread(pk)
    assert has_unread(world.people["team"][1].pk)  # nobody else's list changes
    page = reader.get("/inbox/", {"show": "muted"}).text
    assert f"/messages/{ordinary.pk}/" in page
    assert f"/messages/{must.pk}/" not in page
    mine = reader.get("/messages/habits/").text
    assert "李编辑" in mine
    assert reader.post("/messages/habits/unmute/", {"what": "sender", "id": str(editor.pk)}).status_code == 302
    assert has_unread(pk)
    assert not habits_of(pk).mutes
    reader.post(address, {"what": "space"})
    assert habits_of(pk).muted_spaces == {1}
    reader.post(address, {"what": "space", "off": "1"})
    assert habits([pk])[pk] == USUAL


def test_mutes_have_an_end(world):
    person = world.people["team"][0]
    for account in range(MOST_MUTED):
        mute_sender(person_id=person.pk, sender_id=account + 1)
    with pytest.raises(MutedEnough):
        mute_sender(person_id=person.pk, space_id=1)
    unmute_sender(person_id=person.pk, sender_id=1)
    mute_sender(person_id=person.pk, space_id=1)


def test_of_two_mutes_in_the_same_instant_neither_is_lost(lasting_world):
    person = lasting_world.people["team"][0].pk

    def other(sender_id):
        try:
            mute_sender(person_id=person, sender_id=sender_id)
        finally:
            connection.close()

    for number in (1, 2):  # at first there is no row yet
        thread = Thread(target=other, args=(number,))
        with transaction.atomic(), connection.cursor() as cursor:
            mute_sender(person_id=person, space_id=number)
            thread.start()
            waits = False
            while thread.is_alive() and not waits:  # until it stands before our row
                cursor.execute(
                    "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
                )
                [waits] = cursor.fetchone()
        thread.join(20)
    own = habits_of(person)
    assert (own.muted_spaces, own.muted_senders) == ({1, 2}, {1, 2})


def test_quiet_hours_are_kept_by_the_person_alone(reader, world):
    pk = reader.person.pk
    assert habits_of(pk) == USUAL
    assert habits([pk]) == {}
    assert "22:00" in reader.get("/messages/habits/").text
    reader.post("/messages/habits/quiet/", {"quiet": "on", "since": "21:30", "until": "06:15"})
    assert (habits_of(pk).quiet_from, habits_of(pk).quiet_until) == (time(21, 30), time(6, 15))
    wrong = reader.post("/messages/habits/quiet/", {"quiet": "on", "since": "21:30", "until": "21:30"})
    assert wrong.status_code == 422
    assert wrong.text.count('value="21:30"') == 2  # what was typed stays
    mute_sender(person_id=pk, space_id=1)
    reader.post("/messages/habits/quiet/", {"since": "21:30", "until": "06:15"})
    assert habits_of(pk).quiet_from is None
    assert habits_of(pk).muted_spaces == {1}
    change_quiet_hours(person_id=pk, since=time(1), until=None)
    assert habits_of(pk).quiet_until is None
    unmute_sender(person_id=pk, space_id=1)
    assert habits_of(pk).quiet_from is None


def test_filters_of_the_inbox_keep_to_each_other_and_to_their_pages(reader, world):
    pk = reader.person.pk
    for number in range(23):
        message = make_message(world.first, confirm=number % 2 == 0)
        if number % 3 == 0:
            open_as(reader.person, message)
    first = messages_for(pk, only=Filter("unread"), limit=5)
    assert len(first.rows) == 5
    assert all(row.unread for row in first.rows)
    assert first.more
    found, cursor = [], ""
    while True:
        page = messages_for(pk, cursor, only=Filter("unread"), limit=5)
        found += [row.message_id for row in page.rows]
        if not (cursor := page.more):
            break
    whole = [row.message_id for row in messages_for(pk, limit=50).rows if row.unread]
    assert found == whole
    assert len(found) == 15
    asked_for = messages_for(pk, only=Filter("to-confirm"), limit=50).rows
    assert len(asked_for) == 12
    assert all(row.to_confirm for row in asked_for)
    assert messages_for(pk, only=Filter("", 1), limit=50).rows
    assert not messages_for(pk, only=Filter("", 424242)).rows
    page = reader.get("/inbox/", {"from": "1"}).text
    assert "/inbox/?from=1&amp;before=" in page
    assert "/inbox/?show=unread&amp;from=1" in page
    assert reader.get("/inbox/", {"show": "nonsense", "from": "x"}).status_code == 200
    assert "查看全部消息" in reader.get("/inbox/", {"show": "muted"}).text


def test_a_filter_that_finds_little_looks_at_so_many_and_asks_to_go_on(reader, world, monkeypatch):
    monkeypatch.setattr(feeds, "AT_ONCE", 2)
    monkeypatch.setattr(feeds, "ROUNDS", 2)
    for number in range(6):
        message = make_message(world.first, confirm=False)
        if number:
            open_as(reader.person, message)
    page = messages_for(reader.person.pk, only=Filter("unread"))
    assert page.rows == ()
    assert page.more
    assert len(messages_for(reader.person.pk, page.more, only=Filter("unread")).rows) == 1


def test_a_person_reads_and_takes_along_what_was_said_and_it_goes_with_the_account(reader, world):
    message = make_message(world.first)
    make_conversation(message, reader.person.pk)
    mute_sender(person_id=reader.person.pk, space_id=1)
    subject = Subject(reader.person.pk)
    texts = [cell for sheet in personal.collect(subject) for row in sheet.rows for cell in row]
    assert "集合点在哪里？" in texts
    assert {fate.goes for fate in personal.fates(subject)} == {True}
    assert personal.erase(subject) == {"message-replies": 1, "message-habits": 1}
    assert all(not sheet.rows for sheet in personal.collect(subject))
    talk = make_conversation(message, reader.person.pk)
    Conversation.objects.filter(pk=talk.pk).update(state="closed", last_at=clock.now() - timedelta(days=900))
    assert personal.talks_due(clock.now() - timedelta(days=800))[0] == 1
    assert personal.purge(clock.now() - timedelta(days=800)) == 1
    assert not Conversation.objects.exists()
