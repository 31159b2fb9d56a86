"""The database that tests get: migrated, plain in its rights, and fresh after a test that commits."""

import psycopg
import pytest
from django.db import connection

from fenjin.kit.runtime.database import APPLICATION
from tests.fixtures.database import TestDatabase


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'left_over'")
        return cursor.fetchone()[0]


def _leave_something() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('left_over', 'x')")


@pytest.mark.django_db
def test_tests_run_as_the_plain_role_on_migrated_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM django_migrations)")
        role, migrations = cursor.fetchone()
    assert role == APPLICATION
    assert migrations > 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_to_the_next(turn: int) -> None:
    assert _count() == 0
    _leave_something()


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_rolls_back_leaves_nothing_either(turn: int) -> None:
    assert _count() == 0
    _leave_something()


def test_the_application_role_cannot_change_tables(test_database: TestDatabase) -> None:
    with psycopg.connect(test_database.urls.application) as plain, pytest.raises(psycopg.errors.InsufficientPrivilege):
        plain.execute("ALTER TABLE django_migrations ADD COLUMN more text")
