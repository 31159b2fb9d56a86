"""How far a sender reaches: an audience is cut to this, whatever the rule says."""

from dataclasses import dataclass
from typing import Any, Final

from fenjin.kit.errors import NotFound
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE
from fenjin.spaces.access import Membership, allowed_to, grants_with, spaces_allowing

# Whoever sends messages in a space makes its audiences; delivery signs the permission in its module.
SEND: Final = "delivery.send_message"
AUDIENCE_MAKER: Final = allowed_to(SEND, branches=True)


@dataclass(frozen=True, slots=True)
class Reach:
    """The spaces whose people may be reached, and the branches in them (None: all of them)."""

    spaces: frozenset[int]
    branches: frozenset[int] | None = None


EVERYBODY: Final = Reach(spaces=EVERYTHING)


def reach_of(membership: Membership, space_id: int, permission: str = SEND) -> Reach:
    """Return how far somebody reaches whose role carries `permission` in a space; raises NotFound for one without.

    The group's role reaches everybody, a space's role its own people, a role for a branch that branch.
    """
    held = [grant for grant in grants_with(membership, permission) if grant.space_id == space_id]
    if not held:
        raise NotFound
    branches = frozenset(grant.unit_id for grant in held if grant.unit_id is not None)
    whole = any(grant.unit_id is None for grant in held)
    spaces = EVERYTHING if space_id == GROUP_SPACE else frozenset({space_id})
    return Reach(spaces=spaces, branches=None if whole else branches)


def sending_spaces(membership: Membership) -> frozenset[int]:
    """Return the spaces in which somebody sends, to all of its people or to a branch."""
    return spaces_allowing(membership, SEND, branches=True)


def may_change(membership: Membership, account_id: int, audience: Any) -> bool:
    """Tell whether an account may use and change a saved audience: it sends there, and it is shared or its own."""
    sends = audience.space_id in sending_spaces(membership)
    return sends and (audience.shared or audience.owner_id == account_id)
