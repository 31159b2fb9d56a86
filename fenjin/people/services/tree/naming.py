"""A unit gets another name or time zone."""

from datetime import date
from zoneinfo import available_timezones

from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.names import clean_text
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.growth import NewUnit
from fenjin.people.services.tree.lookups import find_open_unit, last_change, log_change
from fenjin.people.services.tree.opening import _check_names
from fenjin.people.services.tree.refusals import UnknownZone


@changing_tree()
def rename_unit(
    *, actor: Account | None, unit_id: int, name: str, name_en: str | None = None, on: date | None = None
) -> Unit:
    """Give a unit another name; the same name changes nothing.

    Raises NotFound, NameTaken, UnitClosed, DayAhead, DayTooEarly.
    """
    unit = find_open_unit(unit_id)
    name, name_en = clean_text(name), unit.name_en if name_en is None else clean_text(name_en)
    if (name, name_en) == (unit.name, unit.name_en):
        return unit
    on = dated(on, not_before=last_change(unit, UnitEvent.Kind.RENAMED))
    if name != unit.name:
        _check_names([NewUnit(name, unit.parent_id)], {unit.parent_id})
    old = {"name": unit.name, "name_en": unit.name_en}
    unit.name, unit.name_en = name, name_en
    Unit._base_manager.filter(pk=unit.pk).update(name=name, name_en=name_en)
    log_change(
        actor=actor, unit=unit, kind=UnitEvent.Kind.RENAMED, on=on, old=old, new={"name": name, "name_en": name_en}
    )
    return unit


@changing_tree()
def set_unit_zone(*, actor: Account | None, unit_id: int, zone: str, on: date | None = None) -> Unit:
    """Give the place of a unit a time zone (IANA name, empty: as above), for it and all below without their own.

    Raises NotFound, UnitClosed, UnknownZone, DayAhead, DayTooEarly.
    """
    unit = find_open_unit(unit_id)
    if zone and zone not in available_timezones():
        raise UnknownZone
    if zone == unit.zone:
        return unit
    on = dated(on, not_before=last_change(unit, UnitEvent.Kind.ZONE))
    old, unit.zone = {"zone": unit.zone}, zone
    Unit._base_manager.filter(pk=unit.pk).update(zone=zone)
    log_change(actor=actor, unit=unit, kind=UnitEvent.Kind.ZONE, on=on, old=old, new={"zone": zone})
    return unit
