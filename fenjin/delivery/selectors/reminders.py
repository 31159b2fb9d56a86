"""Who is still open for a message, and where its reminders stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Message, ReminderRound, ReminderRule
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.kit.scope import Reason, every_space

_COUNTED = """
SELECT coalesce(sum(CASE WHEN %s THEN confirmed ELSE opened END), 0)::bigint FROM delivery_counter
WHERE space_id = %s AND message_id = %s
"""

_COUNTED_LIVING = """
SELECT coalesce(sum(people - CASE WHEN %s THEN confirmed ELSE opened END), 0)::bigint FROM delivery_livingcount
WHERE space_id = %s AND message_id = %s
"""
COUNTED_ONE_BY_ONE: Final = 20_000  # people; of more, the counters say how many are open


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


def still_open(message: Message, among: BitMap | None = None) -> BitMap:
    """Return who has not done what a message asks: not confirmed, not answered; of an ordinary one: not opened it.

    Who muted an ordinary message's sender is not open, either. `among`: only of these people of its audience.
    """
    people = sets.audience(message) if among is None else among
    done = sets.confirmed(message, people) if message.asks_answer else sets.opened(message.space_id, message.pk, people)
    left = people - done
    return left - sets.muting(message) if message.importance == Message.Importance.ORDINARY else left


def count_open(message: Message) -> int:
    """Return how many are still open; of a large audience as the counters say it, a living one as last counted."""
    if message.head_count <= COUNTED_ONE_BY_ONE:
        return len(still_open(message))
    left = _left_by_counters(message)
    if message.importance == Message.Importance.ORDINARY:
        muting = sets.muting(message)
        left -= len(muting & sets.audience(message) - sets.opened(message.space_id, message.pk, muting))
    return max(0, left)


def _left_by_counters(message: Message) -> int:
    living = message.audience_mode == Message.AudienceMode.LIVING
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED_LIVING if living else _COUNTED, [message.asks_answer, message.space_id, message.pk])
        (counted,) = cursor.fetchone()
    return int(counted if living else message.head_count - counted)


def reminders_of(message: Message) -> ReminderState:
    """Return where the reminders of a message stand; the caller has proved that it may be shown. Counters are live."""
    with every_space(Reason.DELIVERY):
        rule = ReminderRule.objects.filter(message=message.pk).first()
        rounds = list(ReminderRound.objects.filter(message=message.pk).order_by("-number"))
    return ReminderState(rule, rounds, max(0, _left_by_counters(message)), message.asks_answer)
