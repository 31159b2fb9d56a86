"""A unit moves, with all below it."""

from datetime import date

from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.growth import NewUnit
from fenjin.people.services.positions import change, find_room, relabel, rows
from fenjin.people.services.tree.lookups import find_open_unit, last_change, log_change, settled_since, walls_checked
from fenjin.people.services.tree.opening import _check_names
from fenjin.people.services.tree.refusals import IntoItself, RootStays, SpacesNest
from fenjin.people.services.tree.spaces import _space_of, _spaces_below


@changing_tree()
def move_unit(*, actor: Account | None, unit_id: int, parent_id: int, on: date | None = None) -> Unit:
    """Move a unit with all below it; only that subtree and its posts are rewritten.

    Raises NotFound, UnitClosed, IntoItself, NameTaken, RootStays, DayAhead, DayTooEarly, or SpacesNest if
    a sub-platform would come to lie within another.
    """
    unit, parent = find_open_unit(unit_id), find_open_unit(parent_id)
    if unit.parent_id is None:
        raise RootStays
    if unit.pk in parent.path:
        raise IntoItself
    if unit.parent_id == parent.pk:
        return unit
    on = dated(on, not_before=max(last_change(unit, UnitEvent.Kind.MOVED), settled_since(parent)))
    _check_names([NewUnit(unit.name, parent.pk)], {parent.pk})
    outer = _space_of(unit.parent_id)
    if parent.space_id != GROUP_SPACE and _spaces_below(unit) - {outer}:
        raise SpacesNest
    [(size,)] = rows("SELECT count(*) FROM people_unit WHERE lft BETWEEN %s AND %s", [unit.lft, unit.rgt])
    room = find_room({parent.pk: 2 * size})[parent.pk]
    unit.refresh_from_db()  # finding room may have laid out this part of the tree
    relabel(unit.lft, unit.rgt, room)
    old = {"parent": unit.parent_id, "space": unit.space_id}
    with walls_checked():
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
    log_change(
        actor=actor,
        unit=unit,
        kind=UnitEvent.Kind.MOVED,
        on=on,
        old=old,
        new={"parent": parent.pk, "space": unit.space_id},
    )
    return unit
