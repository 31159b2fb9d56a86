"""The burden ledger: which units were asked for how many minutes of attention this week, and by whom."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fenjin.delivery.access import COVERAGE_READER
from fenjin.delivery.desk.minutes import in_tenths, told
from fenjin.delivery.selectors.burden import Asked, LoadedUnit, counted_at, loads_below, most_loaded
from fenjin.delivery.suppression import FEWEST
from fenjin.kit.access import needs
from fenjin.kit.components import Bar, Crumb, Crumbs
from fenjin.kit.errors import NotFound
from fenjin.people.selectors.branches import children_of, top_units, units_by_id, way_down
from fenjin.people.selectors.tree import count_people_below
from fenjin.spaces.selectors import space_names


@dataclass(frozen=True, slots=True)
class Line:
    """One unit with all below it."""

    name: str
    href: str
    people: int
    minutes: str
    by: str
    bar: Bar


@needs(COVERAGE_READER)
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """Show the most loaded units in scope, and the load down the tree, each unit with all below it."""
    here = _here(request.GET.get("unit", ""))
    heads = count_people_below(here.pk) if here is not None else {}
    units = [unit for unit in (children_of(here.pk) if here is not None else []) if heads.get(unit.pk, 0) >= FEWEST]
    loads = loads_below({unit.pk: heads[unit.pk] for unit in units})
    names = space_names({asked.space_id for asked in (one for found in loads.values() for one in found)})
    context: dict[str, Any] = {
        "most": _most(most_loaded()),
        "lines": _lines(units, heads, loads, names),
        "here": here,
        "crumbs": _crumbs(here) if here is not None and here.parent_id is not None else None,
        "counted_at": counted_at(),
        "fewest": FEWEST,
    }
    return render(request, "delivery/desk/burden.html", context)


def _here(text: str) -> Any:
    """Return the unit looked at: the one asked for, else the only one at the top; raises NotFound."""
    if text:
        found = units_by_id([int(text)]).get(int(text)) if text.isdecimal() and len(text) < 19 else None
        if found is None:
            raise NotFound
        return found
    tops = top_units()
    return tops[0] if tops else None


def _lines(units: list[Any], heads: dict[int, int], loads: dict[int, list[Asked]], names: dict[int, str]) -> list[Line]:
    tenths = {unit.pk: in_tenths([asked.minutes for asked in loads[unit.pk]]) for unit in units}
    minutes = {unit: sum(parts) for unit, parts in tenths.items()}
    most = max(minutes.values(), default=0)
    ordered = sorted(units, key=lambda unit: (-minutes[unit.pk], unit.lft))
    return [
        Line(
            name=unit.title,
            href=f"{reverse('delivery_desk:burden')}?unit={unit.pk}" if getattr(unit, "has_children", False) else "",
            people=heads[unit.pk],
            minutes=told(minutes[unit.pk]),
            by=" · ".join(
                f"{names.get(asked.space_id, '')} {told(part)}"
                for asked, part in zip(loads[unit.pk], tenths[unit.pk], strict=True)
            ),
            bar=_bar(unit.title, minutes[unit.pk], most),
        )
        for unit in ordered
    ]


def _most(units: list[LoadedUnit]) -> list[tuple[LoadedUnit, str, Bar]]:
    tenths = [in_tenths([unit.minutes])[0] for unit in units]
    return [
        (unit, told(minutes), _bar(unit.name, minutes, max(tenths)))
        for unit, minutes in zip(units, tenths, strict=True)
    ]


def _bar(name: str, tenths: int, most: int) -> Bar:
    return Bar(tenths, most or 1, name, tone="zhu")


def _crumbs(here: Any) -> Crumbs:
    *above, _last = way_down(here)
    href = reverse("delivery_desk:burden")
    return Crumbs((*(Crumb(unit.title, f"{href}?unit={unit.pk}") for unit in above), Crumb(here.title)))
