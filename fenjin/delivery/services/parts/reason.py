"""Why whoever has not confirmed is named goes into the message's row: a safety or legal reason, with a deadline."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.naming import LATEST_DUE, LONGEST_REASON
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.sending import Sending
from fenjin.kit.errors import BadRequest


class ReasonOfWhat(SendRefusal):
    code = "reason_of_what"
    status = 422
    sentence = _("Only for a message that asks for confirmation can somebody be named.")


class SayTheReason(SendRefusal):
    code = "say_the_reason"
    status = 422
    sentence = _("Say in a few words why: everybody who gets the message reads it.")


class ReasonNeedsDue(SendRefusal):
    code = "reason_needs_due"
    status = 422
    sentence = _("Choose a date to confirm by: names are shown until 14 days after it, and never without one.")


class ReasonTooLong(SendRefusal):
    code = "reason_too_long"
    status = 422
    sentence = _("Choose a date to confirm by within 90 days of the sending: nobody is named for longer.")


def prepare(*, actor: Any, message: Message, sending: Sending) -> None:
    """Put a stated reason into the row; without one nobody is ever named.

    Raises ReasonOfWhat, SayTheReason, ReasonNeedsDue, ReasonTooLong.
    """
    if sending.reason is None:
        return
    words = " ".join(sending.reason.words.split())
    if sending.reason.kind not in Message.ReasonKind.values or len(words) > LONGEST_REASON:
        raise BadRequest
    if not message.asks_confirmation:
        raise ReasonOfWhat
    if not words:
        raise SayTheReason
    due = message.due_at
    if due is None:
        raise ReasonNeedsDue
    if due > message.sent_at + LATEST_DUE:
        raise ReasonTooLong
    message.reason_kind, message.reason_words = sending.reason.kind, words
