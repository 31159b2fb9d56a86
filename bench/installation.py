"""A scratch installation of its own for a bench: its data folder, its port, nothing of it left afterwards."""

import http.client
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from config.up import platform_environment
from fenjin.kit.runtime import database, ports, postgres
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 300
_OUTSIDE = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATA", "FENJIN_DATA", "PORT", "DEMO", "HOST", "SECRET_KEY", "DEBUG")


@dataclass
class Installation:
    """A data folder and a port; started and stopped as an operator would."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def urls(self) -> Urls:
        """The addresses of its database."""
        return database.embedded_urls(postgres.locate(self.data))

    @property
    def environment(self) -> dict[str, str]:
        """What a process of the platform is told."""
        return platform_environment(self.data, self.urls, self.port)

    def command(self, *words: str) -> list[str]:
        """Return a `fenjin` command on this data folder."""
        return [sys.executable, "-m", "config.cli", *words, "--data", str(self.data)]

    def call(self, *words: str, **variables: str) -> str:
        """Run a `fenjin` command to its end and return what it printed; raises Problem when it fails."""
        done = subprocess.run(
            self.command(*words), cwd=PROJECT, env=_clean() | variables, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Problem(f"fenjin {' '.join(words)} failed.", details=(done.stdout + done.stderr)[-2000:])
        return done.stdout

    def start(self, *options: str) -> float:
        """Start the platform and return the seconds until the first page came."""
        began = time.monotonic()
        with (self.data / "bench.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command("up", "--port", str(self.port), *options)],
                cwd=PROJECT,
                env=_clean(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._shows_a_page():
            if self.process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise Problem("The scratch installation did not start.", details=self.log())
            time.sleep(0.05)
        return time.monotonic() - began

    def _shows_a_page(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def log(self) -> str:
        """Return the end of what the supervisor said."""
        return (self.data / "bench.log").read_text(errors="replace")[-2000:]

    def stop(self) -> None:
        """Stop the platform and wait until nothing of it runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self.process = None

    def processes(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        if self.process is None:
            return []
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def cpu_seconds(self, *names: str) -> float:
        """Return the CPU time so far of all its processes, or of those that run one of the programs `names`."""
        chosen = [process for process in self.processes() if not names or _runs(process, names)]
        return sum(cpu_of(process) for process in chosen)

    def memory_mib(self) -> float:
        """Return its memory: PSS, so that shared pages count once."""
        return sum(process.memory_full_info().pss for process in self.processes()) / 2**20


def _runs(process: psutil.Process, names: tuple[str, ...]) -> bool:
    try:
        words = " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False
    return any(name in words for name in names)


def cpu_of(process: psutil.Process) -> float:
    """Return the CPU seconds of a process and of its children that ended; 0 when it has just gone."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def machine_cpu() -> float:
    """Return the CPU seconds that the whole machine has worked."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return {"cores": os.cpu_count(), "memory_gib": round(memory), "system": platform.platform(terse=True)}


def _clean() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OUTSIDE}
    return kept | {"LOG_LEVEL": "WARNING"}


@contextmanager
def scratch() -> Iterator[Installation]:
    """Give an installation in a folder of its own; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fenjin-bench-"))
    folder.chmod(0o755)  # PostgreSQL's own account must be able to enter
    installation = Installation(folder / "data", ports.free_port())
    installation.data.mkdir()
    home = postgres.locate(installation.data).home
    try:
        yield installation
    finally:
        installation.stop()
        shutil.rmtree(folder, ignore_errors=True)
        if not home.is_relative_to(folder):
            shutil.rmtree(home, ignore_errors=True)


@dataclass
class Load:
    """What others did to the machine while something was measured."""

    began: float = field(default_factory=time.monotonic)
    machine: float = field(default_factory=machine_cpu)
    ours: float = 0.0

    def foreign_cores(self, ours_now: float) -> float:
        """Return how many cores others used; `ours_now` and `ours` are our own CPU seconds."""
        elapsed = time.monotonic() - self.began
        return max(0.0, (machine_cpu() - self.machine - (ours_now - self.ours)) / elapsed)


def loop_ms() -> float:
    """Return the CPU ms that a fixed piece of Python takes just now: how fast the machine is at this moment.

    Virtual machines were seen between 85 and 165 within minutes while nothing else ran on them, and CPU per page
    goes along: a figure is compared with another one only at a like pace.
    """
    began = time.process_time()
    sum(number * number for number in range(1_500_000))
    return round((time.process_time() - began) * 1000, 1)
