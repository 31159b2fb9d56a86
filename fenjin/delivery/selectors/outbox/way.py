"""How messages came to one person, channel by channel, and what would help: never whether they were read.

That is for the person alone. Staff who may look a person up see it on the person's page; the look is recorded, and
the person finds it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import ChannelPeople
from fenjin.delivery.selectors.inbox import messages_for
from fenjin.delivery.selectors.outbox.people import read
from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES, REASONS
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


@dataclass(frozen=True, slots=True)
class Way:
    """How one message came; without its title, which is not everybody's business."""

    space: str
    sent_at: datetime
    steps: Sequence[Step]


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
    names = space_names({row.space_id for row in rows})
    return Ways(
        _now(person_id),
        [Way(names[row.space_id], row.sent_at, _steps(row.message_id, held, reasons)) for row in rows],
    )


def _now(person_id: int) -> list[Step]:
    account = bool(contact.with_accounts([person_id]))
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


def _steps(message_id: int, held: set[tuple[int, str, str]], reasons: dict[tuple[int, str], str]) -> list[Step]:
    steps = []
    for channel in CHANNELS:
        states = [state for state in _ORDER if (message_id, channel, state) in held]
        if not states:
            continue
        why, cure = REASONS.get(reasons.get((message_id, channel), ""), ("", ""))
        refused = states[-1] == ChannelPeople.State.REJECTED
        state = why if refused and why else _STATES[states[-1]]
        steps.append(Step(CHANNEL_NAMES[channel], state, cure if refused else "", well=not refused))
    return steps
