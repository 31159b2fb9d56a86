"""The tree of units as the builder shows it: where I look, what can be chosen there."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from fenjin.people.selectors.branches import children_of, search_units, top_units, units_by_id, way_down

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that can be chosen, with the names above it when it was searched for."""

    unit_id: int
    name: str
    deeper: bool
    place: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Browser:
    """One page of the tree."""

    query: str
    way: tuple[tuple[int, str], ...]
    units: tuple[UnitChoice, ...]
    more: bool


def browse(data: QueryDict) -> Browser:
    """Return found units (`q`), or the looked-at unit (`look`) with what lies right below it, within scope."""
    query = data.get("q", "").strip()[:60]
    if query:
        found = search_units(query, limit=40)
        above = units_by_id({parent for unit in found for parent in unit.path})
        return Browser(query, (), tuple(_choice(unit, above) for unit in found), len(found) == 40)
    look = data.get("look", "")
    here = units_by_id([int(look)]).get(int(look)) if look.isdecimal() and len(look) < 19 else None
    below = children_of(here.pk) if here is not None else top_units()
    if here is None and len(below) == 1:
        here, below = below[0], children_of(below[0].pk)
    whole = [UnitChoice(here.pk, here.title, False, whole=True)] if here is not None else []
    way = tuple((unit.pk, unit.title) for unit in way_down(here)) if here is not None else ()
    rows = [*whole, *(_choice(unit, {}) for unit in below[:MOST_SHOWN])]
    return Browser("", way, tuple(rows), len(below) > MOST_SHOWN)


def _choice(unit: Any, above: dict[int, Any]) -> UnitChoice:
    place = " / ".join(above[parent].title for parent in unit.path[1:-1] if parent in above)
    return UnitChoice(unit.pk, unit.title, bool(unit.has_children), place)
