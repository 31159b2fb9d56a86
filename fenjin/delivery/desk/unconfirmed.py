"""The desk of a unit's administrator: who has not confirmed where a reason was stated; each look is recorded."""

import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fenjin.delivery.access import SILENT_NAMER, OwnUnits, own_units
from fenjin.delivery.desk.board import number_in
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.unconfirmed import Open, message_with_names, messages_with_names, own_unit
from fenjin.delivery.services.naming import Named, TooManyToName, name_unconfirmed, take_unconfirmed
from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.components import Crumb, Crumbs
from fenjin.kit.errors import NotFound
from fenjin.kit.exports import write_workbook
from fenjin.kit.wording import exact_time
from fenjin.people.selectors.branches import children_of, unit_places
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import space_roots

MOST_PAGES = 1_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

type Way = tuple[int, str]


@needs(SILENT_NAMER)
@require_safe
def unconfirmed_all(request: HttpRequest) -> HttpResponse:
    """List the messages of which those are named who have not confirmed: no names, no numbers, nothing to record."""
    rows = messages_with_names(own_units(membership_of(request)))
    return render(request, "delivery/desk/unconfirmed_all.html", {"rows": rows})


@needs(SILENT_NAMER)
@require_safe
def unconfirmed(request: HttpRequest, message_id: int) -> HttpResponse:
    """Name who has not confirmed in a unit and below it; without a unit: the only own one, or a choice of them."""
    own = own_units(membership_of(request))
    version = message_with_names(own, message_id)
    unit, page = number_in(request.GET, "unit"), number_in(request.GET, "page") or 0
    if page > MOST_PAGES:
        raise NotFound
    tops = _tops(own)
    if unit is None and len(tops) == 1:
        unit = tops[0][0]
    context: dict[str, Any] = {"message": version.message, "title": version.title, "address": request.path}
    context["crumbs"] = None
    if unit is None:
        return render(request, "delivery/desk/unconfirmed.html", context | {"choices": tops})
    named: Named | None = None
    try:
        named = name_unconfirmed(actor=request.user, message_id=message_id, unit_id=unit, page=page)
    except TooManyToName as refusal:
        context["too_many"] = str(refusal)
    context |= {
        "named": named,
        "unit": unit,
        "choices": _below(own, unit),
        "crumbs": _crumbs(own, version.message, unit),
    }
    if named is not None:
        file = reverse("delivery_desk:unconfirmed_file", args=[message_id])
        context |= {
            "file": f"{file}?{urlencode({'unit': unit})}",
            "before": f"?{urlencode({'unit': unit, 'page': page - 1})}" if page else "",
            "more": f"?{urlencode({'unit': unit, 'page': page + 1})}" if named.more else "",
        }
    return render(request, "delivery/desk/unconfirmed.html", context)


@needs(SILENT_NAMER)
@require_safe
def unconfirmed_file(request: HttpRequest, message_id: int) -> HttpResponse:
    """Give all of them as a workbook; that they were taken along is recorded."""
    unit = number_in(request.GET, "unit")
    if unit is None:
        raise NotFound
    named = take_unconfirmed(actor=request.user, message_id=message_id, unit_id=unit)
    out = io.BytesIO()
    write_workbook(out, _("Not confirmed"), [_("Name"), _("Unit"), _("What is known besides")], _rows(named))
    response = HttpResponse(out.getvalue(), content_type=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="not-confirmed-{message_id}-{unit}.xlsx"'
    return response


def _rows(named: Named) -> Iterator[list[str]]:
    for one in named.people:
        yield [one.name, one.unit_name, remark(one)]
    until = named.version.message.names_until
    yield []
    yield [named.version.title]
    yield [
        _("Not confirmed, as of %(time)s; whether it was opened is told nowhere.") % {"time": exact_time(clock.now())}
    ]
    yield (
        [_("That this was taken along is recorded. Delete it after %(until)s.") % {"until": exact_time(until)}]
        if until
        else []
    )


def remark(one: Open) -> str:
    """Return in words what is known besides of somebody who has not confirmed."""
    said = [str(one.why)] if one.why else []
    if one.told_on is not None:
        said.append(_("heard it read aloud on %(day)s") % {"day": one.told_on.isoformat()})
    return _("; ").join(said)


def _tops(own: OwnUnits) -> list[Way]:
    """Return the units at which what is one's own begins."""
    units = own.branches | {unit for unit, space in space_roots().items() if space in own.spaces}
    places = unit_places(units)
    tops = [unit for unit, place in places.items() if units.isdisjoint(place.path[:-1])]
    return [(unit, places[unit].name) for unit in sorted(tops, key=lambda unit: places[unit].lft)]


def _below(own: OwnUnits, unit_id: int) -> list[Way]:
    """Return the own units right below one."""
    places = unit_places(unit.pk for unit in children_of(own_unit(own, unit_id)))
    return [(unit, place.name) for unit, place in places.items() if own.hold(place.space_id, place.path)]


def _crumbs(own: OwnUnits, message: Message, unit_id: int) -> Crumbs | None:
    places = unit_places(unit_places([unit_id])[unit_id].path)
    way = sorted((p.lft, unit, p.name) for unit, p in places.items() if own.hold(p.space_id, p.path))
    address = reverse("delivery_desk:unconfirmed", args=[message.pk])
    *above, (_lft, _unit, last) = way
    links = (Crumb(name, f"{address}?{urlencode({'unit': unit})}") for _left, unit, name in above)
    return Crumbs((*links, Crumb(last))) if above else None
