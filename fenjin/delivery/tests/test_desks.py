"""The desks: from choosing to the numbers, as an editor clicks."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from fenjin.delivery.asking import BUTTON, PHOTO, QUESTION, WRITTEN, Ask, Choice
from fenjin.delivery.desk.figures import definitions
from fenjin.delivery.desk.files import as_csv, as_xlsx
from fenjin.delivery.models import Message
from fenjin.delivery.selectors import coverage
from fenjin.delivery.testing import NOTE, make_message, note_kind
from fenjin.delivery.tests.test_receipts import confirm_as, open_as
from fenjin.kit import clock
from fenjin.kit.exports import plain_cell
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space


@pytest.fixture
def editor(client, world):
    """A client signed in as an editor of the group."""
    note_kind()
    account = make_editor(GROUP_SPACE)
    sign_in(client, account)
    return client


def test_from_choosing_to_the_numbers(editor, world):
    page = editor.get("/studio/messages/send/", {"kind": NOTE, "id": 1, "add": world.first.pk})
    assert page.status_code == 200
    assert "<b>16</b>" in page.text
    page = editor.get(
        "/studio/messages/send/",
        {"content": f"{NOTE}:1", "in": world.first.pk, "cut": world.safety.pk, "importance": "confirm"},
    )
    assert "<b>13</b>" in page.text
    due = (clock.now() + timedelta(days=3)).date().isoformat()
    state = {"content": f"{NOTE}:1", "in": world.first.pk, "out": world.safety.pk, "importance": "confirm"}
    review = editor.get("/studio/messages/send/review/", state | {"due_on": due})
    assert review.status_code == 200
    assert Message.objects.count() == 0
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', review.text))
    sent = editor.post("/studio/messages/send/press/", fields)
    message = Message.objects.get()
    assert sent.headers["Location"] == f"/studio/messages/{message.pk}/"
    assert (message.head_count, message.due_on.isoformat(), message.due_time.hour) == (13, due, 18)
    assert editor.post("/studio/messages/send/press/", fields).status_code == 302
    assert Message.objects.count() == 1
    assert "冬季安全十条" in editor.get("/studio/messages/").text


def test_a_review_without_content_or_people_says_what_is_missing(editor, world):
    page = editor.get("/studio/messages/send/review/", {"in": world.first.pk})
    assert 'id="content_error"' in page.text
    empty = make_unit("空", world.root)
    page = editor.get("/studio/messages/send/review/", {"content": f"{NOTE}:1", "in": empty.pk})
    assert 'role="alert"' in page.text
    assert Message.objects.count() == 0


def test_the_picker_searches_and_goes_down(editor, world):
    assert "钻井部" in editor.get("/studio/messages/send/", {"q": "钻井"}).text
    page = editor.get("/studio/messages/send/", {"go": world.first.pk}).text
    assert "安全部" in page
    assert "二公司" not in page.split('id="picker"')[1].split("</table>")[0]


def test_coverage_goes_down_and_says_the_same_in_the_files(editor, world):
    message = make_message(world.root)
    for person in world.people["team"]:
        confirm_as(person, message)
    open_as(world.people["drilling"][0], message)
    top = editor.get(f"/studio/messages/{message.pk}/")
    assert ">23<" in top.text
    inside = editor.get(f"/studio/messages/{message.pk}/", {"unit": world.drilling.pk})
    assert "一班" in inside.text
    file = editor.get(f"/studio/messages/{message.pk}/coverage.csv", {"unit": world.drilling.pk})
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert ["一班", "5", "5", "100%", "5", "100%"] in rows
    book = editor.get(f"/studio/messages/{message.pk}/coverage.xlsx", {"unit": world.drilling.pk})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert ["一班", 5, 5, "100%", 5, "100%"] in sheet


def test_a_small_unit_cannot_be_looked_into(editor, world):
    message = make_message(world.root)
    assert editor.get(f"/studio/messages/{message.pk}/", {"unit": world.safety.pk}).status_code == 404
    assert editor.get(f"/studio/messages/{message.pk}/coverage.csv", {"unit": world.safety.pk}).status_code == 404


def test_cells_that_look_like_formulas_stay_text():
    rows = [["=1+1", "+2", "-3", "@x", "\t=4", 7]]
    assert as_csv([("一", rows)]).decode("utf-8-sig").strip() == "'=1+1,'+2,'-3,'@x,'\t=4,7"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx([("一", rows)]))).get_sheet_by_index(0)
    assert sheet.to_python() == [["=1+1", "+2", "-3", "@x", "\t=4", 7]]
    assert plain_cell("一公司") == "一公司"


def test_a_subsidiary_sees_its_own_part_and_no_more(client, world):
    space = make_space("一公司平台", unit=world.first)
    other = make_space("二公司平台", unit=world.second)
    message, foreign = make_message(world.root), make_message(world.second, space_id=GROUP_SPACE)
    sign_in(client, make_editor(space))
    page = client.get(f"/studio/messages/{message.pk}/")
    assert page.status_code == 200
    assert ">16<" in page.text
    assert "二公司" not in page.text
    assert client.get(f"/studio/messages/{message.pk}/", {"unit": world.second.pk}).status_code == 404
    assert client.get(f"/studio/messages/{message.pk}/", {"unit": world.root.pk}).status_code == 404
    assert client.get(f"/studio/messages/{foreign.pk}/").status_code == 404
    listed = client.get("/studio/messages/").text
    assert f"/studio/messages/{message.pk}/" in listed
    assert f"/studio/messages/{foreign.pk}/" not in listed
    assert "二公司" not in client.get("/studio/messages/send/").text
    assert other.pk != space.pk


def test_employees_and_strangers_find_no_desk(client, world):
    message = make_message(world.root)
    paths = ["", "send/", "send/review/", f"{message.pk}/", f"{message.pk}/coverage.csv"]
    assert {client.get(f"/studio/messages/{path}").status_code for path in paths} == {302}
    sign_in(client, make_account(make_person(unit=world.team)))
    assert {client.get(f"/studio/messages/{path}").status_code for path in paths} == {404}
    assert client.post("/studio/messages/send/press/").status_code == 404


def test_the_desks_ask_as_many_queries_for_one_message_as_for_ten(editor, world):
    def queries(path):
        editor.get(path)  # the first look at a message puts down what jobs keep fresh
        forget_all()  # what is remembered for some seconds is asked for each time, however slow the machine
        with CaptureQueriesContext(connection) as seen:
            assert editor.get(path).status_code == 200
        return len(seen)

    with clock.pretend(clock.now()):
        message = make_message(world.root)
        editor.get("/studio/messages/")
        few = queries("/studio/messages/"), queries(f"/studio/messages/{message.pk}/")
        for number in range(9):
            make_message(world.root)
            make_person(unit=make_unit(f"新单位{number}", world.root))
        message = make_message(world.root)
        assert (queries("/studio/messages/"), queries(f"/studio/messages/{message.pk}/")) == few


def test_coverage_says_of_each_number_what_it_means_and_how_fresh_it_is(editor, world):
    message = make_message(world.root)
    for person in world.people["team"]:
        confirm_as(person, message)
    address = f"/studio/messages/{message.pk}/"
    page = editor.get(address)
    assert f'hx-get="{address}?round=1"' in page.text
    numbers = editor.get(f"{address}?round=1", headers={"HX-Request": "true"}).text
    assert numbers.lstrip().startswith('<div class="stack" id="numbers"')
    assert "hx-get" not in editor.get(f"{address}?round=120", headers={"HX-Request": "true"}).text
    cuts = editor.get(f"{address}cuts/")
    assert cuts.status_code == 200
    assert cuts.text.count('class="panel flush"') == 3
    book = CalamineWorkbook.from_filelike(io.BytesIO(editor.get(f"{address}coverage.xlsx").content))
    assert len(book.sheet_names) == 5
    reach = book.get_sheet_by_index(4).to_python()
    assert (reach[1][0], reach[1][1] + sum(row[1] for row in reach[3:] if isinstance(row[1], float))) == ("可触达", 23)
    few = make_message(world.safety)
    editor.get(f"/studio/messages/{few.pk}/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(editor.get(f"/studio/messages/{few.pk}/coverage.xlsx").content))
    assert [row[0] for row in book.get_sheet_by_index(4).to_python()[1:3]] == ["不显示", ""]
    poster = editor.get(f"{address}poster.pdf")
    assert (poster.headers["Content-Type"], poster.content[:4]) == ("application/pdf", b"%PDF")
    assert editor.get(f"{address}poster.pdf?size=a9").status_code == 404


def test_a_supervisor_says_who_was_there(client, world):
    message = make_message(world.root)
    account = make_account(make_person("班长"))
    give_role(account.person, "unit_administrator", unit=world.team)
    sign_in(client, account)
    assert f"/studio/messages/{message.pk}/aloud/" in client.get("/studio/messages/aloud/").text
    assert "一班" in client.get(f"/studio/messages/{message.pk}/aloud/").text
    address = f"/studio/messages/{message.pk}/aloud/{world.team.pk}/"
    present = [person.pk for person in world.people["team"][:2]]
    today = timezone.localtime(clock.now()).date().isoformat()
    assert client.post(address, {"told_on": today}).status_code == 200
    assert client.post(address, {"told_on": today, "present": present}).status_code == 302
    page = client.get(address).text
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert client.post(f"{address}back/", {"key": key}).status_code == 302
    assert client.get(f"/studio/messages/{message.pk}/aloud/{world.safety.pk}/").status_code == 404
    assert client.get(f"/studio/messages/{message.pk}/").status_code == 404


def test_coverage_says_what_counts_as_confirmed_and_what_stands_together(editor, world):
    small, hider = make_unit("小", world.second), make_unit("大", world.second)
    for unit, people in ((small, 2), (hider, 6)):
        for _n in range(people):
            make_person(unit=unit)
    said = {BUTTON: "按了“我已读完并知悉”", WRITTEN: "写了回答", PHOTO: "传了照片", QUESTION: "答对了问题"}
    for by, words in said.items():
        message = make_message(world.root, ask=Ask(by, "？", choices=(Choice("是", right=True), Choice("否"))))
        page = coverage(message.pk, world.second.pk)
        assert f"在第 1 版下{words}的人数。" in dict(definitions(page)).values()
        page.message.confirm_from = 0
        assert f"在第 0 版或之后的版本下{words}的人数。" in dict(definitions(page)).values()
    shown = editor.get(f"/studio/messages/{message.pk}/", {"unit": world.second.pk}).text
    assert "答对了问题" in shown
    assert "我已读完并知悉" not in shown
    assert '<p class="quiet together">2 个部分合计：小；大</p>' in shown


def test_a_messages_page_has_one_filled_button(editor, world):
    message = make_message(world.first)
    for state, step in (("sending", "pause"), ("paused", "resume"), ("sent", "correct")):
        Message._base_manager.filter(pk=message.pk).update(state=state)
        page = editor.get(f"/studio/messages/{message.pk}/manage/").text
        assert page.count("btn primary") == 1, state
        assert f"/{step}/" in page, state
