"""Units of the file and units here, brought together: counts from the database, the decision in recognise.

Leaves roster_expected (where the people of each unit here belong in the file), roster_inside (the
units that the file speaks for) and roster_unit.
"""

from collections.abc import Sequence

from django.db import connection

from fenjin.people.roster.old_names import resolve
from fenjin.people.roster.reach import Reach
from fenjin.people.roster.recognise import KnownUnit, Matching, recognise
from fenjin.people.roster.staging import NOWHERE, Units, write_units
from fenjin.people.services.positions import rows

_EXPECTED = """
CREATE TEMP TABLE roster_expected (unit_id bigint PRIMARY KEY, place int NOT NULL, merged boolean NOT NULL)
    ON COMMIT DROP;
CREATE TEMP TABLE roster_inside (unit_id bigint PRIMARY KEY) ON COMMIT DROP;
"""


def load_units() -> list[KnownUnit]:
    """Return the open units here, parents first, with how many people have their main post in each."""
    found = rows(
        """SELECT u.id, u.parent_id, u.name, coalesce(p.people, 0) FROM people_unit u
           LEFT JOIN (SELECT unit_id, count(*) AS people FROM people_post WHERE main AND ended_on IS NULL
                      GROUP BY unit_id) p ON p.unit_id = u.id
           WHERE u.closed_on IS NULL ORDER BY u.depth, u.id"""
    )
    return [KnownUnit(*row) for row in found]


def count_flows(here: Sequence[KnownUnit]) -> None:
    """Fill in where the people of each unit are in the file; those who have left by it are nowhere."""
    by_id = {unit.id: unit for unit in here}
    for unit in by_id.values():
        unit.staying, unit.to = 0, {}
    for unit_id, place, people in rows(
        "SELECT main_unit, unit, count(*) FROM roster_here WHERE main_unit IS NOT NULL GROUP BY 1, 2"
    ):
        if place != NOWHERE and unit_id in by_id:
            by_id[unit_id].staying += people
            by_id[unit_id].to[place] = people


def match_units(units: Units, here: list[KnownUnit], reach: Reach, denied: set[int]) -> Matching:
    """Find the units of the file among those here, mark what the file speaks for, and write both down."""
    for unit in here:
        unit.inside = unit.id in reach.inside
    alive = _alive(units)
    matching = recognise(here, units.places, alive, denied)
    resolve(units, here, matching, alive)
    units.known = matching.known
    _want(units)
    write_units(units)
    with connection.cursor() as cursor:
        cursor.execute(_EXPECTED)
        with cursor.copy("COPY roster_expected FROM STDIN") as copy:
            for unit_id, place in matching.expected.items():
                copy.write_row((unit_id, place, unit_id in matching.merged))
        with cursor.copy("COPY roster_inside FROM STDIN") as copy:
            for unit_id in reach.inside:
                copy.write_row((unit_id,))
        cursor.execute("ANALYZE roster_expected; ANALYZE roster_inside")
    return matching


def _alive(units: Units) -> set[int]:
    """Return the places at or below which the file puts somebody's main post."""
    paths = {place: path for path, place in units.places.items()}
    used = rows("SELECT DISTINCT unit FROM roster_row WHERE unit >= 0")
    return {units.places[paths[place][:depth]] for (place,) in used for depth in range(1, len(paths[place]) + 1)}


def _want(units: Units) -> None:
    """Note the units that the file asks for."""
    paths = {place: path for path, place in units.places.items()}
    used = rows("SELECT unit FROM roster_row WHERE unit >= 0 UNION SELECT unnest(second) FROM roster_row")
    for (place,) in used:
        units.wanted.update(paths[place][:depth] for depth in range(1, len(paths[place]) + 1))
