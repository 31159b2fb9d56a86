"""A message was corrected or withdrawn: what lies in channels is changed or taken back, as far as they allow.

What cannot be done is written down, and the desk says so. Cards hold a title and a way only, so where one cannot be
changed the way leads to what holds now all the same.
"""

import json
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from fenjin.delivery.models import Message, MessageVersion, Outbox
from fenjin.delivery.services.outbox.cards import card_of
from fenjin.kit import clock
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

WITHDRAWN: Final = "withdrawn"
FAILED: Final = "failed"
# What is older than this is beyond every platform. From the few messages that changed (message_changed_since): the
# outbox keeps every send.
_DUE = """
SELECT o.uid FROM delivery_message m JOIN delivery_outbox o ON o.space_id = m.space_id AND o.message_id = m.id
WHERE m.sent_at > %s - interval '400 days' AND (m.state = 'withdrawn' OR m.current_version > 1)
  AND o.state IN ('accepted', 'partial', 'unknown') AND o.done_at > %s - interval '14 days' AND o.not_before <= %s AND (
    m.state = 'withdrawn' AND o.amended_for <> 'withdrawn'
    OR m.state <> 'withdrawn' AND m.current_version > o.version AND o.amended_for <> m.current_version::text)
ORDER BY o.done_at DESC LIMIT %s
"""


def amend_due(limit: int = 200) -> int:
    """Change or take back what shows an old state of a message; return how many sends were looked at.

    It goes on, `limit` at a time, as long as changes get through. Safe to run twice: a change that went through is
    written down, and repeating one changes nothing.
    """
    looked = 0
    while True:
        now = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [now, now, now, limit])
            due = [uid for (uid,) in cursor.fetchall()]
        settled = sum(_amend(uid) for uid in due)
        looked += len(due)
        if len(due) < limit or not settled:
            return looked


def _amend(uid: UUID) -> bool:
    """Change one card; tell whether that is settled, well or not: else it is taken up again with the next run."""
    row = Outbox._base_manager.get(uid=uid)
    with every_space(Reason.JOB):
        message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=row.message_id)
        version = MessageVersion.objects.get(message=message.pk, number=message.current_version)
    gone = message.state == Message.State.WITHDRAWN
    change = Recall() if gone else CardUpdate(card_of(message, version, importance=row.importance, ring=row.ring))
    try:
        done = connector(row.channel).amend(Receipt.from_json(row.receipt), json.loads(row.body)["to"], change)
    except (Transient, OutcomeUnknown):
        return False
    except WorkplaceError:
        _keep(row, FAILED, WITHDRAWN if gone else str(version.number), row.version)
        return True
    shows = version.number if done == Amended.UPDATED else row.version
    _keep(row, done.value, WITHDRAWN if gone else str(version.number), shows)
    return True


@transaction.atomic
def _keep(row: Outbox, done: str, done_for: str, shows: int) -> None:
    Outbox._base_manager.filter(uid=row.uid).update(amended=done, amended_for=done_for, version=shows)
