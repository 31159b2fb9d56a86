"""Somebody leaves, stays after all, or comes back."""

from datetime import date

from fenjin.audit.services import record
from fenjin.people.access import has_left
from fenjin.people.models import Account, Person, PersonEvent
from fenjin.people.models.persons import Status
from fenjin.people.services.changing import changing_tree, dated, today
from fenjin.people.services.leaving import end_access_of
from fenjin.people.services.persons.lookups import find_person, find_staying, last_status, log_change
from fenjin.people.services.persons.refusals import StillHere
from fenjin.people.services.posts import begin_post, end_posts_of


@changing_tree()
def leave(*, actor: Account | None, person_id: int, on: date | None = None) -> Person:
    """Let somebody leave; `on` is the first day the person no longer works here.

    On that day posts, sessions, codes, password and roles end in one transaction: at once for today or
    a day before, else by finish_leavings. Who has left already stays so. Raises NotFound, DayTooEarly, TreeBusy.
    """
    person, day = find_person(person_id), on or today()
    if has_left(person):
        return person
    if day > today():
        person.left_on = day
        person.save(update_fields=["left_on"])
        details = {"on": day.isoformat()}
        record(actor=actor, act="people.leave_plan", target=("person", person.pk), details=details)
        return person
    dated(day, not_before=last_status(person))
    return _leave_now(person, actor=actor, on=day)


@changing_tree()
def cancel_leaving(*, actor: Account | None, person_id: int) -> Person:
    """Forget a leaving that lies ahead; raises NotFound, PersonLeft."""
    person = find_staying(person_id)
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
    person = find_person(person_id)
    if not has_left(person):
        raise StillHere
    day = dated(on, not_before=max(last_status(person) or date.min, person.left_on or date.min))
    if person.status != Status.LEFT:  # the day has come, the job has not
        _leave_now(person, actor=actor, on=person.left_on or day)
    old = {"status": person.status, "left_on": person.left_on.isoformat() if person.left_on else None}
    person.status, person.left_on = Status.ON_DUTY, None
    person.save(update_fields=["status", "left_on"])
    begin_post(actor=actor, person_id=person.pk, unit_id=unit_id, title=title, main=True, on=day)
    log_change(
        actor=actor, person=person, kind=PersonEvent.Kind.RETURNED, on=day, old=old, new={"status": person.status}
    )
    return person


def _leave_now(person: Person, *, actor: Account | None, on: date) -> Person:
    old, person.status, person.left_on = person.status, Status.LEFT, on
    person.save(update_fields=["status", "left_on"])
    end_posts_of(person.pk, actor=actor, on=on)
    end_access_of(person_ids=[person.pk], actor=actor)
    log_change(
        actor=actor,
        person=person,
        kind=PersonEvent.Kind.LEFT,
        on=on,
        old={"status": old},
        new={"status": person.status},
    )
    return person
