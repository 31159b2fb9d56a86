"""The review and the desks around it, as an editor and a second person click through them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from fenjin.audiences.testing import make_audience
from fenjin.delivery.desk.minutes import in_tenths
from fenjin.delivery.models import Message
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.rules import set_sending_rules
from fenjin.delivery.testing import NOTE, make_message, note_kind, rule_of, sender
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_account, make_administrator, make_person, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

DESK = "/studio/messages/"


@pytest.fixture
def editor(client, world):
    note_kind()
    account = make_editor(GROUP_SPACE)
    sign_in(client, account)
    return account


@pytest.fixture
def publisher(world):
    """A client of a publisher of the group."""
    account = make_account(make_person("王发布"))
    give_role(account.person, "publisher", space_id=GROUP_SPACE)
    visitor = Client()
    visitor.account = with_rights(account)
    sign_in(visitor, visitor.account)
    return visitor


def fields_of(page):
    form = page.text.split('action="/studio/messages/send/press/"')[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def state(world, **more):
    return {"content": f"{NOTE}:1", "in": world.first.pk, "importance": "confirm"} | more


def test_who_has_no_account_is_counted_after_the_review_of_many(client, editor, world, monkeypatch):
    monkeypatch.setattr("fenjin.delivery.desk.outlook.COUNTED_AT_ONCE", 1)
    page = client.get(f"{DESK}send/review/", state(world))
    assert page.context["outlook"].no_account is None
    address = re.search(r'hx-get="([^"]+review/accounts/[^"]+)"', page.text)[1].replace("&amp;", "&")
    assert re.search(r"<b>16\b", client.get(address).text)
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert part.strip().startswith("<p>")
    assert client.get(f"{DESK}send/review/accounts/").status_code == 302  # nobody is chosen
    sign_in(client, make_account(make_person("钱路过")))
    assert client.get(address).status_code in (302, 403, 404)


def test_the_review_says_who_is_kept_away_what_changed_and_what_it_costs(client, editor, world):
    make_message(world.first, actor=editor)
    keep_burden()
    make_person("新来的", unit=world.team)
    page = client.get(f"{DESK}send/review/", state(world, out=world.safety.pk))
    outlook = page.context["outlook"]
    assert [(part.people, part.names != ()) for part in outlook.kept_away] == [(3, True)]
    assert (outlook.no_account, outlook.last, outlook.need) == (14, None, None)
    assert (outlook.burden.before, outlook.burden.own, outlook.burden.after) == ("1.5", "1.5", "3.0")
    outlook = client.get(f"{DESK}send/review/", state(world)).context["outlook"]
    assert (outlook.last.people, outlook.last.joined, outlook.last.left) == (16, 1, 0)
    assert not outlook.burden.too_much


def test_a_plan_of_a_branch_stands_in_its_senders_list(client, world):
    note_kind()
    account = make_account(make_person("分支编辑"))
    give_role(account.person, "editor", space_id=GROUP_SPACE, unit=world.first)
    actor = with_rights(account)
    sign_in(client, actor)
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    planned = state(world, when="later", start_on=tomorrow, start_time="09:00")
    sent = client.post(f"{DESK}send/press/", planned | {"client_key": "branch-plan"})
    message = Message.objects.get()
    assert sent.headers["Location"] == f"{DESK}{message.pk}/manage/"
    assert f"{DESK}{message.pk}/manage/" in client.get(DESK).text
    other = make_account(make_person("另一个"))
    give_role(other.person, "editor", space_id=GROUP_SPACE, unit=world.second)
    sign_in(client, with_rights(other))
    assert f"{DESK}{message.pk}/" not in client.get(DESK).text


def test_from_asking_to_approval_through_the_start_page(client, editor, world, publisher):
    set_sending_rules(actor=publisher.account, space_id=GROUP_SPACE, limits={"editor": 10}, weekly_minutes=1)
    review = client.get(f"{DESK}send/review/", state(world))
    assert review.context["outlook"].burden.too_much
    assert not review.context["outlook"].alone
    asked = client.post(f"{DESK}send/press/", fields_of(review))
    message = Message.objects.get()
    assert asked.headers["Location"] == f"{DESK}{message.pk}/manage/"
    where = f"{DESK}{message.pk}/approval/"
    assert where in publisher.get("/studio/").text
    assert where not in client.get("/studio/").text
    assert 'value="' in publisher.get(where).text
    assert f"{where}approve/" not in client.get(where).text
    assert client.post(f"{where}approve/", {"version": 1}).status_code == 403
    assert publisher.post(f"{where}approve/").status_code == 400
    assert publisher.post(f"{where}decline/", {"why": " "}).status_code == 422
    assert publisher.post(f"{where}approve/", {"version": 1}).headers["Location"] == f"{DESK}approvals/"
    assert Message.objects.get().state == Message.State.SENT
    assert where in client.get("/studio/").text
    assert publisher.post(f"{where}approve/", {"version": 1}).status_code == 409


def test_a_rehearsal_comes_back_to_the_review_and_says_what_is_wrong(client, editor, world):
    colleague = world.people["team"][0]
    told = client.post(
        f"{DESK}send/rehearse/", state(world, numbers=f"{colleague.staff_number}，", client_key="reh-0001")
    )
    assert told.headers["Location"].startswith(f"{DESK}send/review/?")
    assert Message.objects.get().rehearsal
    assert str(colleague.staff_number) in client.get(told.headers["Location"]).text
    client.post(f"{DESK}send/rehearse/", state(world, numbers="nobody", client_key="reh-0002"))
    assert Message.objects.count() == 1
    assert "冬季安全十条" not in client.get(DESK).text


def test_the_desk_keeps_its_place_for_htmx_and_for_a_plain_browser(client, editor, world):
    part = client.get(f"{DESK}send/", state(world, look="1"), headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].startswith(f"{DESK}send/review/?")
    assert 'hx-select="#compose"' in client.get(f"{DESK}send/").text
    saved = make_audience(editor, {"any": [{"unit": world.first.pk}]}, name="一公司全体")
    assert client.get(f"{DESK}send/", {"audience": saved.pk}).context["desk"].audience.people == 16


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"when": "waves", "wave_minutes": "60"}, "分批：60 分钟"),
        ({"when": "morning", "morning_on": "2027-01-05"}, "按各人当地的早上：1月5日"),
        ({"when": "later", "start_on": "2027-01-05", "start_time": "09:00"}, "定时发送：1月5日 09:00"),
    ],
)
def test_the_review_says_when_in_words(client, editor, world, chosen, words):
    with clock.pretend(datetime(2027, 1, 3, 4, 0, tzinfo=UTC)):
        sign_in(client, editor)
        assert words in client.get(f"{DESK}send/review/", state(world, **chosen)).text


def tenths(words):
    return [round(10 * float(number)) for number in re.findall(r"\d+\.\d", words)]


def test_minutes_of_several_senders_add_up_where_they_stand_together(client, editor, world):
    space = make_space("一公司平台", unit=world.first)
    for _time in range(2):
        make_message(world.team, actor=editor)
    others = rule_of(world.drilling, world.safety, minus=(world.team,))
    make_message(rule=others, space_id=space.pk, actor=sender(space_id=space.pk))
    keep_burden()
    [line] = [line for line in client.get(f"{DESK}burden/").context["lines"] if line.name == "一公司"]
    assert (sum(tenths(line.by)), len(tenths(line.by))) == (18, 2)  # 0.9375 and 0.84375 minutes each
    assert tenths(line.minutes) == [18]
    burden = client.get(f"{DESK}send/review/", state(world)).context["outlook"].burden
    asked = sum(sum(tenths(bar.label)) for bar in burden.by)
    assert [asked] == tenths(burden.before)
    assert [asked + tenths(burden.own)[0]] == tenths(burden.after) == [33]


@pytest.mark.parametrize(
    "minutes", [(), (0.0,), (0.04, 0.04, 0.04), (1 / 3, 1 / 3, 1 / 3), (2.3, 0.7, 0.06), (1.99, 9)]
)
def test_tenths_of_parts_make_those_of_the_whole(minutes):
    shown = in_tenths(minutes)
    assert sum(shown) == round(10 * sum(minutes))
    assert all(abs(part - 10 * exact) < 1 for part, exact in zip(shown, minutes, strict=True))


def test_burden_and_rules_are_for_those_who_may(client, editor, world, publisher):
    make_message(world.root, actor=editor)
    assert client.get(f"{DESK}burden/").status_code == 200
    keep_burden()
    page = client.get(f"{DESK}burden/")
    assert [line.name for line in page.context["lines"]] == ["一公司", "二公司"]
    assert client.get(f"{DESK}burden/", {"unit": 987654}).status_code == 404
    assert client.get(f"{DESK}rules/").status_code == 404
    where = publisher.get(f"{DESK}rules/").headers["Location"]
    assert publisher.post(where, {"editor": "5", "publisher": "", "weekly_minutes": "20"}).status_code == 302
    assert publisher.post(where, {"editor": "0", "weekly_minutes": "20"}).status_code == 422
    security = make_administrator("security")
    sign_in(client, security)
    assert client.get(f"{DESK}rules/").status_code in (200, 302)
