"""Who sends messages, who reads how far they got, and who follows an emergency."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest

from fenjin.audiences.access import reach_of
from fenjin.delivery.models import Message
from fenjin.kit.access import Rule, Verdict
from fenjin.kit.errors import NotFound
from fenjin.spaces.access import Membership, allowed_to, grants_with, membership_of, spaces_allowing, staff_verdict

SEND: Final = "delivery.send_message"
SENDER: Final = allowed_to(SEND, branches=True)
APPROVE: Final = "delivery.approve_message"
# An emergency is approved by whoever sends for the whole space; the desk shows to each what waits for that person.
APPROVER: Final = allowed_to(SEND)
COVERAGE_READER: Final = allowed_to("delivery.view_coverage", branches=True)
# A supervisor says that a message was read aloud in a unit of the own branch.
READ_ALOUD: Final = "delivery.read_aloud"
SUPERVISOR: Final = allowed_to(READ_ALOUD, branches=True)


def _for_the_board(membership: Membership) -> Membership:
    """Return what of an account has to do with sheets for notice boards: those who look at coverage or read aloud."""
    held = {*grants_with(membership, READ_ALOUD), *grants_with(membership, "delivery.view_coverage")}
    return replace(membership, roles=tuple(role for role in membership.roles if role in held))


def _prints(request: HttpRequest) -> Verdict:
    return staff_verdict(request, allowed=bool(_for_the_board(membership_of(request)).roles))


POSTER_PRINTER: Final = Rule("view coverage or read aloud", _prints, _for_the_board)

DUTY: Final = "delivery.duty_desk"
DUTY_DESK: Final = allowed_to(DUTY, branches=True)
# Who has not answered, or not confirmed, is named to the own unit's administrator alone; each look is recorded.
NAME_SILENT: Final = "delivery.name_silent"
SILENT_NAMER: Final = allowed_to(NAME_SILENT, branches=True)


@dataclass(frozen=True, slots=True)
class OwnUnits:
    """The units of which somebody is the administrator: those of whole sub-platforms, and those in and below branches.

    Neither an office nor a role in the group makes it more, as they do with the scope: names are for the own people.
    """

    spaces: frozenset[int]
    branches: frozenset[int]

    def hold(self, space_id: int, path: Collection[int]) -> bool:
        """Tell whether the unit with this path from the root, in this space, is one of them."""
        return space_id in self.spaces or not self.branches.isdisjoint(path)

    def as_parameters(self) -> dict[str, Any]:
        """Return them as `selectors.safety.IN_REACH` asks for the reach."""
        return {"everywhere": False, "people": sorted(self.spaces), "branches": sorted(self.branches)}


def own_units(membership: Membership) -> OwnUnits:
    """Return the units whose silent and unconfirmed people an account names."""
    held = grants_with(membership, NAME_SILENT)
    return OwnUnits(
        spaces=frozenset(grant.space_id for grant in held if grant.unit_id is None),
        branches=frozenset(grant.unit_id for grant in held if grant.unit_id is not None),
    )


def _sets_rules(request: HttpRequest) -> Verdict:
    membership = membership_of(request)
    allowed = membership.office == "security" or bool(membership.spaces_with("publisher"))
    return staff_verdict(request, allowed=allowed)


RULE_SETTER: Final = Rule("security administrator or publisher", _sets_rules)


def may_set_rules(membership: Membership, space_id: int) -> bool:
    """Tell whether somebody says how a space sends: its publishers, and security; never those whom it binds alone."""
    return membership.office == "security" or space_id in membership.spaces_with("publisher")


def may_change(account: Any, message: Message) -> bool:
    """Tell whether an account may correct, stop or withdraw a message: its own, or of a space where it sends to all."""
    try:
        reach = reach_of(account.membership, message.space_id)
    except NotFound:
        return False
    return reach.branches is None or message.sender_id == account.pk


def may_approve(account: Any, message: Message, *, asked_by: int | None = None) -> bool:
    """Tell whether an account may be the second person, of the message's space and not of a branch.

    Never whoever asks: the sender, or the account `asked_by` of a correction.
    """
    if account.pk == (asked_by or message.sender_id):
        return False
    if message.space_id in spaces_allowing(account.membership, APPROVE):
        return True
    emergency = message.importance == Message.Importance.EMERGENCY
    return emergency and message.space_id in spaces_allowing(account.membership, SEND)


def may_end_emergency(account: Any, message: Message) -> bool:
    """Tell whether an account may say all clear: who may change the message, and the duty desk of its whole space."""
    return message.space_id in spaces_allowing(account.membership, DUTY) or may_change(account, message)
