"""What leaves the house: rows are queued, claimed, sent with a key, marked; and changed when the message changes."""

from fenjin.delivery.services.outbox.amending import amend_due
from fenjin.delivery.services.outbox.desk import NoDeadLetter, resend, take_as_sent
from fenjin.delivery.services.outbox.queueing import ring, take_steps
from fenjin.delivery.services.outbox.sending import send_due

__all__ = ["NoDeadLetter", "amend_due", "keep_outbox", "resend", "ring", "send_due", "take_as_sent", "take_steps"]


def keep_outbox() -> int:
    """Do all that is due: take steps of ladders, send, change cards; return how many rows moved. Safe to run twice."""
    return take_steps() + send_due() + amend_due()
