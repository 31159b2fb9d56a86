"""What waits to leave the house for a paused message sleeps until the message goes on, or is over."""

from typing import Any, Final

from django.db import connection, transaction

from fenjin.delivery.models import Message
from fenjin.delivery.models.outbox import ASLEEP
from fenjin.delivery.services.jobs import soon
from fenjin.kit import clock
from fenjin.kit.db import ask

# Held until the row of the outbox is written: who lets the message go on waits for that, and finds the row asleep.
# Nothing found: somebody is just changing the message.
_PAUSED: Final = "SELECT 1 FROM delivery_message WHERE id = %(message)s AND state = 'paused' FOR SHARE SKIP LOCKED"
_WAKE: Final = """
UPDATE delivery_outbox SET not_before = %(now)s
WHERE space_id = %(space)s AND message_id = %(message)s AND state = 'queued' AND not_before = %(asleep)s
"""


def sleeps_until_resumed(message: Message) -> bool:
    """Tell whether a message is paused, holding it so until the transaction ends."""
    return bool(ask(_PAUSED, {"message": message.pk}))


def wake(message: Message) -> None:
    """Have the rows of a message looked at again that slept; the caller holds its row, in a transaction."""
    named: dict[str, Any] = {"space": message.space_id, "message": message.pk}
    with connection.cursor() as cursor:
        cursor.execute(_WAKE, named | {"now": clock.now(), "asleep": ASLEEP})
        woken = cursor.rowcount
    if woken:
        transaction.on_commit(soon)
