"""What the board of an emergency says of its all clear: on which channels it rang, and whether all of it went out.

No numbers: a board shows its desk's own people, and a send goes to people of many.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.delivery.models import Message, Outbox
from fenjin.delivery.ringing import ALL_CLEAR
from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES
from fenjin.workplace.register import CHANNELS

_WAITS = (Outbox.State.QUEUED, Outbox.State.SENDING)
_STUCK = (Outbox.State.FAILED, Outbox.State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class AllClear:
    """In words; `well`: nothing is stuck."""

    words: Any
    well: bool = True


def all_clear_rung(message: Message) -> AllClear | None:
    """Return how the all clear of an emergency went out; None while it goes on."""
    if message.ended_at is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT channel, state FROM delivery_outbox
               WHERE space_id = %s AND message_id = %s AND ring = %s GROUP BY 1, 2""",
            [message.space_id, message.pk, ALL_CLEAR],
        )
        found = cursor.fetchall()
    if not found:
        return AllClear(_("Home pages say so. No channel had rung anybody for it, so none rings now."))
    rang = {channel for channel, _state in found}
    names = {"channels": _(", ").join(str(CHANNEL_NAMES[channel]) for channel in CHANNELS if channel in rang)}
    states = {state for _channel, state in found}
    if states & set(_STUCK):
        words = _("The all clear did not go through everywhere (%(channels)s): its sender sees why under Channels.")
        return AllClear(words % names, well=False)
    if states & set(_WAITS):
        return AllClear(_("The all clear is going out now to everybody whom the emergency rang: %(channels)s.") % names)
    return AllClear(_("The all clear has gone out to everybody whom the emergency rang: %(channels)s.") % names)
