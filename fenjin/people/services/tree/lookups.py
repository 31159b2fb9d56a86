"""What the changes of the tree share: units, days before which nothing may be dated, the record of a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from fenjin.audit import services as audit
from fenjin.kit.errors import NotFound
from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.services.changing import dated
from fenjin.people.services.positions import rows
from fenjin.people.services.tree.refusals import UnitBound, UnitClosed


def find_unit(unit_id: int) -> Unit:
    """Return a unit, whatever its space; raises NotFound."""
    unit = Unit._base_manager.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def find_open_unit(unit_id: int | None) -> Unit:
    """Return a unit that is not closed; raises NotFound, UnitClosed."""
    unit = find_unit(unit_id or 0)
    if unit.closed_on is not None:
        raise UnitClosed
    return unit


def last_change(unit: Unit, kind: str) -> date:
    """Return the day of the last change of that kind, else the day of opening."""
    [(last,)] = rows('SELECT max("on") FROM people_unitevent WHERE unit_id = %s AND kind = %s', [unit.pk, str(kind)])
    return max(last or unit.opened_on, unit.opened_on)


def settled_since(parent: Unit) -> date:
    """Return since when a unit stands and nothing above it has moved.

    A move dated earlier could lie in a circle on some past day.
    """
    [(moved,)] = rows(
        """SELECT max("on") FROM people_unitevent WHERE unit_id = ANY(%s) AND kind = 'moved'""", [parent.path]
    )
    return max(moved or parent.opened_on, parent.opened_on)


def last_used(unit: Unit) -> date:
    """Return the day since which nobody and nothing has been in a unit."""
    [found] = rows(
        """SELECT max("on"),
                  (SELECT max(ended_on) FROM people_post WHERE unit_id = %(id)s),
                  (SELECT max(closed_on) FROM people_unit WHERE parent_id = %(id)s),
                  (SELECT max("on") FROM people_unitevent WHERE kind = 'moved' AND (old ->> 'parent')::bigint = %(id)s)
           FROM people_unitevent WHERE unit_id = %(id)s AND kind <> 'space'""",
        {"id": unit.pk},
    )
    return max(day for day in (*found, unit.opened_on) if day is not None)


@contextmanager
def walls_checked() -> Iterator[None]:
    """Let the database check the spaces of related rows now; posts and history follow by themselves.

    What does not follow is a right that somebody holds for a unit in its old space.
    """
    try:
        with transaction.atomic():
            yield
            rows("SET CONSTRAINTS ALL IMMEDIATE")
            rows("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise UnitBound from error


def log_change(
    *, actor: Account | None, unit: Unit, kind: str, on: date | None, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Write the dated event and the audit row of one change."""
    event = UnitEvent._base_manager.create(space_id=unit.space_id, unit=unit, kind=kind, on=dated(on), old=old, new=new)
    audit.record(
        actor=actor,
        act=f"people.unit_{kind}",
        target=("unit", unit.pk),
        space_id=unit.space_id,
        details={"event": event.pk, "on": event.on.isoformat()},
    )
