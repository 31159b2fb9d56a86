"""Units, persons and posts for everybody's tests."""

from datetime import date
from itertools import count

from fenjin.people.models import Numbering, Person, Post, PostEvent, Unit
from fenjin.people.names import name_key
from fenjin.people.services import tree

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def make_unit(name: str = "", parent: Unit | None = None, on: date = LONG_AGO) -> Unit:
    """Return a new unit under `parent`, or a new root."""
    return tree.add_unit(
        actor=None, name=name or f"单位{next(_numbers)}", parent_id=parent.pk if parent else None, on=on
    )


def make_person(name: str = "张伟", *, unit: Unit | None = None, number: str = "", title: str = "", **fields: object) -> Person:
    """Return a new person, with a main post in `unit` if one is given."""
    numbering, _made = Numbering.objects.get_or_create(pk=1, defaults={"name": "集团统一编号"})
    person = Person.objects.create(
        numbering=numbering,
        staff_number=number or f"T{next(_numbers):07}",
        name=name,
        name_key=name_key(name),
        **fields,
    )
    if unit is not None:
        make_post(person, unit, title=title)
    return person


def make_post(person: Person, unit: Unit, *, main: bool = True, title: str = "", on: date = LONG_AGO) -> Post:
    """Return a new current post of a person in a unit, where the unit stands now."""
    unit.refresh_from_db(fields=["lft", "space_id"])
    post = Post._base_manager.create(
        space_id=unit.space_id, person=person, unit=unit, main=main, title=title, started_on=on, pos=unit.lft
    )
    PostEvent._base_manager.create(space_id=unit.space_id, post=post, kind=PostEvent.Kind.BEGUN, on=on)
    return post
