"""How messages came to one person: meant, taken on by which channel when, or unreachable, why, and the cure.

Never whether they were read: that is for the person alone. Staff who may look a person up see it on the person's
page; the look is recorded, and the person finds it there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import ChannelPeople, Message
from fenjin.delivery.selectors.inbox import messages_for
from fenjin.delivery.selectors.outbox.people import read
from fenjin.delivery.selectors.outbox.reach import NO_WAY, REFUSED, WAITING, WORDS
from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES, REASONS
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors import contact
from fenjin.spaces.selectors import space_names
from fenjin.workplace.register import CHANNELS
from fenjin.workplace.selectors import addresses
from fenjin.workplace.services import available

LATELY: Final = 10
_PEOPLE = """
SELECT message_id, channel, state, people FROM delivery_channelpeople
WHERE (space_id, message_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
"""
_REFUSED = """
SELECT message_id, channel, reason FROM delivery_unreached
WHERE person_id = %s AND (space_id, message_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
"""
_AT_ONCE: Final = 200
# Through the key of the table: sends of one channel, so many at a time.
_SENDS = """
SELECT ring, chunk, done_at, rung FROM delivery_outbox
WHERE space_id = %s AND message_id = %s AND channel = %s AND (ring, chunk) > (%s, %s)
  AND state IN ('accepted', 'partial')
ORDER BY ring, chunk LIMIT %s
"""
# The last state that holds wins.
_ORDER: Final = ("asked", "unknown", "rejected", "accepted")
_STATES: Final[dict[str, Any]] = {
    "asked": _("waits for its turn"),
    "unknown": _("not known whether it arrived"),
    "rejected": _("refused by the channel"),
    "accepted": _("accepted by the channel"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One channel for one person: a state in words, and what would help."""

    name: Any
    state: Any
    cure: Any = ""
    well: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How one message came. Its title is for those who look after the message: it is not everybody's business.

    `reach`: whether it is within the person's reach, and if not, why and what helps. The message's row is without
    rule and bitmap.
    """

    message: Message
    title: str
    space: str
    sent_at: datetime
    steps: Sequence[Step]
    reach: Step


@dataclass(frozen=True, slots=True)
class Ways:
    """By which channels a person can be found now, and how the newest messages came."""

    now: Sequence[Step]
    ways: Sequence[Way]


def ways_of(person_id: int) -> Ways:
    """Return how the newest messages came to a person; the caller has proved that the reader may look."""
    rows = messages_for(person_id).rows[:LATELY]
    keys = [row.space_id for row in rows], [row.message_id for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, keys)
        held = {
            (message_id, channel, state)
            for message_id, channel, state, people in cursor.fetchall()
            if person_id in read(people)
        }
        cursor.execute(_REFUSED, [person_id, *keys])
        reasons = {(message_id, channel): reason for message_id, channel, reason in cursor.fetchall()}
    names, sent = space_names({row.space_id for row in rows}), _messages([row.message_id for row in rows])
    account = bool(contact.with_accounts([person_id]))
    ways = []
    for row in rows:
        steps = _steps(person_id, sent[row.message_id], held, reasons)
        reach = _reach(row.message_id, held, account=account)
        ways.append(Way(sent[row.message_id], row.title, names[row.space_id], row.sent_at, steps, reach))
    return Ways(_now(person_id, account=account), ways)


def _messages(ids: Collection[int]) -> dict[int, Message]:
    with every_space(Reason.DELIVERY):
        return Message.objects.defer("bitmap", "elsewhere", "rule").in_bulk(list(ids))


def _reach(message_id: int, held: set[tuple[int, str, str]], *, account: bool) -> Step:
    """Return whether a message is within reach, by the same words as for whole audiences; opens are not asked."""
    states = {state for message, _channel, state in held if message == message_id}
    if ChannelPeople.State.ACCEPTED in states:
        return Step("", _("within reach: a channel took it on"))
    if account:
        return Step("", _("within reach: it stands in the inbox, and the person can sign in"))
    why = REFUSED if ChannelPeople.State.REJECTED in states else WAITING if states else NO_WAY
    return Step("", *WORDS[why], well=False)


def _now(person_id: int, *, account: bool) -> list[Step]:
    inside = (
        Step(_("In the platform"), _("can sign in"))
        if account
        else Step(_("In the platform"), _("no account yet"), _("Hand out a sign-in code."), well=False)
    )
    steps = [inside]
    for channel in available():
        if addresses(channel, [person_id]):
            steps.append(Step(CHANNEL_NAMES[channel], _("can be tried")))
        else:
            cure = _("The roster needs the address, and the person allows its use under Me.")
            steps.append(Step(CHANNEL_NAMES[channel], _("no address, or its use is not allowed"), cure, well=False))
    return steps


def _steps(
    person_id: int, message: Message, held: set[tuple[int, str, str]], reasons: dict[tuple[int, str], str]
) -> list[Step]:
    steps = []
    for channel in CHANNELS:
        states = [state for state in _ORDER if (message.pk, channel, state) in held]
        if not states:
            continue
        why, cure = REASONS.get(reasons.get((message.pk, channel), ""), ("", ""))
        refused = states[-1] == ChannelPeople.State.REJECTED
        state = why if refused and why else _STATES[states[-1]]
        at = accepted_at(person_id, message, channel) if states[-1] == ChannelPeople.State.ACCEPTED else None
        steps.append(Step(CHANNEL_NAMES[channel], state, cure if refused else "", well=not refused, at=at))
    return steps


def accepted_at(person_id: int, message: Message, channel: str) -> datetime | None:
    """Return when a channel took a person on, or None; sends are looked at until one names the person."""
    place: tuple[str, int] = ("", 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_SENDS, [message.space_id, message.pk, channel, *place, _AT_ONCE])
            rows = cursor.fetchall()
        for ring, chunk, done_at, rung in rows:
            place = (ring, chunk)
            if person_id in read(rung):
                found: datetime = done_at
                return found
        if len(rows) < _AT_ONCE:
            return None
