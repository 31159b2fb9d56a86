"""Many units closed at once, because a roster left nobody in them. The caller holds the tree's lock."""

from collections.abc import Collection, Mapping
from datetime import date

from fenjin.people.services.positions import rows

# A unit that is the top of a sub-platform stays open: what hangs on it is for people to decide.
_CLOSE = """
WITH closed AS (
    UPDATE people_unit u SET closed_on = greatest(%(on)s, u.opened_on) FROM people_unit above
    WHERE u.id = ANY(%(units)s) AND u.closed_on IS NULL AND above.id = u.parent_id AND above.space_id = u.space_id
      AND NOT EXISTS (SELECT 1 FROM people_post p WHERE p.ended_on IS NULL AND p.pos BETWEEN u.lft AND u.rgt)
      AND NOT EXISTS (SELECT 1 FROM people_unit i WHERE i.lft > u.lft AND i.lft < u.rgt AND i.closed_on IS NULL
                      AND i.space_id <> u.space_id)
    RETURNING u.id, u.space_id, u.name, u.closed_on
)
INSERT INTO people_unitevent (uid, space_id, created_at, unit_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'closed', closed_on, '{}',
       jsonb_strip_nulls(jsonb_build_object('name', name, 'into', i.target))
FROM closed LEFT JOIN unnest(%(merged)s::bigint[], %(targets)s::bigint[]) AS i (unit, target) ON i.unit = closed.id
RETURNING unit_id
"""


def close_empty(*, unit_ids: Collection[int], on: date, into: Mapping[int, int] | None = None) -> list[int]:
    """Close those of the units in which nobody holds a post, with what is open below them; return which.

    `into` says of merged units where their people are now; it stays in the dated history.
    """
    into = into or {}
    below = rows(
        """SELECT DISTINCT i.id FROM people_unit u JOIN people_unit i ON i.lft BETWEEN u.lft AND u.rgt
           WHERE u.id = ANY(%s) AND i.closed_on IS NULL
             AND NOT EXISTS (SELECT 1 FROM people_post p WHERE p.ended_on IS NULL AND p.pos BETWEEN u.lft AND u.rgt)""",
        [list(unit_ids)],
    )
    told = {"units": [unit for (unit,) in below], "on": on, "merged": list(into), "targets": list(into.values())}
    return [unit for (unit,) in rows(_CLOSE, told)]
