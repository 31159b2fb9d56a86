"""Totals that took some adding up are kept for a minute, for whoever looks at the list next."""

from collections.abc import Iterable
from typing import Final

from django.db import connection, transaction

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.coverage.sources import named
from fenjin.delivery.selectors.totals import Sum
from fenjin.kit.db import ask

FEW_UNITS: Final = 200  # what is added up of so few units is counted anew each time
# In one order, so that two who look at the same time never wait for each other in a circle. Who counted last wins.
_KEEP: Final = """
INSERT INTO delivery_total AS t (space_id, message_id, top_id, people, opened, confirmed, at)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])
ORDER BY 1, 2, 3
ON CONFLICT (space_id, message_id, top_id) DO UPDATE
SET people = EXCLUDED.people, opened = EXCLUDED.opened, confirmed = EXCLUDED.confirmed, at = EXCLUDED.at
WHERE t.at < EXCLUDED.at
"""
_FORGET: Final = "DELETE FROM delivery_total WHERE space_id = %(space)s AND message_id = %(message)s"


@transaction.atomic
def keep_totals(*, sums: Iterable[Sum]) -> int:
    """Keep those of the sums that were added up over many units; return how many."""
    large = [one for one in sums if one.units > FEW_UNITS]
    if large:
        rows = [
            (one.space_id, one.message_id, one.top_id, one.figures.people, one.figures.opened, one.figures.confirmed,
             one.at)
            for one in large
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])
    return len(large)


def forget_totals(message: Message) -> None:
    """Have the totals of a message added up anew at the next look: its confirmations begin anew."""
    ask(_FORGET, named(message))
