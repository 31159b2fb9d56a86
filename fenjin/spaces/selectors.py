"""Reads about spaces, and the one query that loads an account with its rights."""

from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import HeldRole, Membership, spaces_with_permission
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.register import modules


def load_account(account_id: int) -> Any:
    """Return the active account (people.Account) with its person and its `membership`, in one query; or None.

    Every request of everybody begins here, so the statement is written by hand and its text is made
    once: building the same one from querysets costs more than the rest of a page's queries together.
    """
    accounts, persons = _account_tables()
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_account_sql(), {"account": account_id, "today": now.date(), "now": now})
        row = cursor.fetchone()
    if row is None:
        return None
    width, reach = len(accounts._meta.concrete_fields), len(persons._meta.concrete_fields)
    account: Any = accounts.from_db(connection.alias, _columns(accounts), row[:width])
    if account.person_id is not None:
        account.person = persons.from_db(connection.alias, _columns(persons), row[width : width + reach])
    account.office, spaces, roles = row[width + reach :]
    account.membership = Membership(
        account_id=account.pk,
        person_id=account.person_id,
        office=account.office,
        spaces=frozenset(spaces),
        roles=tuple(HeldRole(int(space), role, int(unit) if unit else None) for space, role, unit in roles),
    )
    return account


_ACCOUNT = """
SELECT {accounts}, {persons}, office.office,
       ARRAY(SELECT space_id FROM people_post WHERE person_id = account.person_id AND ended_on IS NULL),
       ARRAY(SELECT ARRAY[space_id::text, role, unit_id::text] FROM spaces_rolegrant
             WHERE person_id = account.person_id AND (ends_at IS NULL OR ends_at > %(now)s))
FROM people_account account
LEFT JOIN people_person person ON person.id = account.person_id
LEFT JOIN people_administrator office ON office.account_id = account.id
WHERE account.id = %(account)s AND account.is_active
  AND (person.id IS NULL OR person.status <> 'left' AND (person.left_on IS NULL OR person.left_on > %(today)s))
"""


def _account_tables() -> tuple[type[Model], type[Model]]:
    accounts = get_user_model()
    return accounts, accounts._meta.get_field("person").related_model  # type: ignore[return-value]


@cache
def _columns(table: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in table._meta.concrete_fields)


@cache
def _account_sql() -> str:
    accounts, persons = _account_tables()
    return _ACCOUNT.format(
        accounts=", ".join(f"account.{column}" for column in _columns(accounts)),
        persons=", ".join(f"person.{column}" for column in _columns(persons)),
    )


def permissions_of(account: Any) -> frozenset[str]:
    """Return every permission of Django's kind that the roles of an account carry."""
    membership: Membership | None = getattr(account, "membership", None)
    if membership is None or not membership.is_staff:
        return frozenset()
    held = {"wagtailadmin.access_admin"}
    roles = {grant.role for grant in membership.roles}
    for module in modules():
        for role in roles:
            held |= module.permissions.get(role, frozenset())
    return frozenset(held)


def list_spaces() -> list[Space]:
    """Return all spaces by name, the group first."""
    return sorted(listing(Space.objects.all()), key=lambda space: (space.pk != 1, space.name))


def list_roles(*, space_id: int | None = None, person_id: int | None = None) -> list[RoleGrant]:
    """Return the roles in force across all spaces, for the security administrator: by space, then by name."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(ends_at__isnull=True)
        if space_id:
            rows = rows.filter(space=space_id)
        if person_id:
            rows = rows.filter(person=person_id)
        rows = rows.select_related("person", "space", "unit", "given_by__person")
        return list(listing(rows.order_by("space", "person__name_key", "pk")))


def space_roots() -> dict[int, int]:
    """Return which unit carries which space: root unit → space."""
    return dict(Space.objects.filter(root_unit__isnull=False).values_list("root_unit", "pk"))


def space_names(ids: set[int]) -> dict[int, str]:
    """Return the names of spaces by id."""
    return dict(Space.objects.filter(pk__in=ids).values_list("pk", "name"))


def get_space(space_id: int) -> Space:
    """Return a space; raises NotFound."""
    space = Space.objects.filter(pk=space_id).first()
    if space is None:
        raise NotFound
    return space


def spaces_to_add_in(account: Any, permission: str) -> list[tuple[int, str]]:
    """Return (id, name) of each space in which the account may do `permission`, the group first."""
    allowed = spaces_with_permission(account, permission)
    return [(space.pk, space.name) for space in list_spaces() if space.pk in allowed]
