"""Who joins a living audience later is rung like the others: by the same ladder, once, and reminded as often.

Their ladder begins when they are found. Later steps and reminders are queued with the first one; when the turn of a
row comes, whoever has done what is asked, or is not meant any more, is left out.
"""

import logging
from datetime import timedelta

from django.db import transaction
from pyroaring import BitMap

from fenjin.delivery.models import Ladder, Message
from fenjin.delivery.ringing import LATE_REMINDER
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.newcomers import ladders_to_look_at, late_rounds, looked_before
from fenjin.delivery.services.jobs import soon
from fenjin.delivery.services.outbox.marks import note_known
from fenjin.delivery.services.outbox.queueing import LADDER, enqueue, found_on, hold
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.workplace.register import CHANNELS

log = logging.getLogger(__name__)


def ring_newcomers() -> int:
    """Queue rows for who joined living audiences since the last look; return how many. Safe to run twice."""
    rows = 0
    for message_id in ladders_to_look_at():
        with by_itself(log, f"newcomers of message {message_id}"):
            rows += _look(message_id)
    return rows


@transaction.atomic
def _look(message_id: int) -> int:
    before = looked_before(message_id)
    if before is None:
        return 0
    with every_space(Reason.JOB):
        message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=message_id)
    known, meant = sets.read(before[0]), sets.audience(message)
    newcomers = meant - known
    note_known(message, known | meant)
    newcomers -= sets.opened(message.space_id, message.pk, newcomers)
    if message.importance == Message.Importance.ORDINARY:
        newcomers -= sets.muting(message)
    return _queue(message, newcomers) if newcomers else 0


def _queue(message: Message, newcomers: BitMap) -> int:
    hold(message.pk)
    steps = Ladder._base_manager.filter(message_id=message.pk).values_list("steps", flat=True).get()
    asked, rows = sets.on_channels(message), 0
    for channel, minutes in steps.items():
        left = newcomers - asked.get((channel, sets.State.ASKED), BitMap())
        delay = timedelta(minutes=minutes)
        rows += enqueue(
            message, channel, people=left, ring=LADDER, importance=message.importance, delay=delay, late=True
        )
    for number, delay in enumerate(late_rounds(message), start=1):
        rows += _remind(message, newcomers, number, delay, [channel for channel in CHANNELS if channel in steps])
    transaction.on_commit(soon)
    return rows


def _remind(message: Message, newcomers: BitMap, number: int, delay: timedelta, channels: list[str]) -> int:
    """Queue one reminder, for each of them on the loudest channel that finds them: as common reminders do."""
    left, rows = newcomers, 0
    for channel in reversed(channels):
        found = found_on(channel, left)
        rows += enqueue(
            message,
            channel,
            people=found,
            ring=f"{LATE_REMINDER}{number}",
            importance=message.importance,
            delay=delay,
            late=True,
        )
        left = left - found
    return rows
