"""Bitmaps of who has got how far on a channel grow here, and nowhere else."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.kit import clock


class Place(Protocol):
    """One channel of one message: a row of the outbox is in one."""

    space_id: int
    message_id: int
    channel: str


_LOCKED = """
SELECT people FROM delivery_channelpeople
WHERE space_id = %s AND message_id = %s AND channel = %s AND state = %s FOR UPDATE
"""
_MAKE = """
INSERT INTO delivery_channelpeople (space_id, message_id, channel, state, people, head) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (space_id, message_id, channel, state) DO NOTHING
"""
_WRITE = """
UPDATE delivery_channelpeople SET people = %s, head = %s
WHERE space_id = %s AND message_id = %s AND channel = %s AND state = %s
"""
_REASONS = """
INSERT INTO delivery_unreached (space_id, message_id, channel, person_id, reason, at)
SELECT %s, %s, %s, person_id, reason, %s FROM unnest(%s::bigint[], %s::text[]) AS said(person_id, reason)
ON CONFLICT (space_id, message_id, channel, person_id) DO UPDATE SET reason = EXCLUDED.reason, at = EXCLUDED.at
"""


def add_people(place: Place, state: str, *, people: BitMap) -> None:
    """Add people to a state of a channel; the row is held until the transaction ends."""
    _change(place, state, lambda kept: kept | people)


def take_people(place: Place, state: str, *, people: BitMap) -> None:
    """Take people out of a state of a channel."""
    _change(place, state, lambda kept: kept - people)


def _change(place: Place, state: str, change: Callable[[BitMap], BitMap]) -> None:
    key: list[Any] = [place.space_id, place.message_id, place.channel, state]
    with connection.cursor() as cursor:
        # Made first, so that two who begin at the same time wait for each other.
        cursor.execute(_MAKE, [*key, b"", 0])
        cursor.execute(_LOCKED, key)
        people = change(sets.read(cursor.fetchone()[0]))
        cursor.execute(_WRITE, [sets.stored(people), len(people), *key])


def note_reasons(place: Place, reasons: Mapping[int, str]) -> None:
    """Write down why people were not reached by a channel."""
    if not reasons:
        return
    said = [reason[:20] for reason in reasons.values()]
    key: list[Any] = [place.space_id, place.message_id, place.channel]
    with connection.cursor() as cursor:
        cursor.execute(_REASONS, [*key, clock.now(), list(reasons), said])


def note_known(message: Message, people: BitMap) -> None:
    """Write down on the ladder of a living message whom it meant at this look."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE delivery_ladder SET known = %s, looked_at = %s WHERE space_id = %s AND message_id = %s",
            [sets.stored(people), clock.now(), message.space_id, message.pk],
        )
