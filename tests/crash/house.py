"""An installation whose processes may be killed: what starts again is left to it."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from config import processes, up
from fenjin.kit.runtime import folders, ports, postgres, supervisor
from fenjin.kit.runtime.supervisor import Supervisor
from tests.runtime.helpers import PROJECT, copy_tables, eventually

EMPLOYEES = 80


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

    def ask(self, sql: str, parameters: Any = ()) -> list[Any]:
        """Ask the database, as often as it takes while it is down."""
        found: list[list[Any]] = []

        def asked() -> bool:
            try:
                with psycopg.connect(self.environment["DATABASE_URL"]) as database:
                    cursor = database.execute(sql, parameters)
                    found.append(cursor.fetchall() if cursor.description else [])
            except psycopg.OperationalError:
                return False
            return True

        assert eventually(asked, within=60), "The database did not come back."
        return found[-1]

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


@contextmanager
def house(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Iterator[House]:
    """Give an installation with a few people that starts again whatever is killed, with such settings."""
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
            environment = up.platform_environment(data, urls, port) | settings
            copy_tables(postgres.locate(data))
            up.prepare_database(keeper, urls, environment, EMPLOYEES)
            for process in processes.processes("127.0.0.1", port, environment):
                keeper.start(process)
            watch = threading.Thread(target=_watch, args=(keeper.look_once, ended))
            watch.start()
            cluster = str(postgres.locate(data).cluster)
            yield House(port, dict(os.environ) | environment | {"LOG_LEVEL": "WARNING"}, cluster)
            ended.set()
            watch.join()


def _watch(look_once: Callable[[], object], ended: threading.Event) -> None:
    while not ended.wait(0.1):
        look_once()
