"""Reads of delivery: for one person (inbox, reading) and for staff (sent, coverage)."""

from fenjin.delivery.selectors.calls import Call, call_for
from fenjin.delivery.selectors.coverage import Coverage, TooFewPeople, coverage, get_sent_message
from fenjin.delivery.selectors.habits import USUAL, OwnHabits, habits, habits_of
from fenjin.delivery.selectors.inbox import (
    PAGE,
    SHOWS,
    Filter,
    Glance,
    InboxPage,
    InboxRow,
    glance,
    has_unread,
    letter,
    messages_for,
    to_confirm,
)
from fenjin.delivery.selectors.outbox.reach import Unreachable, reached, unreachable
from fenjin.delivery.selectors.reading import (
    MessageForReader,
    ReceiptSeen,
    get_message_for,
    is_recipient,
    latest_message_for,
    received_content_ids,
)
from fenjin.delivery.selectors.sent import SentRow, sent_messages

__all__ = [
    "PAGE",
    "SHOWS",
    "USUAL",
    "Call",
    "Coverage",
    "Filter",
    "Glance",
    "InboxPage",
    "InboxRow",
    "MessageForReader",
    "OwnHabits",
    "ReceiptSeen",
    "SentRow",
    "TooFewPeople",
    "Unreachable",
    "call_for",
    "coverage",
    "get_message_for",
    "get_sent_message",
    "glance",
    "habits",
    "habits_of",
    "has_unread",
    "is_recipient",
    "latest_message_for",
    "letter",
    "messages_for",
    "reached",
    "received_content_ids",
    "sent_messages",
    "to_confirm",
    "unreachable",
]
