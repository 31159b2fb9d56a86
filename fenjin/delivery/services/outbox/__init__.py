"""What leaves the house: rows are queued, claimed, sent with a key, marked; and changed when the message changes."""

from typing import Final

from fenjin.delivery.services.jobs import soon
from fenjin.delivery.services.outbox.amending import amend_due
from fenjin.delivery.services.outbox.desk import NoDeadLetter, resend, take_as_sent
from fenjin.delivery.services.outbox.newcomers import ring_newcomers
from fenjin.delivery.services.outbox.queueing import ring, take_steps
from fenjin.delivery.services.outbox.sending import send_due

__all__ = [
    "NoDeadLetter",
    "amend_due",
    "keep_outbox",
    "resend",
    "ring",
    "ring_newcomers",
    "send_due",
    "take_as_sent",
    "take_steps",
]

MOST_AT_ONCE: Final = 200  # sends


def keep_outbox() -> int:
    """Do what is due: take steps of ladders, send, change cards; return how many rows moved. Safe to run twice.

    One run does so much and no more; where something is left, the next one is asked for at once.
    """
    queued, sent = take_steps(), send_due(MOST_AT_ONCE)
    if sent == MOST_AT_ONCE:
        soon()
    return queued + sent + amend_due()
