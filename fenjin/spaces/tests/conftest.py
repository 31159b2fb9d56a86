"""A group with two companies, and the administrators."""

from types import SimpleNamespace

import pytest

from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_administrator, make_person, make_unit


@pytest.fixture
def house(db):
    """Build 启明集团 with two companies, a plant and an employee."""
    with every_space(Reason.TEST):
        root = make_unit("启明集团")
        east, west = make_unit("华东公司", root), make_unit("西北公司", root)
        plant = make_unit("乙烯厂", east)
        yield SimpleNamespace(
            root=root,
            east=east,
            west=west,
            plant=plant,
            zhang=make_person("张伟", unit=plant, number="QM000001"),
            li=make_person("李娜", unit=west, number="QM000002"),
            system=make_administrator("system"),
            security=make_administrator("security"),
            audit=make_administrator("audit"),
        )
