"""What became of a send: written into its row, into the bitmaps, and beside the names of those it failed to reach."""

import json
import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from pyroaring import BitMap

from fenjin.delivery.models import ChannelPeople, Message, Outbox
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services.outbox.marks import add_people, note_reasons
from fenjin.delivery.services.outbox.queueing import hold, next_channel, next_chunk
from fenjin.kit import clock
from fenjin.workplace.register import (
    BadContent,
    NotConfigured,
    OutcomeUnknown,
    RateLimited,
    Receipt,
    Transient,
    WorkplaceError,
)
from fenjin.workplace.services import connector

log = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 6
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
State, People = Outbox.State, ChannelPeople.State
# Those that another worker holds are going out now, or being parked by it: two never wait for each other in a circle.
_PARK = """
UPDATE delivery_outbox SET not_before = %(until)s WHERE uid IN (
    SELECT uid FROM delivery_outbox WHERE channel = %(channel)s AND state = 'queued' AND not_before < %(until)s
    ORDER BY uid FOR UPDATE SKIP LOCKED)
"""
_STEPS = "SELECT steps FROM delivery_ladder WHERE space_id = %s AND message_id = %s"


@transaction.atomic
def mark_receipt(row: Outbox, receipt: Receipt, *, message: Message) -> None:
    """Write down what the other side took on and what not; who was refused goes to the next channel at once."""
    if not _still_ours(row):
        return
    persons: dict[str, list[int]] = json.loads(row.body)["people"]
    accepted = _those(persons, receipt.accepted)
    unsure = _those(persons, receipt.unsure)
    rejected = {person: why for ref, why in receipt.rejected.items() for person in persons.get(ref, ())}
    add_people(row, People.ACCEPTED, people=accepted)
    if unsure:
        add_people(row, People.UNKNOWN, people=unsure)
    if rejected:
        refused = sets.bitmap_of(rejected)
        add_people(row, People.REJECTED, people=refused)
        note_reasons(row, rejected)
        next_channel(message, row.channel, steps=_steps(row), people=refused)
    left = _those(persons, receipt.left)
    if left:
        _again(row, left)
    row.receipt = receipt.as_json()
    row.state = _state_of(accepted, unsure, bool(rejected or left))
    row.done_at = clock.now()
    row.reason = "unsure" if unsure else ""
    row.save(update_fields=["state", "done_at", "receipt", "reason"])


def _state_of(accepted: BitMap, unsure: BitMap, others: bool) -> str:
    if unsure:
        return State.UNKNOWN
    if not accepted:
        return State.FAILED if others else State.ACCEPTED
    return State.PARTIAL if others else State.ACCEPTED


@transaction.atomic
def mark_failure(row: Outbox, error: WorkplaceError) -> None:
    """Write down that a send failed: again later, or a dead letter, or nobody knows."""
    if _still_ours(row):
        _note_failure(row, error)


def put_off(row: Outbox) -> None:
    """Write down that a row could not be made ready, by a fault of ours; the caller holds it.

    It is tried later and later; in the end it waits for a human instead of standing before all others for ever.
    """
    row.attempts += 1
    row.save(update_fields=["attempts"])
    _note_failure(row, Transient("own_fault"))


def _note_failure(row: Outbox, error: WorkplaceError) -> None:
    row.reason, row.said = error.code[:40], error.said
    row.doubtful = row.doubtful or isinstance(error, OutcomeUnknown)
    again = _again_at(row, error)
    if again is None and row.doubtful:
        give_up(row)
        return
    if again is None:
        row.state, row.done_at = State.FAILED, clock.now()
        log.warning("dead letter: %s: %s", row, error)
    else:
        row.state, row.not_before, row.claimed_at = State.QUEUED, again, None
        if not row.doubtful:
            row.body, row.rung = "", b""  # nobody has it: who opened it meanwhile is left out the next time
        if isinstance(error, RateLimited):
            _park(row.channel, again)
    row.save(update_fields=[*_FAILED, "not_before", "claimed_at", "body", "rung"])


_FAILED: Final = ["state", "done_at", "reason", "said", "doubtful"]


def give_up(row: Outbox) -> None:
    """Write down that nobody knows whether people were reached; the caller holds the row. A human decides."""
    row.state, row.done_at = State.UNKNOWN, clock.now()
    row.reason = row.reason or "unsure"
    row.save(update_fields=_FAILED)
    add_people(row, People.UNKNOWN, people=sets.read(row.rung))
    log.warning("not known whether it arrived: %s", row)


def over_for(row: Outbox, now: datetime) -> bool:
    """Tell whether what may have gone out before could reach people twice if it went out again now."""
    kept = json.loads(row.body).get("at") if row.body else None
    first = datetime.fromisoformat(kept) if kept else now
    # The margin is for clocks that differ.
    return now > first + timedelta(seconds=connector(row.channel).caps.dedupe_seconds * 0.8)


def _again_at(row: Outbox, error: WorkplaceError) -> datetime | None:
    """Return when to try again, or None: there is no use in it, or it could reach people twice."""
    now = clock.now()
    if isinstance(error, BadContent | NotConfigured) or row.attempts >= MOST_ATTEMPTS:
        return None
    pause = min(FIRST_PAUSE * 2 ** max(0, row.attempts - 1), LONGEST_PAUSE)
    if isinstance(error, RateLimited):
        again = max(error.until, now + FIRST_PAUSE)
    elif row.doubtful:
        again = now + timedelta(seconds=5)
    else:
        again = now + pause if isinstance(error, Transient) else now
    return None if row.doubtful and over_for(row, again) else again


def _park(channel: str, until: datetime) -> None:
    """Let all rows of a channel wait: the limit is one of the whole installation."""
    with connection.cursor() as cursor:
        cursor.execute(_PARK, {"channel": channel, "until": until})


def _still_ours(row: Outbox) -> bool:
    """Tell, holding the row, whether it is still on its way: another worker may have taken it for lost."""
    rows = Outbox._base_manager.select_for_update().filter(uid=row.uid, state=State.SENDING, attempts=row.attempts)
    return rows.exists()


def _those(persons: dict[str, list[int]], refs: tuple[str, ...]) -> BitMap:
    return sets.bitmap_of(person for ref in refs for person in persons.get(ref, ()))


def _again(row: Outbox, left: BitMap) -> None:
    """Queue those who were surely not tried as a row of their own."""
    hold(row.message_id)
    Outbox._base_manager.create(
        space_id=row.space_id,
        message_id=row.message_id,
        channel=row.channel,
        ring=row.ring,
        chunk=next_chunk(row, row.ring),
        urgency=row.urgency,
        importance=row.importance,
        people=sets.stored(left),
        head=len(left),
        calm=row.calm,
        home_space=row.home_space,
        not_before=clock.now() + FIRST_PAUSE,
    )


def _steps(row: Outbox) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [row.space_id, row.message_id])
        found = cursor.fetchone()
    if found is None:
        return {}
    steps: dict[str, int] = json.loads(found[0]) if isinstance(found[0], str) else found[0]
    return steps
