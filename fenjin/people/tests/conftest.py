"""What the tests of identity share: a world with one employee, and a clock that can be set."""

from datetime import timedelta

import pytest

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.notices import forget_number
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock forward."""
    real = clock.now

    def move(**span):
        offset = timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: real() + offset)

    return move


@pytest.fixture(autouse=True)
def no_notice_remembered():
    """Forget the notice that a test published: its row is rolled back, the memory of it is not."""
    yield
    forget_number()


@pytest.fixture
def world(db):
    """Run the test across spaces, as one that prepares its data."""
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def zhang(world):
    """An employee without an account."""
    return make_person("张伟", unit=make_unit("启明集团"), number="00001234")


@pytest.fixture
def account(zhang):
    return make_account(zhang)


@pytest.fixture
def security(world):
    return make_administrator("security")


@pytest.fixture
def system(world):
    return make_administrator("system")
