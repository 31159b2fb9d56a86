"""A message was corrected or withdrawn: what lies in channels is changed or taken back, as far as they allow.

What cannot be done is written down, and the desk says so. Cards hold a title and a way only, so where one cannot be
changed the way leads to what holds now all the same.
"""

import json
import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from fenjin.delivery.models import Message, MessageVersion, Outbox
from fenjin.delivery.selectors.outbox.changed import changed_since
from fenjin.delivery.services.outbox.cards import card_of
from fenjin.kit import clock
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.workplace.register import (
    Amended,
    CardUpdate,
    OutcomeUnknown,
    Recall,
    Receipt,
    Transient,
    WorkplaceError,
)
from fenjin.workplace.services import connector

log = logging.getLogger(__name__)
WITHDRAWN: Final = "withdrawn"
FAILED: Final = "failed"
MOST_FAILURES: Final = 20  # of one channel in one run: then it is let rest until the next one
_LAST: Final = UUID(int=2**128 - 1)
# What is older than this is beyond every platform. From the few messages that changed (message_changed_since): the
# outbox keeps every send.
_DUE = """
SELECT o.done_at, o.uid, o.channel
FROM delivery_message m JOIN delivery_outbox o ON o.space_id = m.space_id AND o.message_id = m.id
WHERE m.sent_at > %s - interval '400 days' AND (m.state = 'withdrawn' OR m.current_version > 1)
  AND o.state IN ('accepted', 'partial', 'unknown') AND o.done_at > %s - interval '14 days' AND o.not_before <= %s AND (
    m.state = 'withdrawn' AND o.amended_for <> 'withdrawn'
    OR m.state <> 'withdrawn' AND m.current_version > o.version AND o.amended_for <> m.current_version::text)
  AND (o.done_at, o.uid) < (%s, %s) AND o.channel <> ALL(%s)
ORDER BY o.done_at DESC, o.uid DESC LIMIT %s
"""


def amend_due(limit: int = 200) -> int:
    """Change or take back what shows an old state of a message; return how many sends were looked at.

    Each is looked at once in a run, `limit` at a time, the newest first; a channel that fails again and again rests
    until the next run, and holds up no other. Safe to run twice: a change that went through is written down, and
    repeating one changes nothing.
    """
    looked, failed = 0, Counter[str]()
    before: tuple[datetime, UUID] = (clock.now() + timedelta(days=1), _LAST)
    while True:
        due = _due(before, [channel for channel, times in failed.items() if times >= MOST_FAILURES], limit)
        for _done_at, uid, channel in due:
            if failed[channel] < MOST_FAILURES:
                settled = False
                with by_itself(log, f"card of send {uid}"):
                    settled = _amend(uid)
                failed[channel] += not settled
        looked += len(due)
        if len(due) < limit:
            return looked
        before = due[-1][:2]


def _due(before: tuple[datetime, UUID], resting: list[str], limit: int) -> list[tuple[datetime, UUID, str]]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [now, now, now, *before, resting, limit])
        return list(cursor.fetchall())


def _amend(uid: UUID) -> bool:
    """Change one card; tell whether that is settled, well or not: else it is taken up again with the next run.

    While the other side was at it the message may have changed again, and another process may have said so there
    before us: so whoever was late says it once more.
    """
    while True:
        row = Outbox._base_manager.get(uid=uid)
        with every_space(Reason.JOB):
            message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=row.message_id)
            version = MessageVersion.objects.get(message=message.pk, number=message.current_version)
        try:
            _change(row, message, version)
        except (Transient, OutcomeUnknown):
            return False
        if not changed_since(message, version.number):
            return True


def _change(row: Outbox, message: Message, version: MessageVersion) -> None:
    gone = message.state == Message.State.WITHDRAWN
    meant = WITHDRAWN if gone else str(version.number)
    change = Recall() if gone else CardUpdate(card_of(message, version, importance=row.importance, ring=row.ring))
    try:
        done = connector(row.channel).amend(Receipt.from_json(row.receipt), json.loads(row.body)["to"], change)
    except (Transient, OutcomeUnknown):
        raise
    except WorkplaceError:
        _keep(row, FAILED, meant, row.version)
    else:
        _keep(row, done.value, meant, version.number if done == Amended.UPDATED else row.version)


@transaction.atomic
def _keep(row: Outbox, done: str, done_for: str, shows: int) -> None:
    Outbox._base_manager.filter(uid=row.uid).update(amended=done, amended_for=done_for, version=shows)
