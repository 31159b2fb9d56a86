"""Living audiences and what rings: who is still meant by a row, and which ladders are to be looked at for newcomers."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Message, ReminderRule
from fenjin.delivery.selectors.living import meant_of
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space

EVERY: Final = timedelta(minutes=15)  # how often one message is looked at; to evaluate a rule may take seconds
AT_ONCE: Final = 3  # messages looked at within one minute: so much and no more, however many are living
_DUE = """
SELECT l.message_id FROM delivery_ladder l JOIN delivery_message m ON m.id = l.message_id
WHERE l.looked_at < %s AND m.state IN ('sending', 'sent') AND m.ended_at IS NULL
ORDER BY l.looked_at LIMIT %s
"""


def ladders_to_look_at() -> list[int]:
    """Return the living messages for which newcomers are to be looked for now, the longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [clock.now() - EVERY, AT_ONCE])
        return [message_id for (message_id,) in cursor.fetchall()]


def still_meant(message: Message, people: BitMap) -> BitMap:
    """Return those of a row's people who are in the audience still: of a frozen one all of them."""
    if message.audience_mode != Message.AudienceMode.LIVING or not people:
        return people
    with every_space(Reason.DELIVERY):
        rule, reach = Message.objects.filter(pk=message.pk).values_list("rule", "reach").get()
        return meant_of(people, rule, reach)


def reminding_stopped(message: Message) -> bool:
    """Tell whether its sender stopped the reminders of a message."""
    with every_space(Reason.DELIVERY):
        return ReminderRule.objects.filter(message=message.pk, stopped_at__isnull=False).exists()


def late_rounds(message: Message) -> list[timedelta]:
    """Return after which times a newcomer is reminded apart from the others; none while common rounds are to come."""
    with every_space(Reason.DELIVERY):
        rule = ReminderRule.objects.filter(message=message.pk, stopped_at__isnull=True, next_at__isnull=True).first()
    if rule is None:
        return []
    return [timedelta(minutes=rule.first_after + number * rule.again_after) for number in range(rule.most)]


def looked_before(message_id: int) -> tuple[bytes, datetime] | None:
    """Return who was known at the last look, and when that was, holding the row; None: somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT known, looked_at FROM delivery_ladder WHERE message_id = %s AND looked_at IS NOT NULL"
            " FOR UPDATE SKIP LOCKED",
            [message_id],
        )
        found = cursor.fetchone()
    return (bytes(found[0]), found[1]) if found else None
