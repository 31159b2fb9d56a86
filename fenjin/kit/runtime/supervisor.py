"""Keeps a handful of processes running: starts them in order, restarts those that end, stops all together."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from fenjin.kit.runtime.problem import NO_SPACE, Problem, disk_full, tail
from fenjin.kit.runtime.process import Child, Process, rotate

CRASHES_IN_A_ROW = 3
STEADY_AFTER = 60.0
PAUSES = (1.0, 3.0, 9.0)
BEAT = 0.2


class Stopped(BaseException):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, a closed terminal)."""


@contextmanager
def until_signalled() -> Iterator[None]:
    """Turn the first signal to stop into Stopped, wherever we are; end quietly with the block.

    Later signals change nothing: winding up has begun and has its own time limit.
    """
    asked = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if not asked:
            asked = True
            raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    except Stopped:
        pass
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@dataclass
class _Post:
    """A process, the child that runs it now, and how often it has crashed lately."""

    process: Process
    log: Path
    child: Child | None = None
    crashes: int = 0
    start_again_at: float = field(default=0.0)


class Supervisor:
    """Runs processes until told to stop; use as a context manager: whatever happens, all are stopped."""

    def __init__(self, logs: Path, say: Callable[[str], None] = print) -> None:
        self._logs, self._say = logs, say
        self._posts: list[_Post] = []

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, *processes: Process) -> None:
        """Start processes together and return when each is ready; raises Problem when one is not."""
        posts = [_Post(process, self._logs / f"{process.name}.log") for process in processes]
        for post in posts:
            self._posts.append(post)
            post.child = Child(post.process, post.log)
        for post in posts:
            self._wait_until_ready(post)

    def watch(self) -> None:
        """Look after the processes for ever; raises Problem when one crashes again and again."""
        while True:
            self.look_once()
            time.sleep(BEAT)

    def look_once(self) -> None:
        """Notice what ended, start again what is due, rotate logs."""
        for post in self._posts:
            if post.child is None:
                if time.monotonic() >= post.start_again_at:
                    post.child = Child(post.process, post.log)
            elif post.child.has_ended():
                self._plan_restart(post, post.child)
            with suppress(OSError):
                rotate(post.log)

    def run(self, process: Process) -> None:
        """Run something that ends by itself; raises Problem when it fails or a process ends meanwhile."""
        post = _Post(process, self._logs / f"{process.name}.log")
        post.child = Child(process, post.log)
        self._posts.append(post)
        while not post.child.has_ended():
            self._require_all_alive(but=post)
            time.sleep(BEAT / 4)
        self._posts.remove(post)
        if post.child.how_it_ended() != "ended with code 0":
            raise self._failed(post, f"{process.name} {post.child.how_it_ended()}.")

    def stop(self) -> None:
        """Stop all, the last started first; each gets its own patience, then is killed."""
        while self._posts:
            post = self._posts.pop()
            if post.child is not None:
                post.child.ask_to_stop()
                post.child.wait_or_kill(time.monotonic() + post.process.patience)

    def _wait_until_ready(self, post: _Post) -> None:
        child, until = post.child, time.monotonic() + post.process.ready_within
        assert child is not None
        while not post.process.ready():
            if child.has_ended():
                raise self._failed(post, f"{post.process.name} {child.how_it_ended()} while starting.")
            if time.monotonic() > until:
                raise self._failed(post, f"{post.process.name} was not ready in {post.process.ready_within:.0f} s.")
            time.sleep(BEAT / 4)
        if child.has_ended():
            raise self._failed(post, f"{post.process.name} {child.how_it_ended()} while starting.")

    def _require_all_alive(self, but: _Post) -> None:
        for post in self._posts:
            if post is not but and post.child is not None and post.child.has_ended():
                raise self._failed(post, f"{post.process.name} {post.child.how_it_ended()} while starting.")

    def _plan_restart(self, post: _Post, child: Child) -> None:
        if time.monotonic() - child.started_at > STEADY_AFTER:
            post.crashes = 0
        post.crashes += 1
        if post.crashes >= CRASHES_IN_A_ROW:
            raise self._failed(post, f"{post.process.name} ended {post.crashes} times in a row; Fenjin stops.")
        pause = PAUSES[post.crashes - 1]
        self._say(f"{post.process.name} {child.how_it_ended()}; it starts again in {pause:.0f} s (see {post.log}).")
        post.child, post.start_again_at = None, time.monotonic() + pause

    def _failed(self, post: _Post, sentence: str) -> Problem:
        details = tail(post.log)
        if NO_SPACE in details:
            return disk_full(post.log)
        return Problem(sentence, f"Its log, {post.log}, ends with the reason:", details)

