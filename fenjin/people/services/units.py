"""Taking back the last change of a unit, as if it had never been."""

from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, Unit, UnitEvent
from fenjin.people.services import tree
from fenjin.people.services.changing import changing_tree
from fenjin.people.services.posts import CannotTakeBack


@changing_tree()
def take_back_unit_event(*, actor: Account | None, event_id: int) -> Unit:
    """Undo the last change of a unit, dated on its own day, so that history shows neither.

    A unit that was opened is closed again if it is still empty. Raises NotFound, CannotTakeBack, TreeBusy,
    and what the change back itself may raise: a name taken meanwhile, a unit in use.
    """
    with every_space(Reason.OFFICE):
        event = UnitEvent.objects.filter(pk=event_id).first()
        if event is None:
            raise NotFound
        later = UnitEvent.objects.filter(unit=event.unit_id, pk__gt=event.pk).exclude(kind=UnitEvent.Kind.SPACE)
        if later.exists():
            raise CannotTakeBack
    unit, old = event.unit_id, event.old
    match event.kind:
        case UnitEvent.Kind.RENAMED:
            names = {"name": old["name"], "name_en": old.get("name_en", "")}
            return tree.rename_unit(actor=actor, unit_id=unit, on=event.on, **names)
        case UnitEvent.Kind.MOVED:
            return tree.move_unit(actor=actor, unit_id=unit, parent_id=old["parent"], on=event.on)
        case UnitEvent.Kind.CLOSED:
            return tree.reopen_unit(actor=actor, unit_id=unit)
        case UnitEvent.Kind.ZONE:
            return tree.set_unit_zone(actor=actor, unit_id=unit, zone=old["zone"], on=event.on)
        case UnitEvent.Kind.OPENED:
            return tree.close_unit(actor=actor, unit_id=unit, on=event.on)
    raise CannotTakeBack
