"""The tables of delivery: what was sent, the ledger of how far it got, what readers answer and choose."""

from fenjin.delivery.models.approval import Approval, SendingRules, WaitingCorrection
from fenjin.delivery.models.burden import Burden, BurdenSheet
from fenjin.delivery.models.coverage import (
    Cut,
    LivingCount,
    Present,
    ReadAloud,
    Rollup,
    Signpost,
    Told,
    Total,
    Watch,
)
from fenjin.delivery.models.habits import Habits
from fenjin.delivery.models.ledger import Answer, Counter, Denominator, PastConfirmation, Receipt
from fenjin.delivery.models.messages import Message, MessageVersion
from fenjin.delivery.models.notes import Note
from fenjin.delivery.models.outbox import ChannelPeople, Ladder, Outbox, Unreached
from fenjin.delivery.models.reminders import ReminderRound, ReminderRule
from fenjin.delivery.models.ringing import Holiday, RingRules
from fenjin.delivery.models.safety import PastSafetyAnswer, SafetyAnswer, SafetyCounter
from fenjin.delivery.models.talks import Conversation, ReadyAnswer, Remark

__all__ = [
    "Answer",
    "Approval",
    "Burden",
    "BurdenSheet",
    "ChannelPeople",
    "Conversation",
    "Counter",
    "Cut",
    "Denominator",
    "Habits",
    "Holiday",
    "Ladder",
    "LivingCount",
    "Message",
    "MessageVersion",
    "Note",
    "Outbox",
    "PastConfirmation",
    "PastSafetyAnswer",
    "Present",
    "ReadAloud",
    "ReadyAnswer",
    "Receipt",
    "Remark",
    "ReminderRound",
    "ReminderRule",
    "RingRules",
    "Rollup",
    "SafetyAnswer",
    "SafetyCounter",
    "SendingRules",
    "Signpost",
    "Told",
    "Total",
    "Unreached",
    "WaitingCorrection",
    "Watch",
]
