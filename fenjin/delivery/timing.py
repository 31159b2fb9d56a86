"""When a reader sees a message: plain arithmetic over the message, the person and the person's zone.

Nothing is stored for it. A person's place in the waves comes from a hash of person and message, so it is
the same on every machine, and differs from message to message.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

MORNING: Final = time(8, 0)
# A morning is a small wave of its own: nobody's connector is asked for a whole zone in one second.
MORNING_MINUTES: Final = 25
# Other systems ring on the hour and the half hour (and connectors ask to keep away from it).
BUSY_MINUTES: Final = frozenset({0, 30})
# The first and the last places on Earth where a day begins and ends.
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=12)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """What of a message decides when people see it. `pauses` are (from, until), over, in order."""

    message_id: int
    starts_at: datetime
    pace: str = "at_once"
    wave_minutes: int = 0
    morning_on: date | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    stopped_at: datetime | None = None

    @property
    def needs_zone(self) -> bool:
        """Tell whether the person's zone matters."""
        return self.pace == "morning"

    @property
    def plain(self) -> bool:
        """Tell whether everybody sees it from the start."""
        return self.pace == "at_once"

    @property
    def ends_at(self) -> datetime:
        """Return an instant by which everybody in the world sees it, while it is not stopped."""
        if self.pace == "morning" and self.morning_on is not None:
            last = _utc(self.morning_on, MORNING) + _LATEST + timedelta(minutes=MORNING_MINUTES + 2)
            last = max(last, self.starts_at)
            for begin, until in self.pauses:
                if begin < last:  # a pause moves a missed morning by whole days
                    last = max(last, until + _DAY + timedelta(minutes=MORNING_MINUTES + 2))
            return last
        span = timedelta(minutes=self.wave_minutes + 2) if self.pace == "waves" else timedelta()
        return self.starts_at + span + sum((until - begin for begin, until in self.pauses), timedelta())


def visible_from(table: Timetable, person_id: int, zone: ZoneInfo | None = None) -> datetime | None:
    """Return the instant from which one recipient sees a message, or None: it was stopped before.

    `zone` is needed when `table.needs_zone`.
    """
    if table.pace == "morning":
        moment = _morning(table, person_id, zone or ZoneInfo("UTC"))
    elif table.pace == "waves":
        moment = _wave(table, person_id)
    else:
        moment = table.starts_at
    if table.stopped_at is not None and moment > table.stopped_at:
        return None
    return moment


def came_at(pace: str, sent_at: datetime, morning_on: date | None, zone: tzinfo) -> datetime:
    """Return since when those who live by a zone have a message, as pages say it: alike for all of them.

    The sending of an "own morning" begins where the day begins first: that hour means nothing to the others.
    """
    if pace == "morning" and morning_on is not None:
        return max(sent_at, datetime.combine(morning_on, MORNING, zone))
    return sent_at


def first_morning(on: date) -> datetime:
    """Return the instant at which the morning of a day begins anywhere: the sending begins then."""
    return _utc(on, MORNING) - _EARLIEST


def read_pauses(stored: str | Sequence[Sequence[str]]) -> tuple[tuple[datetime, datetime], ...]:
    """Return the pauses that a message's row holds, as JSON or as read from it."""
    pairs = json.loads(stored) if isinstance(stored, str) else stored
    return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(until)) for begin, until in pairs)


def share_of(person_id: int, message_id: int) -> float:
    """Return a person's place in the waves of a message: 0 ≤ place < 1, evenly spread."""
    digest = hashlib.blake2b(f"{message_id}:{person_id}".encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48


def _wave(table: Timetable, person_id: int) -> datetime:
    moment = table.starts_at + share_of(person_id, table.message_id) * table.wave_minutes * _MINUTE
    moment = off_the_busy_minute(moment)
    for begin, until in table.pauses:
        if moment > begin:
            moment = off_the_busy_minute(moment + (until - begin))
    return moment


def _morning(table: Timetable, person_id: int, zone: ZoneInfo) -> datetime:
    if table.morning_on is None:
        raise ValueError("A message for the morning has a day.")
    jitter = share_of(person_id, table.message_id) * MORNING_MINUTES * _MINUTE
    # A morning that is over in some zone when the sending begins is not waited for again.
    day = table.morning_on
    moment = max(off_the_busy_minute(_local(day, zone) + jitter), table.starts_at)
    for begin, until in table.pauses:
        while begin < moment <= until:
            day += _DAY
            moment = max(moment, off_the_busy_minute(_local(day, zone) + jitter))
    return moment


def _local(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, MORNING, zone).astimezone(ZoneInfo("UTC"))


def _utc(on: date, clock_time: time) -> datetime:
    return datetime.combine(on, clock_time, ZoneInfo("UTC"))


def off_the_busy_minute(moment: datetime) -> datetime:
    """Return a moment, a minute later if it lies in one in which everybody rings."""
    return moment + _MINUTE if moment.minute in BUSY_MINUTES else moment


def as_stored(pauses: Sequence[tuple[datetime, datetime]]) -> list[list[Any]]:
    """Return pauses in the form in which a message's row holds them."""
    return [[begin.isoformat(), until.isoformat()] for begin, until in pauses]
