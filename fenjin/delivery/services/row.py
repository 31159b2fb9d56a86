"""A message's row out of what its sender chose; nothing is written here."""

from typing import Any

from fenjin.delivery.models import Message
from fenjin.delivery.services.sending import Sending
from fenjin.kit.scope import Reason, every_space


def message_of(sending: Sending, **fields: Any) -> Message:
    """Return the unsaved row of a message; people, state and time are the caller's to fill in."""
    due, plan = sending.due, sending.plan
    return Message(
        kind=sending.kind,
        content_id=sending.content_id,
        importance=sending.importance,
        audience_mode=sending.audience_mode,
        pace=plan.pace,
        wave_minutes=plan.wave_minutes if plan.pace == Message.Pace.WAVES else 0,
        morning_on=plan.morning_on if plan.pace == Message.Pace.MORNING else None,
        due_on=due.on if due else None,
        due_time=due.time if due else None,
        due_zone=due.zone if due else "",
        **fields,
    )


def sent_before(actor: Any, key: str) -> Message | None:
    """Return what the same sender has sent with the same key, or None."""
    with every_space(Reason.DELIVERY):
        return Message.objects.filter(sender=actor.pk, client_key=key).defer("bitmap", "elsewhere").first()
