"""The end of an emergency is rung, too: to whoever was rung for it, on the same channels, once."""

from django.db import connection, transaction
from pyroaring import BitMap

from fenjin.delivery.models import Message
from fenjin.delivery.ringing import ALL_CLEAR, EMERGENCY
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services.jobs import soon
from fenjin.delivery.services.outbox.queueing import enqueue, hold
from fenjin.kit import clock

# Waits for whoever is just taking one of them up: then that one is on its way, and its people hear of the end as well.
_DROP = """
UPDATE delivery_outbox SET state = 'dropped', reason = 'over', done_at = %s
WHERE space_id = %s AND message_id = %s AND ring <> %s AND state = 'queued' AND NOT doubtful
"""
# What went out, or may have: also what is on its way at this moment, or got no answer.
_RUNG = """
SELECT channel, rung FROM delivery_outbox
WHERE space_id = %s AND message_id = %s AND ring <> %s
  AND (state IN ('sending', 'accepted', 'partial', 'unknown') OR doubtful)
"""


def ring_all_clear(message: Message) -> int:
    """Queue the all clear for everybody who was rung for an emergency; return for how many. Within a transaction.

    It rings at night, as the emergency did. Whom a channel never took on hears nothing there; what still waited to
    go out for the emergency itself is dropped.
    """
    hold(message.pk)
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [clock.now(), message.space_id, message.pk, ALL_CLEAR])
    everybody = BitMap()
    for channel, people in _rung(message).items():
        enqueue(message, channel, people=people, ring=ALL_CLEAR, importance=EMERGENCY)
        everybody |= people
    transaction.on_commit(soon)
    return len(everybody)


def _rung(message: Message) -> dict[str, BitMap]:
    with connection.cursor() as cursor:
        cursor.execute(_RUNG, [message.space_id, message.pk, ALL_CLEAR])
        rows = cursor.fetchall()
    found: dict[str, BitMap] = {}
    for channel, rung in rows:
        found.setdefault(channel, BitMap()).update(sets.read(rung))
    states = sets.on_channels(message)
    for channel, people in found.items():
        refused = states.get((channel, sets.State.REJECTED), BitMap())
        people -= refused - states.get((channel, sets.State.ACCEPTED), BitMap())
    return {channel: people for channel, people in found.items() if people}
