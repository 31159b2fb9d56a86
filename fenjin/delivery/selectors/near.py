"""Who of an audience may count in or below a unit: everybody who has a post there, or ever had one.

A few more than count there in the end (`counted`), and nobody less: whoever moved or left meanwhile is among them.
"""

from typing import Any, Final

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.access import OwnUnits
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.safety import IN_REACH

_FROZEN: Final = f"""
SELECT coalesce(array_agg(DISTINCT p.person_id), '{{}}') FROM people_unit u JOIN delivery_denominator d
    ON (d.space_id, d.message_id, d.unit_id) = (%(space)s, %(message)s, u.id)
JOIN people_post p ON p.unit_id = u.id WHERE u.path @> ARRAY[%(unit)s]::bigint[] AND {IN_REACH}
"""  # noqa: S608 - the condition is ours
_COUNTED: Final = f"""
SELECT coalesce(sum(d.people), 0) FROM people_unit u JOIN delivery_denominator d
    ON (d.space_id, d.message_id, d.unit_id) = (%(space)s, %(message)s, u.id)
WHERE u.path @> ARRAY[%(unit)s]::bigint[] AND {IN_REACH}
"""  # noqa: S608 - the condition is ours
_LIVING: Final = f"""
SELECT coalesce(array_agg(near.person_id), '{{}}') FROM (
    SELECT DISTINCT p.person_id FROM people_unit u JOIN people_post p ON p.unit_id = u.id
    WHERE u.path @> ARRAY[%(unit)s]::bigint[] AND {IN_REACH} LIMIT %(limit)s) near
"""  # noqa: S608 - the condition is ours


def people_near(message: Message, own: OwnUnits, unit_id: int, *, most: int) -> BitMap | None:
    """Return whoever of an audience may count in or below a unit, as far as it is one's own; None: more than `most`.

    Of a living audience they are only near: who of them is meant is asked afterwards.
    """
    living = message.audience_mode == Message.AudienceMode.LIVING
    asked: dict[str, Any] = {"space": message.space_id, "message": message.pk, "unit": unit_id, "limit": most + 1}
    asked |= own.as_parameters()
    with connection.cursor() as cursor:
        if not living:
            cursor.execute(_COUNTED, asked)
            if cursor.fetchone()[0] > most:
                return None
        cursor.execute(_LIVING if living else _FROZEN, asked)
        found = sets.bitmap_of(cursor.fetchone()[0])
    if not living:
        found &= sets.audience(message)
    return found if len(found) <= most else None
