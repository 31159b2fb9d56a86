"""Keeps a handful of processes running: starts them in order, restarts those that end, stops all together."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fenjin.kit.runtime.folders import MIB
from fenjin.kit.runtime.problem import NO_SPACE, Problem, disk_full, tail
from fenjin.kit.runtime.process import Child, Process, rotate

CRASHES_IN_A_ROW = 3
STEADY_AFTER = 60.0
PAUSES = (1.0, 3.0)
BEAT = 0.2
_TRACE = b"Traceback (most recent call last)"


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
    """A process and the child that runs it, or that ran it when it waits to start again."""

    process: Process
    log: Path
    wave: int
    child: Child
    began_at: int = 0  # how long the log was before
    once: bool = False
    crashes: int = 0
    start_again_at: float | None = None

    @property
    def runs(self) -> bool:
        """Whether a child should be running now."""
        return self.start_again_at is None


class Supervisor:
    """Runs processes until told to stop; use as a context manager: whatever happens, all are stopped."""

    def __init__(self, logs: Path, say: Callable[[str], None] = print) -> None:
        self._logs, self._say = logs, say
        self._posts: list[_Post] = []
        self._waves = 0

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, *processes: Process) -> None:
        """Start processes together and return when each is ready; raises Problem when one is not."""
        self._waves += 1
        posts = [self._place(process) for process in processes]
        for post in posts:
            self._wait_until_ready(post)

    def watch(self, errand: Callable[[], Process | None] = lambda: None) -> None:
        """Look after the processes for ever; raises Problem when one crashes again and again.

        `errand` is asked at every beat for something to run once beside them, one at a time; one that
        fails is told and not repeated.
        """
        while True:
            self.look_once()
            if not any(post.once for post in self._posts) and (process := errand()):
                self._run_beside(process)
            time.sleep(BEAT)

    def look_once(self) -> None:
        """Notice what ended, start again what is due, rotate logs."""
        for post in list(self._posts):
            if post.runs and post.child.has_ended():
                self._plan_restart(post) if not post.once else self._end_errand(post)
            elif post.start_again_at is not None and time.monotonic() >= post.start_again_at:
                self._start_again(post)
            with suppress(OSError):
                rotate(post.log)

    def run(self, process: Process) -> None:
        """Run something that ends by itself, showing what it prints, but for a fault's trace.

        Raises Problem when it fails, with the end of the trace, or when one of the other processes ends meanwhile.
        """
        self._waves += 1
        log = self._logs / f"{process.name}.log"
        seen = log.stat().st_size if log.exists() else 0
        post = self._place(process)
        ended = False
        while not ended:
            self._require_all_alive(but=post)
            time.sleep(BEAT / 4)
            ended = post.child.has_ended()
            seen = self._show_news(log, seen)
        self._posts.remove(post)
        if not post.child.succeeded():
            if any(_disk_was_full(each) for each in (post, *self._posts)):
                raise disk_full(log.parent)
            how = f"{process.name} {post.child.how_it_ended()}."
            if seen < log.stat().st_size:
                raise Problem(how, f"Its log, {log}, ends with the reason:", tail(log))
            raise Problem(how, f"The lines above, kept in {log}, say why.")

    def stop(self) -> None:
        """Stop all: what was started last first, what was started together together."""
        while self._posts:
            last = self._posts[-1].wave
            posts = [post for post in self._posts if post.wave == last]
            self._posts = [post for post in self._posts if post.wave != last]
            asked_at = time.monotonic()
            for post in posts:
                post.child.ask_to_stop()
            for post in posts:
                post.child.wait_or_kill(asked_at + post.process.patience)

    def _place(self, process: Process) -> _Post:
        log = self._logs / f"{process.name}.log"
        began_at = log.stat().st_size if log.exists() else 0
        post = _Post(process, log, self._waves, Child(process, log), began_at)
        self._posts.append(post)
        return post

    def _show_news(self, log: Path, seen: int) -> int:
        """Show the whole lines that were written after `seen`, up to a fault's trace; return where to go on."""
        with log.open("rb") as lines:
            lines.seek(seen)
            for line in lines:
                if not line.endswith(b"\n") or line.startswith(_TRACE):
                    break
                seen += len(line)
                self._say(f"    {line.decode(errors='replace').rstrip()}")
        return seen

    def _wait_until_ready(self, post: _Post) -> None:
        name, until = post.process.name, time.monotonic() + post.process.ready_within
        ready = False
        while not ready:
            ready = post.process.ready()
            if post.child.has_ended():
                raise self._failed(post, f"{name} {post.child.how_it_ended()} while starting.")
            if not ready and time.monotonic() > until:
                raise self._failed(post, f"{name} was not ready in {post.process.ready_within:.0f} s.")
            if not ready:
                time.sleep(BEAT / 4)

    def _require_all_alive(self, but: _Post) -> None:
        for post in self._posts:
            if post is not but and post.child.has_ended():
                raise self._failed(post, f"{post.process.name} {post.child.how_it_ended()} while starting.")

    def _run_beside(self, process: Process) -> None:
        try:
            self._place(process).once = True
        except OSError as error:
            self._say(f"{process.name} could not be started ({error}).")

    def _start_again(self, post: _Post) -> None:
        try:
            post.child, post.start_again_at = Child(post.process, post.log), None
        except OSError as error:
            # No memory, no handles: the others go on, and in a moment there may be some.
            post.start_again_at = time.monotonic() + PAUSES[-1]
            self._say(f"{post.process.name} could not be started ({error}); tried again in {PAUSES[-1]:.0f} s.")

    def _end_errand(self, post: _Post) -> None:
        self._posts.remove(post)
        if not post.child.succeeded():
            self._say(f"{post.process.name} {post.child.how_it_ended()}; its log, {post.log}, says why.")

    def _plan_restart(self, post: _Post) -> None:
        child, name = post.child, post.process.name
        if time.monotonic() - child.started_at > STEADY_AFTER:
            post.crashes = 0
        post.crashes += 1
        if post.crashes >= CRASHES_IN_A_ROW:
            raise self._failed(post, f"{name} {child.how_it_ended()} for the third time in a row, so Fenjin stops.")
        pause = PAUSES[post.crashes - 1]
        self._say(f"{name} {child.how_it_ended()}; it starts again in {pause:.0f} s (its log: {post.log}).")
        post.start_again_at = time.monotonic() + pause

    def _failed(self, post: _Post, sentence: str) -> Problem:
        if _disk_was_full(post):
            return disk_full(post.log.parent)
        return Problem(sentence, f"Its log, {post.log}, ends with the reason:", tail(post.log))


def _disk_was_full(post: _Post) -> bool:
    """Return whether a process fell for want of room: its log says so, or had no room to say it."""
    with suppress(OSError), post.log.open("rb") as log:
        log.seek(post.began_at)
        if NO_SPACE.encode() in log.read()[-4096:]:
            return True
    return shutil.disk_usage(post.log.parent).free < MIB
