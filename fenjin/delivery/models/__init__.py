"""The tables of delivery: what was sent, the ledger of how far it got, what readers answer and choose."""

from fenjin.delivery.models.habits import Habits
from fenjin.delivery.models.ledger import Answer, Counter, Denominator, PastConfirmation, Receipt
from fenjin.delivery.models.messages import Message, MessageVersion
from fenjin.delivery.models.outbox import ChannelPeople, Ladder, Outbox, Unreached
from fenjin.delivery.models.ringing import Holiday, RingRules
from fenjin.delivery.models.talks import Conversation, ReadyAnswer, Remark

__all__ = [
    "Answer",
    "ChannelPeople",
    "Conversation",
    "Counter",
    "Denominator",
    "Habits",
    "Holiday",
    "Ladder",
    "Message",
    "MessageVersion",
    "Outbox",
    "PastConfirmation",
    "ReadyAnswer",
    "Receipt",
    "Remark",
    "RingRules",
    "Unreached",
]
