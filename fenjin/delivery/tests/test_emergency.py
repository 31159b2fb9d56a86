"""An emergency, from the press to all clear, as the people see it who are asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from fenjin.delivery import register, services
from fenjin.delivery.models import Message, PastSafetyAnswer, SafetyAnswer
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import (
    AlreadyOver,
    EmergencyLongOver,
    NoEmergency,
    NothingToConfirm,
    Said,
    answer_emergency,
    confirm_message,
    end_emergency,
    rebuild_counters,
    undo_confirmation,
)
from fenjin.delivery.services.parts.emergency import DrillOfWhat, EmergencyWaits
from fenjin.delivery.testing import make_emergency, make_message, note_kind, sender
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.selectors.looks import forget_looks
from fenjin.spaces.testing import make_editor

pytestmark = pytest.mark.django_db
SAFE, HELP = Said(needs_help=False), Said(needs_help=True, words="腿卡住了", place="三号平台")


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_looks()


@pytest.fixture
def unit():
    return make_unit("三号平台", parent=make_unit("启明集团"))


@pytest.fixture
def person(unit):
    return make_person("王海宁", unit=unit)


def counted(message):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(c.opened), sum(c.confirmed), sum(s.safe), sum(s.need_help) FROM delivery_counter c"
            " LEFT JOIN delivery_safetycounter s USING (space_id, message_id, unit_id) WHERE message_id = %s",
            [message.pk],
        )
        return tuple(int(number or 0) for number in cursor.fetchone())


def rows(model):
    return list(model._base_manager.order_by("answered_at"))


def test_it_takes_the_home_page_of_those_it_concerns_and_lets_it_go_once_answered(
    client, unit, person, django_assert_max_num_queries
):
    sign_in(client, make_account(person))
    message = make_emergency(unit)
    client.get("/")
    with django_assert_max_num_queries(6):
        page = client.get("/").content.decode()
    assert page.count("<h2") == 1  # nothing stands there but the call
    assert "我平安" in page
    assert f'action="/messages/{message.pk}/safety/"' in page
    assert "我平安" in client.get("/?on=1").content.decode()
    inbox = client.get("/inbox/").content.decode()
    assert "我平安" in inbox
    assert ("tag urgent" in inbox, "tile urgent" in inbox) == (True, True)  # red, whatever the sub-platform's colour
    assert "tag urgent" in client.get(f"/messages/{message.pk}/").content.decode()
    assert "您现在平安吗" in client.get(f"/messages/{message.pk}/").content.decode()

    key = page.split('name="client_key" value="')[1].split('"')[0]
    answer = {"answer": "help", "words": "腿卡住了", "place": "三号平台", "client_key": key, "back": "home"}
    for _twice in range(2):
        assert client.post(f"/messages/{message.pk}/safety/", answer).headers["Location"] == "/"
    client.get("/")
    with django_assert_max_num_queries(6):
        page = client.get("/").content.decode()
    assert "您需要帮助" in page
    assert "腿卡住了" in page
    assert "这里刚刚建好" in page.replace("<wbr>", "")  # the rest of the home page is back
    assert counted(message) == (1, 1, 0, 1)
    assert client.post(f"/messages/{message.pk}/safety/", {"answer": "perhaps"}).status_code == 400


def test_a_text_without_a_lead_says_what_to_do_beside_the_buttons(
    client, unit, person, monkeypatch, django_assert_max_num_queries
):
    sign_in(client, make_account(person))
    words = register.Frozen("请立刻撤离", "", "<p>沿二号通道走到东门。</p>", "沿二号通道走到东门。\n不要回头。" * 40)
    short = replace(note_kind(), key="short", freeze=lambda pk: words)
    monkeypatch.setitem(register._kinds, short.key, short)
    message = make_emergency(unit, kind=short.key)
    client.get("/")
    with django_assert_max_num_queries(6):
        page = client.get("/").content.decode()
    assert "沿二号通道走到东门。 不要回头。" in page
    assert page.count("不要回头") < 12  # the rest stands in the message
    client.post(f"/messages/{message.pk}/safety/", {"answer": "safe"})
    assert "沿二号通道" not in client.get("/").content.decode()


def test_nobody_else_is_asked(client, unit):
    other = make_person("李外人", unit=make_unit("别处", parent=unit.parent))
    sign_in(client, make_account(other))
    message = make_emergency(unit_with_somebody(unit))
    assert "我平安" not in client.get("/").content.decode()
    assert client.post(f"/messages/{message.pk}/safety/", {"answer": "safe"}).status_code == 404


def unit_with_somebody(unit):
    make_person("赵在场", unit=unit)
    return unit


def test_a_changed_answer_moves_the_counters_and_keeps_the_earlier_one(unit, person):
    message = make_emergency(unit)
    for said, key in ((SAFE, "first-press"), (SAFE, "first-press"), (HELP, "first-press"), (SAFE, "second-press")):
        answer_emergency(person_id=person.pk, message=message, said=said, key=key)
    # What the first press said stays what it said, however late its repetition arrives.
    own = answer_emergency(person_id=person.pk, message=message, said=HELP, key="first-press")
    assert own.needs_help is False
    assert [past.needs_help for past in rows(PastSafetyAnswer)] == [False, True]
    assert [(now.needs_help, now.words) for now in rows(SafetyAnswer)] == [(False, "")]
    assert counted(message) == (1, 1, 1, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE delivery_safetycounter SET safe = 7")
    assert rebuild_counters() == 1
    assert counted(message) == (1, 1, 1, 0)


def test_an_answer_is_neither_confirmed_nor_taken_back_nor_voided_by_other_words(unit, person):
    message = make_emergency(unit)
    answer_emergency(person_id=person.pk, message=message, said=SAFE, key="first-press")
    with pytest.raises(NothingToConfirm):
        confirm_message(person_id=person.pk, message=message, version=1)
    with pytest.raises(NothingToConfirm):
        undo_confirmation(person_id=person.pk, message=message)
    with pytest.raises(NoEmergency):
        answer_emergency(person_id=person.pk, message=make_message(unit), said=SAFE)
    assert get_message_for(person.pk, message.pk).confirmed


def test_all_clear_is_said_for_a_day_and_late_answers_still_count(client, unit, person):
    sign_in(client, make_account(person))
    actor = make_editor(GROUP_SPACE)
    message = make_emergency(unit, actor=actor)
    with pytest.raises(NotFound):
        end_emergency(actor=sender(unit=make_unit("别处", parent=unit.parent)), message_id=message.pk)
    over = end_emergency(actor=actor, message_id=message.pk, words="火已扑灭，可以回岗。")
    with pytest.raises(AlreadyOver):
        end_emergency(actor=actor, message_id=message.pk)
    page = client.get("/").content.decode()
    assert "火已扑灭" in page
    assert "我平安" not in page
    assert "urgent" not in client.get("/inbox/").content.decode()
    with clock.pretend(clock.now() + timedelta(days=2)):
        assert "火已扑灭" not in client.get("/").content.decode()
        answer_emergency(person_id=person.pk, message=over, said=HELP, key="from-a-tunnel")
    assert counted(message)[3] == 1
    with clock.pretend(clock.now() + timedelta(days=15)), pytest.raises(EmergencyLongOver):
        answer_emergency(person_id=person.pk, message=over, said=SAFE, key="much-later")


def test_a_drill_says_so_wherever_it_stands(client, unit, person):
    sign_in(client, make_account(person))
    message = make_emergency(unit, drill=True)
    for path in ("/", "/inbox/", f"/messages/{message.pk}/"):
        assert "这是演练" in client.get(path).content.decode(), path
    listed = client.get("/inbox/").content.decode().split('class="letter')[1]
    assert "演练" in listed
    assert "urgent" not in listed
    with pytest.raises(DrillOfWhat):
        make_message(unit, drill=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"plan": services.Plan(pace=Message.Pace.WAVES, wave_minutes=30)},
        {"plan": services.Plan(starts_at=clock.now() + timedelta(hours=2))},
    ],
)
def test_it_never_waits(unit, person, fields):
    with pytest.raises(EmergencyWaits):
        make_emergency(unit, **fields)
