"""Who may give and end which role, where, and until when: nobody gives more than they have."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from fenjin.spaces.access.membership import HeldRole, Membership

# What a holder may give besides the very role: only roles that can do nothing the own one cannot.
_INCLUDES: Final[dict[str, frozenset[str]]] = {"editor": frozenset({"author"})}


def roles_to_give(membership: Membership, every: tuple[str, ...]) -> dict[int | None, frozenset[str]]:
    """Return which roles somebody may give, by space; the key None stands for every space (security)."""
    if membership.office == "security":
        return {None: frozenset(every)}
    found: dict[int | None, frozenset[str]] = {}
    for held in membership.roles:
        found[held.space_id] = found.get(held.space_id, frozenset()) | {held.role} | _INCLUDES.get(held.role, set())
    return found


def may_give(
    membership: Membership, *, space_id: int, role: str, branch: tuple[int, ...] = (), until: datetime | None = None
) -> bool:
    """Tell whether somebody may give `role` in a space, or in the branch whose path from the root is `branch`.

    The security administrator may everywhere. Others only a role that they hold themselves or that is
    part of theirs, in the same space, never beyond their own branch, and never longer than they hold it.
    """
    if membership.office == "security":
        return True
    return any(
        held.ends_at is None or (until is not None and until <= held.ends_at)
        for held in _over(membership, space_id, role, branch)
    )


def may_end(membership: Membership, *, space_id: int, role: str, branch: tuple[int, ...] = ()) -> bool:
    """Tell whether somebody may end `role` there: the same rule, whatever the dates."""
    return membership.office == "security" or any(_over(membership, space_id, role, branch))


def may_hand_over(membership: Membership, space_id: int) -> bool:
    """Tell whether somebody may give what a leaver held in a space to another: security, and its own editors."""
    return membership.office == "security" or space_id in membership.spaces_with("editor")


def may_set_up(membership: Membership, space_id: int) -> bool:
    """Tell whether somebody may change the settings of a space: the system administrator, and editors of all of it."""
    if membership.office == "system":
        return True
    return any(
        held.space_id == space_id and held.role == "editor" and held.unit_id is None for held in membership.roles
    )


def _over(membership: Membership, space_id: int, role: str, branch: tuple[int, ...]) -> Iterator[HeldRole]:
    for held in membership.roles:
        covers = held.role == role or role in _INCLUDES.get(held.role, ())
        if covers and held.space_id == space_id and (held.unit_id is None or held.unit_id in branch):
            yield held
