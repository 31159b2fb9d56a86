"""What staff see of the channels of one message, and of everything that waits for a human.

Nobody is named, and nothing here says who has read. Of fewer than five people asked, no number says how many were
refused: it would be about single persons.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from fenjin.delivery.access import may_change
from fenjin.delivery.models import ChannelPeople, Message, Outbox
from fenjin.delivery.models.outbox import ASLEEP
from fenjin.delivery.selectors.coverage.cuts import cuts_of
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.reach import WORDS, unreachable
from fenjin.delivery.selectors.outbox.wording import AMENDED, CHANNEL_NAMES, FAULTS, REASONS, after, fault_words
from fenjin.delivery.suppression import FEWEST
from fenjin.kit.scope import current_scope
from fenjin.workplace.register import CHANNELS

PAGE: Final = 50
MOST_LOOKED_AT: Final = 2000  # dead letters, for those that the reader may change
MOST_AT_ONCE: Final = 20_000  # people; of more, a job counts who is not reached
_ROWS = """
SELECT o.uid, o.message_id, o.channel, o.ring, o.chunk, o.state, o.head, o.not_before, o.done_at, o.attempts,
       o.reason, o.said, v.title, m.space_id, m.sender_id
FROM delivery_outbox o
JOIN delivery_message m ON m.id = o.message_id
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
"""
# Of a withdrawn message nothing is left to be decided: it rings nobody any more.
_DEAD: Final = "('unknown', 'failed') AND m.state <> 'withdrawn'"


@dataclass(frozen=True, slots=True)
class SendRow:
    """One send, as staff see it."""

    uid: Any
    message_id: int
    channel: str
    ring: str
    chunk: int
    state: str
    head: int
    not_before: datetime
    done_at: datetime | None
    attempts: int
    reason: str
    said: str
    title: str
    space_id: int
    sender_id: int

    @property
    def channel_name(self) -> Any:
        """Return the channel in words."""
        return CHANNEL_NAMES.get(self.channel, self.channel)

    @property
    def state_name(self) -> Any:
        """Return the state in words."""
        return Outbox.State(self.state).label

    @property
    def dead(self) -> bool:
        """Tell whether it waits for a human."""
        return self.state in (Outbox.State.FAILED, Outbox.State.UNKNOWN)

    @property
    def asleep(self) -> bool:
        """Tell whether it waits until its paused message goes on."""
        return self.state == Outbox.State.QUEUED and self.not_before >= ASLEEP

    @property
    def unknown(self) -> bool:
        """Tell whether nobody knows if it arrived."""
        return self.state == Outbox.State.UNKNOWN

    @property
    def told(self) -> str:
        """Return what the other side said, where we have no words of our own for it."""
        return "" if self.reason in FAULTS else self.said

    @property
    def words(self) -> tuple[Any, Any]:
        """Return what happened, and the cure."""
        return fault_words(self.reason)


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel of one message. `refused`: (why, cure, people or None: fewer than five)."""

    channel: str
    name: Any
    turn: str  # when its turn is, or was
    asked: int
    waiting: int
    accepted: int
    unknown: int
    refused: Sequence[tuple[Any, Any, int | None]]
    amended: Sequence[tuple[Any, int]]  # what became of the newest change, sends


@dataclass(frozen=True, slots=True)
class Cause:
    """Why some are not reached, and what helps."""

    label: Any
    cure: Any


@dataclass(frozen=True, slots=True)
class MessageChannels:
    """How a message went out, and whom it does not reach."""

    lines: Sequence[ChannelLine]
    dead: Sequence[SendRow]
    waiting: Sequence[SendRow]
    unreached: Sequence[tuple[Cause, int | None]]
    counted: bool  # whom it does not reach: of a large audience a job counts that


def message_channels(message: Message) -> MessageChannels:
    """Return how a message went out; the caller has proved that the reader may change it."""
    of_message = "WHERE o.space_id = %s AND o.message_id = %s AND o.state IN"
    dead = _rows(f"{of_message} {_DEAD} ORDER BY o.done_at DESC", message.space_id, message.pk)
    waiting = _rows(f"{of_message} ('queued', 'sending') ORDER BY o.not_before", message.space_id, message.pk)
    steps, going = _steps(message), _going(message)
    used = [channel for channel in CHANNELS if channel in steps or channel in going]
    states, amended, reasons = sets.on_channels(message), _amended(message), _reasons(message)
    lines = [
        ChannelLine(
            channel=channel,
            name=CHANNEL_NAMES[channel],
            turn=after(steps[channel]) if channel in steps else "",
            asked=len(states.get((channel, ChannelPeople.State.ASKED), ())),
            waiting=going.get(channel, 0),
            accepted=len(states.get((channel, ChannelPeople.State.ACCEPTED), ())),
            unknown=len(states.get((channel, ChannelPeople.State.UNKNOWN), ())),
            refused=[
                (
                    *REASONS.get(reason, REASONS["refused"]),
                    _shown(count, len(states.get((channel, ChannelPeople.State.ASKED), ()))),
                )
                for (where, reason), count in reasons.items()
                if where == channel
            ],
            amended=[(AMENDED.get(done, done), count) for (where, done), count in amended.items() if where == channel],
        )
        for channel in used
    ]
    causes = _causes(message)
    unreached = [(cause, _shown(people, message.head_count)) for cause, people in causes or ()]
    return MessageChannels(lines, dead, waiting, unreached, counted=causes is not None)


def _causes(message: Message) -> list[tuple[Cause, int]] | None:
    """Return why some are not reached, with how many; of a large audience as a job counted it last, None: not yet."""
    if message.head_count <= MOST_AT_ONCE:
        return [(Cause(one.label, one.cure), one.count) for one in unreachable(message)]
    cuts = cuts_of(message)
    if cuts.at is None:
        return None
    return [(Cause(*WORDS[line.value]), line.figures.people) for line in cuts.unreached]


def _shown(count: int, of: int) -> int | None:
    return count if of >= FEWEST else None


def _rows(where: str, *parameters: Any, limit: int = PAGE) -> list[SendRow]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROWS} {where} LIMIT {limit}", parameters)
        return [SendRow(*row) for row in cursor.fetchall()]


def _steps(message: Message) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT steps FROM delivery_ladder WHERE space_id = %s AND message_id = %s", [message.space_id, message.pk]
        )
        found = cursor.fetchone()
    steps: dict[str, int] = json.loads(found[0]) if found and isinstance(found[0], str) else found[0] if found else {}
    return steps


def _going(message: Message) -> dict[str, int]:
    """Return how many people wait for their turn, by channel that was used."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT channel, coalesce(sum(head) FILTER (WHERE state IN ('queued', 'sending')), 0)
               FROM delivery_outbox WHERE space_id = %s AND message_id = %s GROUP BY 1""",
            [message.space_id, message.pk],
        )
        return dict(cursor.fetchall())


def _amended(message: Message) -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT channel, amended, count(*) FROM delivery_outbox
               WHERE space_id = %s AND message_id = %s AND amended <> '' GROUP BY 1, 2""",
            [message.space_id, message.pk],
        )
        return Counter({(channel, done): count for channel, done, count in cursor.fetchall()})


def _reasons(message: Message) -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT channel, reason, count(*) FROM delivery_unreached
               WHERE space_id = %s AND message_id = %s GROUP BY 1, 2""",
            [message.space_id, message.pk],
        )
        return Counter({(channel, reason): count for channel, reason, count in cursor.fetchall()})


def dead_letters(account: Any) -> list[SendRow]:
    """Return what waits for a human among the messages that an account may change, the newest first."""
    spaces = sorted(current_scope().content)
    rows = _rows(
        f"WHERE o.state IN {_DEAD} AND m.space_id = ANY(%s::bigint[]) ORDER BY o.done_at DESC",
        spaces,
        limit=MOST_LOOKED_AT,
    )
    may: dict[tuple[int, int], bool] = {}
    for row in rows:
        key = row.space_id, row.sender_id
        if key not in may:
            may[key] = may_change(account, Message(space_id=row.space_id, sender_id=row.sender_id))
    return [row for row in rows if may[row.space_id, row.sender_id]][:PAGE]
