"""The demo company is the same every time, whole, and never mixed with real people."""

from collections import Counter

import pytest

from config import demo, demo_company
from config.demo_company import units
from fenjin.kit.runtime.problem import Problem
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Comment
from fenjin.people.models import Person, Post, PostEvent, Unit
from fenjin.people.testing import make_person


@pytest.fixture
def quiet():
    return lambda _line: None


def test_the_demo_is_whole_and_the_same_every_time(db, quiet):
    demo.load_administrators()
    accounts = demo_company.load(employees=80, progress=quiet)
    assert [account[1] for account in accounts] == ["QM000003", "QM000001", "QM000002", "QM000004"]
    with every_space(Reason.TEST):
        assert Person.objects.count() == 80
        assert Person.objects.get(staff_number="QM000003").name == "王海宁"
        assert Person.objects.get(staff_number="QM000080").name == "李浩然"
        assert Post.objects.filter(main=True, ended_on=None).count() == 80
        assert not Post.objects.exclude(pos__in=Unit.objects.values("lft")).exists()
        assert Counter(Comment._base_manager.values_list("state", flat=True)) == {"shown": 6, "held": 1, "removed": 1}
        assert Comment._base_manager.exclude(answer="").count() == 1


def test_the_demo_is_never_mixed_with_people_who_are_there(db, quiet):
    demo.load_administrators()
    make_person()
    with pytest.raises(Problem) as caught:
        demo_company.load(employees=80, progress=quiet)
    assert "never mixed" in str(caught.value)


def test_a_large_company_has_people_in_every_state_and_a_past(db, quiet):
    demo.load_administrators()
    demo_company.load(employees=1_000, progress=quiet)
    with every_space(Reason.TEST):
        states = Counter(Person.objects.values_list("status", flat=True))
        assert states["on_duty"] > 900
        assert {"seconded", "early_retired", "sick_leave", "posted", "left"} < set(states)
        gone = Person.objects.filter(status="left")
        assert not Post.objects.filter(person__in=gone, ended_on=None).exists()
        assert not gone.filter(left_on=None).exists()
        assert Post.objects.filter(main=True, ended_on=None).count() == 1_000 - len(gone)
        assert 30 < Post.objects.filter(ended_on__isnull=False).exclude(person__in=gone).count() < 100
        assert Post.objects.filter(main=False).count() > 15
        assert PostEvent.objects.filter(kind="ended").count() == Post.objects.exclude(ended_on=None).count()
        assert Person.objects.exclude(zone="").exists()


@pytest.mark.parametrize(
    ("employees", "fewest", "most", "levels"), [(20_000, 3_000, 4_000, 7), (1_000_000, 19_000, 20_000, 7)]
)
def test_a_large_group_has_116_companies_and_many_levels(employees, fewest, most, levels):
    planned, spaces = units.plan(employees)
    assert fewest <= len(planned) <= most
    assert len(spaces) == len({name for name, _name_en, _seal in spaces}) == 116
    assert len({(unit.under, unit.name) for unit in planned}) == len(planned), "siblings have names of their own"
    depths = []
    for unit in planned:
        depths.append(0 if unit.under is None else depths[unit.under] + 1)
    assert max(depths) + 1 == levels
    assert len({unit.zone for unit in planned}) >= 7
    assert units.plan(employees)[0] == planned, "the same every time"
    companies = Counter()
    for unit in planned:
        companies[unit.company] += unit.weight
    assert max(companies.values()) < sum(companies.values()) / 8
    assert companies[""] < 2
