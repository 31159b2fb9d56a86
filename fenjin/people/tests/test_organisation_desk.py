"""The organisation desk: the tree, a unit on a day, and changes by hand with a second press."""

import io
from datetime import date

import pytest
from django.apps import apps
from python_calamine import CalamineWorkbook

from fenjin.audit.models import AuditEvent
from fenjin.people.models import Person, Post, Unit
from fenjin.people.services import persons, tree
from fenjin.people.services.changing import dated
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in

MARCH = date(2026, 3, 1)


@pytest.fixture
def group(world):
    group = make_unit("启航集团")
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office = make_unit("财务处", first)
    person = make_person("张伟", unit=office, number="00001234", title="=会计")
    tree.rename_unit(actor=None, unit_id=office.pk, name="财务部", on=date(2026, 4, 1))
    tree.move_unit(actor=None, unit_id=office.pk, parent_id=second.pk, on=date(2026, 5, 1))
    return {"group": group, "first": first, "second": second, "office": office, "person": person}


@pytest.fixture
def admin(client, group):
    account = make_administrator("system")
    sign_in(client, account)
    return account


def press(client, url, **fields):
    """Fill the form in, see what it means, press yes."""
    asked = client.post(url, fields)
    assert asked.status_code == 200, asked.content.decode()[-3000:]
    kept = asked.context["kept"]
    return asked.context["words"], client.post(url, {**kept, "sure": "1"})


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("system", 200, 200), ("security", 200, 404), ("audit", 404, 404), ("employee", 404, 404)],
)
def test_who_may_look_and_who_may_change(client, group, who, sees, changes):
    sign_in(client, make_account() if who == "employee" else make_administrator(who))
    office = group["office"].pk
    for url in ("/studio/organisation/", f"/studio/organisation/{office}/", f"/studio/organisation/{office}/below/"):
        assert client.get(url).status_code == sees, url
    for url in (
        f"/studio/organisation/{office}/change/rename/",
        f"/studio/people/{group['person'].pk}/change/leave/",
        "/studio/people/new/",
    ):
        assert client.get(url).status_code == changes, url


def test_staff_of_a_space_see_their_branch_and_no_other(client, group):
    space = apps.get_model("spaces", "Space").objects.create(name="甲")
    tree.set_space_root(actor=None, unit_id=group["first"].pk, space_id=space.pk)
    editor = make_person("李编辑", unit=group["first"])
    apps.get_model("spaces", "RoleGrant")._base_manager.create(
        space=space, person=editor, role="editor", given_at="2026-01-01T00:00Z"
    )
    sign_in(client, make_account(editor))
    page = client.get("/studio/organisation/").content.decode()
    assert "甲公司" in page
    assert "乙公司" not in page
    assert client.get(f"/studio/organisation/{group['second'].pk}/").status_code == 404
    assert client.get(f"/studio/organisation/{group['first'].pk}/").status_code == 200
    assert client.post(f"/studio/organisation/{group['first'].pk}/export/csv/").status_code == 404


def test_the_tree_opens_by_itself_and_down_to_a_unit(client, admin, group):
    tree_of = client.get("/studio/organisation/").context["tree"]
    [(top, below)] = tree_of
    assert (top.name, top.direct, top.total) == ("启航集团", 0, 1)
    assert [(row.name, row.direct, row.total) for row, _more in below] == [("甲公司", 0, 0), ("乙公司", 0, 1)]
    page = client.get("/studio/organisation/", {"open": group["office"].pk}).content.decode()
    assert "财务部" in page
    then = client.get("/studio/organisation/", {"on": "2026-03-01", "open": group["office"].pk}).content.decode()
    assert "财务处" in then
    assert "财务部" not in then


@pytest.mark.parametrize("text", ["财务部", "乙公司/财务", "财务处", "启航／财务"])
def test_units_are_found_by_name_path_and_older_name(client, admin, group, text):
    found = client.get("/studio/organisation/", {"q": text}).context["found"]
    assert [hit.id for hit in found] == [group["office"].pk]
    assert found[0].path == "启航集团 / 乙公司 / 财务部"


def test_closed_units_are_found(client, admin, group):
    tree.close_unit(actor=None, unit_id=group["first"].pk, on=date(2026, 6, 1))
    found = client.get("/studio/organisation/", {"q": "甲公司"}).context["found"]
    assert found[0].closed_on == date(2026, 6, 1)
    assert "2026-06-01" in client.get(f"/studio/organisation/{group['first'].pk}/").content.decode()


def test_a_unit_on_a_day_and_its_file(client, admin, group):
    first = group["first"].pk
    now = client.get(f"/studio/organisation/{first}/")
    assert now.context["people"] == []
    then = client.get(f"/studio/organisation/{first}/", {"on": "2026-03-01"})
    assert [(member.name, member.unit_name) for member, _status in then.context["people"]] == [("张伟", "财务处")]
    assert [crumb.label for crumb in then.context["crumbs"].path] == ["启航集团", "甲公司"]
    assert then.context["may_change"] is False
    csv = client.post(f"/studio/organisation/{first}/export/csv/", {"on": "2026-03-01", "below": "1"})
    assert "00001234,张伟,财务处,'=会计" in csv.content.decode("utf-8-sig")
    xlsx = client.post(f"/studio/organisation/{first}/export/xlsx/", {"on": "2026-03-01", "below": "1"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.content)).get_sheet_by_index(0).to_python()
    assert rows[3][:4] == ["00001234", "张伟", "财务处", "=会计"]
    assert AuditEvent.objects.filter(act="people.unit_export").count() == 2


def test_each_change_of_a_unit_asks_once_more(client, admin, group):
    office, first = group["office"], group["first"]
    url = f"/studio/organisation/{office.pk}/change"
    words, done = press(client, f"{url}/rename/", name="财务共享中心", name_en="", on="2026-06-01")
    assert "财务部" in words
    assert done.status_code == 302
    words, done = press(client, f"{url}/move/", to="甲公司", on="")
    assert "1" in words
    assert done.status_code == 302
    press(client, f"{url}/zone/", zone="Asia/Urumqi", on="")
    press(client, f"{url}/open/", name="结算组", on="")
    office.refresh_from_db()
    assert (office.name, office.parent_id, office.zone) == ("财务共享中心", first.pk, "Asia/Urumqi")
    team = Unit.objects.get(name="结算组")
    press(client, f"/studio/organisation/{team.pk}/change/close/", on="")
    team.refresh_from_db()
    assert team.closed_on is not None
    acts = set(AuditEvent.objects.filter(actor_id=admin.pk).values_list("act", flat=True))
    kinds = ("renamed", "moved", "zone", "closed")
    assert {f"people.unit_{kind}" for kind in kinds} | {"people.unit_add"} <= acts


def test_the_last_change_is_taken_back_from_the_page(client, admin, group):
    office = group["office"]
    line = next(line for line in client.get(f"/studio/organisation/{office.pk}/").context["life"] if line.undo)
    client.post(f"/studio/organisation/{office.pk}/undo/{line.event_id}/")
    office.refresh_from_db()
    assert office.parent_id == group["first"].pk


def test_a_refusal_comes_back_with_its_sentence(client, admin, group):
    url = f"/studio/organisation/{group['second'].pk}/change/close/"
    refused = client.post(url, {"on": "", "sure": "1"})
    assert refused.status_code == 409
    assert refused.context["form"].non_field_errors()
    unknown = client.post(f"/studio/organisation/{group['office'].pk}/change/move/", {"to": "没有这个单位"})
    assert unknown.status_code == 422
    make_unit("财务处", group["group"])
    make_unit("财务处", group["second"])
    several = client.post(f"/studio/organisation/{group['office'].pk}/change/move/", {"to": "财务处"})
    assert len(several.context["form"].candidates) == 2


def test_a_person_by_hand_from_coming_to_coming_back(client, admin, group):
    _words, done = press(client, "/studio/people/new/", number="88", name="王芳", to="甲公司", status="on_duty", on="")
    person = Person.objects.get(name="王芳")
    assert done.url == f"/studio/people/{person.pk}/"
    url = f"/studio/people/{person.pk}/change"
    press(client, f"{url}/name/", name="王芳芳")
    press(client, f"{url}/number/", number="89")
    press(client, f"{url}/status/", status="early_retired", on="")
    press(client, f"{url}/zone/", zone="Asia/Urumqi")
    press(client, f"{url}/post/", to="乙公司", title="兼职", on="")
    second = Post.objects.get(person=person, main=False)
    press(client, f"/studio/people/{person.pk}/posts/{second.pk}/retitle/", title="顾问", on="")
    press(client, f"/studio/people/{person.pk}/posts/{second.pk}/main/", on="")
    press(client, f"{url}/transfer/", to="财务部", title="会计", on="")
    person.refresh_from_db()
    assert (person.name, person.staff_number, person.status, person.zone) == (
        "王芳芳",
        "89",
        "early_retired",
        "Asia/Urumqi",
    )
    assert set(Post.objects.filter(person=person, ended_on=None).values_list("unit__name", "main")) == {
        ("财务部", True),
        ("甲公司", False),
    }
    press(client, f"{url}/leave/", on="")
    assert not Post.objects.filter(person=person, ended_on=None).exists()
    press(client, f"{url}/return/", to="甲公司", on="")
    person.refresh_from_db()
    assert person.status == "on_duty"
    page = client.get(f"/studio/people/{person.pk}/").content.decode()
    assert "王芳芳" in page


def test_leaving_ahead_happens_on_its_day(world, group, later):
    person = group["person"]
    account = make_account(person)
    day = date.fromordinal(dated(None).toordinal() + 3)
    persons.leave(actor=None, person_id=person.pk, on=day)
    assert persons.finish_leavings() == 0
    assert Post.objects.filter(person=person, ended_on=None).exists()
    later(days=3)
    assert persons.finish_leavings() == 1
    assert persons.finish_leavings() == 0
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.status, person.left_on, account.has_usable_password()) == ("left", day, False)
    assert Post.objects.get(person=person).ended_on == day


@pytest.mark.parametrize("number", ["110101199003070038", "", "00001234"])
def test_a_number_that_is_none_or_taken_is_refused(client, admin, group, number):
    fields = {"number": number, "name": "赵敏", "to": "甲公司", "status": "on_duty", "on": "", "sure": "1"}
    assert client.post("/studio/people/new/", fields).status_code == 422
    assert not Person.objects.filter(name="赵敏").exists()
