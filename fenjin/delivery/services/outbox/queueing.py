"""Rows of the outbox are made here: when a step of the ladder comes, and when somebody is to be rung by name.

Each is written once: the row of its ladder is held, and a ring of a name that was queued before adds nobody twice.
"""

import json
import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from pyroaring import BitMap

from fenjin.delivery.models import ChannelPeople, Message, Outbox
from fenjin.delivery.ringing import EMERGENCY, Calm, rings_from
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.rules import Circle, circles, steps_for
from fenjin.delivery.services.jobs import soon
from fenjin.delivery.services.outbox.marks import Place, add_people, note_known
from fenjin.delivery.timing import off_the_busy_minute, share_of, visible_from
from fenjin.kit import clock
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.workplace.register import CHANNELS
from fenjin.workplace.selectors import addresses
from fenjin.workplace.services import available, connector

log = logging.getLogger(__name__)
LADDER: Final = "ladder"
_URGENCY: Final = {EMERGENCY: 0, Message.Importance.CONFIRM: 1}
_JITTER: Final = 20 * 60  # seconds over which those are spread who wait for the end of a quiet time
_ADDRESSES_AT_ONCE: Final = 20_000
# People whom one transaction looks at. More would hold others up; fewer would be more sends, since chunks end with it.
BATCH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a channel waits from when somebody can see a message; `late`: who joined now could not see it before."""

    delay: timedelta
    late: bool = False

    def ends(self, seen: datetime, now: datetime) -> datetime:
        """Return when the waiting ends for who could see it at `seen`; that may have been long ago."""
        return (max(now, seen) if self.late else seen) + self.delay


def begin_ladder(message: Message, channels: Collection[str]) -> None:
    """Write down which channels a message uses, in the transaction of the press; none: it stays in the platform."""
    steps = steps_for(message.space_id, message.importance, channels)
    if not steps:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO delivery_ladder (space_id, message_id, steps, taken) VALUES (%s, %s, %s::jsonb, '{}')",
            [message.space_id, message.pk, json.dumps(steps)],
        )
    transaction.on_commit(soon)


def take_steps() -> int:
    """Queue the rows of every step of a ladder whose time has come; return how many. Safe to run twice.

    A step is taken when the first reader's time has come, BATCH people at a time: with more, the outbox is looked into
    again at once, and what is queued goes out meanwhile. Rows of later readers wait for theirs. Each message is a
    transaction of its own, so that one that fails stops no other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id FROM delivery_ladder WHERE over_at IS NULL ORDER BY message_id")
        due = [message_id for (message_id,) in cursor.fetchall()]
    queued = 0
    for message_id in due:
        with by_itself(log, f"ladder of message {message_id}"):
            queued += _take_steps_of(message_id)
    return queued


@transaction.atomic
def _take_steps_of(message_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT steps, taken, asked_until FROM delivery_ladder WHERE message_id = %s AND over_at IS NULL"
            " FOR UPDATE SKIP LOCKED",
            [message_id],
        )
        row = cursor.fetchone()
    if row is None:
        return 0
    with every_space(Reason.JOB):
        message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=message_id)
    steps, taken, until = _steps(row[0]), list(row[1]), dict(_json(row[2]))
    over = message.state in (Message.State.WITHDRAWN, Message.State.CANCELLED) or message.ended_at is not None
    queued = 0
    if not over and message.state in (Message.State.SENDING, Message.State.SENT):
        for channel, minutes in steps.items():
            if channel not in taken and message.sent_at + timedelta(minutes=minutes) <= clock.now():
                if message.audience_mode == Message.AudienceMode.LIVING and not taken and not until:
                    note_known(message, sets.audience(message))
                rows, last = _take(message, channel, timedelta(minutes=minutes), until.pop(channel, None))
                queued += rows
                if last is None:
                    taken.append(channel)
                else:
                    until[channel] = last
                    transaction.on_commit(soon)
    over = over or len(taken) == len(steps)
    if over or (taken, until) != (list(row[1]), _json(row[2])):  # most wait for hours, looked at each minute
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE delivery_ladder SET taken = %s, asked_until = %s::jsonb, over_at = %s WHERE message_id = %s",
                [taken, json.dumps(until), clock.now() if over else None, message_id],
            )
    return queued


def _take(message: Message, channel: str, delay: timedelta, after: int | None) -> tuple[int, int | None]:
    """Queue those of the next people who have not opened the message and were not asked on this channel before.

    `after`: up to whom the step was taken already. Return how many rows, and up to whom it is taken now; None: all.
    """
    if channel not in available():
        return 0, None
    hold(message.pk)
    people, last = sets.batch(sets.audience(message), after, BATCH)
    left = people - sets.opened(message.space_id, message.pk, people)
    left -= sets.on_channels(message).get((channel, sets.State.ASKED), BitMap())
    if message.importance == Message.Importance.ORDINARY:
        left -= sets.muting(message)
    return enqueue(message, channel, people=left, ring=LADDER, importance=message.importance, delay=delay), last


def ring(
    *,
    message: Message,
    people: Iterable[int],
    why: str,
    channels: Collection[str] | None = None,
    importance: str | None = None,
) -> int:
    """Ring people for a message, apart from its ladder; return for how many a channel was found. Within a transaction.

    `why` names this ring for good ("remind-2", at most 40 signs): the same name asks the same people once, so a job
    may repeat it. When the turn comes, those are left out who have confirmed by then; where nothing is to be confirmed,
    those who have opened it. `importance` (default: the message's): only an emergency rings in quiet hours.
    `channels`: by default all that are set up for an emergency, else the loudest on which each person can be found.
    """
    hold(message.pk)
    wanted = sets.bitmap_of(people) & sets.audience(message)
    urgent = (importance or message.importance) == EMERGENCY
    usable = [channel for channel in available() if channels is None or channel in channels]
    rung = BitMap()
    for channel in usable if urgent else reversed(usable):
        before = _ring_before(message, channel, why)
        meant = wanted - before if urgent else wanted - rung - before
        found = found_on(channel, meant)
        enqueue(message, channel, people=found, ring=why, importance=importance or message.importance)
        rung |= found
    transaction.on_commit(soon)
    return len(rung)


def _ring_before(message: Message, channel: str, why: str) -> BitMap:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people FROM delivery_outbox WHERE space_id = %s AND message_id = %s AND channel = %s AND ring = %s",
            [message.space_id, message.pk, channel, why],
        )
        found = BitMap()
        for (people,) in cursor.fetchall():
            found |= sets.read(people)
    return found


def enqueue(
    message: Message,
    channel: str,
    *,
    people: BitMap,
    ring: str,
    importance: str,
    delay: timedelta = timedelta(),
    late: bool = False,
) -> int:
    """Write rows for those of the people who can be found on a channel; return how many rows.

    `delay` runs from when each of them can see the message; `late`: from now at the earliest, as they joined just now.
    """
    if channel not in CHANNELS or channel not in available():
        return 0
    found = found_on(channel, people)
    if not found:
        return 0
    place = Outbox(space_id=message.space_id, message_id=message.pk, channel=channel)
    hold(message.pk)
    first = next_chunk(place, ring)
    wait = Wait(delay, late)
    rows = list(_rows(message, channel, found, ring=ring, importance=importance, wait=wait, first=first))
    Outbox._base_manager.bulk_create(rows, batch_size=200)
    add_people(place, ChannelPeople.State.ASKED, people=found)
    return len(rows)


def hold(message_id: int) -> None:
    """Let nobody else queue rows of a message until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"delivery.outbox:{message_id}"])


def found_on(channel: str, people: BitMap) -> BitMap:
    """Return those of some people for whom a channel has an address."""
    found, ids = BitMap(), people.to_array()
    for start in range(0, len(ids), _ADDRESSES_AT_ONCE):
        found |= sets.bitmap_of(addresses(channel, list(ids[start : start + _ADDRESSES_AT_ONCE])))
    return found


def next_chunk(place: Place, ring: str) -> int:
    """Return the number of the next row of one ring; the caller holds the message (`hold`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(max(chunk), 0) + 1 FROM delivery_outbox
               WHERE space_id = %s AND message_id = %s AND channel = %s AND ring = %s""",
            [place.space_id, place.message_id, place.channel, ring],
        )
        return int(cursor.fetchone()[0])


def _rows(
    message: Message, channel: str, people: BitMap, *, ring: str, importance: str, wait: Wait, first: int
) -> Iterator[Outbox]:
    size = max(1, connector(channel).caps.chunk)
    number = first
    for circle in circles(people):
        for moment, group in _by_minute(message, circle, wait):
            ids = group.to_array()
            for start in range(0, len(ids), size):
                chunk = sets.bitmap_of(ids[start : start + size])
                yield Outbox(
                    space_id=message.space_id,
                    message_id=message.pk,
                    channel=channel,
                    ring=ring,
                    chunk=number,
                    urgency=_URGENCY.get(importance, 2),
                    importance=importance,
                    people=sets.stored(chunk),
                    head=len(chunk),
                    calm=circle.calm.as_json(),
                    home_space=circle.space_id,
                    not_before=not_before(circle.calm, moment, importance=importance, number=number),
                )
                number += 1


def _by_minute(message: Message, circle: Circle, wait: Wait) -> Iterator[tuple[datetime, BitMap]]:
    """Yield people of a circle by the minute from which a channel may ring for them; who never sees it is left out."""
    table, now = message.timetable, clock.now()
    if table.plain and table.stopped_at is None:
        yield max(now, wait.ends(table.starts_at, now)), circle.people
        return
    zone = ZoneInfo(circle.calm.zone) if table.needs_zone else None
    groups: dict[datetime, BitMap] = {}
    for person_id in circle.people:
        moment = visible_from(table, person_id, zone)
        if moment is not None:
            minute = wait.ends(moment, now).replace(second=0, microsecond=0) + timedelta(minutes=1)
            groups.setdefault(max(now, off_the_busy_minute(minute)), BitMap()).add(person_id)
    yield from sorted(groups.items(), key=lambda group: group[0])


def not_before(calm: Calm, moment: datetime, *, importance: str, number: int) -> datetime:
    """Return when a row may go out: at `moment`, or spread over some minutes after a quiet time that holds then."""
    earliest = rings_from(calm, moment, importance)
    if earliest > moment:
        earliest += timedelta(seconds=60 + share_of(number, int(earliest.timestamp())) * _JITTER)
    return earliest


def next_channel(message: Message, channel: str, *, steps: dict[str, int], people: BitMap) -> int:
    """Move people whom a channel refused to the next one of the ladder that finds them; return how many rows."""
    hold(message.pk)
    left, rows = people, 0
    later = [name for name in CHANNELS[CHANNELS.index(channel) + 1 :] if name in steps]
    for other in later:
        asked = sets.on_channels(message).get((other, sets.State.ASKED), BitMap())
        found = found_on(other, left - asked) if other in available() else BitMap()
        rows += enqueue(message, other, people=found, ring=LADDER, importance=message.importance)
        left = left - found
    return rows


def _steps(kept: Any) -> dict[str, int]:
    steps: dict[str, int] = _json(kept)
    return {channel: steps[channel] for channel in CHANNELS if channel in steps}


def _json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept
