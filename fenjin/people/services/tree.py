"""The one door through which the organisation tree changes.

Each change takes the tree's lock, keeps path, positions, spaces and posts right, writes a dated
event and one audit row, in one transaction. Readers never wait: they see the tree before or after.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.names import clean_text
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.growth import NewUnit, grow
from fenjin.people.services.positions import change, find_room, relabel, rows

__all__ = [
    "NewUnit",
    "add_unit",
    "add_units",
    "close_unit",
    "move_unit",
    "rename_unit",
    "reopen_unit",
    "set_space_root",
    "set_unit_zone",
]


class TreeRefusal(Refusal):
    """A change that would break the tree."""

    code = "tree"


class NameTaken(TreeRefusal):
    code = "unit_name_taken"
    sentence = _("There is already a unit of this name in the same place. Choose another name.")


class UnitClosed(TreeRefusal):
    code = "unit_closed"
    sentence = _("This unit is closed.")


class IntoItself(TreeRefusal):
    code = "unit_into_itself"
    sentence = _("A unit cannot be moved into itself or into a unit below it.")


class SpacesNest(TreeRefusal):
    code = "spaces_nest"
    sentence = _("One sub-platform cannot lie within another.")


class UnitInUse(TreeRefusal):
    code = "unit_in_use"
    sentence = _("This unit still has people or open units. Move them first.")


class UnitBound(TreeRefusal):
    code = "unit_bound"
    sentence = _("Somebody holds a role for this unit or one below it. Take the role back first.")


class UnknownZone(TreeRefusal):
    code = "unknown_zone"
    status = 422
    sentence = _("This is not the name of a time zone. Choose one from the list, for example Asia/Urumqi.")


class RootStays(TreeRefusal):
    code = "unit_root"
    sentence = _("The top unit stays where it is and belongs to the group.")


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
        dated(day, not_before=_open_unit(parent_id).opened_on)
    _check_names(units, parents)
    ids = grow(units, day)
    for unit_id in ids[:1]:
        details = {"units": len(ids), "first": ids[0], "last": ids[-1]}
        audit.record(actor=actor, act="people.unit_add", target=("unit", unit_id), details=details)
    return ids


@changing_tree()
def rename_unit(
    *, actor: Account | None, unit_id: int, name: str, name_en: str | None = None, on: date | None = None
) -> Unit:
    """Give a unit another name; the same name changes nothing.

    Raises NotFound, NameTaken, UnitClosed, DayAhead, DayTooEarly.
    """
    unit = _open_unit(unit_id)
    name, name_en = clean_text(name), unit.name_en if name_en is None else clean_text(name_en)
    if (name, name_en) == (unit.name, unit.name_en):
        return unit
    on = dated(on, not_before=_last_change(unit, UnitEvent.Kind.RENAMED))
    if name != unit.name:
        _check_names([NewUnit(name, unit.parent_id)], {unit.parent_id})
    old = {"name": unit.name, "name_en": unit.name_en}
    unit.name, unit.name_en = name, name_en
    Unit._base_manager.filter(pk=unit.pk).update(name=name, name_en=name_en)
    _log(actor, unit, UnitEvent.Kind.RENAMED, on, old, {"name": name, "name_en": name_en})
    return unit


@changing_tree()
def move_unit(*, actor: Account | None, unit_id: int, parent_id: int, on: date | None = None) -> Unit:
    """Move a unit with all below it; only that subtree and its posts are rewritten.

    Raises NotFound, UnitClosed, IntoItself, NameTaken, RootStays, DayAhead, DayTooEarly, or SpacesNest if
    a sub-platform would come to lie within another.
    """
    unit, parent = _open_unit(unit_id), _open_unit(parent_id)
    if unit.parent_id is None:
        raise RootStays
    if unit.pk in parent.path:
        raise IntoItself
    if unit.parent_id == parent.pk:
        return unit
    on = dated(on, not_before=max(_last_change(unit, UnitEvent.Kind.MOVED), _settled_since(parent)))
    _check_names([NewUnit(unit.name, parent.pk)], {parent.pk})
    outer = _space_of(unit.parent_id)
    if parent.space_id != GROUP_SPACE and _spaces_below(unit) - {outer}:
        raise SpacesNest
    [(size,)] = rows("SELECT count(*) FROM people_unit WHERE lft BETWEEN %s AND %s", [unit.lft, unit.rgt])
    room = find_room({parent.pk: 2 * size})[parent.pk]
    unit.refresh_from_db()  # finding room may have laid out this part of the tree
    relabel(unit.lft, unit.rgt, room)
    old = {"parent": unit.parent_id, "space": unit.space_id}
    with _walls_checked():
        change(
            """UPDATE people_unit SET path = %s::bigint[] || path[%s:], depth = depth + %s,
                      parent_id = CASE WHEN id = %s THEN %s ELSE parent_id END,
                      space_id = CASE WHEN space_id = %s THEN %s ELSE space_id END
               WHERE path @> ARRAY[%s]::bigint[]""",
            [
                *(parent.path, unit.depth + 1, parent.depth + 1 - unit.depth, unit.pk, parent.pk),
                *(outer if unit.space_id == outer else 0, parent.space_id, unit.pk),
            ],
        )
    unit.refresh_from_db()
    _log(actor, unit, UnitEvent.Kind.MOVED, on, old, {"parent": parent.pk, "space": unit.space_id})
    return unit


@changing_tree()
def close_unit(*, actor: Account | None, unit_id: int, on: date | None = None) -> Unit:
    """Close an empty unit; it stays for history. A closed one stays closed.

    Raises NotFound, UnitInUse, DayAhead, DayTooEarly.
    """
    unit = _unit(unit_id)
    if unit.closed_on is not None:
        return unit
    [(used,)] = rows(
        """SELECT EXISTS (SELECT 1 FROM people_unit WHERE parent_id = %(id)s AND closed_on IS NULL)
               OR EXISTS (SELECT 1 FROM people_post WHERE unit_id = %(id)s AND ended_on IS NULL)""",
        {"id": unit.pk},
    )
    if used or (unit.parent_id is not None and unit.space_id != _space_of(unit.parent_id)):
        raise UnitInUse
    unit.closed_on = dated(on, not_before=_last_used(unit))
    Unit._base_manager.filter(pk=unit.pk).update(closed_on=unit.closed_on)
    _log(actor, unit, UnitEvent.Kind.CLOSED, on, {}, {"name": unit.name})
    return unit


@changing_tree()
def reopen_unit(*, actor: Account | None, unit_id: int) -> Unit:
    """Take a closing back, as if it had never been; an open unit stays open.

    Raises NotFound, NameTaken, and UnitClosed if the unit above is closed.
    """
    unit = _unit(unit_id)
    if unit.closed_on is None:
        return unit
    if unit.parent_id is not None:
        _open_unit(unit.parent_id)
    _check_names([NewUnit(unit.name, unit.parent_id)], {unit.parent_id})
    closed_on, unit.closed_on = unit.closed_on, None
    Unit._base_manager.filter(pk=unit.pk).update(closed_on=None)
    _log(actor, unit, UnitEvent.Kind.REOPENED, closed_on, {}, {"name": unit.name})
    return unit


@changing_tree()
def set_unit_zone(*, actor: Account | None, unit_id: int, zone: str, on: date | None = None) -> Unit:
    """Give the place of a unit a time zone (IANA name, empty: as above), for it and all below without their own.

    Raises NotFound, UnitClosed, UnknownZone, DayAhead, DayTooEarly.
    """
    unit = _open_unit(unit_id)
    if zone and zone not in available_timezones():
        raise UnknownZone
    if zone == unit.zone:
        return unit
    on = dated(on, not_before=_last_change(unit, UnitEvent.Kind.ZONE))
    old, unit.zone = {"zone": unit.zone}, zone
    Unit._base_manager.filter(pk=unit.pk).update(zone=zone)
    _log(actor, unit, UnitEvent.Kind.ZONE, on, old, {"zone": zone})
    return unit


@changing_tree()
def set_space_root(*, actor: Account | None, unit_id: int, space_id: int, on: date | None = None) -> Unit:
    """Give a unit with all below it to a space; the group's number gives it back to the group.

    Called by spaces when a sub-platform is opened or its unit changes. Raises NotFound, UnitClosed,
    RootStays, or SpacesNest if the unit lies within a sub-platform or holds one.
    """
    unit = _open_unit(unit_id)
    if unit.parent_id is None:
        raise RootStays
    if unit.space_id == space_id:
        return unit
    # A unit can be given away only whole, from the group or by being the root of its own space.
    held = _spaces_below(unit)
    if _space_of(unit.parent_id) != GROUP_SPACE or len(held) > 1:
        raise SpacesNest
    old = {"space": unit.space_id}
    with _walls_checked():
        change("UPDATE people_unit SET space_id = %s WHERE path @> ARRAY[%s]::bigint[]", [space_id, unit.pk])
    unit.refresh_from_db()
    _log(actor, unit, UnitEvent.Kind.SPACE, on, old, {"space": space_id})
    return unit


@contextmanager
def _walls_checked() -> Iterator[None]:
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


def _spaces_below(unit: Unit) -> set[int]:
    found = rows("SELECT DISTINCT space_id FROM people_unit WHERE path @> ARRAY[%s]::bigint[]", [unit.pk])
    return {space for (space,) in found}


def _space_of(unit_id: int) -> int:
    [(space,)] = rows("SELECT space_id FROM people_unit WHERE id = %s", [unit_id])
    return int(space)


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


def _unit(unit_id: int) -> Unit:
    unit = Unit._base_manager.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def _open_unit(unit_id: int | None) -> Unit:
    unit = _unit(unit_id or 0)
    if unit.closed_on is not None:
        raise UnitClosed
    return unit


def _last_change(unit: Unit, kind: str) -> date:
    """Return the day of the last change of that kind, else the day of opening."""
    [(last,)] = rows('SELECT max("on") FROM people_unitevent WHERE unit_id = %s AND kind = %s', [unit.pk, str(kind)])
    return max(last or unit.opened_on, unit.opened_on)


def _settled_since(parent: Unit) -> date:
    """Return since when a unit stands and nothing above it has moved.

    A move dated earlier could lie in a circle on some past day.
    """
    [(moved,)] = rows(
        """SELECT max("on") FROM people_unitevent WHERE unit_id = ANY(%s) AND kind = 'moved'""", [parent.path]
    )
    return max(moved or parent.opened_on, parent.opened_on)


def _last_used(unit: Unit) -> date:
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


def _log(
    actor: Account | None, unit: Unit, kind: str, on: date | None, old: dict[str, Any], new: dict[str, Any]
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
