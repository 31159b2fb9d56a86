"""The database that tests get: migrated, plain in its rights, and fresh after a test that commits."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from fenjin.kit.runtime import testbed
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


def test_the_server_lives_in_memory_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout, memory = _two_folders(tmp_path, monkeypatch, room=1)
    place = testbed.home(checkout, memory)
    assert place.parent == memory
    monkeypatch.setattr(testbed, "ROOM_IN_MEMORY", 2**60)
    assert testbed.home(checkout, memory) == place, "two runs of one checkout shared no server"


def test_without_room_in_memory_it_lives_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout, memory = _two_folders(tmp_path, monkeypatch, room=2**60)
    assert testbed.home(checkout, memory) == checkout
    assert list(memory.iterdir()) == []
    assert testbed.home(checkout, tmp_path / "no such place") == checkout


def test_the_memory_of_a_checkout_that_is_gone_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout, memory = _two_folders(tmp_path, monkeypatch, room=1)
    other = tmp_path / "other"
    other.mkdir()
    gone, stays = testbed.home(other, memory), testbed.home(checkout, memory)
    shutil.rmtree(other)
    testbed.home(checkout, memory)
    assert not gone.exists()
    assert stays.exists()


def test_a_link_that_somebody_laid_there_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout, memory = _two_folders(tmp_path, monkeypatch, room=1)
    place = testbed.home(checkout, memory)
    shutil.rmtree(place)
    os.symlink(tmp_path, place)
    assert testbed.home(checkout, memory) == checkout


def _two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> tuple[Path, Path]:
    monkeypatch.setattr(testbed, "ROOM_IN_MEMORY", room)
    monkeypatch.setattr(testbed, "MEMORY_LEFT_TO_OTHERS", 0)
    checkout, memory = tmp_path / "checkout", tmp_path / "memory"
    checkout.mkdir()
    memory.mkdir()
    return checkout, memory
