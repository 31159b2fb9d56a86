"""What an operator sees while the platform starts: one line a step, with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from fenjin.kit.runtime.problem import Problem

_MARK = {True: "✓", False: "✗"}


def say(text: str = "") -> None:
    """Print a line at once, also when the output is a file or a pipe."""
    try:
        print(text, flush=True)
    except (BrokenPipeError, UnicodeEncodeError):
        _say_plainly(text)


def _say_plainly(text: str) -> None:
    """Print what an ASCII terminal can show; a reader that went away is no reason to stop."""
    with suppress(BrokenPipeError):
        print(text.encode("ascii", "replace").decode(), flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step: its title at once, a mark and the seconds at its end."""
    started = time.monotonic()
    on_terminal = sys.stdout.isatty()
    if on_terminal:
        print(f"  … {title}", end="", flush=True)
    else:
        say(f"  … {title}")
    done = False
    try:
        yield
        done = True
    finally:
        start = "\r" if on_terminal else ""
        say(f"{start}  {_MARK[done]} {title} ({time.monotonic() - started:.1f} s)")


def tell(problem: Problem) -> None:
    """Print a problem on standard error: the sentence with its cure, then details if there are any."""
    print(f"\n{problem}", file=sys.stderr)
    if problem.details:
        print("\n".join(f"    {line}" for line in problem.details.splitlines()), file=sys.stderr)
    sys.stderr.flush()
