"""A small organisation for the tests of delivery."""

from dataclasses import dataclass, field

import pytest

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Numbering
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.models import Space


@dataclass
class World:
    """A group with two companies; the first has two departments, one of them with a team."""

    root: object
    first: object
    second: object
    safety: object
    drilling: object
    team: object
    people: dict = field(default_factory=dict)


@pytest.fixture(autouse=True)
def _whole():
    with every_space(Reason.TEST):
        yield


def build_world():
    root = make_unit("启明集团")
    first, second = make_unit("一公司", root), make_unit("二公司", root)
    safety, drilling = make_unit("安全部", first), make_unit("钻井部", first)
    world = World(root, first, second, safety, drilling, make_unit("一班", drilling))
    sizes = {"first": 2, "second": 7, "safety": 3, "drilling": 6, "team": 5}
    for name, size in sizes.items():
        world.people[name] = [make_person(f"员工{name}{n}", unit=getattr(world, name)) for n in range(size)]
    return world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def lasting_world(transactional_db):
    """The same, committed, for tests with threads."""
    Space.objects.get_or_create(pk=1, defaults={"name": "集团"})
    Numbering.objects.get_or_create(pk=1, defaults={"name": "集团统一编号"})
    return build_world()
