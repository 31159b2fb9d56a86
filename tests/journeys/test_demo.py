"""The demo company is the same every time, whole, and never mixed with real people."""

import pytest

from config import demo, demo_company
from fenjin.kit.runtime.problem import Problem
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, Unit
from fenjin.people.testing import make_person


@pytest.fixture
def quiet():
    return lambda _line: None


def test_the_demo_is_whole_and_the_same_every_time(db, quiet):
    demo.load_administrators()
    accounts = demo_company.load(employees=80, progress=quiet)
    assert [account[1] for account in accounts] == ["QM000003", "QM000001", "QM000002"]
    with every_space(Reason.TEST):
        assert Person.objects.count() == 80
        assert Person.objects.get(staff_number="QM000003").name == "王海宁"
        assert Person.objects.get(staff_number="QM000080").name == "康振娟"
        assert Post.objects.filter(main=True).count() == 80
        assert not Post.objects.exclude(pos__in=Unit.objects.values("lft")).exists()


def test_the_demo_is_never_mixed_with_people_who_are_there(db, quiet):
    demo.load_administrators()
    make_person()
    with pytest.raises(Problem) as caught:
        demo_company.load(employees=80, progress=quiet)
    assert "never mixed" in str(caught.value)
