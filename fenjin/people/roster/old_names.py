"""Second posts that still use the old name of a unit mean the unit under its new one.

Old names are those that this same file makes old, and those of the dated history, so that the same
file says the same when it comes again. For main posts an old name is a name like any other.
"""

from fenjin.people.roster.parse import UnitPath
from fenjin.people.roster.recognise import KnownUnit, Matching
from fenjin.people.roster.staging import Units
from fenjin.people.services.positions import change, rows

_FORMER = """
SELECT u.parent_id, e.old->>'name', u.id FROM people_unitevent e JOIN people_unit u ON u.id = e.unit_id
WHERE e.kind = 'renamed' AND u.closed_on IS NULL
UNION ALL
SELECT (e.old->>'parent')::bigint, u.name, u.id FROM people_unitevent e JOIN people_unit u ON u.id = e.unit_id
WHERE e.kind = 'moved' AND u.closed_on IS NULL
UNION ALL
SELECT u.parent_id, u.name, i.id FROM people_unitevent e JOIN people_unit u ON u.id = e.unit_id
JOIN people_unit i ON i.id = (e.new->>'into')::bigint
WHERE e.kind = 'closed' AND e.new ? 'into' AND i.closed_on IS NULL
"""


def resolve(units: Units, here: list[KnownUnit], matching: Matching, alive: set[int]) -> None:
    """Find every unit that only second posts name, and let old names in the staged rows be new ones."""
    resolver = _Resolver(units, here, matching, alive)
    places = {}
    for path, place in sorted(units.places.items(), key=lambda entry: (len(entry[0]), entry[1])):
        if place not in alive and (found := resolver.canonical(path)) != place:
            places[place] = found
    if places:
        change(
            """UPDATE roster_row r SET second = array(
                   SELECT DISTINCT coalesce(n.new, s.place) FROM unnest(r.second) AS s (place)
                   LEFT JOIN unnest(%(old)s::int[], %(new)s::int[]) AS n (old, new) ON n.old = s.place
                   WHERE coalesce(n.new, s.place) <> r.unit ORDER BY 1)
               WHERE r.second && %(old)s::int[]""",
            {"old": list(places), "new": list(places.values())},
        )


class _Resolver:
    def __init__(self, units: Units, here: list[KnownUnit], matching: Matching, alive: set[int]) -> None:
        self.units, self.matching, self.alive = units, matching, alive
        self.renamed = {one.old: one.new for one in matching.found}
        self.children = {(unit.parent, unit.name): unit.id for unit in here}
        self.former: dict[tuple[int | None, str], int] = {
            (parent, name): unit
            for parent, name, unit in rows(f"SELECT * FROM ({_FORMER}) former ORDER BY 3")  # noqa: S608
        }
        self.paths: dict[int, UnitPath] = {place: path for path, place in units.places.items()}

    def canonical(self, path: UnitPath) -> int:
        """Return the place that a path means, registering it if the file does not name it so itself."""
        if path in self.renamed:
            return self._place(self.renamed[path])
        place = self._place(path)
        if len(path) == 1 or place in self.alive or place in self.matching.known:
            return place
        above = self.canonical(path[:-1])
        meant = (*self.paths[above], path[-1])
        if meant != path:
            return self.canonical(meant)
        return self._by_unit(place, self.matching.known.get(above), path[-1])

    def _by_unit(self, place: int, parent: int | None, name: str) -> int:
        """Return the place of the unit of that name, or that once had it, below a unit that is here."""
        expected = self.matching.expected
        unit = self.children.get((parent, name)) if parent is not None else None
        if unit is None or unit in expected:
            unit = self.former.get((parent, name)) if parent is not None else None
        if unit is None:
            return place
        if unit in expected:
            return expected[unit]
        expected[unit], self.matching.known[place] = place, unit
        return place

    def _place(self, path: UnitPath) -> int:
        place = self.units.place(path)
        for depth in range(len(path), 0, -1):
            self.paths.setdefault(self.units.places[path[:depth]], path[:depth])
        return place
