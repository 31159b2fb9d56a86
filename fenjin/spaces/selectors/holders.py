"""Who holds a role where, for rooms that have to know whether somebody is there to act."""

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.models import RoleGrant


def people_holding(role: str) -> dict[int, frozenset[int]]:
    """Return space → the people who hold `role` in all of it now and have an account; other spaces are left out."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()), role=role, unit__isnull=True)
        pairs = list(rows.filter(person__account__is_active=True).values_list("space", "person"))
    found: dict[int, set[int]] = {}
    for space, person in pairs:
        found.setdefault(space, set()).add(person)
    return {space: frozenset(people) for space, people in found.items()}


def places_held(*roles: str) -> frozenset[tuple[int, int]]:
    """Return (space, person) of everybody who holds one of these roles there now, in all of it or in a branch."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()), role__in=roles)
        return frozenset(rows.values_list("space", "person"))
