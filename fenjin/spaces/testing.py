"""Spaces and roles for everybody's tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.services import tree
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.register import optional_modules
from fenjin.spaces.selectors import load_account

_numbers = count(1)


def make_space(name: str = "", *, unit: Any = None) -> Space:
    """Return a new sub-platform on `unit`, or on a new company under the first root."""
    name = name or f"子平台{next(_numbers)}"
    with every_space(Reason.TEST):
        if unit is None:
            unit = make_unit(name, make_unit(f"集团{next(_numbers)}"))
        features = list(optional_modules())
        space = Space.objects.create(name=name, seal=name[0], root_unit_id=unit.pk, modules=features)
        tree.set_space_root(actor=None, unit_id=unit.pk, space_id=space.pk)
    return space


def give_role(person: Any, role: str = "editor", *, space_id: int = GROUP_SPACE, unit: Any = None) -> RoleGrant:
    """Return a role in force that nobody in particular has given."""
    return RoleGrant._base_manager.create(
        person_id=person.pk, space_id=space_id, role=role, unit_id=unit.pk if unit else None, given_at=clock.now()
    )


def with_rights(account: Any) -> Any:
    """Return the account as a request carries it: with its `membership`."""
    return load_account(account.pk)


def make_editor(*spaces: Space | int, name: str = "李编辑") -> Any:
    """Return the account of an editor of these spaces, as a request carries it."""
    account = make_account(make_person(name))
    for space in spaces:
        give_role(account.person, space_id=space if isinstance(space, int) else space.pk)
    return with_rights(account)


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "spaces_desk:role_give": lambda world: {"person_id": world.person.pk},
    "spaces_desk:left_behind_pass_on": lambda world: {"space_id": world.space.pk, "person_id": 987654},
    "spaces_desk:role_end": lambda world: {"grant_id": 987654},
    "spaces_desk:settings_of": lambda world: {"space_id": world.space.pk},
    "spaces_desk:platform_open": lambda world: {"unit_id": world.unit.pk},
}
