"""Messages that wait for a second person, and the rules of spaces about that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.delivery.access import APPROVE, SEND, may_approve
from fenjin.delivery.models import Approval, Message, SendingRules
from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import Membership, grants_with, roles_with, spaces_allowing
from fenjin.spaces.selectors import space_names
from fenjin.spaces.selectors.holders import people_holding

TOLD_FOR: Final = timedelta(days=3)  # how long a decision stands on the sender's start page
ENOUGH_MINUTES: Final = 30


# Until a space says otherwise. A plant or a department is an editor's own business; a whole sub-platform (some 6,000
# people of a group of 725,000 on 116) a publisher's; what goes beyond, somebody else reads first.
HOUSE_LIMITS: Final[Mapping[str, int]] = {"editor": 2_000, "publisher": 20_000}


@dataclass(frozen=True, slots=True)
class Rules:
    """How a space sends. A role without a limit sends to as many as it reaches, alone. `own`: the space has said so."""

    limits: Mapping[str, int] = field(default_factory=lambda: dict(HOUSE_LIMITS))
    weekly_minutes: int = ENOUGH_MINUTES
    own: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Why a second person has to look; `limit` is that of the sender's role."""

    why: Approval.Why
    limit: int | None = None


def sending_rules(space_id: int) -> Rules:
    """Return how a space sends."""
    with every_space(Reason.DELIVERY):
        row = SendingRules.objects.filter(space=space_id).first()
    return Rules(row.limits, row.weekly_minutes, own=True) if row is not None else Rules()


def need_for(membership: Membership, space_id: int, *, people: int, importance: str) -> Need | None:
    """Return why a message to so many people needs a second person, or None. The best of the sender's roles counts."""
    if importance == Message.Importance.EMERGENCY:
        return Need(Approval.Why.EMERGENCY)
    limits = sending_rules(space_id).limits
    held = {grant.role for grant in grants_with(membership, SEND) if grant.space_id == space_id}
    own = [limits.get(role) for role in held]
    if not own or None in own:
        return None
    limit = max(number for number in own if number is not None)
    return Need(Approval.Why.PEOPLE, limit) if people > limit else None


def somebody_may_approve(space_id: int, *, but: int | None, why: str) -> bool:
    """Tell whether anybody beside the person `but` holds a role by which such a message can be approved."""
    roles = roles_with(APPROVE) | (roles_with(SEND) if why == Approval.Why.EMERGENCY else frozenset())
    return any(people_holding(role).get(space_id, frozenset()) - {but} for role in roles)


def why_nobody(space_id: int, why: str) -> str:
    """Return a sentence for where nobody could approve: who gives whom which role."""
    name = {"space": space_names({space_id}).get(space_id, "")}
    if why == Approval.Why.EMERGENCY:
        return (
            _(
                "Nobody else could approve it, and an emergency needs two people. The security administrator gives a"
                " colleague the role of editor or publisher of %(space)s, for all of it and not for a branch"
                " (Studio → Roles); then send it."
            )
            % name
        )
    return (
        _(
            "Nobody else could approve it. The security administrator gives a colleague the role of publisher of"
            " %(space)s, for all of it and not for a branch (Studio → Roles)."
        )
        % name
    )


def list_waiting(account: Any) -> list[Approval]:
    """Return what waits for this account's word, the longest waiting first, with message and first version."""
    spaces = spaces_allowing(account.membership, SEND) | spaces_allowing(account.membership, APPROVE)
    if not spaces:
        return []
    with every_space(Reason.DELIVERY):
        rows = Approval.objects.filter(space__in=spaces, approved=None)
        rows = rows.filter(message__state=Message.State.PLANNED, message__awaits_approval=True)
        found = listing(_whole(rows).order_by("asked_at", "pk"))
        return [one for one in found if may_approve(account, one.message)]


def list_told(account: Any) -> list[Approval]:
    """Return what was decided lately about this account's own messages, the newest first."""
    with every_space(Reason.DELIVERY):
        rows = Approval.objects.filter(message__sender=account.pk, decided_at__gte=clock.now() - TOLD_FOR)
        return list(listing(_whole(rows).order_by("-decided_at", "-pk")[:5]))


def list_asked_again(account: Any) -> list[Approval]:
    """Return this account's own messages that grew, and wait for a second person instead of going out."""
    with every_space(Reason.DELIVERY):
        rows = Approval.objects.filter(message__sender=account.pk, approved=None, why=Approval.Why.GROWN)
        rows = rows.filter(message__state=Message.State.PLANNED, message__awaits_approval=True)
        return list(listing(_whole(rows).order_by("asked_at", "pk")))


def asked_again(message: Message) -> Approval | None:
    """Return why a plan that grew waits, or None; the caller has proved that it may be seen."""
    if not message.waits:
        return None
    with every_space(Reason.DELIVERY):
        found: Approval | None = Approval.objects.filter(message=message.pk, why=Approval.Why.GROWN).first()
    return found


def get_approval(account: Any, message_id: int) -> Approval:
    """Return a message that waits or waited, for one who may decide about it or who sent it; raises NotFound."""
    with every_space(Reason.DELIVERY):
        found: Approval | None = _whole(Approval.objects.filter(message=message_id)).first()
    if found is None or not (found.message.sender_id == account.pk or may_approve(account, found.message)):
        raise NotFound
    return found


def _whole(rows: Any) -> Any:
    return (
        rows.select_related("message__sender__person", "space", "decided_by__person")
        .prefetch_related("message__versions")
        .defer("message__bitmap", "message__elsewhere")
    )
