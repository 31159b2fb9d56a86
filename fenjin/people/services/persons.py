"""Persons by hand: a newcomer, corrections, status, time zone, leaving and coming back.

A roster does the same for many at once. Each change writes a dated event and one audit row; names
and numbers stand in the event, never in the audit.
"""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import has_left
from fenjin.people.models import Account, Numbering, Person, PersonEvent
from fenjin.people.models.persons import Status
from fenjin.people.names import clean_text, name_key
from fenjin.people.roster.cells import BadCell, staff_number
from fenjin.people.services.changing import changing_tree, dated, today
from fenjin.people.services.leaving import end_access_of
from fenjin.people.services.posts import CannotTakeBack, PersonLeft, begin_post, end_posts_of
from fenjin.people.services.tree import UnknownZone

__all__ = [
    "add_person",
    "cancel_leaving",
    "change_status",
    "come_back",
    "correct_name",
    "correct_number",
    "finish_leavings",
    "leave",
    "set_person_zone",
    "take_back_person_event",
]


class NumberTaken(Refusal):
    """A staff number names one person within its numbering."""

    code = "number_taken"
    status = 422
    sentence = _("Somebody else has this staff number. Look the number up in the list of people.")


class BadNumber(Refusal):
    """The staff number does not look like one."""

    code = "bad_number"
    status = 422
    sentence = _("This is not a staff number as they are here. Identity-card numbers are never stored.")


class NoName(Refusal):
    """Everybody is here under the real name."""

    code = "no_name"
    status = 422
    sentence = _("Enter the name as it stands in the papers.")


class LeaveInstead(Refusal):
    """Leaving is more than a status."""

    code = "leave_instead"
    status = 422
    sentence = _("Leaving ends posts and sign-in: use “Leave”.")


class StillHere(Refusal):
    """Somebody who has not left cannot come back."""

    code = "still_here"
    sentence = _("This person has not left.")


@changing_tree()
def add_person(
    *,
    actor: Account | None,
    number: str,
    name: str,
    unit_id: int,
    title: str = "",
    status: str = Status.ON_DUTY,
    numbering_id: int | None = None,
    on: date | None = None,
) -> Person:
    """Take in somebody whom no roster has brought yet, with a main post.

    Raises BadNumber, NumberTaken, NoName, LeaveInstead, NotFound, UnitClosed, DayAhead, DayTooEarly, TreeBusy.
    """
    numbering = Numbering.objects.filter(**({"pk": numbering_id} if numbering_id else {})).order_by("pk").first()
    if numbering is None:
        raise NotFound
    if status == Status.LEFT:
        raise LeaveInstead
    day, name = dated(on), _clean_name(name)
    person = Person.objects.create(
        numbering=numbering,
        staff_number=_free_number(number, numbering),
        name=name,
        name_key=name_key(name),
        status=Status(status),
        started_on=day,
    )
    begin_post(actor=actor, person_id=person.pk, unit_id=unit_id, title=title, main=True, on=day)
    _log(actor, person, PersonEvent.Kind.JOINED, day, {}, {"status": person.status})
    return person


@changing_tree()
def correct_name(*, actor: Account | None, person_id: int, name: str) -> Person:
    """Correct a name, from today on and for all time; the same one changes nothing. Raises NotFound, NoName."""
    person, name = _person(person_id), _clean_name(name)
    if name == person.name:
        return person
    old, person.name, person.name_key = person.name, name, name_key(name)
    person.save(update_fields=["name", "name_key"])
    _log(actor, person, PersonEvent.Kind.NAME, today(), {"name": old}, {"name": name})
    return person


@changing_tree()
def correct_number(*, actor: Account | None, person_id: int, number: str) -> Person:
    """Correct a staff number within its numbering; raises NotFound, BadNumber, NumberTaken."""
    person = _person(person_id)
    number = _clean_number(number, person.numbering)
    if number == person.staff_number:
        return person
    old, person.staff_number = person.staff_number, _free_number(number, person.numbering)
    person.save(update_fields=["staff_number"])
    _log(actor, person, PersonEvent.Kind.NUMBER, today(), {"number": old}, {"number": number})
    return person


@changing_tree()
def change_status(*, actor: Account | None, person_id: int, status: str, on: date | None = None) -> Person:
    """Say what somebody's employment is now; posts and sign-in stay as they are.

    Raises NotFound, PersonLeft, LeaveInstead, DayAhead, DayTooEarly.
    """
    person = _staying(person_id)
    if status == Status.LEFT:
        raise LeaveInstead
    if status == person.status:
        return person
    day = dated(on, not_before=_last_status(person))
    old, person.status = person.status, Status(status)
    person.save(update_fields=["status"])
    _log(actor, person, PersonEvent.Kind.STATUS, day, {"status": old}, {"status": status})
    return person


@changing_tree()
def set_person_zone(*, actor: Account | None, person_id: int, zone: str) -> Person:
    """Give a person a time zone of the own; empty: that of the place. Raises NotFound, UnknownZone."""
    person = _person(person_id)
    if zone and zone not in available_timezones():
        raise UnknownZone
    if zone != person.zone:
        person.zone = zone
        person.save(update_fields=["zone"])
        record(actor=actor, act="people.person_zone", target=("person", person.pk), details={"zone": zone})
    return person


@changing_tree()
def leave(*, actor: Account | None, person_id: int, on: date | None = None) -> Person:
    """Let somebody leave; `on` is the first day the person no longer works here.

    On that day posts, sessions, codes, password and roles end in one transaction: at once for today or
    a day before, else by finish_leavings. Who has left already stays so. Raises NotFound, DayTooEarly, TreeBusy.
    """
    person, day = _person(person_id), on or today()
    if has_left(person):
        return person
    if day > today():
        person.left_on = day
        person.save(update_fields=["left_on"])
        details = {"on": day.isoformat()}
        record(actor=actor, act="people.leave_plan", target=("person", person.pk), details=details)
        return person
    dated(day, not_before=_last_status(person))
    return _leave_now(person, actor=actor, on=day)


@changing_tree()
def cancel_leaving(*, actor: Account | None, person_id: int) -> Person:
    """Forget a leaving that lies ahead; raises NotFound, PersonLeft."""
    person = _staying(person_id)
    if person.left_on is not None:
        person.left_on = None
        person.save(update_fields=["left_on"])
        record(actor=actor, act="people.leave_cancel", target=("person", person.pk))
    return person


def finish_leavings(*, limit: int = 500) -> int:
    """Let those leave whose day has come; safe to run twice. Returns how many."""
    due = Person.objects.filter(left_on__lte=today()).exclude(status=Status.LEFT).order_by("pk")
    left = 0
    for person_id in list(due.values_list("pk", flat=True)[:limit]):
        with changing_tree():
            person = Person.objects.select_for_update().get(pk=person_id)
            if person.status != Status.LEFT and person.left_on is not None and person.left_on <= today():
                _leave_now(person, actor=None, on=person.left_on)
                left += 1
    return left


@changing_tree()
def come_back(
    *, actor: Account | None, person_id: int, unit_id: int, title: str = "", on: date | None = None
) -> Person:
    """Take back somebody who has left, with a main post; the account is claimed anew with a new code.

    Raises NotFound, StillHere, UnitClosed, DayAhead, DayTooEarly, TreeBusy.
    """
    person = _person(person_id)
    if not has_left(person):
        raise StillHere
    day = dated(on, not_before=max(_last_status(person) or date.min, person.left_on or date.min))
    if person.status != Status.LEFT:  # the day has come, the job has not
        _leave_now(person, actor=actor, on=person.left_on or day)
    old = {"status": person.status, "left_on": person.left_on.isoformat() if person.left_on else None}
    person.status, person.left_on = Status.ON_DUTY, None
    person.save(update_fields=["status", "left_on"])
    begin_post(actor=actor, person_id=person.pk, unit_id=unit_id, title=title, main=True, on=day)
    _log(actor, person, PersonEvent.Kind.RETURNED, day, old, {"status": person.status})
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


def _leave_now(person: Person, *, actor: Account | None, on: date) -> Person:
    old, person.status, person.left_on = person.status, Status.LEFT, on
    person.save(update_fields=["status", "left_on"])
    end_posts_of(person.pk, actor=actor, on=on)
    end_access_of(person_ids=[person.pk], actor=actor)
    _log(actor, person, PersonEvent.Kind.LEFT, on, {"status": old}, {"status": person.status})
    return person


def _person(person_id: int) -> Person:
    person = Person.objects.select_for_update(of=("self",)).select_related("numbering").filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def _staying(person_id: int) -> Person:
    person = _person(person_id)
    if has_left(person):
        raise PersonLeft
    return person


def _last_status(person: Person) -> date | None:
    """Return the day of the last dated change of a status, which includes leaving and coming back."""
    events = PersonEvent.objects.filter(person=person, kind__in=["joined", "status", "left", "returned"])
    return events.order_by("-on").values_list("on", flat=True).first()


def _clean_name(name: str) -> str:
    name = clean_text(name)
    if not name:
        raise NoName
    return name


def _clean_number(number: str, numbering: Numbering) -> str:
    try:
        cleaned, _padded = staff_number(number, numbering.width, digits_only=False)
    except BadCell as bad:
        raise BadNumber from bad
    return cleaned


def _free_number(number: str, numbering: Numbering) -> str:
    number = _clean_number(number, numbering)
    if Person.objects.filter(numbering=numbering, staff_number=number).exists():
        raise NumberTaken
    return number


def _log(
    actor: Account | None, person: Person, kind: PersonEvent.Kind, on: date, old: dict[str, Any], new: dict[str, Any]
) -> None:
    event = PersonEvent.objects.create(person=person, kind=kind, on=on, old=old, new=new)
    details = {"event": event.pk, "on": on.isoformat()}
    record(actor=actor, act=f"people.person_{kind.value}", target=("person", person.pk), details=details)
