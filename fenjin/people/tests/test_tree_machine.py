"""Random lives of a tree, each step compared with a tree so plain that it cannot be wrong."""

from datetime import date
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, Unit, UnitEvent
from fenjin.people.selectors.tree import count_people, list_ancestors, list_subtree
from fenjin.people.services import positions, tree
from fenjin.people.services.tree import NewUnit, TreeRefusal
from fenjin.people.testing import make_person, make_post, make_unit

GROUP = 1
picks = st.integers(min_value=0, max_value=10_000)
names = st.sampled_from("甲乙丙丁戊己庚辛壬癸子丑")


class PlainTree:
    """What the tree should be: parents, names, who is closed, which units are roots of spaces."""

    def __init__(self):
        self.parent, self.name, self.closed, self.root_of, self.posts = {}, {}, set(), {}, []

    def path(self, unit):
        return [*(self.path(self.parent[unit]) if self.parent[unit] else []), unit]

    def subtree(self, unit):
        return {other for other in self.parent if unit in self.path(other)}

    def space(self, unit):
        return next((self.root_of[above] for above in reversed(self.path(unit)) if above in self.root_of), GROUP)

    def people(self, unit):
        below = self.subtree(unit)
        return len({person for person, where, current in self.posts if current and where in below})

    def taken(self, parent, name):
        return any(
            self.parent[other] == parent and self.name[other] == name and other not in self.closed
            for other in self.parent
        )

    def open(self):
        return [unit for unit in self.parent if unit not in self.closed]


class TreeMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.scope = every_space(Reason.TEST)
        self.scope.__enter__()
        self.plain = PlainTree()
        self.relaid = 0

    def teardown(self):
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)
        event(f"laid out anew: {min(self.relaid, 3)}")

    @initialize()
    def group(self):
        self.top = self._remember(make_unit("集团"), None)
        spaces = apps.get_model("spaces", "Space")
        self.spaces = [spaces.objects.create(name=f"子平台{number}").pk for number in range(2)]

    def _remember(self, unit, parent):
        self.plain.parent[unit.pk], self.plain.name[unit.pk] = parent, unit.name
        return unit.pk

    def _pick(self, number):
        units = self.plain.open()
        return units[number % len(units)]

    @rule(number=picks, name=names)
    def add(self, number, name):
        parent = self._pick(number)
        if self.plain.taken(parent, name):
            with pytest.raises(tree.NameTaken):
                tree.add_unit(actor=None, name=name, parent_id=parent)
        else:
            self._remember(tree.add_unit(actor=None, name=name, parent_id=parent), parent)
        self.check()

    @rule(numbers=st.lists(picks, min_size=1, max_size=6))
    def add_many(self, numbers):
        news, parents = [], []
        for index, number in enumerate(numbers):
            name = f"新{len(self.plain.parent)}{index}"
            under = number % (index + 1) - 1
            news.append(NewUnit(name, under=under) if under >= 0 else NewUnit(name, self._pick(number)))
        ids = tree.add_units(actor=None, units=news)
        for new, unit in zip(news, ids, strict=True):
            parents.append(ids[new.under] if new.under is not None else new.parent_id)
            self.plain.parent[unit], self.plain.name[unit] = parents[-1], new.name
        self.check()

    @rule(number=picks, to=picks)
    def move(self, number, to):
        unit, parent = self._pick(number), self._pick(to)
        plain, before = self.plain, self._rows()
        allowed = plain.parent[unit] is not None and unit not in plain.path(parent)
        same = plain.parent[unit] == parent
        inner = {plain.space(below) for below in plain.subtree(unit)}
        nests = plain.space(parent) != GROUP and inner - {plain.space(plain.parent[unit]) if allowed else 0}
        if not allowed or (not same and (nests or plain.taken(parent, plain.name[unit]))):
            with pytest.raises(TreeRefusal):
                tree.move_unit(actor=None, unit_id=unit, parent_id=parent)
            return
        relaid = self.relaid
        tree.move_unit(actor=None, unit_id=unit, parent_id=parent)
        plain.parent[unit] = parent
        if self.relaid == relaid:  # nothing outside the moved part was written
            after, moved = self._rows(), plain.subtree(unit)
            assert {row for row in before if row[0] not in moved} == {row for row in after if row[0] not in moved}
        self.check()

    @rule(number=picks, name=names)
    def rename(self, number, name):
        unit = self._pick(number)
        if self.plain.name[unit] != name and self.plain.taken(self.plain.parent[unit], name):
            with pytest.raises(tree.NameTaken):
                tree.rename_unit(actor=None, unit_id=unit, name=name)
        else:
            tree.rename_unit(actor=None, unit_id=unit, name=name)
            self.plain.name[unit] = name
        self.check()

    @rule(number=picks)
    def close(self, number):
        unit, plain = self._pick(number), self.plain
        used = any(plain.parent[other] == unit for other in plain.open())
        used = used or any(where == unit and current for _person, where, current in plain.posts)
        if used or unit in plain.root_of:
            with pytest.raises(tree.UnitInUse):
                tree.close_unit(actor=None, unit_id=unit)
        elif unit != self.top:
            tree.close_unit(actor=None, unit_id=unit)
            plain.closed.add(unit)
        self.check()

    @rule(number=picks, which=st.integers(0, 1))
    def give_to_space(self, number, which):
        unit, plain = self._pick(number), self.plain
        space = self.spaces[which]
        if space in plain.root_of.values():  # one space, one root: spaces sees to that
            unit = next(root for root, given in plain.root_of.items() if given == space)
            tree.set_space_root(actor=None, unit_id=unit, space_id=GROUP)
            del plain.root_of[unit]
        elif unit == self.top or {plain.space(below) for below in plain.subtree(unit)} != {self._own(unit)}:
            with pytest.raises(TreeRefusal):
                tree.set_space_root(actor=None, unit_id=unit, space_id=space)
        else:
            tree.set_space_root(actor=None, unit_id=unit, space_id=space)
            plain.root_of[unit] = space
        self.check()

    def _own(self, unit):
        """The space a unit may be given away from: the group, or the one whose root it is itself."""
        return self.plain.root_of.get(unit, GROUP)

    @rule(number=picks)
    def employ(self, number):
        unit = self._pick(number)
        person = make_person(unit=Unit.objects.get(pk=unit))
        self.plain.posts.append((person.pk, unit, True))
        self.check()

    @precondition(lambda self: self.plain.posts)
    @rule(number=picks, to=picks)
    def second_post(self, number, to):
        person, _unit, _current = self.plain.posts[number % len(self.plain.posts)]
        unit = self._pick(to)
        if not Post.objects.filter(person=person, unit=unit, ended_on=None).exists():
            make_post(Person.objects.get(pk=person), Unit.objects.get(pk=unit), main=False)
            self.plain.posts.append((person, unit, True))
        self.check()

    @precondition(lambda self: self.plain.posts)
    @rule(number=picks)
    def end_post(self, number):
        index = number % len(self.plain.posts)
        person, unit, current = self.plain.posts[index]
        if current:
            Post.objects.filter(person=person, unit=unit, ended_on=None).update(ended_on=date(2026, 11, 1))
            self.plain.posts[index] = (person, unit, False)
        self.check()

    def _rows(self):
        return {
            (row[0], tuple(row[1]), *row[2:]) for row in Unit.objects.values_list("pk", "path", "lft", "rgt", "space")
        }

    def check(self):
        """Compare everything with the plain tree, and the queries for one unit of every depth."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        plain = self.plain
        units = {unit.pk: unit for unit in Unit.objects.all()}
        assert units.keys() == plain.parent.keys()
        for pk, unit in units.items():
            path = plain.path(pk)
            assert (unit.path, unit.depth, unit.parent_id, unit.name) == (
                path,
                len(path) - 1,
                plain.parent[pk],
                plain.name[pk],
            )
            assert unit.space_id == plain.space(pk)
            if unit.parent_id:
                assert units[unit.parent_id].lft < unit.lft < unit.rgt < units[unit.parent_id].rgt
        line = sorted(units.values(), key=lambda unit: unit.lft)
        for left, right in pairwise(line):  # neighbours nest or lie apart
            assert (left.rgt > right.rgt) == (left.pk in right.path)
            assert left.rgt > right.rgt or left.rgt < right.lft
        for post in Post.objects.select_related("unit"):
            assert (post.pos, post.space_id) == (post.unit.lft, post.unit.space_id)
        for pk in {min(units), max(units), line[len(line) // 2].pk}:
            assert {unit.pk for unit in list_subtree(pk)} == plain.subtree(pk) - plain.closed
            assert [unit.pk for unit in list_ancestors(pk)] == plain.path(pk)
            assert count_people(pk) == plain.people(pk)
        assert UnitEvent.objects.filter(kind="closed").count() == len(plain.closed)


@pytest.mark.django_db
def test_tree_machine(monkeypatch):
    """A short line and greedy newcomers, so that room runs out all the time."""
    monkeypatch.setattr(positions, "LINE", (0, 2**16))
    monkeypatch.setattr(positions, "SPARE", 1)
    lay_out = positions._make_room
    machines = []

    def counted(*args):
        machines[-1].relaid += 1
        return lay_out(*args)

    class Counted(TreeMachine):
        def __init__(self):
            super().__init__()
            machines.append(self)

    monkeypatch.setattr(positions, "_make_room", counted)
    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=max(12, settings().max_examples // 10),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert sum(machine.relaid for machine in machines) > 3  # else this test does not see the hard case
