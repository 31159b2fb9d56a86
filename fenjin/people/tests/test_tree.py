"""Each change of the tree once, by hand; test_tree_machine.py does thousands at random."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Post, PostEvent, Unit, UnitEvent
from fenjin.people.selectors.tree import count_people, count_people_below, list_ancestors, list_children, list_subtree
from fenjin.people.services import positions, tree
from fenjin.people.services.tree import NewUnit
from fenjin.people.testing import make_person, make_post, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def make_space(name):
    """Spaces stand above people: reached by name, never imported here."""
    return apps.get_model("spaces", "Space").objects.create(name=name)


@pytest.fixture(autouse=True)
def _whole_scope():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def group():
    return make_unit("远航集团")


def _names(units):
    return [unit.name for unit in units]


def test_add_units_in_bulk_keeps_order_and_nesting(group):
    ids = tree.add_units(
        actor=None,
        units=[
            NewUnit("甲公司", group.pk),
            NewUnit(" 财务　部", under=0),
            NewUnit("一班", under=1),
            NewUnit("乙公司", group.pk),
        ],
        on=DAY,
    )
    assert _names(list_subtree(group.pk)) == ["远航集团", "甲公司", "财务部", "一班", "乙公司"]
    assert _names(list_ancestors(ids[2])) == ["远航集团", "甲公司", "财务部", "一班"]
    assert _names(list_children(group.pk)) == ["甲公司", "乙公司"]
    assert UnitEvent.objects.filter(kind="opened", on=DAY).count() == 4
    assert AuditEvent.objects.filter(act="people.unit_add").count() == 2  # the group, and these four together


def test_add_unit_refuses_a_taken_name_an_unknown_and_a_closed_parent(group):
    company = make_unit("甲公司", group)
    for parent, refusal in ((group.pk, tree.NameTaken), (987654, NotFound)):
        with pytest.raises(refusal):
            tree.add_unit(actor=None, name="甲公司 ", parent_id=parent)
    tree.close_unit(actor=None, unit_id=company.pk)
    with pytest.raises(tree.UnitClosed):
        tree.add_unit(actor=None, name="财务部", parent_id=company.pk)
    again = tree.add_unit(actor=None, name="甲公司", parent_id=group.pk)  # a closed unit's name is free
    assert again.pk != company.pk


def test_move_takes_posts_along_and_leaves_the_rest_alone(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office = make_unit("财务部", first)
    team = make_unit("一班", office)
    person = make_person(unit=team)
    untouched = list(Unit.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values())
    moved = tree.move_unit(actor=None, unit_id=office.pk, parent_id=second.pk, on=DAY)
    team.refresh_from_db()
    assert team.path == [group.pk, second.pk, office.pk, team.pk]
    assert (team.depth, moved.depth) == (3, 2)
    assert Post.objects.get(person=person).pos == team.lft
    assert (count_people(first.pk), count_people(second.pk)) == (0, 1)
    assert list(Unit.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values()) == untouched
    event = UnitEvent.objects.get(unit=office, kind="moved")
    assert (event.on, event.old["parent"], event.new["parent"]) == (DAY, first.pk, second.pk)


def test_move_refuses_what_would_break_the_tree(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office, _same = make_unit("财务部", first), make_unit("财务部", second)
    for unit, parent, refusal in (
        (first, office, tree.IntoItself),
        (first, first, tree.IntoItself),
        (office, second, tree.NameTaken),
        (group, first, tree.RootStays),
    ):
        with pytest.raises(refusal):
            tree.move_unit(actor=None, unit_id=unit.pk, parent_id=parent.pk)


def test_rename_and_close_are_dated(group):
    company = make_unit("甲公司", group)
    tree.rename_unit(actor=None, unit_id=company.pk, name="甲有限责任公司", on=DAY)
    tree.rename_unit(actor=None, unit_id=company.pk, name="甲有限责任公司", on=DAY)  # nothing new, no event
    event = UnitEvent.objects.get(unit=company, kind="renamed")
    assert (event.old["name"], event.new["name"]) == ("甲公司", "甲有限责任公司")
    person = make_person(unit=company)
    for unit in (company, group):
        with pytest.raises(tree.UnitInUse):
            tree.close_unit(actor=None, unit_id=unit.pk)
    Post.objects.filter(person=person).update(ended_on=DAY)
    assert tree.close_unit(actor=None, unit_id=company.pk, on=DAY).closed_on == DAY
    assert list_children(group.pk).count() == 0


def test_head_count_counts_a_person_once(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    person = make_person(unit=first)
    make_post(person, second, main=False)
    make_person(unit=first)
    assert count_people(group.pk) == 2
    assert count_people_below(group.pk) == {first.pk: 2, second.pk: 1}
    for name in ("丙部", "丁部"):  # two posts in one branch, with the main one here or elsewhere
        make_post(person, make_unit(name, second), main=False)
    make_post(person, make_unit("戊部", first), main=False)
    assert count_people_below(group.pk) == {first.pk: 2, second.pk: 1}


def test_space_follows_the_nearest_root_above(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office = make_unit("财务部", first)
    person = make_person(unit=office)
    space = make_space("甲")
    tree.set_space_root(actor=None, unit_id=first.pk, space_id=space.pk, on=DAY)
    below = make_unit("人事部", first)
    assert {unit.space_id for unit in list_subtree(first.pk)} == {space.pk} == {below.space_id}
    assert Post.objects.get(person=person).space_id == space.pk
    assert set(UnitEvent.objects.filter(unit=office).values_list("space_id", flat=True)) == {space.pk}
    tree.move_unit(actor=None, unit_id=office.pk, parent_id=second.pk)
    assert Post.objects.get(person=person).space_id == 1
    assert set(UnitEvent.objects.filter(unit=office).values_list("space_id", flat=True)) == {1}
    tree.move_unit(actor=None, unit_id=office.pk, parent_id=first.pk)
    assert Post.objects.get(person=person).space_id == space.pk
    tree.set_space_root(actor=None, unit_id=first.pk, space_id=1)
    assert {unit.space_id for unit in list_subtree(group.pk)} == {1}


def test_spaces_never_nest(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office = make_unit("财务部", first)
    spaces = [make_space(name) for name in "甲乙"]
    tree.set_space_root(actor=None, unit_id=office.pk, space_id=spaces[0].pk)
    with pytest.raises(tree.SpacesNest):
        tree.set_space_root(actor=None, unit_id=first.pk, space_id=spaces[1].pk)
    tree.set_space_root(actor=None, unit_id=second.pk, space_id=spaces[1].pk)
    with pytest.raises(tree.SpacesNest):
        tree.move_unit(actor=None, unit_id=first.pk, parent_id=second.pk)
    with pytest.raises(tree.SpacesNest):
        tree.set_space_root(actor=None, unit_id=make_unit("工会", second).pk, space_id=spaces[0].pk)
    with pytest.raises(tree.RootStays):
        tree.set_space_root(actor=None, unit_id=group.pk, space_id=spaces[0].pk)


def test_a_role_for_a_unit_keeps_it_in_its_space(group):
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    office = make_unit("财务部", first)
    space = make_space("甲")
    tree.set_space_root(actor=None, unit_id=first.pk, space_id=space.pk)
    apps.get_model("spaces", "RoleGrant")._base_manager.create(
        space=space, person=make_person(unit=office), role="editor", unit=office, given_at=timezone.now()
    )
    with pytest.raises(tree.UnitBound):
        tree.move_unit(actor=None, unit_id=office.pk, parent_id=second.pk)
    office.refresh_from_db()
    assert office.parent_id == first.pk


def test_a_used_up_gap_is_laid_out_anew_and_only_there(group, monkeypatch):
    monkeypatch.setattr(positions, "SPARE", 0)  # each newcomer takes a third of what is left
    first, second = make_unit("甲公司", group), make_unit("乙公司", group)
    person = make_person(unit=make_unit("一班", first))
    before = (second.lft, second.rgt)
    for number in range(80):
        make_unit(f"部门{number}", first)
    _check_tree(group)
    second.refresh_from_db()
    assert (second.lft, second.rgt) == before
    post = Post.objects.select_related("unit").get(person=person)
    assert post.pos == post.unit.lft
    assert count_people(first.pk) == 1


def _check_tree(group):
    units = list(list_subtree(group.pk))
    for unit in units:
        for other in units:
            inside = unit.lft < other.lft and other.rgt < unit.rgt
            apart = other.rgt < unit.lft or unit.rgt < other.lft
            below = unit.pk in other.path and unit.pk != other.pk
            assert inside == below
            assert inside or apart or unit.pk in other.path or other.pk in unit.path


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE people_post SET unit_id = 0",
        "UPDATE people_post SET space_id = 0",
        "UPDATE people_postevent SET post_id = 0",
        "UPDATE people_postevent SET space_id = 0",
        "DELETE FROM people_post",
    ],
)
def test_one_composite_key_holds_unit_post_and_space(wrong):
    group = make_unit("启明集团")
    person = make_person("张伟", unit=group, number="00001234")
    post = Post.objects.get(person=person)
    PostEvent.objects.create(space_id=post.space_id, post=post, kind="begun", on=post.started_on)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
