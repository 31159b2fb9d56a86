"""Reads of the tree for those who choose units: where they lie, what is below them, how they are called.

All go through the scope in force, so nobody chooses or sees a unit outside the own `people` set.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from fenjin.kit.db import listing
from fenjin.kit.wording import in_english
from fenjin.people.models import Post, Unit

__all__ = [
    "UnitPlace",
    "children_of",
    "people_of_branches",
    "search_units",
    "top_units",
    "unit_places",
    "units_by_id",
    "way_down",
]


def _open_units() -> QuerySet[Unit]:
    below = Unit._base_manager.filter(parent=OuterRef("pk"), closed_on__isnull=True)
    rows: QuerySet[Unit] = Unit.objects.filter(closed_on__isnull=True)
    return listing(rows).annotate(has_children=Exists(below)).order_by("lft")


def units_by_id(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Return the units in scope among `unit_ids`, closed ones too, by id."""
    return {unit.pk: unit for unit in listing(Unit.objects.filter(pk__in=list(unit_ids)))}


def people_of_branches(unit_ids: Iterable[int]) -> QuerySet[Post, dict[str, int]]:
    """Return the ids of the people in scope with a current post in one of the units or below, for a condition."""
    return Post.objects.filter(ended_on__isnull=True, unit__path__overlap=list(unit_ids)).values("person")


def children_of(unit_id: int) -> list[Unit]:
    """Return the open units right below a unit, in the order of the tree, each with `has_children`."""
    return list(_open_units().filter(parent_id=unit_id))


def top_units() -> list[Unit]:
    """Return the highest open units in scope: those whose parent is not in scope; each with `has_children`."""
    above = Unit.objects.filter(pk=OuterRef("parent_id"))
    return list(_open_units().filter(~Exists(above)))


def search_units(text: str, limit: int = 20) -> list[Unit]:
    """Return open units whose name, in either language, holds `text`: the highest first, each with `has_children`."""
    text = text.strip()
    if not text:
        return []
    called = Q(name__icontains=text) | Q(name_en__icontains=text)
    return list(_open_units().filter(called).order_by("depth", "lft")[:limit])


def way_down(unit: Unit) -> list[Unit]:
    """Return the units in scope from the top down to and with `unit`."""
    return sorted(units_by_id(unit.path).values(), key=lambda above: above.depth)


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit's name, in the reader's language where it has one in it, and where it stands."""

    name: str
    path: tuple[int, ...]
    lft: int
    space_id: int


def unit_places(unit_ids: Iterable[int]) -> dict[int, UnitPlace]:
    """Return units by id, whatever the scope: for numbers that the caller cut to its reader's set."""
    fields = ("pk", "name", "name_en", "path", "lft", "space_id")
    english, rows = in_english(), Unit._base_manager.filter(pk__in=list(unit_ids)).values_list(*fields)
    return {
        pk: UnitPlace((english and name_en) or name, tuple(path), lft, space)
        for pk, name, name_en, path, lft, space in rows
    }
