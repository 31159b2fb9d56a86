"""What an account holds: posts, an office, roles; and the two scopes that follow from it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, NOTHING, Scope

STUDIO: Final = "/studio/"
# Roles whose business is people and not content, and the other way round.
_NO_CONTENT: Final = frozenset({"unit_administrator", "duty_officer"})
_NO_PEOPLE: Final = frozenset({"author"})
# What a role for a branch counts as in the whole of its space: writing reaches nobody, all else is closed.
_OF_A_BRANCH: Final = {
    "author": "author",
    "editor": "author",
    "publisher": "author",
    "unit_administrator": "unit_administrator",  # always of a branch; its desks cut people to it
}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force: in a whole space, or (with `unit_id`) in one branch of it; None: without an end."""

    space_id: int
    role: str
    unit_id: int | None = None
    ends_at: datetime | None = None

    @property
    def counts_as(self) -> str:
        """Return the role that it is for what concerns the whole of its space; nothing for most roles of a branch."""
        return self.role if self.unit_id is None else _OF_A_BRANCH.get(self.role, "")


@dataclass(frozen=True, slots=True)
class Membership:
    """Everything about an account that decides access, as it stood when the request came in."""

    account_id: int
    person_id: int | None
    office: str | None = None
    spaces: frozenset[int] = frozenset()  # of the person's current posts
    roles: tuple[HeldRole, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether the account has anything to do in the studio."""
        return bool(self.office or self.roles)

    @property
    def sees_people(self) -> bool:
        """Whether one of the roles has to do with people: an author alone sees nobody."""
        return any(held.role not in _NO_PEOPLE for held in self.roles)

    def spaces_with(self, *roles: str) -> frozenset[int]:
        """Return the spaces in which the account holds one of these roles, or one for a branch that counts as it."""
        return frozenset(held.space_id for held in self.roles if held.counts_as in roles)

    def only(self, *roles: str, branches: bool = False) -> "Membership":
        """Return the same account as if it held these roles alone; `branches`: also those for a branch."""
        fitting = (held for held in self.roles if held.counts_as in roles or (branches and held.role in roles))
        return replace(self, roles=tuple(fitting))

    def units_with(self, role: str) -> frozenset[int]:
        """Return the units for whose branches the account holds `role`."""
        return frozenset(held.unit_id for held in self.roles if held.role == role and held.unit_id is not None)


def employee_scope(membership: Membership) -> Scope:
    """Return what the phone pages may show: the group's content and the own spaces'; no people."""
    if membership.person_id is None:
        return NOTHING
    return Scope(content=membership.spaces | {GROUP_SPACE}, people=frozenset())


def staff_scope(membership: Membership) -> Scope:
    """Return what the studio may show: content and people of the role's spaces.

    Staff of the group see all people; administrators see all people and no content. Unit administrators
    have no business with content, and their desks cut people further, to the own branch. Authors have no
    business with people. Where roles are held for branches alone, the scope names them.
    """
    content = frozenset(held.space_id for held in membership.roles if held.role not in _NO_CONTENT)
    dealing = [held for held in membership.roles if held.role not in _NO_PEOPLE]
    people = frozenset(held.space_id for held in dealing)
    whole = frozenset(held.space_id for held in dealing if held.unit_id is None)
    if membership.office is not None or GROUP_SPACE in whole:
        return Scope(content=content, people=EVERYTHING)
    cut = frozenset((held.space_id, held.unit_id) for held in dealing if held.unit_id and held.space_id not in whole)
    return Scope(content=content, people=people, branches=cut)


def scope_of(membership: Membership, path: str) -> Scope:
    """Return the scope of one request: in the studio that of staff, elsewhere that of an employee."""
    return staff_scope(membership) if path.startswith(STUDIO) else employee_scope(membership)
