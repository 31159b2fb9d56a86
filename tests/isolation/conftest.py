"""The two sides, built once for each worker: every test gets them as they were, and what it did is taken back."""

from copy import deepcopy
from dataclasses import replace

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from fenjin.kit.memory import forget_all
from tests.isolation import walk
from tests.isolation.world import Sides, build


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the walks: they take longest. They bring their own transactions, not those of pytest-django."""
    items.sort(key=lambda item: "taken_back" not in item.fixturenames)


@pytest.fixture(scope="package")
def kept_sides(django_db_setup, django_db_blocker, test_database, tmp_path_factory):
    """Give both sides; they stand in a transaction that is never committed."""
    with (
        psycopg.connect(test_database.urls.owner, autocommit=True) as owner,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        django_db_blocker.unblock(),
    ):
        with transaction.atomic():
            yield build(owner)
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(scope="package")
def asked(kept_sides: Sides) -> list[walk.Question]:
    """Give all that is asked."""
    return walk.questions(kept_sides)


@pytest.fixture
def taken_back(django_db_setup, django_db_blocker):
    """Take back what a test does in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    forget_all()


@pytest.fixture
def sides(kept_sides: Sides, taken_back: None):
    """Give the two sides, and everybody who asks with the session of the beginning."""
    clients = [client for _account, client in kept_sides.asking.values()]
    cookies = [deepcopy(client.cookies) for client in clients]
    yield replace(kept_sides)
    for client, kept in zip(clients, cookies, strict=True):
        client.cookies = kept
