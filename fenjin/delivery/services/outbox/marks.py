"""Bitmaps of who has got how far on a channel grow here, and nowhere else."""

from collections.abc import Mapping

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.selectors.outbox import people as sets
from fenjin.kit import clock

_LOCKED = """
SELECT people FROM delivery_channelpeople
WHERE space_id = %s AND message_id = %s AND channel = %s AND state = %s FOR UPDATE
"""
_WRITE = """
INSERT INTO delivery_channelpeople (space_id, message_id, channel, state, people, head) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (space_id, message_id, channel, state) DO UPDATE SET people = EXCLUDED.people, head = EXCLUDED.head
"""
_REASONS = """
INSERT INTO delivery_unreached (space_id, message_id, channel, person_id, reason, at)
SELECT %s, %s, %s, person_id, reason, %s FROM unnest(%s::bigint[], %s::text[]) AS said(person_id, reason)
ON CONFLICT (space_id, message_id, channel, person_id) DO UPDATE SET reason = EXCLUDED.reason, at = EXCLUDED.at
"""


def add_people(space_id: int, message_id: int, channel: str, state: str, people: BitMap) -> None:
    """Add people to a state of a channel; the row is held until the transaction ends."""
    _change(space_id, message_id, channel, state, lambda kept: kept | people)


def take_people(space_id: int, message_id: int, channel: str, state: str, people: BitMap) -> None:
    """Take people out of a state of a channel."""
    _change(space_id, message_id, channel, state, lambda kept: kept - people)


def _change(space_id: int, message_id: int, channel: str, state: str, change) -> None:  # type: ignore[no-untyped-def]
    key = [space_id, message_id, channel, state]
    with connection.cursor() as cursor:
        # Made first, so that two who begin at the same time wait for each other.
        cursor.execute(
            _WRITE.replace("people = EXCLUDED.people, head = EXCLUDED.head", "head = delivery_channelpeople.head"),
            [*key, b"", 0],
        )
        cursor.execute(_LOCKED, key)
        people = change(sets.read(cursor.fetchone()[0]))
        cursor.execute(_WRITE, [*key, sets.stored(people), len(people)])


def note_reasons(space_id: int, message_id: int, channel: str, reasons: Mapping[int, str]) -> None:
    """Write down why people were not reached by a channel."""
    if not reasons:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _REASONS,
            [space_id, message_id, channel, clock.now(), list(reasons), [said[:20] for said in reasons.values()]],
        )
