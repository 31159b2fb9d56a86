"""Units are opened, one or many."""

from collections.abc import Sequence
from datetime import date

from fenjin.audit import services as audit
from fenjin.people.models import Account, Unit
from fenjin.people.names import clean_text
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.growth import NewUnit, grow
from fenjin.people.services.positions import rows
from fenjin.people.services.tree.lookups import find_open_unit
from fenjin.people.services.tree.refusals import NameTaken


@changing_tree()
def add_unit(*, actor: Account | None, name: str, parent_id: int | None = None, on: date | None = None) -> Unit:
    """Open one unit under a parent, or a root; raises NotFound, NameTaken, UnitClosed or DayAhead, DayTooEarly.

    Like every change here it may also raise TreeBusy, and is dated today unless `on` says otherwise.
    """
    [unit_id] = add_units(actor=actor, units=[NewUnit(name, parent_id)], on=on)
    return Unit._base_manager.get(pk=unit_id)


@changing_tree()
def add_units(*, actor: Account | None, units: Sequence[NewUnit], on: date | None = None) -> list[int]:
    """Open many units and return their ids in order; raises NotFound, NameTaken, UnitClosed, DayAhead, DayTooEarly."""
    for unit in units:
        unit.name = clean_text(unit.name)
    parents = {unit.parent_id for unit in units if unit.under is None}
    day = dated(on)
    for parent_id in parents - {None}:
        dated(day, not_before=find_open_unit(parent_id).opened_on)
    _check_names(units, parents)
    ids = grow(units, day)
    for unit_id in ids[:1]:
        details = {"units": len(ids), "first": ids[0], "last": ids[-1]}
        audit.record(actor=actor, act="people.unit_add", target=("unit", unit_id), details=details)
    return ids


def _check_names(units: Sequence[NewUnit], parents: set[int | None]) -> None:
    """Raise NameTaken if an open sibling, or another new one, has the same name."""
    taken = set(
        rows(
            """SELECT parent_id, name FROM people_unit
               WHERE closed_on IS NULL AND (parent_id = ANY(%s) OR (%s AND parent_id IS NULL))""",
            [[parent for parent in parents if parent is not None], None in parents],
        )
    )
    for unit in units:
        key = ("new", unit.under, unit.name) if unit.under is not None else (unit.parent_id, unit.name)
        if key in taken or not unit.name:
            raise NameTaken
        taken.add(key)
