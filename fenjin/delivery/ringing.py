"""When something may ring: plain arithmetic over a person's clock, quiet hours and holidays.

Ringing is all that reaches out for somebody: messenger, mail, text message. The inbox rings never; it may be looked
into at any time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

EMERGENCY: Final = "emergency"
ALL_CLEAR: Final = "all-clear"  # the name of the ring that ends an emergency
LATE_REMINDER: Final = "remind-late-"  # of the rings that remind newcomers; a number follows
LONGEST_WAIT: Final = timedelta(days=21)  # more holidays than that in a row are an error in the calendar
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day in which nothing rings, by the clock on the wall; they may cross midnight."""

    begin: time
    until: time

    def holds(self, shown: time) -> bool:
        """Tell whether a clock that shows this is in them; the first minute is, the last one not."""
        if self.begin <= self.until:
            return self.begin <= shown < self.until
        return shown >= self.begin or shown < self.until


@dataclass(frozen=True, slots=True)
class Calm:
    """What keeps things from ringing for one person: the zone, hours (own, else those of the space), free days."""

    zone: str
    quiet: Quiet | None = None
    holidays: frozenset[date] = frozenset()

    @property
    def zone_info(self) -> ZoneInfo:
        """Return the zone."""
        return ZoneInfo(self.zone)

    def as_json(self) -> dict[str, Any]:
        """Return zone and hours as an outbox row keeps them; holidays are read again."""
        hours = [f"{self.quiet.begin:%H:%M}", f"{self.quiet.until:%H:%M}"] if self.quiet else []
        return {"zone": self.zone, "quiet": hours}

    @classmethod
    def from_json(cls, kept: dict[str, Any], holidays: Collection[date] = ()) -> "Calm":
        """Return what an outbox row kept."""
        hours: Sequence[str] = kept.get("quiet") or ()
        quiet = Quiet(*(time.fromisoformat(hour) for hour in hours)) if hours else None
        return cls(kept.get("zone", "UTC"), quiet, frozenset(holidays))


def may_ring(calm: Calm, now: datetime, importance: str) -> bool:
    """Tell whether something of this importance may ring for a person now. Emergencies always may."""
    return rings_from(calm, now, importance) <= now


def rings_from(calm: Calm, moment: datetime, importance: str) -> datetime:
    """Return the first instant from `moment` on at which something of this importance may ring, in UTC."""
    if importance == EMERGENCY:
        return moment
    zone, at = calm.zone_info, moment.astimezone(UTC)
    while at < moment + LONGEST_WAIT:
        local = at.astimezone(zone)
        if local.date() in calm.holidays:
            at = datetime.combine(local.date() + _DAY, time(), zone).astimezone(UTC)
        elif calm.quiet is not None and calm.quiet.holds(local.time()):
            ends_tomorrow = local.time() >= calm.quiet.until
            day = local.date() + (_DAY if ends_tomorrow else timedelta())
            at = datetime.combine(day, calm.quiet.until, zone).astimezone(UTC)
        else:
            return at
    return at
