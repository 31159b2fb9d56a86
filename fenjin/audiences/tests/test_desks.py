"""The desks of audiences: the builder's sentence and head count, saving, lists with their report, JSON both ways."""

import json
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from fenjin.audiences.desk.draft import pack, unpack
from fenjin.audiences.models import Audience, PersonList
from fenjin.audiences.testing import make_audience, make_person_list
from fenjin.kit.errors import BadRequest
from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_person, make_unit, sign_in
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def company():
    """A group with a mine and a school; five work in the mine, one of them a driver, one beside the school."""
    with every_space(Reason.TEST):
        group = make_unit("启明集团")
        mine, school = make_unit("晋中煤矿", group), make_unit("培训学院", group)
        for name, title in (("甲一", "操作工"), ("甲二", "操作工"), ("甲三", "班长"), ("甲四", "班长")):
            make_person(name, unit=mine, title=title)
        make_person("甲五", unit=mine, title="司机", status="sick_leave")
        make_person("乙一", unit=school, title="教师")
    return {"group": group, "mine": mine, "school": school}


@pytest.fixture
def editor():
    return make_editor(1)


@pytest.fixture
def desk(editor):
    client = Client()
    sign_in(client, editor)
    return client


def _in(unit, **more):
    return {"any": [{"unit": unit.pk}], **more}


def _words(answer):
    return answer.content.decode()


def test_a_rule_grows_button_by_button_and_reads_as_a_sentence(desk, company):
    page = desk.get("/studio/audiences/new/", {"unit_any": company["mine"].pk})
    assert "在晋中煤矿的人" in _words(page)
    assert page.context["counted"].people == 5
    packed = page.context["desk"].draft.packed
    page = desk.get("/studio/audiences/new/", {"r": packed, "kind": "post", "title": ["操作工", "班长"], "to": "all"})
    assert page.context["counted"].people == 4
    packed = page.context["desk"].draft.packed
    page = desk.get("/studio/audiences/new/", {"r": packed, "kind": "post", "words": "班", "how": "has", "to": "none"})
    assert "在晋中煤矿、且岗位是“操作工”或“班长”的人，不含岗位名称含“班”的人" in _words(page)
    assert page.context["counted"].people == 2
    page = desk.get("/studio/audiences/new/", {"r": page.context["desk"].draft.packed, "drop": "none.0"})
    assert page.context["counted"].people == 4


def test_the_page_says_who_is_left_out_and_by_what(desk, company):
    rule = _in(company["group"], none=[{"status": ["sick_leave"]}, {"unit": company["school"].pk}])
    page = desk.get("/studio/audiences/new/", {"r": pack(rule), "part": "who"}, headers=HTMX)
    assert [(part.people, part.names) for part in page.context["counted"].left_out] == [(1, ("乙一",)), (1, ("甲五",))]
    assert "长期病假" in _words(page)
    assert "<html" not in _words(page)
    assert "<html" in _words(desk.get("/studio/audiences/new/", {"r": pack(rule), "part": "who"}))


def test_a_group_of_conditions_is_opened_filled_and_left(desk, company):
    page = desk.get("/studio/audiences/new/", {"r": pack(_in(company["group"])), "kind": "group", "to": "none"})
    assert page.context["desk"].draft.at == (("none", 0),)
    assert page.context["counted"].people == 6  # an empty group says nothing yet
    place = {"at": "none.0"}
    packed = page.context["desk"].draft.packed
    page = desk.get("/studio/audiences/new/", {"r": packed, **place, "unit_any": company["mine"].pk})
    packed = page.context["desk"].draft.packed
    page = desk.get(
        "/studio/audiences/new/", {"r": packed, **place, "kind": "status", "status": "sick_leave", "to": "none"}
    )
    assert page.context["counted"].people == 2
    assert "不含（在晋中煤矿，但不含状态为长期病假）的人" in _words(page)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("status", {}),
        ("post", {}),
        ("post", {"how": "has"}),
        ("years", {"years_from": "viele"}),
        ("years", {"years_from": "9", "years_below": "3"}),
        ("zone", {"zone": "Mars/Base"}),
        ("list", {"list": "0"}),
        ("space", {"in_spaces": "x"}),
    ],
)
def test_a_condition_that_says_nothing_is_told_and_changes_nothing(desk, company, kind, fields):
    packed = pack(_in(company["mine"]))
    page = desk.get("/studio/audiences/new/", {"r": packed, "kind": kind, "to": "all", **fields})
    assert page.status_code == 200
    assert page.context["desk"].error
    assert unpack(page.context["desk"].draft.packed) == unpack(packed)


def test_saving_changing_and_taking_back(desk, company, editor):
    values = {"r": pack(_in(company["mine"])), "name": "矿上的人", "keeping": "living", "shared": "no"}
    assert desk.post("/studio/audiences/new/save/", values).url == "/studio/audiences/"
    with every_space(Reason.TEST):
        row = Audience.objects.get()
    assert (row.name, row.keeping, row.shared, row.owner_id) == ("矿上的人", "living", False, editor.pk)
    again = desk.post("/studio/audiences/new/save/", values)
    assert again.status_code == 422
    assert "已经有同名的了" in _words(again)
    assert "矿上的人" in _words(again)
    empty = desk.post("/studio/audiences/new/save/", {"r": "", "name": "空"})
    assert "请先说明发给谁" in _words(empty)
    changed = {**values, "r": pack(_in(company["school"])), "seen": "1"}
    desk.post(f"/studio/audiences/{row.pk}/", changed)
    assert "有人刚刚改过" in _words(desk.post(f"/studio/audiences/{row.pk}/", changed))
    assert "在培训学院的人" in _words(desk.get("/studio/audiences/"))
    desk.post(f"/studio/audiences/{row.pk}/take-back/")
    assert "在晋中煤矿的人" in _words(desk.get("/studio/audiences/"))
    assert desk.get(f"/studio/audiences/{row.pk}/").context["counted"].people == 5


def test_the_list_finds_copies_and_puts_away(desk, company, editor):
    row = make_audience(editor, _in(company["mine"]), name="矿上的人")
    make_audience(editor, _in(company["school"]), name="学校的人", shared=False)
    assert "学校的人" not in _words(desk.get("/studio/audiences/?q=矿上"))
    assert "矿上的人" not in _words(desk.get("/studio/audiences/?whose=own"))
    copy = desk.post(f"/studio/audiences/{row.pk}/copy/", follow=True)
    assert "矿上的人 · 副本" in _words(copy)
    desk.post(f"/studio/audiences/{row.pk}/put-away/")
    assert f"/{row.pk}/copy/" not in _words(desk.get("/studio/audiences/"))
    assert f"/{row.pk}/bring-back/" in _words(desk.get("/studio/audiences/?whose=away"))
    desk.post(f"/studio/audiences/{row.pk}/bring-back/")
    assert f"/{row.pk}/copy/" in _words(desk.get("/studio/audiences/"))


def test_a_rule_goes_out_and_comes_in_as_json(desk, company, editor):
    row = make_audience(editor, _in(company["mine"], all=[{"years": {"from": 5}}]))
    text = desk.get(f"/studio/audiences/{row.pk}/audience.json").content.decode()
    assert json.loads(text) == row.rule
    answer = desk.post("/studio/audiences/json/", {"json": text})
    query = parse_qs(urlparse(answer.url).query)
    assert unpack(query["r"][0]) == {"all": [], **row.rule}
    fault = desk.post("/studio/audiences/json/", {"json": '{"any": [{"unit": 1}, {"status": ["gone"]}]}'})
    assert fault.status_code == 422
    assert "any 2: 没有人员状态“gone”" in _words(fault)
    assert "第 2 行" in _words(desk.post("/studio/audiences/json/", {"json": '{"any":\n [,]}'}))
    foreign = pack({"any": [{"unit": 10**9}]})
    assert "不存在或不属于您" in _words(desk.get("/studio/audiences/new/", {"r": foreign}))


def test_numbers_are_pasted_and_reported(desk, company, editor):
    people = [make_person(unit=company["mine"], number=f"QM{number:06d}") for number in (1, 2)]
    answer = desk.post(
        "/studio/audiences/lists/", {"name": "参训", "numbers": "QM000001 QM000002 QM999999"}, follow=True
    )
    assert "QM999999" in _words(answer)
    with every_space(Reason.TEST):
        row = PersonList.objects.get()
    assert row.people == [person.pk for person in people]
    assert "请给" not in _words(answer)
    page = desk.get("/studio/audiences/new/", {"kind": "list", "list": row.pk, "to": "any"})
    assert "在名单“参训”里的人" in _words(page)
    assert page.context["counted"].people == 2
    again = desk.post("/studio/audiences/lists/", {"name": "参训", "numbers": "QM000001"})
    assert again.status_code == 422
    assert "QM000001" in _words(again)
    desk.post(f"/studio/audiences/lists/{row.pk}/put-away/")
    assert "参训" not in _words(desk.get("/studio/audiences/lists/", follow=True)).replace("“参训”", "")


def test_another_sub_platform_sees_and_changes_nothing(company, editor):
    row = make_audience(editor, _in(company["mine"]), name="矿上的人")
    listed = make_person_list(editor, make_person(unit=company["mine"]).staff_number, name="参训")
    client = Client()
    sign_in(client, make_editor(make_space("华东")))
    for path in (f"{row.pk}/", f"{row.pk}/audience.json", f"lists/{listed.pk}/", "new/?space=1", "lists/?space=1"):
        assert client.get(f"/studio/audiences/{path}").status_code == 404
    for act in ("copy", "put-away", "bring-back", "take-back"):
        assert client.post(f"/studio/audiences/{row.pk}/{act}/").status_code == 404
    assert client.post(f"/studio/audiences/lists/{listed.pk}/put-away/").status_code == 404
    assert client.post("/studio/audiences/new/save/", {"space": 1, "r": pack(row.rule), "name": "x"}).status_code == 404
    assert "矿上的人" not in _words(client.get("/studio/audiences/"))
    with every_space(Reason.TEST):
        before = Audience.objects.count()
    named = pack({"any": [{"list": listed.pk}, {"unit": company["mine"].pk}]})
    page = client.get("/studio/audiences/new/", {"r": named})
    assert "不存在或不属于您" in _words(page)
    assert "参训" not in _words(page)
    assert "晋中" not in _words(page)
    with every_space(Reason.TEST):
        assert Audience.objects.count() == before


def test_an_address_that_was_changed_by_hand_is_refused():
    for text in ("x", "eJw", pack({"any": []})[:-3] + "!!", pack({"any": 5, "all": [], "none": []})):
        with pytest.raises(BadRequest):
            unpack(text)
    bomb = pack({"any": [{"post": ["x" * 300_000]}]})
    with pytest.raises(BadRequest):
        unpack(bomb)


def test_the_builder_asks_no_more_for_a_longer_rule(desk, company, django_assert_max_num_queries):
    with every_space(Reason.TEST):
        units = [make_unit(f"班组{number}", company["mine"]) for number in range(12)]
    with django_assert_max_num_queries(18):
        desk.get("/studio/audiences/new/", {"r": pack({"any": [{"unit": unit.pk} for unit in units]})})
    with django_assert_max_num_queries(18):
        desk.get("/studio/audiences/new/", {"r": pack({"any": [{"unit": units[0].pk}]})})
