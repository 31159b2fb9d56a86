"""Counters from the receipts, which are the truth."""

from django.db import connection, transaction

_SAFETY = """
WITH straight AS (
    SELECT space_id, message_id, unit_id, count(*) FILTER (WHERE NOT needs_help) AS safe,
           count(*) FILTER (WHERE needs_help) AS need_help
    FROM delivery_safetyanswer WHERE %(message)s::bigint IS NULL OR message_id = %(message)s GROUP BY 1, 2, 3
), gone AS (
    DELETE FROM delivery_safetycounter c WHERE (%(message)s::bigint IS NULL OR c.message_id = %(message)s)
        AND NOT EXISTS (SELECT 1 FROM straight s WHERE (s.space_id, s.message_id, s.unit_id)
                                                     = (c.space_id, c.message_id, c.unit_id))
    RETURNING 1
), put AS (
    INSERT INTO delivery_safetycounter AS c (space_id, message_id, unit_id, safe, need_help)
    SELECT * FROM straight
    ON CONFLICT (space_id, message_id, unit_id)
    DO UPDATE SET safe = EXCLUDED.safe, need_help = EXCLUDED.need_help
    WHERE (c.safe, c.need_help) <> (EXCLUDED.safe, EXCLUDED.need_help)
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""


@transaction.atomic
def rebuild_counters(*, message_id: int | None = None) -> int:
    """Count the receipts of one message, or of all, anew; return how many counters were wrong.

    Writers wait meanwhile. A receipt under way has locked the table of counters before it wrote, so
    either it is counted here or it adds itself afterwards, never both.
    """
    scope = {"message": message_id}
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE delivery_counter IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            """
            WITH straight AS (
                SELECT r.space_id, r.message_id, r.unit_id, count(*) AS opened,
                       count(*) FILTER (WHERE r.confirmed_version >= m.confirm_from) AS confirmed
                FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
                WHERE %(message)s::bigint IS NULL OR r.message_id = %(message)s GROUP BY 1, 2, 3
            ), gone AS (
                DELETE FROM delivery_counter c WHERE (%(message)s::bigint IS NULL OR c.message_id = %(message)s)
                    AND NOT EXISTS (SELECT 1 FROM straight s WHERE (s.space_id, s.message_id, s.unit_id)
                                                                 = (c.space_id, c.message_id, c.unit_id))
                RETURNING 1
            ), put AS (
                INSERT INTO delivery_counter AS c (space_id, message_id, unit_id, opened, confirmed)
                SELECT * FROM straight
                ON CONFLICT (space_id, message_id, unit_id)
                DO UPDATE SET opened = EXCLUDED.opened, confirmed = EXCLUDED.confirmed
                WHERE (c.opened, c.confirmed) <> (EXCLUDED.opened, EXCLUDED.confirmed)
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
            """,
            scope,
        )
        (wrong,) = cursor.fetchone()
        cursor.execute("LOCK TABLE delivery_safetycounter IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_SAFETY, scope)
        (more,) = cursor.fetchone()
    return int(wrong) + int(more)
