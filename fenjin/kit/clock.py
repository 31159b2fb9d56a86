"""The only clock: everything that asks for the time asks here, so that a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_pretended: ContextVar[datetime | None] = ContextVar("fenjin_clock", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


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
