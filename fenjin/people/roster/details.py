"""The people of a dry run to whom something would happen, kept so that pages and downloads need no file."""

from django.db import connection

from fenjin.people.roster.plan import Plan
from fenjin.people.services.positions import change

_KEEP = """
WITH listed AS (
    SELECT a.*, p.staff_number, p.name AS person_name, u.path AS was_ids
    FROM roster_act a LEFT JOIN people_person p ON p.id = a.person_id
    LEFT JOIN people_unit u ON u.id = a.from_unit WHERE a.action <> 'unchanged'
), paths AS (
    SELECT d.from_unit, string_agg(n.name, '/' ORDER BY n.depth) AS path,
           max(n.name) FILTER (WHERE n.depth = 1) AS company
    FROM (SELECT DISTINCT from_unit, was_ids FROM listed WHERE from_unit IS NOT NULL) d
    JOIN people_unit n ON n.id = ANY(d.was_ids) GROUP BY d.from_unit
)
INSERT INTO people_rosterchange (roster_id, place, row, action, person_id, number, name, title, status, unit, was,
                                 company, second, fields)
SELECT %(roster)s, CASE WHEN l.row < 0 THEN 1000000000 - l.row ELSE l.row END, CASE WHEN l.row > 0 THEN l.row END,
       l.action, l.person_id, coalesce(r.number, l.staff_number), coalesce(r.name, l.person_name),
       coalesce(r.title, ''), coalesce(r.status, 'left'), coalesce(f.path, ''),
       CASE WHEN l.action = 'join' THEN '' ELSE coalesce(w.path, '') END,
       coalesce(CASE WHEN l.action = 'leave' THEN w.company ELSE split_part(f.path, '/', 2) END, ''),
       CASE WHEN cardinality(r.second) > 0
            THEN array(SELECT s.path FROM roster_path s WHERE s.place = ANY(r.second) ORDER BY s.place)
            ELSE '{}' END,
       l.fields
FROM listed l LEFT JOIN roster_row r ON r.row = l.row LEFT JOIN roster_path f ON f.place = r.unit
LEFT JOIN paths w ON w.from_unit = l.from_unit
"""


def keep_details(plan: Plan, roster_id: int) -> int:
    """Write one row for everybody of the plan who is not left unchanged; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS roster_path")
        cursor.execute("CREATE TEMP TABLE roster_path (place int PRIMARY KEY, path text NOT NULL) ON COMMIT DROP")
        with cursor.copy("COPY roster_path FROM STDIN") as copy:
            for path, place in plan.units.places.items():
                copy.write_row((place, "/".join(path)))
        cursor.execute("ANALYZE roster_path")
    change("DELETE FROM people_rosterchange WHERE roster_id = %s", [roster_id])
    return change(_KEEP, {"roster": roster_id})
