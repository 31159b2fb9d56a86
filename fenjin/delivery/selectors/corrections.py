"""Corrections that wait for a second person: for those who may decide, and for whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fenjin.delivery.access import APPROVE, SEND, may_approve, may_change
from fenjin.delivery.difference import Paragraph, difference
from fenjin.delivery.models import Approval, Message, MessageVersion, WaitingCorrection
from fenjin.delivery.register import Frozen
from fenjin.delivery.selectors.approvals import TOLD_FOR, need_for
from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import Membership, spaces_allowing

_GOES_ON = (Message.State.PLANNED, Message.State.SENDING, Message.State.PAUSED, Message.State.SENT)


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A correction, what readers see until it is decided, and what would change."""

    row: WaitingCorrection
    message: Message
    current: MessageVersion
    words: Frozen
    changes: Sequence[Paragraph]
    decides: bool
    changeable: bool


def second_person(membership: Membership, message: Message) -> str | None:
    """Return why what matters about a message needs a second person, or None.

    It did at the press, or would if this account sent it now. While it waits itself, whoever approves it reads the
    new words.
    """
    if message.waits:
        return None
    with every_space(Reason.DELIVERY):
        why = Approval.objects.filter(message=message.pk, approved=True).values_list("why", flat=True).first()
    if why is not None:
        return str(why)
    need = need_for(membership, message.space_id, people=message.head_count, importance=message.importance)
    return str(need.why) if need is not None else None


def waiting_correction(message_id: int, *, locked: bool = False) -> WaitingCorrection | None:
    """Return the correction of a message that waits, or None; the caller has proved that it may be seen."""
    with every_space(Reason.DELIVERY):
        rows = WaitingCorrection.objects.filter(message=message_id, approved=None)
        if locked:
            rows = rows.select_for_update(no_key=True)
        found: WaitingCorrection | None = rows.first()
    return found


def frozen_words(row: WaitingCorrection) -> Frozen:
    """Return the words of a correction as they were frozen."""
    return Frozen(**(row.words | {"assets": tuple(row.words["assets"])}))


def list_waiting_corrections(account: Any) -> list[WaitingCorrection]:
    """Return the corrections that wait for this account's word, the longest waiting first, with their messages."""
    spaces = spaces_allowing(account.membership, SEND) | spaces_allowing(account.membership, APPROVE)
    if not spaces:
        return []
    with every_space(Reason.DELIVERY):
        rows = WaitingCorrection.objects.filter(space__in=spaces, approved=None, message__state__in=_GOES_ON)
        found = listing(_whole(rows).order_by("asked_at", "pk"))
        return [one for one in found if may_approve(account, one.message, asked_by=one.asked_by_id)]


def list_told_corrections(account: Any) -> list[WaitingCorrection]:
    """Return what others decided lately about corrections that this account asked for, the newest first."""
    with every_space(Reason.DELIVERY):
        rows = WaitingCorrection.objects.filter(asked_by=account.pk, decided_at__gte=clock.now() - TOLD_FOR)
        rows = rows.exclude(decided_by=account.pk)
        return list(listing(_whole(rows).order_by("-decided_at", "-pk")[:5]))


def get_correction(account: Any, message_id: int) -> CorrectionPage:
    """Return the newest correction of a message for one who may decide, or who looks after it; raises NotFound."""
    with every_space(Reason.DELIVERY):
        rows = _whole(WaitingCorrection.objects.filter(message=message_id))
        row: WaitingCorrection | None = rows.order_by("-pk").first()
        if row is None:
            raise NotFound
        current = MessageVersion.objects.get(message=message_id, number=row.message.current_version)
    message, words = row.message, frozen_words(row)
    open_still = row.approved is None and message.state in _GOES_ON
    decides = may_approve(account, message, asked_by=row.asked_by_id)
    changeable = may_change(account, message)
    if not (decides or changeable):
        raise NotFound
    texts = [f"{one.title}\n{one.lead}\n{one.text}" for one in (current, words)]
    changes = difference(*texts) if open_still else ()
    return CorrectionPage(row, message, current, words, changes, decides and open_still, changeable and open_still)


def _whole(rows: Any) -> Any:
    return rows.select_related("message", "space", "asked_by__person", "decided_by__person").defer(
        "message__bitmap", "message__elsewhere"
    )
