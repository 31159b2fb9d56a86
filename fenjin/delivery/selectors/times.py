"""When one person sees messages: the arithmetic of `timing`, with the person's zone read once if it matters."""

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from fenjin.delivery.timing import Timetable, visible_from
from fenjin.kit import clock
from fenjin.people.selectors.zones import zone_of_person


class Times:
    """Asks the arithmetic for one person, at one instant."""

    def __init__(self, person_id: int) -> None:
        self.person_id = person_id
        self.now = clock.now()

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the person's zone."""
        return zone_of_person(self.person_id)

    def at(self, table: Timetable) -> datetime | None:
        """Return the instant from which the person sees a message; None: it was stopped before."""
        # Most messages go to everybody at once.
        if table.plain and table.stopped_at is None:
            return table.starts_at
        return visible_from(table, self.person_id, self.zone if table.needs_zone else None)

    def visible(self, table: Timetable) -> bool:
        """Tell whether the person sees a message now.

        What goes to everybody at once is seen as soon as it is there: clocks of two machines may differ a little.
        """
        if table.plain and table.stopped_at is None:
            return True
        moment = self.at(table)
        return moment is not None and moment <= self.now
