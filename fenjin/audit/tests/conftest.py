"""What the tests of the log share."""

import pytest

from fenjin.audit.services import record
from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_administrator


@pytest.fixture
def reader(db):
    with every_space(Reason.TEST):
        yield make_administrator("audit")


@pytest.fixture
def write():
    """Return a function that writes some events."""

    def some(number, **more):
        return [record(actor=None, act="test.act", target=("person", index + 1), **more) for index in range(number)]

    return some
