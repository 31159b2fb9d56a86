"""A unit is closed, and opened again."""

from datetime import date

from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.growth import NewUnit
from fenjin.people.services.positions import rows
from fenjin.people.services.tree.lookups import find_open_unit, find_unit, last_used, log_change
from fenjin.people.services.tree.opening import _check_names
from fenjin.people.services.tree.refusals import UnitInUse
from fenjin.people.services.tree.spaces import _space_of


@changing_tree()
def close_unit(*, actor: Account | None, unit_id: int, on: date | None = None) -> Unit:
    """Close an empty unit; it stays for history. A closed one stays closed.

    Raises NotFound, UnitInUse, DayAhead, DayTooEarly.
    """
    unit = find_unit(unit_id)
    if unit.closed_on is not None:
        return unit
    [(used,)] = rows(
        """SELECT EXISTS (SELECT 1 FROM people_unit WHERE parent_id = %(id)s AND closed_on IS NULL)
               OR EXISTS (SELECT 1 FROM people_post WHERE unit_id = %(id)s AND ended_on IS NULL)""",
        {"id": unit.pk},
    )
    if used or (unit.parent_id is not None and unit.space_id != _space_of(unit.parent_id)):
        raise UnitInUse
    unit.closed_on = dated(on, not_before=last_used(unit))
    Unit._base_manager.filter(pk=unit.pk).update(closed_on=unit.closed_on)
    log_change(actor=actor, unit=unit, kind=UnitEvent.Kind.CLOSED, on=on, old={}, new={"name": unit.name})
    return unit


@changing_tree()
def reopen_unit(*, actor: Account | None, unit_id: int) -> Unit:
    """Take a closing back, as if it had never been; an open unit stays open.

    Raises NotFound, NameTaken, and UnitClosed if the unit above is closed.
    """
    unit = find_unit(unit_id)
    if unit.closed_on is None:
        return unit
    if unit.parent_id is not None:
        find_open_unit(unit.parent_id)
    _check_names([NewUnit(unit.name, unit.parent_id)], {unit.parent_id})
    closed_on, unit.closed_on = unit.closed_on, None
    Unit._base_manager.filter(pk=unit.pk).update(closed_on=None)
    log_change(actor=actor, unit=unit, kind=UnitEvent.Kind.REOPENED, on=closed_on, old={}, new={"name": unit.name})
    return unit
