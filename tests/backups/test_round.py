"""From one database into another and back to words: what was backed up is there again, or nothing is."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.backups import archive, contents, keys, make, plan, restore
from config.backups.archive import Member
from fenjin.kit.runtime import database, testbed
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem
from fenjin.people.testing import make_account
from tests.fixtures.database import TestDatabase

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A data folder with its key, and an empty database beside it."""

    data: Path
    urls: Urls
    empty: Urls
    key: Path
    to: Path

    def back_up(self) -> Path:
        """Make a backup and return its file."""
        return make.make(self.data, self.urls, self.to, self.key, NOW).file

    def restore(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Restore into a new folder and the empty database."""
        monkeypatch.setenv("DATABASE_URL", self.empty.application)
        monkeypatch.setenv("DATABASE_OWNER_URL", self.empty.owner)
        data = self.data.parent / "second"
        restore.restore(file, self.opening, data, keep_sessions=False)
        return data

    @property
    def opening(self) -> Any:
        """The secret half."""
        return keys.opening(self.key, str)


@pytest.fixture
def place(transactional_db: None, test_database: TestDatabase, tmp_path: Path) -> Iterator[Place]:
    """Give an installation with a few rows and files."""
    data = tmp_path / "data"
    for name, content in {
        "secret_key": b"s" * 40,
        "media/a/1.webp": b"picture" * 1000,
        "rosters/x": b"closed",
        "log/web.log": b"no part of it",
        "pg/cluster/x": b"nor this",
        "running": b"",
    }.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(content)
    make_account()
    (tmp_path / "to").mkdir()
    keys.make(tmp_path / "key")
    name = f"test_second_{os.getpid()}"
    testbed.drop(test_database.server, name)
    database.ensure_database(test_database.server, name)
    empty = database.embedded_urls(test_database.server, name)
    yield Place(data, test_database.urls, empty, tmp_path / "key", tmp_path / "to")
    testbed.drop(test_database.server, name)


def _count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _changed(file: Path, place: Place, change: Callable[[dict[str, Any]], None]) -> Path:
    """Return a copy of a backup that says something else of itself, closed anew."""
    members = []
    with archive.opened(file, place.opening) as tar:
        for member in tar:
            content = tar.extractfile(member).read()
            if member.name == "manifest.json":
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            if member.name != archive.SUMS:
                members.append(Member.of(member.name, content))
    copy = file.with_name("changed.tar.age")
    archive.write(copy, keys.closing(place.key), members)
    return copy


def test_everything_comes_back_and_only_that(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(place.urls.owner) as connection:
        connection.execute("REVOKE DELETE ON audit_auditevent FROM fenjin_app")
    second = place.restore(place.back_up(), monkeypatch)
    printed = capsys.readouterr().out
    assert "people_account " in printed
    assert "the same" in printed
    assert "DIFFERS" not in printed
    assert (second / "media/a/1.webp").read_bytes() == b"picture" * 1000
    assert (second / "secret_key").read_bytes() == b"s" * 40
    assert (second / "rosters/x").exists()
    assert not (second / "pg").exists()
    assert not (second / "log/web.log").exists()
    for table in ("people_account", "people_person", "django_migrations"):
        assert _count(place.empty.application, table) == _count(place.urls.application, table) > 0
    with psycopg.connect(place.empty.application) as connection:
        rights = connection.execute(
            "SELECT has_table_privilege('people_person', 'DELETE'), has_table_privilege('audit_auditevent', 'INSERT'),"
            " has_table_privilege('audit_auditevent', 'DELETE')"
        ).fetchone()
        acts = connection.execute("SELECT act FROM audit_auditevent ORDER BY id DESC LIMIT 1").fetchone()
        open_sessions = connection.execute("SELECT count(*) FROM people_session WHERE revoked_at IS NULL").fetchone()
    assert rights == (True, True, False)
    assert acts == ("platform.restore",)
    assert open_sessions == (0,)
    assert database.read_note(place.empty.owner)["fingerprint"] == database.fingerprint()


def test_a_table_that_differs_is_named_and_nothing_is_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def another_digest(manifest: dict[str, Any]) -> None:
        manifest["tables"]["people_person"]["digest"] = "0" * 32

    file = _changed(place.back_up(), place, another_digest)
    with pytest.raises(Problem, match="not what was backed up: people_person; nothing of it was kept"):
        place.restore(file, monkeypatch)
    assert "DIFFERS" in capsys.readouterr().out
    assert not (place.data.parent / "second").exists()
    with psycopg.connect(place.empty.owner) as connection:
        assert contents.objects(connection) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda manifest: manifest.update(format=99), "backup of another kind"),
        (lambda manifest: manifest["migrations"].append("people.9999_from_the_future"), "made by another release"),
        (lambda manifest: manifest.update(postgres=99), "comes from PostgreSQL 99"),
    ],
)
def test_what_this_release_cannot_read_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    file = _changed(place.back_up(), place, change)
    with pytest.raises(Problem, match=words):
        place.restore(file, monkeypatch)
    assert not (place.data.parent / "second").exists()


def test_only_an_empty_place_is_filled(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    file = place.back_up()
    (place.data.parent / "second").mkdir()
    (place.data.parent / "second" / "note").touch()
    with pytest.raises(Problem, match="is not empty"):
        place.restore(file, monkeypatch)
    (place.data.parent / "second" / "note").unlink()
    with psycopg.connect(place.empty.owner) as connection:
        connection.execute("CREATE TABLE somebodys (id int)")
    with pytest.raises(Problem, match=r"not empty \(it has public.somebodys\)"):
        place.restore(file, monkeypatch)
    assert _count(place.empty.owner, "somebodys") == 0


def test_a_backup_never_replaces_one_and_leaves_nothing_half_made(place: Place) -> None:
    left = place.to / "fenjin-20261101-000000.tar.age.partial"
    left.touch()  # of a backup that was killed
    file = place.back_up()
    assert [path.name for path in place.to.iterdir()] == [file.name] == ["fenjin-20261122-033000.tar.age"]
    assert plan.notes(place.data)["bytes"] == file.stat().st_size
    with pytest.raises(Problem, match="never replaced"):
        place.back_up()
    broken = Urls(
        place.urls.application, place.urls.owner + "&connect_timeout=2&options=-c%20statement_timeout%3Dnonsense"
    )
    with pytest.raises(psycopg.OperationalError):
        make.make(place.data, broken, place.to / "other.age", place.key, NOW)
    assert [path.name for path in place.to.iterdir()] == [file.name]
