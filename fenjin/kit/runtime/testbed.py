"""A throw-away PostgreSQL for tests, shared by all test runs of a checkout and gone soon after the last.

Everybody who uses it holds a shared lock on `users`; the keeper, a process of its own, ends the server
when nobody does. Locks fall with their process, so a killed test run leaves nothing behind.

It lives in memory where there is room. On ext4 a file made anew within seconds searches along all those
just deleted, and each test that commits drops a database of 2,000 files and makes it again: the
sixteenth copy in a row takes 1.1 s on disk, 0.05 s in memory.
"""

import fcntl
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from fenjin.kit.runtime import account as accounts
from fenjin.kit.runtime import database, postgres
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.folders import MIB
from fenjin.kit.runtime.postgres import SUPERUSER, Postgres
from fenjin.kit.runtime.problem import Problem, tail
from fenjin.kit.runtime.supervisor import Supervisor, until_signalled

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "var" / "test"
TEMPLATES_KEPT = 2
LINGER = 2.0
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a folder there is used only when it is ours
ROOM_IN_MEMORY = 3072 * MIB
MEMORY_LEFT_TO_OTHERS = 3072 * MIB
OF_CHECKOUT = "of"


@contextmanager
def running(folder: Path = FOLDER) -> Iterator[Postgres]:
    """Give the test server, started when needed; raises Problem when it cannot be."""
    (folder / "log").mkdir(parents=True, exist_ok=True)
    with _lock(folder / "users", fcntl.LOCK_SH):
        with _lock(folder / "starting", fcntl.LOCK_EX):
            server = postgres.locate(home(folder), throwaway=True)
            if not server.accepts():
                _start_keeper(folder, server)
                _drop_leftovers(server)
        yield server


def template(server: Postgres, folder: Path = FOLDER) -> str:
    """Return the name of the migrated template of today's code, made the first time it is asked for."""
    name = f"template_{database.fingerprint()}"
    with _lock(folder / "template", fcntl.LOCK_EX):
        if not _has(server, name):
            _make_template(server, name, folder)
    return name


def clone(server: Postgres, source: str, name: str) -> Urls:
    """Make a database like `source`, in place of an older one of that name; open sessions are ended."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        _drop(connection, name)
        query = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy"
        connection.execute(sql.SQL(query).format(*map(sql.Identifier, (name, database.OWNER, source))))
    return database.embedded_urls(server, name)


def drop(server: Postgres, name: str) -> None:
    """Drop a database, whoever is connected."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        _drop(connection, name)


def home(folder: Path, memory: Path = IN_MEMORY) -> Path:
    """Return where the server of `folder` lives: a folder in memory, made if there is room for it, else `folder`.

    The answer stays the same as long as that folder is there; those of folders that are gone are removed.
    """
    ours = memory / f"fenjin-test-{accounts.checksum(folder)}"
    _remove_orphans(memory)
    if not os.path.lexists(ours):
        if not _has_room(memory):
            return folder
        ours.mkdir(mode=0o711)
        (ours / OF_CHECKOUT).write_text(str(folder.resolve()))
    # Anybody may make a folder there, under the name that we will ask for.
    return ours if _is_ours(ours) else folder


def _has_room(memory: Path) -> bool:
    """Return whether the machine can spare the memory; a container is often given 64 MiB of it."""
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return False
    available = psutil.virtual_memory().available
    return shutil.disk_usage(memory).free >= ROOM_IN_MEMORY and available >= ROOM_IN_MEMORY + MEMORY_LEFT_TO_OTHERS


def _is_ours(place: Path) -> bool:
    about = place.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid()


def _remove_orphans(memory: Path) -> None:
    for place in memory.glob("fenjin-test-*"):
        with suppress(OSError):
            if _is_ours(place) and not Path((place / OF_CHECKOUT).read_text()).exists():
                shutil.rmtree(place, ignore_errors=True)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _has(server: Postgres, name: str) -> bool:
    with psycopg.connect(server.url(SUPERUSER, "postgres")) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make_template(server: Postgres, name: str, folder: Path) -> None:
    """Migrate an unfinished database, then give it its name; the oldest templates make room."""
    unfinished = f"making_{name}"
    drop(server, unfinished)
    database.ensure_database(server, unfinished)
    urls = database.embedded_urls(server, unfinished)
    database.grant_to_application(urls)
    command = [sys.executable, "-m", "config.migrate"]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "FENJIN_DATA": str(folder), "FENJIN_AS_OWNER": "yes"}
    environment = os.environ | urls.environment() | settings
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise Problem("The migrations fail on an empty database.", f"Django says:\n{done.stderr[-4000:]}")
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (unfinished, name))))
        old = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' AND NOT datistemplate ORDER BY oid DESC"
        )
        for (older,) in old.fetchall()[TEMPLATES_KEPT:]:
            with suppress(psycopg.Error):
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(older)))


@contextmanager
def _lock(path: Path, kind: int) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


def _start_keeper(folder: Path, server: Postgres) -> None:
    log = folder / "log" / "keeper.log"
    with log.open("w") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "fenjin.kit.runtime.testbed", str(folder), str(server.home.parent)],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while not server.accepts():
        if keeper.poll() is not None:
            raise Problem("The PostgreSQL for tests does not start.", f"See {log}:", tail(log))
        time.sleep(0.05)


def keep(folder: Path, place: Path) -> None:
    """Run the server at `place` until nobody has used it for a while (the keeper process does only this)."""
    server = postgres.locate(place, throwaway=True)
    with Supervisor(folder / "log") as supervisor:
        try:
            postgres.prepare(server)
            supervisor.start(server.process())
        except Problem:
            # It holds nothing of worth and does not sync to disk, so a crash may have spoilt it.
            supervisor.stop()
            shutil.rmtree(server.home, ignore_errors=True)
            postgres.prepare(server)
            supervisor.start(server.process())
        handle = os.open(folder / "users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        unused_since = time.monotonic()
        while time.monotonic() - unused_since < LINGER:
            time.sleep(0.2)
            supervisor.look_once()
            if not _is_unused(handle):
                unused_since = time.monotonic()
        # Newcomers wait for this lock until the server is down, then start their own.
        fcntl.flock(handle, fcntl.LOCK_EX)


def _is_unused(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(handle, fcntl.LOCK_UN)
    return True


def _drop_leftovers(server: Postgres) -> None:
    """Drop the databases of test runs that were killed; newcomers still wait for the lock."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall()
        for (name,) in names:
            _drop(connection, name)


if __name__ == "__main__":
    with until_signalled():
        keep(Path(sys.argv[1]), Path(sys.argv[2]))
