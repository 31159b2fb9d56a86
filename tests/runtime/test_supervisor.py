"""The supervisor, tried on a stand-in: whatever ends it, nothing is left running."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fenjin.kit.runtime.problem import Problem
from fenjin.kit.runtime.process import Process, rotate
from fenjin.kit.runtime.supervisor import Supervisor
from tests.runtime.helpers import all_gone, eventually, family, start


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Give a running stand-in with its three processes."""
    running = start("tests.runtime.stand_in", str(tmp_path))
    assert eventually((tmp_path / "up").exists)
    assert eventually((tmp_path / "web-worker").exists)
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_running(stand_in: "subprocess.Popen[str]", number: signal.Signals) -> None:
    processes = family(stand_in.pid)
    assert len(processes) == 4
    stand_in.send_signal(number)
    assert eventually(lambda: all_gone(processes)), [process.cmdline()[-2:] for process in processes]
    stand_in.wait(10)
    assert stand_in.returncode == (-9 if number == signal.SIGKILL else 0)


def test_what_a_fallen_process_left_is_ended_and_it_starts_again(
    stand_in: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    before = {name: int((tmp_path / name).read_text()) for name in ("web", "web-worker", "quiet")}
    worker = psutil.Process(before["web-worker"])
    psutil.Process(before["web"]).kill()
    assert eventually(lambda: all_gone([worker]))
    assert eventually(lambda: (tmp_path / "web").read_text() not in ("", str(before["web"])))
    assert psutil.pid_exists(before["quiet"])


def test_a_process_that_falls_three_times_stops_all_with_the_reason(tmp_path: Path) -> None:
    running = start("tests.runtime.stand_in", str(tmp_path), "crash")
    output, _ = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "faller ended with code 3; it starts again in 1 s" in output
    assert "for the third time in a row" in output
    assert "the reason of the fall" in output
    assert "Traceback" not in output


def test_a_log_is_started_afresh_when_it_is_long(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    for turn in range(5):
        log.write_text(f"turn {turn} " * 20)
        rotate(log, limit=100, kept=2)
    assert log.read_text() == ""
    assert (tmp_path / "web.log.1").read_text().startswith("turn 4")
    assert (tmp_path / "web.log.2").read_text().startswith("turn 3")
    assert not (tmp_path / "web.log.3").exists()


def test_a_process_that_fell_for_want_of_room_is_told_as_a_full_disk(tmp_path: Path) -> None:
    code = "import sys; sys.exit('could not write: No space left on device')"
    with Supervisor(tmp_path) as supervisor, pytest.raises(Problem, match=r"is full.*Free some space"):
        supervisor.run(Process("filler", (sys.executable, "-c", code)))


def test_a_fault_s_trace_is_kept_back_and_a_full_disk_beside_it_is_the_reason(tmp_path: Path) -> None:
    said: list[str] = []
    code = "print('1 of 2', flush=True); raise SystemError('the reason')"
    with Supervisor(tmp_path, said.append) as supervisor:
        with pytest.raises(Problem, match="ends with the reason") as caught:
            supervisor.run(Process("loader", (sys.executable, "-c", code)))
        assert said == ["    1 of 2"]
        assert "SystemError: the reason" in caught.value.details
        noisy = "import sys, time; print('No space left on device', flush=True); time.sleep(600)"
        full = tmp_path / "server.log"
        supervisor.start(
            Process("server", (sys.executable, "-c", noisy), ready=lambda: full.exists() and full.stat().st_size > 0)
        )
        with pytest.raises(Problem, match=r"is full.*Free some space"):
            supervisor.run(Process("loader", (sys.executable, "-c", code)))


def test_a_process_that_cannot_start_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    code = "import sys; sys.exit('no such thing')"
    with Supervisor(tmp_path) as supervisor, pytest.raises(Problem, match="ended with code 1 while starting") as caught:
        supervisor.start(Process("starter", (sys.executable, "-c", code), ready=lambda: False))
    assert "no such thing" in caught.value.details


def test_a_process_that_cannot_be_made_for_a_while_is_tried_again_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    program = tmp_path / "web"
    program.symlink_to(sys.executable)
    monkeypatch.setattr("fenjin.kit.runtime.supervisor.PAUSES", (0.0, 0.0))
    sleep = "import time; time.sleep(600)"
    with Supervisor(tmp_path, said.append) as supervisor:
        supervisor.start(Process("web", (str(program), "-c", sleep)), Process("quiet", (sys.executable, "-c", sleep)))
        web, quiet = psutil.Process().children()[-2:]
        program.unlink()
        web.kill()

        def told() -> bool:
            supervisor.look_once()
            return any("web could not be started" in line for line in said)

        assert eventually(told)
        assert quiet.is_running()
        program.symlink_to(sys.executable)

        def back() -> bool:
            supervisor.look_once()
            return any(str(program) in one.cmdline() for one in psutil.Process().children())

        assert eventually(back)
        assert quiet.is_running()


def test_an_errand_that_cannot_be_made_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    said: list[str] = []
    errands = iter([Process("backup", (str(tmp_path / "nothing"),))])

    def errand() -> Process | None:
        found = next(errands, None)
        if found is None:
            raise KeyboardInterrupt
        return found

    with Supervisor(tmp_path, said.append) as supervisor, pytest.raises(KeyboardInterrupt):
        supervisor.watch(errand)
    assert "backup could not be started" in said[0]
