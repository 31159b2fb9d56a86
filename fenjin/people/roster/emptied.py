"""Which units an apply would close, told beforehand: those in which, or below which, nobody would be left.

The same rule as services.closing, on the temporary tables of a plan instead of on posts that are written.
"""

from collections.abc import Iterable

from fenjin.people.roster.columns import Field
from fenjin.people.roster.parse import UnitPath
from fenjin.people.roster.plan import Plan
from fenjin.people.services.positions import rows

_TARGETS = """SELECT DISTINCT t.place FROM roster_target t JOIN roster_act a ON a.row = t.row
              WHERE a.action NOT IN ('unchanged', 'leave')"""

# Posts that the apply would leave as they are, by unit; those of merged units go with their unit.
_STAYING = """
SELECT s.unit_id, e.place FROM (
    SELECT DISTINCT p.unit_id FROM people_post p LEFT JOIN roster_act a ON a.person_id = p.person_id
    WHERE p.ended_on IS NULL AND (
        a.person_id IS NULL OR a.action IN ('unchanged', 'join')
        OR a.action <> 'leave' AND NOT p.main
           AND NOT (%(second_units)s AND p.unit_id IN (SELECT unit_id FROM roster_inside)))
) s LEFT JOIN roster_expected e ON e.unit_id = s.unit_id AND e.merged
"""

_HELD = """SELECT DISTINCT p.unit_id FROM people_post p JOIN roster_inside i ON i.unit_id = p.unit_id
           WHERE p.ended_on IS NULL"""


def list_emptied(plan: Plan) -> list[str]:
    """Return the paths of the units that the plan would leave empty, so that its apply closes them."""
    if not plan.actions.keys() - {"unchanged", "join"}:
        return []
    tree = _Tree(plan)
    alive = tree.above(tree.nearest(path) for path in tree.paths_of(place for (place,) in rows(_TARGETS)))
    stay = rows(_STAYING, {"second_units": plan.has(Field.SECOND_UNITS)})
    alive |= tree.above(unit for unit, place in stay if place is None)
    alive |= tree.above(
        tree.nearest(path) for path in tree.paths_of(place for _unit, place in stay if place is not None)
    )
    inside = {unit for (unit,) in rows("SELECT unit_id FROM roster_inside")}
    emptied = (tree.above(unit for (unit,) in rows(_HELD)) & inside) - alive
    return tree.names(unit for unit in tree.below(emptied) if unit not in alive and tree.may_close(unit))


class _Tree:
    """The open units here, under the parents that they would have then."""

    def __init__(self, plan: Plan) -> None:
        found = rows("SELECT id, parent_id, name, space_id FROM people_unit WHERE closed_on IS NULL ORDER BY lft")
        self.units = plan.units
        self.parent: dict[int, int | None] = {unit: parent for unit, parent, _name, _space in found}
        self.name: dict[int, str] = {unit: name for unit, _parent, name, _space in found}
        self.space: dict[int, int] = {unit: space for unit, _parent, _name, space in found}
        self.was = dict(self.parent)
        for one in plan.matching.found:
            if one.kind == "transfer":
                self.parent[one.unit] = self.nearest(one.new[:-1])
        self.holding = self._holding_others()

    def paths_of(self, places: Iterable[int]) -> list[UnitPath]:
        wanted = set(places)
        return [path for path, place in self.units.places.items() if place in wanted]

    def nearest(self, path: UnitPath) -> int | None:
        """Return the unit of a path, or the nearest above it that is here."""
        for depth in range(len(path), 0, -1):
            unit = self.units.known.get(self.units.places.get(path[:depth], -1))
            if unit is not None:
                return unit
        return None

    def above(self, units: Iterable[int | None]) -> set[int]:
        """Return the units with all above them."""
        found: set[int] = set()
        for unit in units:
            while unit is not None and unit not in found:
                found.add(unit)
                unit = self.parent.get(unit)
        return found

    def below(self, units: set[int]) -> list[int]:
        """Return the units with all below them, in the order of the tree."""
        found = set(units)
        for unit, parent in self.parent.items():  # parents come first, but for a unit that has been moved
            if parent in found:
                found.add(unit)
        return [unit for unit in self.parent if unit in found]

    def may_close(self, unit: int) -> bool:
        """Tell whether a unit is neither the top of anything nor above the top of a sub-platform."""
        above = self.parent[unit]
        return above is not None and self.space.get(above) == self.space[unit] and unit not in self.holding

    def names(self, units: Iterable[int]) -> list[str]:
        """Return the paths of units as they are called now."""
        return ["/".join(self._path(unit)) for unit in units]

    def _path(self, unit: int) -> list[str]:
        names, at = [], unit
        while at is not None and at in self.name:
            names.append(self.name[at])
            at = self.was[at]  # type: ignore[assignment]
        return names[::-1]

    def _holding_others(self) -> set[int]:
        """Return the units below which another sub-platform begins."""
        found: set[int] = set()
        for unit, parent in self.parent.items():
            if parent is not None and self.space.get(parent) != self.space[unit]:
                found |= self.above([parent])
        return found
