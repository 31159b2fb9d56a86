"""The duty desk of an emergency: what it sees, of whom, and what it leaves behind in the log."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.delivery.health import duty_desk
from fenjin.delivery.models import Message, SafetyAnswer
from fenjin.delivery.personal_safety import collect, erase
from fenjin.delivery.selectors.safety import answers_for_desk, emergency_for_desk
from fenjin.delivery.selectors.safety_board import board
from fenjin.delivery.services import Said, answer_emergency, rollups, withdraw_message
from fenjin.delivery.testing import make_emergency
from fenjin.kit import clock
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, Reason, Scope, every_space, use_scope
from fenjin.people.models import PersonPrivate
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


def officer(client, role="duty_officer", space_id=GROUP_SPACE, unit=None):
    account = make_account(make_person("钱值班"))
    give_role(account.person, role, space_id=space_id, unit=unit)
    sign_in(client, account)
    return account


@pytest.fixture
def scene(world):
    """An emergency for a company in which one is safe and one needs help; the others are silent."""
    message = make_emergency(world.first)
    safe, needy = world.people["first"][0], world.people["team"][0]
    answer_emergency(person_id=safe.pk, message=message, said=Said(needs_help=False))
    answer_emergency(person_id=needy.pk, message=message, said=Said(needs_help=True, words="腿伤", place="三号井"))
    PersonPrivate.objects.create(person=needy, mobile="13800000000")
    return message, safe, needy


def acts():
    rows = AuditEvent.objects.filter(act__startswith="delivery.").order_by("pk")
    return [
        act
        for act in rows.values_list("act", flat=True)
        if act not in ("delivery.ask", "delivery.approve", "delivery.begin")
    ]


def test_the_board_counts_down_the_tree_and_names_who_needs_help(client, world, scene):
    message, safe, needy = scene
    with every_space(Reason.TEST):
        page = board(emergency_for_desk(message.pk))
    assert (page.whole.people, page.whole.safe, page.whole.need_help, page.whole.silent) == (16, 1, 1, 14)
    assert all(row.tally.people >= 5 for row in page.rows)

    officer(client)
    words = client.get(f"/studio/messages/{message.pk}/board/").content.decode()
    assert needy.name in words
    assert "三号井" in words
    company = client.get(f"/studio/messages/{message.pk}/board/?unit={world.first.pk}").text
    assert '<p class="quiet together">一公司；安全部</p>' in company  # what stands together says so
    assert 'href="tel:13800000000"' in words  # a tap calls
    assert 'class="grid cards"' in words  # on a phone each is a card: its cells name their columns
    assert words.count("data-label=") == 3
    assert "fj-menu" in words
    assert f"/studio/messages/{message.pk}/board/" in client.get("/studio/messages/emergencies/").content.decode()
    everybody = client.get(f"/studio/messages/{message.pk}/board/people/").content.decode()
    assert everybody.index(needy.name) < everybody.index(safe.name)
    assert 'name="back" value="people"' in everybody
    assert "13800000000" not in client.get(f"/studio/messages/{message.pk}/board/people/?answer=safe").content.decode()

    take = f"/studio/messages/{message.pk}/board/people/{needy.pk}/"
    for _twice in range(2):
        assert client.post(take, {"taken": "yes"}).status_code == 302
    # Whoever took care finds the same part of the board, or of the list, again.
    below, back = f"?unit={world.drilling.pk}", {"taken": "yes", "unit": world.drilling.pk}
    part = client.get(f"/studio/messages/{message.pk}/board/{below}").text
    assert f'name="unit" value="{world.drilling.pk}"' in part
    assert f"board/people/{below}" in part
    assert f"/board/{below}" in client.get(f"/studio/messages/{message.pk}/board/people/{below}").text
    assert client.post(take, back).headers["Location"] == f"/studio/messages/{message.pk}/board/{below}"
    listed = client.post(take, back | {"back": "people"}).headers["Location"]
    assert listed == f"/studio/messages/{message.pk}/board/people/{below}"
    assert "钱值班" in client.get(f"/studio/messages/{message.pk}/board/").content.decode()
    answer_emergency(person_id=needy.pk, message=message, said=Said(needs_help=True, words="已包扎"), key="second-one")
    assert SafetyAnswer._base_manager.get(person_id=needy.pk).taken_at is not None  # more words: still looked after
    assert client.post(f"/studio/messages/{message.pk}/board/people/{safe.pk}/", {}).status_code == 404
    assert client.get(f"/studio/messages/{message.pk}/board.xlsx").content[:2] == b"PK"
    assert client.post(f"/studio/messages/{message.pk}/board/end/", {"words": "解除"}).status_code == 302
    assert Message._base_manager.get(pk=message.pk).all_clear == "解除"
    assert acts() == ["delivery.board_look", "delivery.take_care", "delivery.board_export", "delivery.all_clear"]


def test_a_board_of_what_was_withdrawn_says_so_and_ends_nothing(client, world, scene):
    message, _safe, _needy = scene
    officer(client)
    board_address = f"/studio/messages/{message.pk}/board/"
    assert "board/end/" in client.get(board_address).text
    withdraw_message(actor=with_rights(message.sender), message_id=message.pk, why="误报")
    page = client.get(board_address).text
    assert "已撤下" in page
    assert "board/end/" not in page
    assert "every 10s" not in page


def test_a_board_of_sums_says_the_same_and_as_of_when(world, scene):
    message, _safe, needy = scene
    reach = [Scope(content=frozenset({1}), people=EVERYTHING), Scope.of_space(make_space("华北", unit=world.first).pk)]

    def boards():
        found = []
        for scope in reach:
            with use_scope(scope):
                desk = emergency_for_desk(message.pk)
                found += [board(desk), board(desk, world.drilling.pk)]
        return found

    counted = boards()
    assert all(page.live for page in counted)
    with patch.multiple(rollups, FEW_UNITS=0, LARGE=0):
        rollups.watch_coverage(message=message)
        summed = boards()
    assert not any(page.live for page in summed)
    assert [(page.whole, page.rows, page.way) for page in summed] == [(p.whole, p.rows, p.way) for p in counted]
    assert summed[0].whole.need_help == 1
    answer_emergency(person_id=needy.pk, message=message, said=Said(needs_help=False), key="better-now")
    with clock.pretend(clock.now() + timedelta(seconds=6)):  # nobody kept them fresh: counted here and now
        assert {(page.live, page.whole.need_help) for page in boards()} == {(True, 0)}


def test_a_desk_sees_its_own_part_and_nothing_else(client, world, scene):
    message, safe, needy = scene
    space = make_space("华东", unit=world.second)
    officer(client, space_id=space.pk)
    for path in ("board/", "board/people/", "board.xlsx"):
        assert client.get(f"/studio/messages/{message.pk}/{path}").status_code == 404
    assert needy.name not in client.get("/studio/messages/emergencies/").content.decode()
    officer(client, unit=world.team)
    page = client.get(f"/studio/messages/{message.pk}/board/people/").content.decode()
    assert needy.name in page
    assert f"<b>{safe.name}</b>" not in page or safe.name == needy.name
    assert client.post(f"/studio/messages/{message.pk}/board/end/", {}).status_code == 404
    assert client.get(f"/studio/messages/{message.pk}/board/?unit={world.second.pk}").status_code == 404


def test_the_silent_are_named_to_the_administrator_of_their_unit_alone_and_each_look_is_recorded(client, world, scene):
    message, _safe, needy = scene
    address = f"/studio/messages/{message.pk}/board/silent/?unit={world.team.pk}"
    officer(client)
    assert client.get(address).status_code == 404  # the duty desk sees numbers
    officer(client, "unit_administrator", unit=world.safety)
    assert client.get(address).status_code == 404
    officer(client, "unit_administrator", unit=world.team)
    page = client.get(address).content.decode()
    silent = [person for person in world.people["team"] if person.pk != needy.pk]
    assert page.count("<tr><td><b>") == len(silent)
    assert acts()[-1] == "delivery.name_silent"
    ended = Message._base_manager.filter(pk=message.pk)
    for days, status in ((13, 200), (15, 403)):
        ended.update(ended_at=clock.now() - timedelta(days=days))
        assert client.get(address).status_code == status, days
    drill = make_emergency(world.first, drill=True)
    officer(client, "unit_administrator", unit=world.team)
    assert client.get(f"/studio/messages/{drill.pk}/board/silent/?unit={world.team.pk}").status_code == 403


def test_who_is_the_duty_desk_is_asked_by_the_doctor(world):
    assert "duty officer" in duty_desk()
    give_role(make_account(make_person("钱值班")).person, "duty_officer", space_id=GROUP_SPACE)
    assert duty_desk() is None


def test_people_see_what_they_answered_and_their_words_go_when_they_wish_it(scene):
    message, _safe, needy = scene
    answer_emergency(person_id=needy.pk, message=message, said=Said(needs_help=False), key="later-one")
    subject = Subject(needy.pk)
    assert len(collect(subject)[0].rows) == 2
    assert erase(subject) == {"emergency-words": 1}
    with every_space(Reason.TEST):
        assert [row.words for row in answers_for_desk(message)[0]] == ["", ""]


def test_reminders_are_looked_after_from_the_senders_desk(client, world):
    editor = make_editor(GROUP_SPACE)
    message = make_emergency(world.first, actor=editor)
    sign_in(client, editor)
    page = client.get(f"/studio/messages/{message.pk}/manage/").content.decode()
    assert f"/studio/messages/{message.pk}/remind/now/" in page
    assert f"/studio/messages/{message.pk}/all-clear/" in page
    assert "紧急</span>" in client.get("/studio/messages/").text
    with clock.pretend(clock.now() + timedelta(minutes=11)):
        sign_in(client, editor)
        assert client.post(f"/studio/messages/{message.pk}/remind/now/").status_code == 302
        assert "16" in client.get(f"/studio/messages/{message.pk}/manage/").content.decode()
    assert client.post(f"/studio/messages/{message.pk}/remind/never/").status_code == 404
    assert client.post(f"/studio/messages/{message.pk}/all-clear/", {"words": ""}).status_code == 302
