"""The rows of a file in temporary tables, so that every later step is one statement for all rows.

roster_row: one person a row, its unit and second units as places in roster_unit.
roster_unit: every unit the file names; `unit_id` is empty until it is found here or opened.
Both go with the transaction. Nothing else of the file reaches the database before it is applied.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched

from django.db import connection

from fenjin.people.names import name_key
from fenjin.people.roster.parse import Row, UnitPath

_TABLES = """
DROP TABLE IF EXISTS roster_row, roster_unit, roster_target, roster_here, roster_expected, roster_inside, roster_act;
CREATE TEMP TABLE roster_row (
    row int PRIMARY KEY, number text NOT NULL, name text NOT NULL, name_key text NOT NULL,
    unit int NOT NULL, second int[] NOT NULL, title text NOT NULL, mobile text NOT NULL, email text NOT NULL,
    started_on date, status text NOT NULL, zone text NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE roster_unit (place int PRIMARY KEY, unit_id bigint) ON COMMIT DROP;
"""
_COLUMNS = "row, number, name, name_key, unit, second, title, mobile, email, started_on, status, zone"
NOWHERE = -1  # the place of somebody whom the file says has left
TICK = 5_000  # rows between two signs of life


@dataclass(slots=True)
class Units:
    """Every unit a file names, in order of first mention, parents before children."""

    places: dict[UnitPath, int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)  # place → unit id
    main: set[UnitPath] = field(default_factory=set)
    wanted: set[UnitPath] = field(default_factory=set)  # without those that only problem rows or old names name

    def place(self, path: UnitPath) -> int:
        """Return the place of a unit, registering it and those above it at first sight."""
        place = self.places.get(path)
        if place is None:
            if len(path) > 1:
                self.place(path[:-1])
            place = self.places[path] = len(self.places)
        return place

    def missing(self) -> list[UnitPath]:
        """Return the units that are not here yet."""
        return [path for path, place in self.places.items() if path in self.wanted and place not in self.known]


def stage(parsed: Iterable[Row], units: Units, tick: Callable[[int], None] = lambda _rows: None) -> None:
    """Copy the rows into the temporary tables; somebody who has left needs no unit.

    `tick` is told now and then how many rows have been read.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        with cursor.copy(f"COPY roster_row ({_COLUMNS}) FROM STDIN") as copy:
            for count, row in enumerate(parsed, start=1):
                leaving = row.status == "left"
                place = NOWHERE if leaving else units.place(row.path)
                second = [] if leaving else sorted(units.place(path) for path in row.second)
                if not leaving:
                    units.main.add(row.path)
                known = (row.row, row.number, row.name, name_key(row.name), place, second)
                copy.write_row((*known, row.title, row.mobile, row.email, row.started_on, row.status, row.zone))
                if count % TICK == 0:
                    tick(count)
        cursor.execute("CREATE INDEX ON roster_row (number); ANALYZE roster_row")


def write_units(units: Units) -> None:
    """Write where each unit of the file is; again once the missing ones have been opened."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE roster_unit")
        for some in batched(units.places.values(), 5_000, strict=False):
            cursor.execute(
                "INSERT INTO roster_unit SELECT * FROM unnest(%s::int[], %s::bigint[])",
                [list(some), [units.known.get(place) for place in some]],
            )
        cursor.execute("ANALYZE roster_unit")
