"""The process list: what `fenjin up` runs beside PostgreSQL, in this order."""

import http.client
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from fenjin.kit.runtime.process import Process

PROJECT = Path(__file__).resolve().parent.parent
# The operator sees what these print, so they say only what matters. Their work is noted as done by a commit
# of its own, which waits for the disk; until then each of theirs need not.
_ONCE = {"LOG_LEVEL": "WARNING", "PGOPTIONS": "-c synchronous_commit=off"}


def processes(host: str, port: int, environment: Mapping[str, str]) -> list[Process]:
    """Return the web server and the worker; `environment` tells them where their data is."""
    return [web(host, port, environment), worker(environment)]


def web(host: str, port: int, environment: Mapping[str, str], workers: int = 2) -> Process:
    """Return the web server: one port, an ASGI application, a few worker processes."""
    return Process(
        name="web",
        command=(
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port)),
            *("--workers", str(workers), "--respawn-failed-workers", "--workers-kill-timeout", "5"),
            *("--no-ws", "--log-level", "warning", "config.asgi:application"),
        ),
        environment=environment,
        folder=PROJECT,
        ready=lambda: is_alive(host, port),
        patience=10,
    )


def worker(environment: Mapping[str, str]) -> Process:
    """Return the worker that does what need not be done while somebody waits."""
    return Process(
        name="worker",
        command=(
            *(sys.executable, "-m", "django", "procrastinate", "worker"),
            # Sums and counts of coverage hold two of them while somebody looks; a correction must not wait for a place.
            *("--concurrency", "6", "--shutdown-graceful-timeout", "5"),
        ),
        environment=environment,
        folder=PROJECT,
        stop_signal=signal.SIGTERM,
        patience=8,
    )


def migration(environment: Mapping[str, str]) -> Process:
    """Return the run that brings the tables up to date, as the owner role."""
    return Process(
        name="migrate",
        command=(sys.executable, "-m", "config.migrate"),
        environment={**environment, **_ONCE, "FENJIN_AS_OWNER": "yes"},
        folder=PROJECT,
    )


def first_load(environment: Mapping[str, str], employees: int) -> Process:
    """Return the run that fills a new database: with a demo of so many people, or with the administrators alone."""
    return Process(
        name="first-load",
        command=(sys.executable, "-m", "config.cli", "first-load", "--employees", str(employees)),
        environment={**environment, **_ONCE},
        folder=PROJECT,
    )


def backup(environment: Mapping[str, str]) -> Process:
    """Return the run that makes the backup of the day and thins out older ones."""
    return Process(
        name="backup",
        command=(sys.executable, "-m", "config.cli", "backup", "--daily", "--data", environment["FENJIN_DATA"]),
        environment={**environment, "LOG_LEVEL": "WARNING"},
        folder=PROJECT,
        patience=20,
    )


def after_restore(environment: Mapping[str, str], backup: str, made_at: str, keep_sessions: bool) -> Process:
    """Return the run that ends all sessions of a restored database, unless they are kept, and notes the restore."""
    words = ("after-restore", backup, made_at, *(["--keep-sessions"] if keep_sessions else []))
    return Process(
        name="after-restore",
        command=(sys.executable, "-m", "config.cli", *words),
        environment={**environment, "LOG_LEVEL": "WARNING"},
        folder=PROJECT,
    )


def is_alive(host: str, port: int) -> bool:
    """Return whether the platform answers on its health address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
