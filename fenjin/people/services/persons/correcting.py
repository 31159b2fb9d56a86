"""Name, number, status and time zone of somebody, and taking the last of these back."""

from datetime import date
from zoneinfo import available_timezones

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound
from fenjin.people.models import Account, Person, PersonEvent
from fenjin.people.models.persons import Status
from fenjin.people.names import name_key
from fenjin.people.services.changing import changing_tree, dated, today
from fenjin.people.services.persons.lookups import (
    clean_name,
    clean_number,
    find_person,
    find_staying,
    free_number,
    last_status,
    log_change,
)
from fenjin.people.services.persons.refusals import LeaveInstead
from fenjin.people.services.posts import CannotTakeBack
from fenjin.people.services.tree import UnknownZone


@changing_tree()
def correct_name(*, actor: Account | None, person_id: int, name: str) -> Person:
    """Correct a name, from today on and for all time; the same one changes nothing. Raises NotFound, NoName."""
    person, name = find_person(person_id), clean_name(name)
    if name == person.name:
        return person
    old, person.name, person.name_key = person.name, name, name_key(name)
    person.save(update_fields=["name", "name_key"])
    log_change(
        actor=actor, person=person, kind=PersonEvent.Kind.NAME, on=today(), old={"name": old}, new={"name": name}
    )
    return person


@changing_tree()
def correct_number(*, actor: Account | None, person_id: int, number: str) -> Person:
    """Correct a staff number within its numbering; raises NotFound, BadNumber, NumberTaken."""
    person = find_person(person_id)
    number = clean_number(number, person.numbering)
    if number == person.staff_number:
        return person
    old, person.staff_number = person.staff_number, free_number(number, person.numbering)
    person.save(update_fields=["staff_number"])
    log_change(
        actor=actor,
        person=person,
        kind=PersonEvent.Kind.NUMBER,
        on=today(),
        old={"number": old},
        new={"number": number},
    )
    return person


@changing_tree()
def change_status(*, actor: Account | None, person_id: int, status: str, on: date | None = None) -> Person:
    """Say what somebody's employment is now; posts and sign-in stay as they are.

    Raises NotFound, PersonLeft, LeaveInstead, DayAhead, DayTooEarly.
    """
    person = find_staying(person_id)
    if status == Status.LEFT:
        raise LeaveInstead
    if status == person.status:
        return person
    day = dated(on, not_before=last_status(person))
    old, person.status = person.status, Status(status)
    person.save(update_fields=["status"])
    log_change(
        actor=actor, person=person, kind=PersonEvent.Kind.STATUS, on=day, old={"status": old}, new={"status": status}
    )
    return person


@changing_tree()
def set_person_zone(*, actor: Account | None, person_id: int, zone: str) -> Person:
    """Give a person a time zone of the own; empty: that of the place. Raises NotFound, UnknownZone."""
    person = find_person(person_id)
    if zone and zone not in available_timezones():
        raise UnknownZone
    if zone != person.zone:
        person.zone = zone
        person.save(update_fields=["zone"])
        record(actor=actor, act="people.person_zone", target=("person", person.pk), details={"zone": zone})
    return person


@changing_tree()
def take_back_person_event(*, actor: Account | None, event_id: int) -> Person:
    """Undo the last change of a person if it was a name, a number or a status.

    Raises NotFound, CannotTakeBack, and what the change back itself may raise.
    """
    event = PersonEvent.objects.filter(pk=event_id).first()
    if event is None:
        raise NotFound
    if PersonEvent.objects.filter(person=event.person_id, pk__gt=event.pk).exists():
        raise CannotTakeBack
    if event.kind == PersonEvent.Kind.NAME:
        return correct_name(actor=actor, person_id=event.person_id, name=event.old["name"])
    if event.kind == PersonEvent.Kind.NUMBER:
        return correct_number(actor=actor, person_id=event.person_id, number=event.old["number"])
    if event.kind == PersonEvent.Kind.STATUS:
        return change_status(actor=actor, person_id=event.person_id, status=event.old["status"], on=event.on)
    raise CannotTakeBack
