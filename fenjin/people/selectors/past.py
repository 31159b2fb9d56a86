"""The past as SQL: what units and posts were at the end of a day, read backwards from what they are now.

What a row was on a day is the `old` of its first later event of that kind, else what it is now. Each
part is one probe of an index, so that a question costs as much as the units and posts it is about.
"""

from typing import Any, Final

from django.db import connection

from fenjin.kit.scope import EVERYTHING, current_scope

DEEPEST: Final = 64  # no way through a torn history may go round for ever

# u is a unit, open at the end of the day
OPEN: Final = "u.opened_on <= %(day)s AND (u.closed_on IS NULL OR u.closed_on > %(day)s)"

NAME: Final = """coalesce((SELECT e.old ->> '{name}' FROM people_unitevent e
    WHERE e.unit_id = u.id AND e.kind = 'renamed' AND e."on" > %(day)s ORDER BY e."on", e.id LIMIT 1), u.{name})"""

PARENT: Final = """coalesce((SELECT (e.old ->> 'parent')::bigint FROM people_unitevent e
    WHERE e.unit_id = u.id AND e.kind = 'moved' AND e."on" > %(day)s ORDER BY e."on", e.id LIMIT 1), u.parent_id)"""

# The units right below {above}: those that lie there and did so already, and those that have moved away since.
CHILDREN: Final = f"""
    SELECT u.id FROM people_unit u WHERE u.parent_id = {{above}} AND {OPEN}
       AND NOT EXISTS (SELECT 1 FROM people_unitevent e
                       WHERE e.unit_id = u.id AND e.kind = 'moved' AND e."on" > %(day)s)
    UNION ALL
    SELECT u.id FROM people_unitevent e JOIN people_unit u ON u.id = e.unit_id
    WHERE e.kind = 'moved' AND (e.old ->> 'parent')::bigint = {{above}} AND e."on" > %(day)s AND {OPEN}
      AND NOT EXISTS (SELECT 1 FROM people_unitevent f WHERE f.unit_id = e.unit_id AND f.kind = 'moved'
                      AND f."on" > %(day)s AND (f."on", f.id) < (e."on", e.id))"""  # noqa: S608 - names are ours

# A unit with all below it; `way` sorts parents before children.
SUBTREE: Final = f"""WITH RECURSIVE inside (id, way) AS (
    SELECT %(unit)s::bigint, ARRAY[%(unit)s::bigint]
    UNION ALL
    SELECT child.id, inside.way || child.id
    FROM inside CROSS JOIN LATERAL ({CHILDREN.format(above="inside.id")}) child
    WHERE cardinality(inside.way) < {DEEPEST}
)"""  # noqa: S608 - names are ours
ITSELF: Final = "WITH inside (id, way) AS (SELECT %(unit)s::bigint, ARRAY[%(unit)s::bigint])"

# p is a post, held at the end of the day
HELD: Final = "p.started_on <= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)"

TITLE: Final = """coalesce((SELECT e.old ->> 'title' FROM people_postevent e
    WHERE e.post_id = p.id AND e.kind = 'retitled' AND e."on" > %(day)s ORDER BY e."on", e.id LIMIT 1), p.title)"""

MAIN: Final = """coalesce((SELECT (e.old ->> 'main')::boolean FROM people_postevent e
    WHERE e.post_id = p.id AND e.kind = 'main' AND e."on" > %(day)s ORDER BY e."on", e.id LIMIT 1), p.main)"""

# n is the person
STATUS: Final = """coalesce((SELECT e.old ->> 'status' FROM people_personevent e
    WHERE e.person_id = n.id AND e.old ? 'status' AND e."on" > %(day)s ORDER BY e."on", e.id LIMIT 1), n.status)"""


def fetch(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run one read and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def in_scope(table: str, parameters: dict[str, Any]) -> str:
    """Return the condition that cuts `table` to the people scope in force; raises ScopeError without one."""
    spaces = current_scope().people
    if spaces is EVERYTHING:
        return "TRUE"
    parameters["spaces"] = sorted(spaces)
    return f"{table}.space_id = ANY(%(spaces)s::bigint[])"
