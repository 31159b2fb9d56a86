"""Two sub-platforms, and everybody who might look across from one to the other."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from django.test import Client

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.services.posts import transfer_person
from fenjin.people.testing import make_account, make_administrator, make_person, sign_in
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.services import end_role
from fenjin.spaces.testing import give_role
from tests.house.addresses import samples
from tests.house.tables import our_models, tenant_models
from tests.house.world import MARKER, World, make_world, mark
from tests.isolation.rows import furnish, one_of_each

OFFICES = ("system", "security", "audit")
# Persons, accounts and units may be named to offices and to the staff of the group; content never.
NAMED = "STAFF-A"
# The name of the other space: whoever holds something in both may read it where they choose.
PLACE = "PLACE-A"
APART = 100_000


@dataclass
class Sides:
    """`theirs` is full of markers; everybody in `asking` belongs to `ours`, or to nobody, and has a client."""

    theirs: World
    ours: World
    asking: dict[str, tuple[Any, Client]]  # name → account, client
    faults: dict[str, str]  # tables of which no row could be made
    arguments: dict[str, dict[str, Any]]  # "theirs" and "ours" → what the samples put into each address

    @cached_property
    def rows(self) -> dict[Any, Any]:
        """Return one foreign row of each table."""
        return one_of_each(self.theirs)


def sampled(world: World) -> dict[str, Any]:
    """Return what each sample puts into its address for the rows of a world."""
    return {name: sample(world) for name, sample in samples().items()}


def about_people(model: Any) -> bool:
    """Tell whether the rows of a table follow the scope of people: offices and staff of the group see them."""
    return bool(getattr(model._default_manager, "kind", "") == "people")


def roles() -> list[str]:
    """Return every role that there is."""
    return [str(value) for value in RoleGrant.Role.values]


def staff_of(world: World, account: Any) -> None:
    """Give somebody every role in a space, for the whole of it and for one branch."""
    for role in roles():
        for unit in (None, world.unit):
            if role == "unit_administrator" and unit is None:
                continue  # always of a branch
            exists = RoleGrant._base_manager.filter(
                person=account.person_id, space=world.space.pk, role=role, unit=unit and unit.pk, ends_at=None
            ).exists()
            if not exists:
                give_role(account.person, role, space_id=world.space.pk, unit=unit)


def set_apart(owner: psycopg.Connection) -> None:
    """Let every number of a row name one table: no foreign number is that of an own row of another kind."""
    for place, model in enumerate(our_models(), start=1):
        table = model._meta.db_table
        if getattr(model._meta.pk, "column", None) != "id" or not _has_numbers(model):
            continue  # a key of several columns, or of another kind
        (sequence,) = owner.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table]).fetchone() or (None,)
        if sequence:
            most = "greatest(nextval(%s::regclass), %s)"
            owner.execute(f"SELECT setval(%s::regclass, {most})", [sequence, sequence, place * APART])


def _has_numbers(model: Any) -> bool:
    return model._meta.pk.get_internal_type() in ("BigAutoField", "AutoField")


def signed_in(account: Any) -> Client:
    """Return a client on which an account has given its second factor."""
    client = Client(raise_request_exception=False)
    sign_in(client, account)
    return client


def build(owner: psycopg.Connection) -> Sides:
    """Make both sides and everybody who asks; all that stands on the other side carries a marker."""
    set_apart(owner)
    ours = make_world("B")
    theirs = make_world(MARKER)
    staff_of(ours, ours.editor)
    asking = {"employee": ours.account, "staff": ours.editor}
    clients = {name: signed_in(account) for name, account in asking.items()}
    asking |= _with_a_past(theirs, ours, clients)
    asking["group staff"] = make_account(make_person("集团", unit=None))
    _every_role_in_the_group(asking["group staff"])
    asking |= {office: make_administrator(office) for office in OFFICES}
    clients |= {name: signed_in(account) for name, account in asking.items() if name not in clients}
    arguments = {"theirs": sampled(theirs), "ours": sampled(ours)}  # some make a row of their own: once is enough
    faults = furnish(theirs)
    with every_space(Reason.TEST):
        mark(theirs.space.pk)
        mark(theirs.space.pk, NAMED, among=[model for model in tenant_models() if about_people(model)])
        people = [theirs.person.pk, theirs.editor.person_id]
        type(theirs.person).objects.filter(pk__in=people).update(name=NAMED)
        type(theirs.space).objects.filter(pk=theirs.space.pk).update(name=PLACE)
    return Sides(theirs, ours, {name: (asking[name], clients[name]) for name in asking}, faults, arguments)


def _with_a_past(theirs: World, ours: World, clients: dict[str, Client]) -> dict[str, Any]:
    """Return two who once belonged to the other side, and whose sessions are of that time."""
    moved = make_account(make_person("调走的", unit=theirs.unit))
    former = make_account(make_person("卸任的", unit=ours.unit))
    staff_of(theirs, former)
    clients |= {"moved": signed_in(moved), "former staff": signed_in(former)}
    with every_space(Reason.TEST):
        transfer_person(actor=None, person_id=moved.person_id, unit_id=ours.unit.pk)
        security = make_administrator("security")
        security.membership = Security()
        held = RoleGrant.objects.filter(person=former.person_id, space=theirs.space.pk).order_by("pk")
        for place, grant in enumerate(held):
            if place % 2:
                end_role(actor=security, grant_id=grant.pk)
            else:  # given until a moment that is over
                RoleGrant.objects.filter(pk=grant.pk).update(ends_at=clock.now())
        give_role(former.person, "editor", space_id=ours.space.pk)
    return {"moved": moved, "former staff": former}


class Security:
    """The membership of a security administrator, as far as giving and ending looks at it."""

    office = "security"
    roles = ()


def _every_role_in_the_group(account: Any) -> None:
    for role in roles():
        give_role(account.person, role, space_id=GROUP_SPACE)


__all__ = ["MARKER", "NAMED", "OFFICES", "Sides", "build", "roles", "set_apart", "signed_in", "staff_of"]
