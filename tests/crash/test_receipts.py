"""Everybody opens and confirms while processes are killed: what was acknowledged is there, once."""

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import psutil
import psycopg
import pytest

from bench.crowd import Errand, People
from config import processes, up
from fenjin.kit.runtime import folders, ports, postgres, supervisor
from fenjin.kit.runtime.supervisor import Supervisor
from tests.plugin import PROVE
from tests.runtime.helpers import PROJECT, copy_tables, eventually

pytestmark = pytest.mark.machine
KILLS = 200 if PROVE else 5
SECRET = "a-secret-of-this-test"
# What is killed in turn: by a word of the command line. A killed backend makes PostgreSQL recover as a whole.
TARGETS = ("granian-worker", "postgres", "procrastinate", "granian", "postgres-backend")


class _AtOnce:
    """Pauses before a restart: always short, however often something was killed."""

    def __getitem__(self, _crashes: int) -> float:
        return 0.1


@dataclass(frozen=True)
class House:
    """A running installation whose processes may be killed."""

    port: int
    environment: dict[str, str]
    cluster: str

    def call(self, *command: str) -> str:
        """Run a Python module inside the installation."""
        done = subprocess.run(
            [sys.executable, *command], cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill(self, target: str) -> None:
        """End one part of it with signal 9."""
        for process in self._of(target):
            process.kill()

    def _of(self, target: str) -> list[psutil.Process]:
        found = [process for process in psutil.Process().children(recursive=True) if process.is_running()]
        if target.startswith("postgres"):
            mains = [process for process in found if self.cluster in _words(process)]
            if target == "postgres":
                return mains[:1]
            backends = [child for process in mains[:1] for child in process.children() if "fenjin_app" in _words(child)]
            return backends[:1]
        if target == "procrastinate":
            return [process for process in found if "procrastinate" in _words(process)]
        web = [process for process in found if f"--port {self.port}" in _words(process)]
        if target == "granian":
            return web[:1]
        return [child for process in web[:1] for child in process.children() if "resource_tracker" not in _words(child)]


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Give an installation with sixty people that starts again whatever is killed."""
    monkeypatch.setattr(supervisor, "CRASHES_IN_A_ROW", 10**6)
    monkeypatch.setattr(supervisor, "PAUSES", _AtOnce())
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "FENJIN_UNDER_TEST", "CACHE_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    with tempfile.TemporaryDirectory(prefix="fenjin-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        data = folders.open_data_folder(Path(name) / "data")
        port, ended = ports.free_port(), threading.Event()
        with Supervisor(data / "log", lambda _line="": None) as keeper:
            urls = up.open_database(keeper, data)
            environment = up.platform_environment(data, urls, port)
            copy_tables(postgres.locate(data))
            up.prepare_database(keeper, urls, environment, 60)
            for process in processes.processes("127.0.0.1", port, environment):
                keeper.start(process)
            watch = threading.Thread(target=_watch, args=(keeper, ended))
            watch.start()
            cluster = str(postgres.locate(data).cluster)
            yield House(port, _plain() | environment | {"LOG_LEVEL": "WARNING"}, cluster)
            ended.set()
            watch.join()


def _plain() -> dict[str, str]:
    import os

    return dict(os.environ)


def _watch(keeper: Supervisor, ended: threading.Event) -> None:
    while not ended.wait(0.1):
        keeper.look_once()


def _moments(rng: random.Random, people: int) -> list[tuple[int, str]]:
    """Return after how many answers of one message's crowd which part is killed: each part once."""
    return sorted(zip(rng.sample(range(people), k=len(TARGETS)), TARGETS, strict=True))


def test_what_was_acknowledged_is_there_once_whatever_is_killed(house: House) -> None:
    rng = random.Random(7)  # noqa: S311
    about = SimpleNamespace(**json.loads(house.call("-m", "tests.crash.prepare", SECRET, str(KILLS // len(TARGETS)))))
    answered, faults = {}, {}
    for message_id in about.messages:
        errand = Errand(house.port, message_id, about.sha256, SECRET, about.cookie_name, confirm=True, patience=60.0)
        done = SimpleNamespace(value=0)
        # Each person twice: phones repeat themselves, and double taps must not count.
        people = People(errand, [*about.people, *about.people[:20]], connections=8, done=done)
        outcome: list[object] = []
        crowd = threading.Thread(
            target=lambda people=people, outcome=outcome: outcome.append(asyncio.run(people.run()))
        )
        crowd.start()
        for when, target in _moments(rng, len(about.people)):
            assert eventually(lambda done=done, when=when: done.value > when, within=120), (
                f"Nobody got an answer any more before {target} was to be killed: {people.outcome.faults}"
            )
            house.kill(target)
        crowd.join(180)
        assert outcome, f"The crowd of message {message_id} did not come to its end: {people.outcome.faults}"
        answered[message_id] = set(people.outcome.answered)
        faults[message_id] = {
            name: count for name, count in people.outcome.faults.items() if name.startswith("another")
        }
    assert answered == {message_id: set(about.people) for message_id in about.messages}
    assert not any(faults.values())
    with psycopg.connect(house.environment["DATABASE_URL"]) as database:
        for message_id in about.messages:
            rows = database.execute(
                "SELECT person_id FROM delivery_receipt WHERE message_id = %s AND confirmed_version = 1", [message_id]
            ).fetchall()
            assert sorted(person for (person,) in rows) == sorted(about.people)
        sums = database.execute(
            "SELECT message_id, sum(opened), sum(confirmed) FROM delivery_counter WHERE message_id = ANY(%s) GROUP BY 1",
            [about.messages],
        ).fetchall()
    assert {(opened, confirmed) for _message, opened, confirmed in sums} == {(len(about.people), len(about.people))}
    assert "0" in house.call("manage.py", "rebuild_counters").split()
