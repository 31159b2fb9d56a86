"""One row after the other: claimed and written down, sent, marked. Each of the three is committed by itself.

So a row that was claimed and never marked tells that its sender died in between. Where the channel de-duplicates by
the key, the same bytes go out again; where not, nobody knows whether people were reached, and a human decides.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from pyroaring import BitMap

from fenjin.delivery.models import Message, MessageVersion, Outbox
from fenjin.delivery.models.outbox import ASLEEP
from fenjin.delivery.ringing import ALL_CLEAR, EMERGENCY, LATE_REMINDER, Calm, may_ring
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.changed import changed_since
from fenjin.delivery.selectors.outbox.newcomers import reminding_stopped, still_meant
from fenjin.delivery.selectors.outbox.pace import room_from
from fenjin.delivery.selectors.outbox.rules import rules_of
from fenjin.delivery.services.jobs import amend_soon
from fenjin.delivery.services.outbox.cards import card_of
from fenjin.delivery.services.outbox.marking import give_up, mark_failure, mark_receipt, over_for, put_off
from fenjin.delivery.services.outbox.queueing import LADDER, not_before
from fenjin.delivery.services.sleeping import sleeps_until_resumed
from fenjin.delivery.timing import visible_from
from fenjin.kit import clock
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.workplace.register import Card, OutcomeUnknown, WorkplaceError
from fenjin.workplace.selectors import addresses
from fenjin.workplace.services import connector

log = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=5)  # much longer than any connector waits for an answer
State = Outbox.State
_NEXT = """
SELECT uid FROM delivery_outbox WHERE state = 'queued' AND not_before <= %s
ORDER BY urgency, not_before LIMIT 1 FOR UPDATE SKIP LOCKED
"""


class Lost(OutcomeUnknown):
    """The sender died between writing down what goes out and what became of it."""

    def __init__(self) -> None:
        super().__init__("sender_died")


def send_due(limit: int = 200) -> int:
    """Send what is due, the most urgent first, at most `limit` rows; return how many were taken up."""
    recover()
    for done in range(limit):
        if not _send_next():
            return done
    return limit


def _send_next() -> bool:
    row, message = _claim()
    if row is None or message is None:
        return row is not None
    with by_itself(log, row):  # left on its way, it is settled after its lease, as if its sender had died
        _carry(row, message)
    return True


def _carry(row: Outbox, message: Message) -> None:
    body = json.loads(row.body)
    try:
        receipt = connector(row.channel).send(Card(**body["card"]), body["to"], key=str(row.uid))
    except WorkplaceError as error:
        mark_failure(row, error)
    else:
        mark_receipt(row, receipt, message=message)
        if changed_since(message, row.version):  # while it went out: the job that changes cards did not find it yet
            amend_soon()


@transaction.atomic
def _claim() -> tuple[Outbox | None, Message | None]:
    """Take the next row that is due and write down what will go out; (row, None): it had to wait or to go."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [clock.now()])
        found = cursor.fetchone()
    if found is None:
        return None, None
    row: Outbox = Outbox._base_manager.get(uid=found[0])
    message, whole = None, False
    with by_itself(log, row), transaction.atomic():
        message, whole = _make_ready(row), True
    if not whole:
        put_off(Outbox._base_manager.get(uid=row.uid))
    return row, message


def _make_ready(row: Outbox) -> Message | None:
    """Write down what goes out by a row that is due; None: it has to wait or to go."""
    with every_space(Reason.JOB):
        message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=row.message_id)
    if row.doubtful and (over_for(row, clock.now()) or message.state == Message.State.WITHDRAWN):
        give_up(row)
        return None
    wait = _wait(row, message)
    if wait is not None:
        row.not_before = wait
        row.save(update_fields=["not_before"])
        return None
    if not row.body and not _write_body(row, message):
        row.state, row.done_at = State.DROPPED, clock.now()
        row.save(update_fields=["state", "done_at", "reason"])
        return None
    row.state, row.claimed_at, row.attempts = State.SENDING, clock.now(), row.attempts + 1
    row.save(update_fields=["state", "claimed_at", "attempts", "body", "rung", "version"])
    return message


def _wait(row: Outbox, message: Message) -> datetime | None:
    """Return until when a row has to wait, or None. What was written down once goes out the same, whenever it does."""
    now = clock.now()
    if message.state == Message.State.PAUSED:
        return ASLEEP if sleeps_until_resumed(message) else now + timedelta(seconds=5)
    people = sets.read(row.people)
    latest = None if row.importance == EMERGENCY else _not_yet(row, message, people)
    if latest is not None and latest > now:
        return latest
    calm = Calm.from_json(row.calm, rules_of(row.home_space).days)
    if not may_ring(calm, now, row.importance):
        return not_before(calm, now, importance=row.importance, number=row.chunk)
    return room_from(row, people, connector(row.channel).caps, now)


def _not_yet(row: Outbox, message: Message, people: BitMap) -> datetime | None:
    """Return when the last of the people sees it: a pause since the row was made moves that."""
    table = message.timetable
    if table.plain and table.stopped_at is None:
        return table.starts_at
    zone = Calm.from_json(row.calm).zone_info if table.needs_zone else None
    moments = [visible_from(table, person, zone) for person in people]
    return max((moment for moment in moments if moment is not None), default=None)


def _write_body(row: Outbox, message: Message) -> bool:
    """Write down who is rung and with what; False: nobody of them any more."""
    if message.state in (Message.State.WITHDRAWN, Message.State.PLANNED):
        row.reason = "withdrawn"
        return False
    if _over(row, message):
        row.reason = "over"
        return False
    people = still_meant(message, sets.read(row.people)) - _settled(row, message)
    if message.timetable.stopped_at is not None:
        people = _before_the_stop(row, message, people)
    found = addresses(row.channel, list(people))
    if not found:
        row.reason = "settled" if not people else "no_address"
        return False
    with every_space(Reason.JOB):
        version = MessageVersion.objects.get(message=message.pk, number=message.current_version)
    card = card_of(message, version, importance=row.importance, ring=row.ring)
    at: dict[str, list[int]] = {}  # some share an address
    for person in sorted(found):
        at.setdefault(found[person], []).append(person)
    body: dict[str, Any] = {
        "card": {"title": card.title, "text": card.text, "url": card.url},
        "to": list(at),
        "people": at,
        "at": clock.now().isoformat(),
    }
    row.body = json.dumps(body, ensure_ascii=False, sort_keys=True)
    row.rung, row.version = sets.stored(sets.bitmap_of(found)), version.number
    return True


def _over(row: Outbox, message: Message) -> bool:
    """Tell whether nobody is to be rung by a row any more: the emergency ended, or its sender stopped reminding."""
    if message.ended_at is not None and row.ring != ALL_CLEAR:
        return True
    return row.ring.startswith(LATE_REMINDER) and reminding_stopped(message)


def _settled(row: Outbox, message: Message) -> BitMap:
    """Return those of a row's people who need no ring any more. All clear is for whoever was rung, answered or not."""
    if row.ring == ALL_CLEAR:
        return BitMap()
    people = sets.read(row.people)
    if row.ring != LADDER and message.asks_answer:
        return sets.confirmed(message, people)
    return sets.opened(message.space_id, message.pk, people)


def _before_the_stop(row: Outbox, message: Message, people: BitMap) -> BitMap:
    zone = Calm.from_json(row.calm).zone_info
    return sets.bitmap_of(person for person in people if visible_from(message.timetable, person, zone) is not None)


def recover() -> int:
    """Settle rows whose sender died: the same again where the channel de-duplicates, else unknown; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT uid FROM delivery_outbox WHERE state = 'sending' AND claimed_at < %s", [clock.now() - LEASE]
        )
        left = [uid for (uid,) in cursor.fetchall()]
    for uid in left:
        with by_itself(log, uid), transaction.atomic():
            rows = Outbox._base_manager.select_for_update(skip_locked=True)
            row = rows.filter(uid=uid, state=State.SENDING).first()
            if row is not None:
                log.warning("an outbox row was left on its way: %s", row)
                mark_failure(row, Lost())
    return len(left)
