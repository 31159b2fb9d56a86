"""What takes seconds to count of a large audience, while somebody looks: who is meant now, and cuts.

It is stated as of about a minute. Of an audience that is not large the look itself counts.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.coverage.sources import named
from fenjin.delivery.services.cuts import make_cuts
from fenjin.delivery.services.living import count_living
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space

log = logging.getLogger(__name__)
RECOUNTED: Final = timedelta(seconds=45)
MOST_AT_ONCE: Final = 20_000  # people; of more, all of it is left to the job
_ONE_COUNTER: Final = 0x66656E6B  # the advisory lock, with the number of a message, of whoever counts it

_WATCHED: Final = "SELECT message_id FROM delivery_watch WHERE watched_until >= %(now)s ORDER BY message_id"
_KNOWN: Final = """
SELECT counted_at, cuts_at, cuts_until FROM delivery_watch WHERE space_id = %(space)s AND message_id = %(message)s
"""


def left_to_the_job(message: Message, *, cuts: bool) -> bool:
    """Tell whether a look at a message wants something that only the job counts."""
    return message.head_count > MOST_AT_ONCE and (cuts or _is_living(message))


def count_small(message: Message) -> None:
    """Count a message whose audience is not large, if nobody has done so for some time: for a look at it."""
    if message.head_count <= MOST_AT_ONCE:
        _count(message, after=RECOUNTED * 2)


def count_watched() -> int:
    """Count all messages that somebody looks at anew where it is due; return how many messages. Safe to run twice."""
    with every_space(Reason.JOB):
        ids = [number for (number,) in ask(_WATCHED, {"now": clock.now()})]
        messages = list(Message.objects.filter(pk__in=ids).defer("bitmap", "elsewhere"))
    for message in messages:
        with by_itself(log, message):
            _count(message, after=RECOUNTED)
    return len(messages)


def _count(message: Message, *, after: timedelta) -> None:
    with transaction.atomic():
        if not _mine(message):
            return  # somebody else is at it
        known = ask(_KNOWN, named(message))
        counted_at, cuts_at, cuts_until = known[0] if known else (None, None, None)
        if _is_living(message) and _due(counted_at, after):
            count_living(message)
        if cuts_until is not None and cuts_until >= clock.now() and _due(cuts_at, after):
            make_cuts(message)


def _due(at: datetime | None, after: timedelta) -> bool:
    return at is None or clock.now() - at >= after


def _is_living(message: Message) -> bool:
    return bool(message.audience_mode == Message.AudienceMode.LIVING)


def _mine(message: Message) -> bool:
    """Take the right to count a message, until the transaction ends; False: somebody has it."""
    asked: dict[str, Any] = {"counter": _ONE_COUNTER, "message": message.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%(counter)s, %(message)s::int)", asked)
        return bool(cursor.fetchone()[0])
