"""What the organisation desk shows: branches with head counts, units found by name or path, today or on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from fenjin.kit.db import listing
from fenjin.people.models import Unit, UnitEvent
from fenjin.people.selectors import past
from fenjin.people.selectors.branches import children_of, top_units
from fenjin.people.selectors.history import UnitThen, children_on, unit_on
from fenjin.people.selectors.own import unit_titles
from fenjin.people.selectors.past import fetch, in_scope
from fenjin.people.selectors.persons import unit_paths

FOUND = 40


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A line of the tree. `total` counts everybody in the unit or below it once; None where it is not counted."""

    id: int
    name: str
    direct: int
    total: int | None
    has_children: bool
    space_id: int = 0


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit that a search has found, with its way from the top; `was` is an older name that matched."""

    id: int
    name: str
    path: str
    closed_on: date | None
    was: str = ""


def head_counts(unit_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each unit how many people hold a current post in it, and in it or below it, in one query.

    A person is counted once, whatever the number of posts; so the parts may add up to more than the whole.
    """
    wanted: dict[str, Any] = {"units": list(unit_ids)}
    scope = in_scope("p", wanted)
    held = f"FROM people_post p WHERE p.ended_on IS NULL AND {scope} AND p.pos"
    sql = f"""SELECT u.id, (SELECT count(*) {held} = u.lft),
                     (SELECT count(*) FROM (SELECT DISTINCT p.person_id {held} BETWEEN u.lft AND u.rgt) people)
              FROM people_unit u WHERE u.id = ANY(%(units)s)"""  # noqa: S608 - names are ours
    return {unit: (direct, total) for unit, direct, total in fetch(sql, wanted)}


def branch_now(unit_id: int | None) -> list[BranchRow]:
    """Return the open units right below a unit, or the highest in scope for None, with head counts: two queries."""
    units = children_of(unit_id) if unit_id is not None else top_units()
    counts = head_counts([unit.pk for unit in units])
    return [
        BranchRow(unit.pk, unit.name, *counts[unit.pk], bool(unit.has_children), unit.space_id)  # type: ignore[attr-defined]
        for unit in units
    ]


def branch_on(unit_id: int | None, day: date) -> list[BranchRow]:
    """Return the units right below a unit at the end of `day` under their names then; only direct posts are counted.

    The units that are highest in scope today stand for None.
    """
    if unit_id is not None:
        units: Iterable[UnitThen] = children_on(unit_id, day)
    else:
        units = [then for then in (unit_on(unit.pk, day) for unit in top_units()) if then.open]
    found = {then.id: then for then in units}
    wanted: dict[str, Any] = {"units": list(found), "day": day}
    scope = in_scope("p", wanted)
    sql = f"""SELECT top.id,
            (SELECT count(*) FROM people_post p WHERE p.unit_id = top.id AND {past.HELD} AND {scope}),
            EXISTS ({past.CHILDREN.format(above="top.id")}), top.space_id
        FROM people_unit top WHERE top.id = ANY(%(units)s)"""  # noqa: S608 - names are ours
    counts = {unit: rest for unit, *rest in fetch(sql, wanted)}
    return [BranchRow(then.id, then.name, counts[then.id][0], None, *counts[then.id][1:]) for then in found.values()]


def find_units(text: str, *, closed: bool = True, limit: int = FOUND) -> list[FoundUnit]:
    """Return units in scope by a part of the name, or of a path such as 甲公司/财务; open and high ones first.

    With `closed` also closed units, and units that were once called so.
    """
    *above, last = [part.strip() for part in text.replace("／", "/").replace(">", "/").split("/") if part.strip()] or [
        ""
    ]
    if not last:
        return []
    units = listing(Unit.objects.all()) if closed else listing(Unit.objects.filter(closed_on__isnull=True))
    found: dict[int, tuple[Unit, str]] = {
        unit.pk: (unit, "") for unit in _below(units.filter(name__icontains=last), above).order_by(*_FIRST)[:limit]
    }
    if closed and len(found) < limit:
        renamed = UnitEvent.objects.filter(kind="renamed", old__name__icontains=last)
        older = dict(renamed.order_by("pk").values_list("unit_id", "old__name")[: 5 * limit])
        more = _below(units.filter(pk__in=[unit for unit in older if unit not in found]), above)
        found |= {unit.pk: (unit, older[unit.pk]) for unit in more.order_by(*_FIRST)[: limit - len(found)]}
    paths = unit_paths(set(found), skip=0)
    return [FoundUnit(pk, unit.name, paths[pk], unit.closed_on, was) for pk, (unit, was) in found.items()]


_FIRST = (F("closed_on").desc(nulls_first=True), "depth", "lft")


def _below(units: QuerySet[Unit], above: list[str]) -> QuerySet[Unit]:
    for name in above:
        holder = Unit._base_manager.filter(lft__lt=OuterRef("lft"), rgt__gt=OuterRef("rgt"), name__icontains=name)
        units = units.filter(Exists(holder))
    return units


def closed_children(unit_id: int) -> list[Unit]:
    """Return the closed units that lay right below a unit, in scope, the latest first."""
    return list(listing(Unit.objects.filter(parent=unit_id, closed_on__isnull=False).order_by("-closed_on", "pk")))


def names_of(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of units now, in the reader's language, whatever the scope: for paths and for history."""
    return unit_titles(unit_ids)
