"""The only clock: everything that asks for the time asks here, so that a test or a demo can set it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

READ_ANEW: Final = 0.5  # seconds after which every process has seen that the demo's clock was moved
_pretended: ContextVar[datetime | None] = ContextVar("fenjin_clock", default=None)


class _Ahead:
    """How far the clock of a demo is ahead: hours in a file that everybody who runs the demo may write."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.forget()

    def forget(self) -> None:
        """Read the file anew at the next question."""
        self._by, self._read_at = timedelta(), float("-inf")

    def by(self) -> timedelta:
        """Return how far; nothing without a file, or with one that holds no number."""
        if self.file is not None and time.monotonic() - self._read_at >= READ_ANEW:
            try:
                self._by = timedelta(hours=float(self.file.read_text()))
            except (OSError, ValueError, OverflowError):
                self._by = timedelta()
            self._read_at = time.monotonic()
        return self._by


_ahead = _Ahead()


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC) + _ahead.by()


def follow(file: Path | None) -> None:
    """Go ahead of the true time by the hours that stand in a file, from now on and in this process; None: by none.

    For a demo that shows several mornings within minutes. Other processes follow the same file by themselves.
    """
    _ahead.file = file
    _ahead.forget()


def is_moved() -> bool:
    """Tell whether this clock follows a file, so that it may show another time than the true one."""
    return _ahead.file is not None


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Run the block as if it were `moment`: for tests, and for a demo whose company has a past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def today(zone: ZoneInfo) -> date:
    """Return the calendar date that people in `zone` have now."""
    return now().astimezone(zone).date()
