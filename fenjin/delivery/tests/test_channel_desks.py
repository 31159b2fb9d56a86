"""The desks of the channels: what is stuck is seen and sent again, and each sub-platform says what rings when."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from fenjin.audit.models import AuditEvent
from fenjin.delivery import health
from fenjin.delivery.models import Holiday, Ladder, Message, Outbox, RingRules
from fenjin.delivery.personal import ways
from fenjin.delivery.selectors.outbox.rules import rules_of
from fenjin.delivery.selectors.outbox.way import ways_of
from fenjin.delivery.selectors.outbox.wording import fault_words
from fenjin.delivery.services import Said, answer_emergency, keep_outbox, open_message
from fenjin.delivery.testing import NOTE, make_emergency, make_message, note_kind
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.kit.wording import exact_time
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, make_administrator, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights
from fenjin.workplace import connectors
from fenjin.workplace.testing import inject_faults, sent_on_console

NIGHT = {"part": "rules", "seen": 0, "quiet_from": "21:00", "quiet_until": "08:00"}


@pytest.fixture(autouse=True)
def console(settings, tmp_path):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    note_kind()


@pytest.fixture
def account():
    return make_editor(GROUP_SPACE)


@pytest.fixture
def editor(client, world, account):
    sign_in(client, account)
    return client


@pytest.fixture
def stuck(world, account):
    """A message whose one send failed for good; no hour is quiet, so that it does not matter when this runs."""
    RingRules.objects.create(space_id=GROUP_SPACE, quiet_from=None, quiet_until=None)
    inject_faults("off")
    message = make_message(world.first, actor=account, channels=("workplace",))
    keep_outbox()
    return message


def test_what_is_stuck_is_seen_with_its_cure_and_sent_again(editor, stuck):
    [row] = Outbox._base_manager.all()
    for address in ("/studio/messages/channels/", f"/studio/messages/{stuck.pk}/channels/"):
        page = editor.get(address)
        with translation.override("zh-hans"):
            assert escape(str(fault_words("50003")[1])) in page.text
        assert f"/channels/{row.uid}/again/" in page.text
    assert "Studio → Channels" in health.outbox()
    address = f"/studio/messages/{stuck.pk}/channels/{row.uid}"
    assert editor.post(f"{address}/sent/").status_code == 409  # nobody was reached: there is nothing to take as sent
    assert editor.post(f"{address}/again/").headers["Location"] == f"/studio/messages/{stuck.pk}/channels/"
    keep_outbox()
    assert len(sent_on_console()) == 1
    assert health.outbox() is None
    assert f"/channels/{row.uid}/" not in editor.get("/studio/messages/channels/").text
    assert editor.post(f"{address}/again/").status_code == 409


def test_nobody_else_sees_or_settles_what_is_stuck(client, world, stuck):
    sign_in(client, make_editor(make_space("二公司", unit=world.second)))
    [row] = Outbox._base_manager.all()
    assert str(row.uid) not in client.get("/studio/messages/channels/").text
    assert client.get(f"/studio/messages/{stuck.pk}/channels/").status_code == 404
    assert client.post(f"/studio/messages/{stuck.pk}/channels/{row.uid}/again/").status_code == 404
    assert client.get(f"/studio/messages/ringing/{GROUP_SPACE}/").status_code == 404


def test_rows_that_wait_too_long_are_a_fault_for_the_doctor(world, stuck):
    Outbox._base_manager.update(state="queued", not_before=clock.now() - timedelta(minutes=16))
    assert "Is the worker running?" in health.outbox()


def test_a_sub_platform_says_what_rings_when(editor):
    address = f"/studio/messages/ringing/{GROUP_SPACE}/"
    assert editor.get("/studio/messages/ringing/").headers["Location"] == address
    assert 'value="22:00"' in editor.get(address).text
    assert editor.post(address, NIGHT | {"ordinary_workplace": "0.5"}).status_code == 302
    rules = rules_of(GROUP_SPACE)
    assert (f"{rules.quiet.begin:%H}", rules.steps["ordinary"], rules.revision) == ("21", {"workplace": 30}, 1)
    assert rules.steps["emergency"] == {"workplace": 0, "email": 0, "sms": 0}
    for wrong in (NIGHT, NIGHT | {"seen": 1, "quiet_until": ""}, NIGHT | {"seen": 1, "confirm_sms": "400"}):
        assert editor.post(address, wrong).status_code == 422
    assert rules_of(GROUP_SPACE).revision == 1


def test_days_off_are_lines_and_spans(editor):
    address = f"/studio/messages/ringing/{GROUP_SPACE}/"
    days = "2027-05-01 劳动节\n\n2027-10-01 .. 2027-10-03 国庆节"
    assert editor.post(address, {"part": "days", "year": 2027, "days": days}).status_code == 302
    assert [day.isoformat() for day, _name in rules_of(GROUP_SPACE).holidays] == [
        *("2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03")
    ]
    assert "2027-10-01 .. 2027-10-03 国庆节" in editor.get(address, {"year": 2027}).text
    for wrong in ("五一", "2026-05-01", "2027-02-30", "2027-10-07 .. 2027-10-01"):
        page = editor.post(address, {"part": "days", "year": 2027, "days": f"2027-01-01\n{wrong}"})
        assert (page.status_code, wrong in page.text) == (422, True)
    assert Holiday.objects.filter(day=date(2027, 5, 1)).exists()


@pytest.mark.parametrize(("ring", "channels"), [("ladder", ["workplace"]), ("none", None)])
def test_the_sender_chooses_what_rings(editor, world, ring, channels):
    chosen = {"content": f"{NOTE}:1", "in": world.first.pk, "importance": "ordinary", "when": "now", "ring": ring}
    review = editor.get("/studio/messages/send/review/", chosen)
    assert review.status_code == 200
    key = review.text.partition('name="client_key" value="')[2].partition('"')[0] or "a-key"
    sent = editor.post("/studio/messages/send/press/", chosen | {"client_key": key, "key": key})
    assert sent.status_code == 302, sent.text
    assert Message.objects.count() == 1
    ladder = Ladder._base_manager.first()
    assert (list(ladder.steps) if ladder else None) == channels


def test_whoever_looks_a_person_up_sees_how_messages_come_and_not_whether_they_are_read(client, world):
    person = world.people["first"][0]
    inject_faults(nobody=(person.staff_number,))
    RingRules.objects.create(space_id=GROUP_SPACE, quiet_from=None, quiet_until=None)
    message = make_message(world.first, channels=("workplace",))
    keep_outbox()
    open_message(person_id=person.pk, message=message)
    found = ways_of(person.pk)
    assert [step.well for step in found.now] == [False, True]
    [way] = found.ways
    assert [(step.well, bool(step.cure)) for step in way.steps] == [(False, True)]
    [sheet] = ways.collect(Subject(person_id=person.pk, account_id=None))
    assert [row[0] for row in sheet.rows] == ["冬季安全十条"]
    sign_in(client, make_administrator("security"))
    page = client.get(f"/studio/people/{person.pk}/")
    assert page.status_code == 302 or "冬季安全十条" not in page.text
    assert ways.erase(Subject(person_id=person.pk, account_id=None)) == {"ways": 1}


def test_a_persons_page_follows_each_message_and_keeps_what_is_the_persons_own(client, world):
    person, unreached = world.people["first"]
    RingRules.objects.create(space_id=GROUP_SPACE, quiet_from=None, quiet_until=None)
    inject_faults(nobody=(unreached.staff_number,))
    chief = make_account(world.people["second"][0])
    give_role(chief.person, "unit_administrator", unit=world.first)
    emergency = make_emergency(world.first)
    plain = make_message(world.first, actor=make_editor(GROUP_SPACE), channels=("workplace",))
    keep_outbox()
    open_message(person_id=person.pk, message=plain)
    sent_at = Outbox._base_manager.filter(message_id=plain.pk).get().done_at

    def page(account, who=person):
        sign_in(client, account)
        return client.get(f"/studio/people/{who.pk}/").text

    own = page(with_rights(chief))
    with translation.override("zh-hans"):
        for words in ("within reach: a channel took it on", "has not answered yet"):
            assert gettext(words) in own
        assert exact_time(sent_at) in own
        assert "一公司" in own
        assert "冬季安全十条" not in own  # its title is for those who look after it
        assert gettext("No account, and the channel refused them") in page(with_rights(chief), unreached)
    assert AuditEvent.objects.filter(act="delivery.name_silent", target_id=str(emergency.pk)).count() == 2
    answer_emergency(person_id=person.pk, message=emergency, said=Said(needs_help=False))
    with translation.override("zh-hans"):
        assert f"<b>{gettext('has answered')}</b>" in page(with_rights(chief))
        system = page(make_administrator("system"))
        assert gettext("within reach: a channel took it on") in system
        assert f"<b>{gettext('has answered')}</b>" not in system
        assert "那只给本人看" in system
    Message.objects.filter(pk=emergency.pk).update(ended_at=clock.now() - timedelta(days=15))
    with translation.override("zh-hans"):
        assert f"<b>{gettext('has answered')}</b>" not in page(with_rights(chief))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whatever_a_connector_says_has_its_cure_in_the_readers_language(language):
    said = set()
    for path in Path(connectors.__file__).parent.glob("*.py"):
        said |= set(re.findall(r'(?:Transient|OutcomeUnknown|BadContent)\(\s*"(\w+)"', path.read_text()))
        said |= set(re.findall(r'NotConfigured\(\s*"[^"]+", "(\w+)"', path.read_text()))
    said |= {"no_connector", "45009"}
    assert {"busy", "mail_later", "no_texts", "50003"} <= said
    with translation.override(language):
        other = fault_words("something else")
        for code in said:
            assert fault_words(code) != other, code
            assert all(ord(str(words)[0]) > 255 or language == "en" for words in fault_words(code)), code
