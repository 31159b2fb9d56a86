"""Who is still open for a message, and where its reminders stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Message, ReminderRound, ReminderRule
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.kit.scope import Reason, every_space

_DONE = """
SELECT person_id FROM delivery_receipt
WHERE space_id = %s AND message_id = %s AND (NOT %s OR confirmed_version >= %s)
"""
_COUNTED = """
SELECT coalesce(sum(CASE WHEN %s THEN confirmed ELSE opened END), 0)::bigint FROM delivery_counter
WHERE space_id = %s AND message_id = %s
"""


@dataclass(frozen=True, slots=True)
class ReminderState:
    """Where reminders of a message stand: its rule, the rounds so far, and how many are open now."""

    rule: ReminderRule | None
    rounds: Sequence[ReminderRound]
    open_now: int
    asks: bool  # open: not confirmed (or answered); else: not opened

    @property
    def by_hand(self) -> int:
        """Return how many rounds somebody pressed."""
        return sum(one.account_id is not None for one in self.rounds)


def still_open(message: Message) -> BitMap:
    """Return who has not done what a message asks: not confirmed, not answered; of an ordinary one: not opened it.

    Who muted an ordinary message's sender is not open, either.
    """
    asks = message.asks_answer
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [message.space_id, message.pk, asks, message.confirm_from])
        done = sets.bitmap_of(row[0] for row in cursor.fetchall())
    left = sets.audience(message) - done
    return left - sets.muting(message) if message.importance == Message.Importance.ORDINARY else left


def reminders_of(message: Message) -> ReminderState:
    """Return where the reminders of a message stand; the caller has proved that it may be shown. Counters are live."""
    with every_space(Reason.DELIVERY):
        rule = ReminderRule.objects.filter(message=message.pk).first()
        rounds = list(ReminderRound.objects.filter(message=message.pk).order_by("-number"))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [message.asks_answer, message.space_id, message.pk])
        (done,) = cursor.fetchone()
    return ReminderState(rule, rounds, max(0, message.head_count - done), message.asks_answer)
