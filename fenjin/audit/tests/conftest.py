"""What the tests of the log share."""

from datetime import timedelta

import psycopg
import pytest

from fenjin.audit.services import record
from fenjin.kit import clock
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


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock forward."""
    real = clock.now

    return lambda **span: monkeypatch.setattr(clock, "now", lambda: real() + timedelta(**span))


@pytest.fixture
def tamper(test_database):
    """Return a function that runs statements as the owner of the tables, with the triggers out of the way."""
    tables = ("audit_auditevent", "audit_auditseal", "audit_doorevent", "audit_doorseal")

    def run(*statements):
        with psycopg.connect(test_database.urls.owner, autocommit=True) as owner:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                owner.execute(statement)
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run
