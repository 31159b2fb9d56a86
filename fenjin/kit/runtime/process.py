"""One child of the supervisor: started in its own session, tied to our life, stopped main process first."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from fenjin.kit.runtime.account import Account
from fenjin.kit.runtime.lifeline import end_with_parent

LOG_LIMIT = 10 * 1024 * 1024
LOGS_KEPT = 3


@dataclass(frozen=True)
class Process:
    """What to run, and how to know that it is ready and how to end it."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    account: Account | None = None
    ready: Callable[[], bool] = lambda: True
    ready_within: float = 180.0
    stop_signal: int = signal.SIGTERM
    patience: float = 8.0
    # What the kernel sends when the supervisor dies without a word.
    orphan_signal: int = signal.SIGKILL


class Child:
    """A running process with its log."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process, self.log = process, log
        self.started_at = time.monotonic()
        self._popen = self._spawn()

    @property
    def pid(self) -> int:
        """The process id, also the id of its session and process group."""
        return self._popen.pid

    def _spawn(self) -> subprocess.Popen[bytes]:
        process, us = self.process, os.getpid()
        account = process.account
        output = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            return subprocess.Popen(
                process.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | process.environment,
                cwd=process.folder,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                # Runs after the change of user, which would make the kernel forget the signal.
                preexec_fn=lambda: end_with_parent(us, process.orphan_signal),
            )
        finally:
            os.close(output)

    def has_ended(self) -> bool:
        """Return whether the main process is gone; what it left in its session is then killed."""
        if self._popen.poll() is None:
            return False
        self._kill_group()
        return True

    def succeeded(self) -> bool:
        """Return whether it ended by itself and without an error."""
        return self._popen.returncode == 0

    def how_it_ended(self) -> str:
        """Say how it ended, for people."""
        code = self._popen.returncode or 0
        if code < 0:
            return f"was ended by {signal.Signals(-code).name}"
        return f"ended with code {code}"

    def ask_to_stop(self) -> None:
        """Signal the main process only: it winds up its own workers."""
        with suppress(ProcessLookupError):
            self._popen.send_signal(self.process.stop_signal)

    def wait_or_kill(self, until: float) -> None:
        """Wait for the end until that moment of the monotonic clock, then kill the whole group."""
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(max(0.0, until - time.monotonic()))
        self._kill_group()
        self._popen.wait()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def rotate(log: Path, limit: int = LOG_LIMIT, kept: int = LOGS_KEPT) -> None:
    """Start a log afresh when it has outgrown the limit, keeping its last few predecessors.

    Copied and cut, since the process goes on writing to the open file (in append mode).
    """
    if not log.exists() or log.stat().st_size < limit:
        return
    for number in range(kept - 1, 0, -1):
        older = log.with_suffix(f".log.{number}")
        if older.exists():
            older.replace(log.with_suffix(f".log.{number + 1}"))
    first = log.with_suffix(".log.1")
    first.write_bytes(log.read_bytes())
    first.chmod(0o600)
    os.truncate(log, 0)
