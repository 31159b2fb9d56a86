"""The real thing: one installation started, asked, and ended in the two ways that are left to it."""

import http.client
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fenjin.kit.runtime.ports import free_port
from fenjin.kit.runtime.postgres import locate
from tests.runtime.helpers import PROJECT, all_gone, eventually, family, start

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Give a data folder that the tests of this module fill and use again; PostgreSQL's account may enter it."""
    with tempfile.TemporaryDirectory(prefix="fenjin-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "data"


@pytest.fixture
def port() -> int:
    """Give a free port."""
    return free_port()


@pytest.fixture
def running(data: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """Give a running platform without the demo."""
    started = start("config.cli", "up", "--no-demo", "--data", str(data), "--port", str(port))
    assert eventually(lambda: started.poll() is not None or _get(port, "/healthz") == 200, within=180)
    assert started.poll() is None, started.communicate()[0]
    yield started
    started.send_signal(signal.SIGTERM)
    started.communicate(timeout=60)


def _get(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _fenjin(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "config.cli", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)


def test_a_start_a_second_start_and_a_death_without_a_word(
    running: "subprocess.Popen[str]", data: Path, port: int
) -> None:
    assert eventually(lambda: _get(port, "/readyz") == 200, within=60)

    second = _fenjin("up", "--data", str(data), "--port", str(port))
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert "Traceback" not in second.stderr

    other = _fenjin("up", "--data", str(data.parent / "other"), "--port", str(port))
    assert other.returncode == 1
    assert f"Port {port}" in other.stderr

    doctor = json.loads(_fenjin("doctor", "--json", "--data", str(data), "--port", str(port)).stdout)
    needed = {finding["name"]: finding["cure"] for finding in doctor["checks"] if not finding["ok"]}
    # A checkout in the middle of work may have a stale build; the installation itself is sound.
    assert not set(needed) - {"front end", "translations", "packages", "disk"}, needed

    processes = family(running.pid)
    assert len(processes) > 6
    running.kill()
    assert eventually(lambda: all_gone(processes), within=20), [p.cmdline()[:3] for p in processes if p.is_running()]
    assert _get(port, "/healthz") is None


def test_it_starts_again_after_that_and_stops_when_asked(running: "subprocess.Popen[str]", port: int) -> None:
    assert eventually(lambda: _get(port, "/readyz") == 200, within=60), "the worker is up, so all has been printed"
    processes = family(running.pid)
    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "Tables" not in output, "the tables were up to date"
    assert "system-admin" in output
    assert output.rstrip().endswith("Fenjin has stopped.")
    assert eventually(lambda: all_gone(processes))
    assert _get(port, "/healthz") is None


def test_a_damaged_database_is_told_in_one_sentence(data: Path, port: int) -> None:
    control = locate(data).cluster / "global" / "pg_control"
    kept = control.read_bytes()
    control.write_bytes(b"\0" * len(kept))
    try:
        failed = _fenjin("up", "--data", str(data), "--port", str(port))
    finally:
        control.write_bytes(kept)
    assert failed.returncode == 1
    assert "damaged" in failed.stderr
    assert "backup" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_no_process_of_ours_is_left(data: Path) -> None:
    mine = [
        process for process in psutil.process_iter(["cmdline"]) if str(data) in " ".join(process.info["cmdline"] or [])
    ]
    assert mine == []
