"""A plan has grown since somebody approved it, or since it needed nobody: a second person is asked, once more."""

from typing import Any

from fenjin.audit import services as audit
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors.approvals import Need, need_for
from fenjin.kit import clock


def grown_beyond(actor: Any, message: Message) -> Need | None:
    """Return why a plan must not begin as it is, or None; its audience has just been counted into its row.

    Those whom nobody approved are more than its sender's role reaches alone. Call it where every space is in scope.
    """
    need = need_for(actor.membership, message.space_id, people=message.head_count, importance=message.importance)
    if need is None or need.limit is None:
        return None
    approved = Approval.objects.filter(message=message.pk, approved=True).values_list("people", flat=True).first()
    return need if message.head_count - (approved or 0) > need.limit else None


def ask_again(message: Message, need: Need) -> None:
    """Let a plan wait for a second person instead of beginning, and note it; the caller holds the message's row."""
    message.awaits_approval = True
    message.save(update_fields=["awaits_approval", "head_count"])
    values = {
        "space_id": message.space_id,
        "why": Approval.Why.GROWN,
        "limit": need.limit,
        "people": message.head_count,
        "asked_at": clock.now(),
        "decided_at": None,
        "decided_by": None,
        "approved": None,
        "words": "",
    }
    Approval.objects.update_or_create(message=message, defaults=values)
    audit.record(
        actor=None,
        act="delivery.ask_again",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"people": message.head_count, "limit": need.limit},
    )
