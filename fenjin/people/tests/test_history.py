"""Months of random changes: history answers every day as a model does that keeps a snapshot of each."""

import copy
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import event, given, settings
from hypothesis import strategies as st

from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, Scope, every_space, use_scope
from fenjin.people.models import Person, Post, Unit, UnitEvent
from fenjin.people.selectors.history import (
    children_on,
    count_members_on,
    iterate_members_on,
    members_on,
    path_on,
    posts_on,
    subtree_on,
    unit_on,
)
from fenjin.people.selectors.tree import count_people
from fenjin.people.services import persons, posts, tree
from fenjin.people.services.units import take_back_unit_event
from fenjin.people.testing import make_person, make_unit

START = date(2026, 1, 1)


class Chronicle:
    """Plain Python: what stands now, and a copy of it for every day that has passed."""

    def __init__(self):
        self.units, self.posts, self.status, self.days = {}, {}, {}, {}

    def close_day(self, day):
        self.days[day] = copy.deepcopy((self.units, self.posts, self.status))

    def path(self, units, unit):
        above = units[unit]["parent"]
        return [*(self.path(units, above) if above else []), unit]


def _subtree(units, top):
    return {unit for unit in units if top in _path(units, unit)}


def _path(units, unit):
    found = [unit]
    while units[found[0]]["parent"]:
        found.insert(0, units[found[0]]["parent"])
    return found


step = st.tuples(
    st.sampled_from(
        [
            "open",
            "rename",
            "move",
            "close",
            "hire",
            "begin",
            "end",
            "retitle",
            "main",
            "transfer",
            "leave",
            "back",
            "status",
            "move",
            "hire",
            "transfer",
        ]
    ),
    st.integers(0, 999),
    st.integers(0, 999),
    st.integers(0, 9),
)


class Story:
    """Plays changes on the platform and on the chronicle; a refusal changes neither."""

    def __init__(self):
        self.plain = Chronicle()
        self.day = START
        top = make_unit("集团", on=START)
        self.top = top.pk
        self.plain.units[top.pk] = {"parent": None, "name": "集团"}
        self.names = 0
        for above in (0, 0, 1, 1, 2, 3):
            self.open(above, 0)
        for unit in (2, 3, 4):
            self.hire(unit, 0)

    def play(self, kind, first, second, gap):
        if gap > 6:  # the day is over
            for _ in range(gap - 6):
                self.plain.close_day(self.day)
                self.day += timedelta(days=1)
        before = copy.deepcopy((self.plain.units, self.plain.posts, self.plain.status))
        try:
            with transaction.atomic():
                getattr(self, kind)(first, second)
        except Refusal:
            self.plain.units, self.plain.posts, self.plain.status = before

    def unit(self, number):
        return sorted(self.plain.units)[number % len(self.plain.units)]

    def person(self, number):
        return sorted(self.plain.status)[number % len(self.plain.status)]

    def post(self, number):
        return sorted(self.plain.posts)[number % len(self.plain.posts)]

    def name(self):
        self.names += 1
        return f"单位{self.names}"

    def open(self, first, second):
        unit = tree.add_unit(actor=None, name=(name := self.name()), parent_id=(above := self.unit(first)), on=self.day)
        self.plain.units[unit.pk] = {"parent": above, "name": name}

    def rename(self, first, second):
        name = self.name()
        tree.rename_unit(actor=None, unit_id=self.unit(first), name=name, on=self.day)
        self.plain.units[self.unit(first)]["name"] = name

    def move(self, first, second):
        tree.move_unit(actor=None, unit_id=self.unit(first), parent_id=self.unit(second), on=self.day)
        self.plain.units[self.unit(first)]["parent"] = self.unit(second)

    def close(self, first, second):
        unit = self.unit(first)
        if unit != self.top:
            tree.close_unit(actor=None, unit_id=unit, on=self.day)
            del self.plain.units[unit]

    def hire(self, first, second):
        unit = self.unit(first)
        person = persons.add_person(
            actor=None, number=f"N{len(self.plain.status):05}", name="张伟", unit_id=unit, title="甲", on=self.day
        )
        self.plain.status[person.pk] = "on_duty"
        self.plain.posts[Post.objects.get(person=person).pk] = {"p": person.pk, "u": unit, "t": "甲", "m": True}

    def begin(self, first, second):
        if self.plain.status:
            person, unit = self.person(first), self.unit(second)
            post = posts.begin_post(
                actor=None, person_id=person, unit_id=unit, title="乙", main=first % 3 == 0, on=self.day
            )
            if post.main:
                self._only_main(person)
            self.plain.posts[post.pk] = {"p": person, "u": unit, "t": "乙", "m": post.main}

    def end(self, first, second):
        if self.plain.posts:
            posts.end_post(actor=None, post_id=self.post(first), on=self.day)
            del self.plain.posts[self.post(first)]

    def retitle(self, first, second):
        if self.plain.posts:
            posts.retitle_post(actor=None, post_id=self.post(first), title=f"岗{second}", on=self.day)
            self.plain.posts[self.post(first)]["t"] = f"岗{second}"

    def main(self, first, second):
        if self.plain.posts:
            post = posts.make_main_post(actor=None, post_id=self.post(first), on=self.day)
            self._only_main(post.person_id)
            self.plain.posts[post.pk]["m"] = True

    def transfer(self, first, second):
        if self.plain.status:
            person, unit = self.person(first), self.unit(second)
            post = posts.transfer_person(actor=None, person_id=person, unit_id=unit, title="丙", on=self.day)
            ended = [pk for pk, held in self.plain.posts.items() if held["p"] == person and held["m"]]
            for pk in ended:
                del self.plain.posts[pk]
            self.plain.posts[post.pk] = {"p": person, "u": unit, "t": post.title, "m": True}

    def leave(self, first, second):
        if self.plain.status:
            person = self.person(first)
            persons.leave(actor=None, person_id=person, on=self.day)
            self.plain.status[person] = "left"
            for pk in [pk for pk, held in self.plain.posts.items() if held["p"] == person]:
                del self.plain.posts[pk]

    def back(self, first, second):
        if self.plain.status:
            person, unit = self.person(first), self.unit(second)
            persons.come_back(actor=None, person_id=person, unit_id=unit, title="丁", on=self.day)
            self.plain.status[person] = "on_duty"
            post = Post.objects.get(person=person, ended_on=None)
            self.plain.posts[post.pk] = {"p": person, "u": unit, "t": "丁", "m": True}

    def status(self, first, second):
        if self.plain.status:
            status = ("on_duty", "seconded", "early_retired")[second % 3]
            persons.change_status(actor=None, person_id=self.person(first), status=status, on=self.day)
            self.plain.status[self.person(first)] = status

    def _only_main(self, person):
        for held in self.plain.posts.values():
            if held["p"] == person:
                held["m"] = False


def check_day(day, snapshot, ever):
    units, held, status = snapshot
    for unit in ever:
        then = unit_on(unit, day)
        assert then.open == (unit in units)
        if then.open:
            path = _path(units, unit)
            assert (then.name, then.parent_id) == (units[unit]["name"], units[unit]["parent"])
            assert [(above.id, above.name) for above in path_on(unit, day)] == [(u, units[u]["name"]) for u in path]
            assert {child.id for child in children_on(unit, day)} == {u for u in units if units[u]["parent"] == unit}
            assert set(subtree_on(unit, day)) == _subtree(units, unit)
    for unit in [min(ever), *sorted(ever)[1::3]]:
        for subtree in (True, False):
            inside = _subtree(units, unit) if subtree and unit in units else {unit}
            found = members_on(unit, day, subtree=subtree)
            assert sorted((m.person_id, m.unit_id, m.title, m.main) for m in found) == sorted(
                (post["p"], post["u"], post["t"], post["m"]) for post in held.values() if post["u"] in inside
            )
            assert all(m.unit_name == units[m.unit_id]["name"] and m.status == status[m.person_id] for m in found)
            assert count_members_on(unit, day, subtree=subtree) == len({m.person_id for m in found})
            assert list(iterate_members_on(unit, day, subtree=subtree)) == found
            assert members_on(unit, day, subtree=subtree, start=1, size=2) == found[1:3]
    for person in status:
        assert [(post.unit_id, post.title, post.main) for post in posts_on(person, day)] == [
            (post["u"], post["t"], post["m"])
            for post in sorted(
                (post | {"k": pk} for pk, post in held.items() if post["p"] == person),
                key=lambda post: (not post["m"], Post.objects.get(pk=post["k"]).started_on, post["k"]),
            )
        ]


def check_now(plain):
    """What stands now: one main post each, and the counts of the tree."""
    for unit in plain.units:
        inside = _subtree(plain.units, unit)
        assert count_people(unit) == len({post["p"] for post in plain.posts.values() if post["u"] in inside})
    for person, status in plain.status.items():
        mains = Post.objects.filter(person=person, ended_on=None, main=True).count()
        assert mains == (0 if status == "left" else 1)
    for post in Post.objects.filter(ended_on=None).select_related("unit"):
        assert (post.pos, post.space_id) == (post.unit.lft, post.unit.space_id)


@pytest.mark.django_db
@settings(max_examples=max(8, settings().max_examples // 20), deadline=None)
@given(steps=st.lists(step, min_size=25, max_size=50))
def test_history_answers_every_day(steps):
    with transaction.atomic(), every_space(Reason.TEST):
        make_person()  # a numbering
        story = Story()
        for move in steps:
            story.play(*move)
        story.plain.close_day(story.day)
        ever = list(Unit.objects.values_list("pk", flat=True))
        event(f"units: {min(len(ever), 8)}")
        event(f"moves: {min(UnitEvent.objects.filter(kind='moved').count(), 4)}")
        for day, snapshot in story.plain.days.items():
            check_day(day, snapshot, ever)
        check_now(story.plain)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


@pytest.fixture
def moved():
    """A department that was called otherwise and lay elsewhere on 1 March, with somebody who has left since."""
    with every_space(Reason.TEST):
        group = make_unit("集团", on=START)
        first, second = make_unit("甲公司", group, on=START), make_unit("乙公司", group, on=START)
        office = make_unit("财务处", first, on=START)
        make_person()
        here = persons.add_person(
            actor=None, number="1", name="张伟", unit_id=office.pk, title="会计", on=date(2026, 1, 5)
        )
        gone = persons.add_person(actor=None, number="2", name="李娜", unit_id=office.pk, on=date(2026, 1, 5))
        tree.rename_unit(actor=None, unit_id=office.pk, name="财务共享中心", on=date(2026, 4, 1))
        tree.move_unit(actor=None, unit_id=office.pk, parent_id=second.pk, on=date(2026, 5, 1))
        posts.retitle_post(actor=None, post_id=Post.objects.get(person=here).pk, title="主管会计", on=date(2026, 6, 1))
        persons.leave(actor=None, person_id=gone.pk, on=date(2026, 7, 1))
        yield {"group": group, "first": first, "second": second, "office": office, "here": here, "gone": gone}


@pytest.mark.django_db
def test_who_was_in_this_unit_on_the_first_of_march(moved):
    march, today = date(2026, 3, 1), date(2026, 11, 1)
    assert [(m.name, m.title, m.unit_name) for m in members_on(moved["first"].pk, march)] == [
        ("李娜", "", "财务处"),
        ("张伟", "会计", "财务处"),
    ]
    assert members_on(moved["second"].pk, march) == []
    assert [u.name for u in path_on(moved["office"].pk, march)] == ["集团", "甲公司", "财务处"]
    assert [u.name for u in path_on(moved["office"].pk, today)] == ["集团", "乙公司", "财务共享中心"]
    assert [m.title for m in members_on(moved["second"].pk, today)] == ["主管会计"]
    assert posts_on(moved["here"].pk, march)[0].path == ("集团", "甲公司", "财务处")
    assert unit_on(moved["office"].pk, date(2025, 12, 31)).open is False
    # Each a single query, but for a person's posts: one more for the path of each.
    for read, most in (
        (lambda: members_on(moved["group"].pk, march, size=50), 1),
        (lambda: path_on(moved["office"].pk, march), 1),
        (lambda: subtree_on(moved["group"].pk, march), 1),
        (lambda: count_members_on(moved["group"].pk, march), 1),
        (lambda: posts_on(moved["here"].pk, march), 2),
    ):
        with CaptureQueriesContext(connection) as asked:
            read()
        assert len(asked) == most


@pytest.mark.django_db
def test_history_is_cut_to_the_people_in_scope(moved):
    elsewhere = Scope(content=frozenset(), people=frozenset({424_242}))
    with use_scope(elsewhere):
        with pytest.raises(NotFound):
            unit_on(moved["office"].pk, date(2026, 3, 1))
        assert members_on(moved["group"].pk, date(2026, 3, 1)) == []
        assert count_members_on(moved["group"].pk, date(2026, 3, 1)) == 0
        assert children_on(moved["group"].pk, date(2026, 3, 1)) == []
        assert posts_on(moved["here"].pk, date(2026, 3, 1)) == []


@pytest.mark.django_db
def test_a_count_of_the_past_stops_at_its_limit(moved):
    assert count_members_on(moved["group"].pk, date(2026, 3, 1), most=1) is None
    assert count_members_on(moved["group"].pk, date(2026, 3, 1), most=2) == 2


@pytest.mark.django_db
def test_taking_back_leaves_no_trace_in_the_past(moved):
    office, march = moved["office"], date(2026, 5, 2)
    event = office.events.order_by("-pk").first()
    take_back_unit_event(actor=None, event_id=event.pk)
    assert [u.name for u in path_on(office.pk, march)] == ["集团", "甲公司", "财务共享中心"]
    with pytest.raises(posts.CannotTakeBack):  # something happened since
        take_back_unit_event(actor=None, event_id=event.pk)


@pytest.mark.django_db
def test_a_change_dated_before_another_is_refused(moved):
    office, first, second = moved["office"], moved["first"], moved["second"]
    for change in (
        lambda: tree.move_unit(actor=None, unit_id=office.pk, parent_id=first.pk, on=date(2026, 4, 30)),
        lambda: tree.rename_unit(actor=None, unit_id=office.pk, name="别名", on=date(2026, 3, 31)),
        lambda: tree.close_unit(actor=None, unit_id=first.pk, on=date(2026, 4, 30)),  # it still held the office
        lambda: tree.add_unit(actor=None, name="新部", parent_id=first.pk, on=START - timedelta(days=1)),
        # Under a unit that itself moved later, two units could have lain below each other.
        lambda: tree.move_unit(actor=None, unit_id=first.pk, parent_id=office.pk, on=date(2026, 4, 30)),
    ):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.code == "day_too_early"
    with pytest.raises(Refusal) as refused:
        tree.rename_unit(actor=None, unit_id=second.pk, name="明天", on=date.today() + timedelta(days=2))  # noqa: DTZ011
    assert refused.value.code == "day_ahead"
    assert Person.objects.filter(status="left").count() == 1
