"""Saved audiences: made, changed, taken back, put away, copied; whose they are; what a leaver leaves."""

import pytest

from fenjin.audiences.models import Audience
from fenjin.audiences.personal import collect, erase, fates
from fenjin.audiences.rules import RuleRefusal
from fenjin.audiences.selectors import UnknownLists, UnknownUnits, audience_choices, audience_for_sending
from fenjin.audiences.selectors.leaving import list_left_behind
from fenjin.audiences.selectors.saved import get_audience, list_audiences
from fenjin.audiences.services import (
    ChangedMeanwhile,
    ListInUse,
    NameMissing,
    NameTaken,
    NoNumbers,
    NothingToTakeBack,
    change_audience,
    copy_audience,
    make_list,
    pass_on_audiences,
    put_away,
    put_list_away,
    save_audience,
    take_back,
)
from fenjin.audiences.testing import make_audience, make_person_list
from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Numbering, Person
from fenjin.people.register import Subject
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.access import Membership
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _whole():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def unit():
    return make_unit("集团")


@pytest.fixture
def editor(unit):
    return make_editor(1)


def _in(unit):
    return {"any": [{"unit": unit.pk}]}


def test_an_audience_is_saved_once_under_its_name_with_one_row_in_the_log(editor, unit):
    row = save_audience(actor=editor, space_id=1, name="  全体  员工 ", rule=_in(unit), keeping="living")
    assert (row.name, row.rule, row.keeping, row.shared) == ("全体 员工", {**_in(unit), "none": []}, "living", True)
    events = AuditEvent.objects.filter(act__startswith="audiences.")
    assert [(event.act, event.target_id, event.actor_id) for event in events] == [("audiences.add", row.pk, editor.pk)]
    with pytest.raises(NameTaken):
        save_audience(actor=editor, space_id=1, name="全体 员工", rule=_in(unit))
    assert save_audience(actor=editor, space_id=1, name="全体 员工", rule=_in(unit), shared=False)
    with pytest.raises(NameMissing):
        save_audience(actor=editor, space_id=1, name=" ", rule=_in(unit))
    with pytest.raises(RuleRefusal):
        save_audience(actor=editor, space_id=1, name="空", rule={"any": []})


def test_a_change_is_taken_back_and_the_one_who_comes_late_is_told(editor, unit):
    row = make_audience(editor, _in(unit), name="一班")
    other = make_unit("二班", unit)
    values = {"name": "二班", "rule": _in(other), "keeping": "living", "shared": True}
    change_audience(actor=editor, audience_id=row.pk, seen=1, **values)
    with pytest.raises(ChangedMeanwhile):
        change_audience(actor=editor, audience_id=row.pk, seen=1, **values)
    back = take_back(actor=editor, audience_id=row.pk)
    assert (back.name, back.rule["any"], back.keeping, back.revision) == ("一班", [{"unit": unit.pk}], "frozen", 3)
    assert take_back(actor=editor, audience_id=row.pk).name == "二班"
    with pytest.raises(NothingToTakeBack):
        take_back(actor=editor, audience_id=make_audience(editor, _in(unit)).pk)


def test_what_is_put_away_is_in_no_list_and_comes_back(editor, unit):
    row = make_audience(editor, _in(unit), name="一班")
    put_away(actor=editor, audience_id=row.pk)
    put_away(actor=editor, audience_id=row.pk)
    assert audience_choices(editor, 1) == []
    assert [found.name for found in list_audiences(editor, away=True)] == ["一班"]
    with pytest.raises(NotFound):
        audience_for_sending(editor, 1, row.pk)
    make_audience(editor, _in(unit), name="一班")
    with pytest.raises(NameTaken):
        put_away(actor=editor, audience_id=row.pk, away=False)
    assert AuditEvent.objects.filter(act="audiences.put_away").count() == 1


def test_a_private_audience_is_its_owners_and_a_shared_one_everybodys_who_sends_there(editor, unit):
    other, stranger = make_editor(1), make_editor(make_space("别处"))
    own = make_audience(editor, _in(unit), shared=False, name="私有")
    shared = make_audience(editor, _in(unit), name="共用")
    assert audience_choices(other, 1) == [(shared.pk, "共用")]
    assert audience_for_sending(other, 1, shared.pk).rule == shared.rule
    for account, row in ((other, own), (stranger, shared), (stranger, own)):
        for act in (
            lambda account=account, row=row: get_audience(account, row.pk),
            lambda account=account, row=row: put_away(actor=account, audience_id=row.pk),
            lambda account=account, row=row: copy_audience(actor=account, audience_id=row.pk),
            lambda account=account, row=row: take_back(actor=account, audience_id=row.pk),
        ):
            with pytest.raises(NotFound):
                act()
    values = {"name": "共用", "rule": _in(unit), "keeping": "frozen", "shared": False}
    with pytest.raises(NotFound):  # sharing is the owner's to change
        change_audience(actor=other, audience_id=shared.pk, seen=1, **values)
    author = make_person(unit=unit)
    give_role(author, "author")
    nobody = type("Account", (), {"pk": 1, "membership": Membership(1, author.pk)})
    with pytest.raises(NotFound):
        save_audience(actor=nobody, space_id=1, name="x", rule=_in(unit))


def test_copies_are_the_copiers_own_and_never_share_a_name(editor, unit):
    other = make_editor(1)
    row = make_audience(editor, _in(unit), name="一班")
    copies = [copy_audience(actor=other, audience_id=row.pk) for _turn in range(2)]
    assert {copy.owner_id for copy in copies} == {other.pk}
    assert [copy.shared for copy in copies] == [False, False]
    assert len({copy.name for copy in copies}) == 2


def test_a_rule_that_reaches_across_is_not_saved(editor, unit):
    space = make_space("华东")
    inner = make_editor(space)
    inside = make_unit("车间", space.root_unit)
    foreign = make_person_list(editor, make_person(unit=unit).staff_number)
    assert save_audience(actor=inner, space_id=space.pk, name="车间", rule=_in(inside))
    with pytest.raises(UnknownUnits):
        save_audience(actor=inner, space_id=space.pk, name="外", rule=_in(unit))
    with pytest.raises(UnknownLists):
        save_audience(actor=inner, space_id=space.pk, name="外", rule={"any": [{"list": foreign.pk}]})


def test_a_list_says_of_every_number_what_became_of_it(editor, unit):
    space = make_space("华东")
    inner = make_editor(space)
    here = make_person(unit=space.root_unit, number="QM000123")
    padded = make_person(unit=space.root_unit, number="00045")
    Numbering.objects.filter(pk=1).update(width=5)
    make_person(unit=unit, number="QM000777")  # the group's, not this space's
    second = Numbering.objects.create(name="旧编号")
    for numbering in (Numbering.objects.get(pk=1), second):
        twin = make_person(unit=space.root_unit, number=f"D-88-{numbering.pk}")
        Person.objects.filter(pk=twin.pk).update(numbering=numbering, staff_number="D88")
    row = make_list(
        actor=inner,
        space_id=space.pk,
        name="参训名单",
        text="工号\nqm000123，QM000123\n'45\nQM000777 D88\nQM999999 110101199003074514 王芳",
    )
    assert row.people == sorted([here.pk, padded.pk])
    assert row.unmatched == {"missing": ["QM999999", "••••4514"], "twice": ["D88"], "outside": ["QM000777"]}
    assert row.counts["numbers"] == 7
    assert (row.counts["people"], row.counts["missing"], row.counts["repeated"]) == (2, 2, 0)
    assert row.counts["words"] == 2  # the heading and a name, which is kept nowhere
    assert "王芳" not in str((row.unmatched, row.counts))
    with pytest.raises(NoNumbers):
        make_list(actor=inner, space_id=space.pk, name="空", text="工号 姓名")


def test_in_a_table_the_column_of_known_numbers_is_taken(editor, unit):
    people = [make_person(unit=unit, number=f"QM{number:06d}") for number in range(1, 4)]
    rows = "\n".join(f"{place},2026-11-0{place},{person.staff_number}" for place, person in enumerate(people, 1))
    row = make_list(
        actor=editor, space_id=1, name="表", content=f"序号,日期,工号\n{rows}\n4,2026-11-04,\n".encode("gb18030")
    )
    assert row.people == sorted(person.pk for person in people)
    assert row.counts["missing"] == 0
    assert row.counts["words"] == 1  # the heading; an empty cell is no word


def test_a_list_in_use_stays_and_one_put_away_forgets_its_people(editor, unit):
    person = make_person(unit=unit)
    row = make_person_list(editor, person.staff_number)
    audience = make_audience(editor, {"any": [{"list": row.pk}]})
    with pytest.raises(ListInUse):
        put_list_away(actor=editor, list_id=row.pk)
    put_away(actor=editor, audience_id=audience.pk)
    assert put_list_away(actor=editor, list_id=row.pk).people == []
    with pytest.raises(NotFound):
        put_list_away(actor=editor, list_id=row.pk)


def test_what_is_kept_about_a_person_is_shown_and_the_person_goes_from_lists(editor, unit):
    person = make_person(unit=unit)
    row = make_person_list(editor, f"{person.staff_number} {make_person(unit=unit).staff_number}", name="参训名单")
    subject = Subject(person.pk)
    assert [sheet.rows[0][0] for sheet in collect(subject) if sheet.rows] == ["参训名单"]
    assert [fate.goes for fate in fates(subject)] == [True]
    assert erase(subject) == {"person-lists": 1}
    row.refresh_from_db()
    assert person.pk not in row.people
    assert len(row.people) == 1
    assert erase(subject) == {}
    mine = Subject(editor.person_id, editor.pk)
    make_audience(editor, _in(unit), name="一班")
    assert [row[0] for row in collect(mine)[1].rows] == ["一班", "参训名单"]
    assert [fate.goes for fate in fates(mine)] == [False]


def test_a_leavers_private_audiences_get_a_new_owner(editor, unit):
    make_audience(editor, _in(unit), name="私有", shared=False)
    make_audience(editor, _in(unit), name="共用")
    assert list_left_behind(None) == []
    Person.objects.filter(pk=editor.person_id).update(status="left")
    [left] = list_left_behind(frozenset({1}))
    assert (left.person_id, left.titles) == (editor.person_id, ("私有",))
    heir = with_rights(make_editor(1))
    assert pass_on_audiences(person_id=editor.person_id, space_id=1, to=heir, actor=heir) == 1
    assert Audience.objects.get(name="私有").owner_id == heir.pk
    assert list_left_behind(None) == []
