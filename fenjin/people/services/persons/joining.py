"""Somebody is taken in."""

from datetime import date

from fenjin.kit.errors import NotFound
from fenjin.people.models import Account, Numbering, Person, PersonEvent
from fenjin.people.models.persons import Status
from fenjin.people.names import name_key
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.persons.lookups import clean_name, free_number, log_change
from fenjin.people.services.persons.refusals import LeaveInstead
from fenjin.people.services.posts import begin_post


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
    day, name = dated(on), clean_name(name)
    person = Person.objects.create(
        numbering=numbering,
        staff_number=free_number(number, numbering),
        name=name,
        name_key=name_key(name),
        status=Status(status),
        started_on=day,
    )
    begin_post(actor=actor, person_id=person.pk, unit_id=unit_id, title=title, main=True, on=day)
    log_change(actor=actor, person=person, kind=PersonEvent.Kind.JOINED, on=day, old={}, new={"status": person.status})
    return person
