"""A living audience: whoever fits the rule now, within what the sender reached at the sending.

Nothing is written per person. Where it is looked for stands in signposts; who is meant is asked of each reader
who comes, and counted by a job for coverage.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, transaction

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import Reach
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.living import reach_as_stored, stored_reach
from fenjin.kit import clock
from fenjin.kit.scope import EVERYTHING
from fenjin.spaces.selectors import space_roots

ANYWHERE: Final = 0

_SIGNPOSTS: Final = """
INSERT INTO delivery_signpost (space_id, message_id, unit_id, at, must_confirm)
SELECT %s, %s, unit_id, %s, %s FROM unnest(%s::bigint[]) AS there(unit_id)
"""
# Behind the audience as `counted`: of each unit the receipts stored there, and who is meant there now without one.
_COUNT: Final = """
, kept AS (
    SELECT unit_id, count(*) AS opened, count(*) FILTER (WHERE confirmed_version >= %(confirm_from)s) AS confirmed
    FROM delivery_receipt WHERE space_id = %(space)s AND message_id = %(message)s GROUP BY 1
), waiting AS (
    SELECT c.unit_id, count(*) AS people FROM counted c WHERE NOT EXISTS (
        SELECT 1 FROM delivery_receipt r
        WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = c.person_id)
    GROUP BY 1
), fresh AS (
    SELECT unit_id, coalesce(w.people, 0) + coalesce(k.opened, 0) AS people, coalesce(k.opened, 0) AS opened,
           coalesce(k.confirmed, 0) AS confirmed
    FROM kept k FULL JOIN waiting w USING (unit_id)
), gone AS (
    DELETE FROM delivery_livingcount l WHERE l.space_id = %(space)s AND l.message_id = %(message)s
        AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.unit_id = l.unit_id)
)
INSERT INTO delivery_livingcount AS l (space_id, message_id, unit_id, people, opened, confirmed)
SELECT %(space)s, %(message)s, f.* FROM fresh f
ON CONFLICT (space_id, message_id, unit_id) DO UPDATE
SET people = EXCLUDED.people, opened = EXCLUDED.opened, confirmed = EXCLUDED.confirmed
WHERE (l.people, l.opened, l.confirmed) <> (EXCLUDED.people, EXCLUDED.opened, EXCLUDED.confirmed)
"""


def begin_living(*, message: Message, rule: audiences.Rule, reach: Reach) -> int:
    """Put into the message's row how far its audience reaches, and how many are meant now; return how many.

    The row is not saved. Raises RuleRefusal.
    """
    message.reach = reach_as_stored(reach)
    message.frozen_at = clock.now()
    message.bitmap, message.elsewhere = b"", {}
    message.head_count = audiences.count(audiences.compile_rule(rule, reach))
    return message.head_count


def put_up_signposts(message: Message) -> None:
    """Write where a living message is looked for, and count whom it means; from now on it stands in feeds."""
    where = _where(audiences.parse_rule(message.rule), stored_reach(message.reach))
    with connection.cursor() as cursor:
        cursor.execute(
            _SIGNPOSTS,
            [message.space_id, message.pk, message.frozen_at, message.asks_confirmation, sorted(where)],
        )
    count_living(message)


def _where(rule: audiences.Rule, reach: Reach) -> frozenset[int]:
    """Return units that have everybody below them whom a rule may ever mean; ANYWHERE when nothing bounds it."""
    named = audiences.bounds(rule)
    if named is not None:
        return named
    if reach.branches is not None:
        return reach.branches
    if reach.spaces is EVERYTHING:
        return frozenset({ANYWHERE})
    roots = {unit for unit, space in space_roots().items() if space in reach.spaces}
    return frozenset(roots or {ANYWHERE})


@transaction.atomic
def count_living(message: Message) -> None:
    """Count anew, by unit, how many a living message has: receipts stored there, and people meant now without one."""
    now = clock.now()
    meant = audiences.compile_rule(audiences.parse_rule(message.rule), stored_reach(message.reach), kept=True)
    sql, values = meant.statement(_COUNT)
    own: dict[str, Any] = {"space": message.space_id, "message": message.pk, "confirm_from": message.confirm_from}
    _run(sql, values | own)
    _run(
        """INSERT INTO delivery_watch AS w (space_id, message_id, watched_until, counted_at)
           VALUES (%(space)s, %(message)s, %(now)s, %(now)s)
           ON CONFLICT (space_id, message_id) DO UPDATE SET counted_at = EXCLUDED.counted_at""",
        own | {"now": now},
    )


def _run(sql: str, parameters: dict[str, Any] | Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
