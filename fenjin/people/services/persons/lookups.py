"""What the changes of persons share: the row under lock, checked texts, the record of a change."""

from datetime import date
from typing import Any

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound
from fenjin.people.access import has_left
from fenjin.people.models import Account, Numbering, Person, PersonEvent
from fenjin.people.names import clean_text
from fenjin.people.roster.cells import BadCell, staff_number
from fenjin.people.services.persons.refusals import BadNumber, NoName, NumberTaken
from fenjin.people.services.posts import PersonLeft


def find_person(person_id: int) -> Person:
    """Return a person, locked; raises NotFound."""
    person = Person.objects.select_for_update(of=("self",)).select_related("numbering").filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def find_staying(person_id: int) -> Person:
    """Return somebody who has not left, locked; raises NotFound, PersonLeft."""
    person = find_person(person_id)
    if has_left(person):
        raise PersonLeft
    return person


def last_status(person: Person) -> date | None:
    """Return the day of the last dated change of a status, which includes leaving and coming back."""
    events = PersonEvent.objects.filter(person=person, kind__in=["joined", "status", "left", "returned"])
    return events.order_by("-on").values_list("on", flat=True).first()


def clean_name(name: str) -> str:
    """Return a name as it is kept; raises NoName."""
    name = clean_text(name)
    if not name:
        raise NoName
    return name


def clean_number(number: str, numbering: Numbering) -> str:
    """Return a staff number as it is kept; raises BadNumber."""
    try:
        cleaned, _padded = staff_number(number, numbering.width, digits_only=False)
    except BadCell as bad:
        raise BadNumber from bad
    return cleaned


def free_number(number: str, numbering: Numbering) -> str:
    """Return a staff number as it is kept, which nobody has; raises BadNumber, NumberTaken."""
    number = clean_number(number, numbering)
    if Person.objects.filter(numbering=numbering, staff_number=number).exists():
        raise NumberTaken
    return number


def log_change(
    *, actor: Account | None, person: Person, kind: PersonEvent.Kind, on: date, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Write the dated event and the audit row of one change."""
    event = PersonEvent.objects.create(person=person, kind=kind, on=on, old=old, new=new)
    details = {"event": event.pk, "on": on.isoformat()}
    record(actor=actor, act=f"people.person_{kind.value}", target=("person", person.pk), details=details)
