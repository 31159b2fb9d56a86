"""The tables of delivery: what was sent, the ledger of how far it got, what readers answer and choose."""

from fenjin.delivery.models.coverage import Cut, LivingCount, Present, ReadAloud, Rollup, Signpost, Told, Watch
from fenjin.delivery.models.habits import Habits
from fenjin.delivery.models.ledger import Answer, Counter, Denominator, PastConfirmation, Receipt
from fenjin.delivery.models.messages import Message, MessageVersion
from fenjin.delivery.models.reminders import ReminderRound, ReminderRule
from fenjin.delivery.models.safety import PastSafetyAnswer, SafetyAnswer, SafetyCounter
from fenjin.delivery.models.outbox import ChannelPeople, Ladder, Outbox, Unreached
from fenjin.delivery.models.talks import Conversation, ReadyAnswer, Remark

from fenjin.delivery.models.ringing import Holiday, RingRules
__all__ = [
    "Answer",
    "Conversation",
    "Counter",
    "Cut",
    "ChannelPeople",
    "Denominator",
    "Habits",
    "LivingCount",
    "Message",
    "MessageVersion",
    "PastConfirmation",
    "PastSafetyAnswer",
    "Present",
    "Holiday",
    "Ladder",
    "ReadAloud",
    "ReadyAnswer",
    "Receipt",
    "Outbox",
    "Remark",
    "ReminderRound",
    "ReminderRule",
    "Rollup",
    "SafetyAnswer",
    "SafetyCounter",
    "Signpost",
    "Told",
    "Watch",
]
    "RingRules",
    "Unreached",
