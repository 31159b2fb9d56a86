"""Small helpers of the tests that start real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from fenjin.kit.runtime import database, testbed
from fenjin.kit.runtime.postgres import SUPERUSER, Postgres
from fenjin.kit.runtime.programs import shipped

PROJECT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], bool], within: float = 15.0) -> bool:
    """Return whether the condition comes true in time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def start(*command: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a Python module of ours in the background, its output caught."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def copy_tables(server: Postgres) -> None:
    """Give a running server's new database today's tables, out of the tests' template: no migration runs again."""
    dump, restore = (str(shipped() / "bin" / name) for name in ("pg_dump", "pg_restore"))
    with testbed.running() as source:
        template = source.url(SUPERUSER, testbed.template(source))
        made = subprocess.run([dump, "--format=custom", "--compress=0", template], capture_output=True, check=True)
    target = server.url(SUPERUSER, database.DATABASE)
    subprocess.run([restore, "--exit-on-error", "--dbname", target], input=made.stdout, capture_output=True, check=True)
    database.write_note(database.embedded_urls(server).owner, fingerprint=database.fingerprint())


def family(pid: int) -> list[psutil.Process]:
    """Return a process with all that descend from it."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def all_gone(processes: list[psutil.Process]) -> bool:
    """Return whether none of them runs any more."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
