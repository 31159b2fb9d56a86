"""Sub-platforms and roles for everybody's tests."""

from itertools import count
from typing import Any

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.services import tree
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.selectors import load_account

_numbers = count(1)


def make_space(name: str = "", *, unit: Any = None) -> Space:
    """Return a new sub-platform on `unit`, or on a new unit below a new root."""
    root = unit or make_unit(parent=make_unit())
    space = Space.objects.create(name=name or f"平台{next(_numbers)}", root_unit=root)
    tree.set_space_root(actor=None, unit_id=root.pk, space_id=space.pk)
    root.refresh_from_db()
    return space


def give_role(person: Any, space: Space | int, role: str = "editor", *, unit: Any = None) -> RoleGrant:
    """Return a role that a person now holds in a space."""
    space_id = space if isinstance(space, int) else space.pk
    with every_space(Reason.TEST):
        grant: RoleGrant = RoleGrant.objects.create(
            person=person, space_id=space_id, role=role, unit=unit, given_at=clock.now()
        )
    return grant


def make_editor(space: Space | int, *more: Space | int, name: str = "李编辑") -> Any:
    """Return the account of an editor of these spaces, with the membership that a request would load."""
    account = make_account(make_person(name))
    for one in (space, *more):
        give_role(account.person, one)
    return load_account(account.pk)
