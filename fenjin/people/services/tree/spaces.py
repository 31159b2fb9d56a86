"""A unit with all below it is given to a space."""

from datetime import date

from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.services.changing import changing_tree
from fenjin.people.services.positions import change, rows
from fenjin.people.services.tree.lookups import find_open_unit, log_change, walls_checked
from fenjin.people.services.tree.refusals import RootStays, SpacesNest


@changing_tree()
def set_space_root(*, actor: Account | None, unit_id: int, space_id: int, on: date | None = None) -> Unit:
    """Give a unit with all below it to a space; the group's number gives it back to the group.

    Called by spaces when a sub-platform is opened or its unit changes. Raises NotFound, UnitClosed,
    RootStays, or SpacesNest if the unit lies within a sub-platform or holds one.
    """
    unit = find_open_unit(unit_id)
    if unit.parent_id is None:
        raise RootStays
    if unit.space_id == space_id:
        return unit
    # A unit can be given away only whole, from the group or by being the root of its own space.
    held = _spaces_below(unit)
    if _space_of(unit.parent_id) != GROUP_SPACE or len(held) > 1:
        raise SpacesNest
    old = {"space": unit.space_id}
    with walls_checked():
        change("UPDATE people_unit SET space_id = %s WHERE path @> ARRAY[%s]::bigint[]", [space_id, unit.pk])
    unit.refresh_from_db()
    log_change(actor=actor, unit=unit, kind=UnitEvent.Kind.SPACE, on=on, old=old, new={"space": space_id})
    return unit


def _spaces_below(unit: Unit) -> set[int]:
    found = rows("SELECT DISTINCT space_id FROM people_unit WHERE path @> ARRAY[%s]::bigint[]", [unit.pk])
    return {space for (space,) in found}


def _space_of(unit_id: int) -> int:
    [(space,)] = rows("SELECT space_id FROM people_unit WHERE id = %s", [unit_id])
    return int(space)
