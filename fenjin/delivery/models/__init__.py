"""The tables of delivery: what was sent, and the ledger of how far it got."""

from fenjin.delivery.models.ledger import Counter, Denominator, PastConfirmation, Receipt
from fenjin.delivery.models.messages import Message, MessageVersion

__all__ = ["Counter", "Denominator", "Message", "MessageVersion", "PastConfirmation", "Receipt"]
