"""Every row sorted into join, return, leave, move, change, follow or unchanged; and who is absent.

roster_here: what is known here of the person of each row. roster_act: what happens to each person;
somebody who leaves because the file does not name him has a negative row. `follow` is somebody whose
unit was merged, and who has not moved otherwise.
"""

from collections.abc import Sequence
from typing import Any

from fenjin.people.models import Numbering
from fenjin.people.names import same_name
from fenjin.people.roster.lines import row_words
from fenjin.people.roster.parse import Tally
from fenjin.people.roster.problems import RowProblem
from fenjin.people.roster.reach import Reach, drop_rows
from fenjin.people.services.positions import change, rows

_HERE = """
CREATE TEMP TABLE roster_here ON COMMIT DROP AS
    SELECT r.row, r.unit, p.id AS person_id, p.status, p.left_on, m.id AS main_post, m.unit_id AS main_unit
    FROM roster_row r
    LEFT JOIN people_person p ON p.numbering_id = %(numbering)s AND p.staff_number = r.number
    LEFT JOIN people_post m ON m.person_id = p.id AND m.main AND m.ended_on IS NULL;
"""


def drop_repeated(tally: Tally, sheets: Sequence[str] = ()) -> int:
    """Drop rows that repeat an earlier one; a number with different contents is a problem in each row."""
    same = "number, name, unit, second, title, mobile, email, started_on, status, zone"
    repeated = change(
        f"""DELETE FROM roster_row WHERE row IN (
                SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY {same} ORDER BY row) AS nth
                                 FROM roster_row WHERE number IN (SELECT number FROM roster_row
                                                                  GROUP BY number HAVING count(*) > 1)
                                ) numbered WHERE nth > 1)"""  # noqa: S608 - names are ours
    )
    for row, number, name, others in rows(
        """DELETE FROM roster_row r USING (
               SELECT number, array_agg(row ORDER BY row) AS others FROM roster_row GROUP BY number HAVING count(*) > 1
           ) twice WHERE r.number = twice.number RETURNING r.row, r.number, r.name, twice.others"""
    ):
        listed = ", ".join(row_words(other, sheets) for other in others[:10])
        tally.problems.append(RowProblem(row, "number_twice", number, name, {"value": number, "rows": listed}))
    return repeated


def find_persons(numbering: Numbering, tally: Tally) -> int:
    """Find who of the rows is here, and return how many have left who were never here.

    A different name under a known number is a problem, never a new use of it.
    """
    change(_HERE, {"numbering": numbering.pk})
    rows("ANALYZE roster_here")
    strangers = []
    for row, number, name, known in rows(
        """SELECT r.row, r.number, r.name, p.name FROM roster_row r JOIN roster_here h USING (row)
           JOIN people_person p ON p.id = h.person_id WHERE p.name <> r.name"""
    ):
        if not same_name(name, known):
            params = {"value": number, "known": known, "name": name}
            tally.problems.append(RowProblem(row, "other_name", number, name, params))
            strangers.append(row)
    drop_rows(strangers)
    never = rows(
        """SELECT r.row FROM roster_row r JOIN roster_here h USING (row)
           WHERE h.person_id IS NULL AND r.status = 'left'"""
    )
    drop_rows([row for (row,) in never])
    return len(never)


_TARGETS = """
CREATE TEMP TABLE roster_target ON COMMIT DROP AS
    SELECT r.row, h.person_id, r.unit AS place, true AS main, r.title
    FROM roster_row r JOIN roster_here h USING (row) WHERE r.status <> 'left'
    UNION ALL
    SELECT r.row, h.person_id, s.place, false, ''
    FROM roster_row r JOIN roster_here h USING (row) CROSS JOIN unnest(r.second) AS s (place)
    WHERE r.status <> 'left';
"""

_ACT = """
CREATE TEMP TABLE roster_act ON COMMIT DROP AS
    SELECT row, person_id, main_post, from_unit, CASE
        WHEN person_id IS NULL THEN 'join'
        WHEN left_now THEN CASE WHEN was_left THEN 'unchanged' ELSE 'leave' END
        WHEN was_left OR from_unit IS NULL THEN 'return'
        WHEN moved THEN 'move'
        WHEN fields <> '{}' THEN 'change'
        WHEN merged THEN 'follow'
        ELSE 'unchanged' END AS action, CASE WHEN person_id IS NULL OR left_now THEN '{}' ELSE fields END AS fields
    FROM (
        SELECT r.row, h.person_id, h.main_post, h.main_unit AS from_unit, r.status = 'left' AS left_now,
            h.status = 'left' AS was_left, e.place IS DISTINCT FROM r.unit AS moved,
            coalesce(e.merged OR s.merged, false) AS merged, array_remove(ARRAY[
                CASE WHEN %(status)s AND h.status <> r.status THEN 'status' END,
                CASE WHEN %(zone)s AND p.zone <> r.zone THEN 'zone' END,
                CASE WHEN %(started_on)s AND p.started_on IS DISTINCT FROM r.started_on THEN 'started_on' END,
                CASE WHEN %(title)s AND m.title <> r.title THEN 'title' END,
                CASE WHEN %(mobile)s AND coalesce(v.mobile, '') <> r.mobile AND v.withheld IS NOT TRUE
                     THEN 'mobile' END,
                CASE WHEN %(email)s AND coalesce(v.email, '') <> r.email AND v.withheld IS NOT TRUE THEN 'email' END,
                CASE WHEN %(second_units)s AND coalesce(s.places, '{}') <> r.second THEN 'second_units' END
            ], NULL) AS fields
        FROM roster_row r JOIN roster_here h USING (row)
        LEFT JOIN people_person p ON p.id = h.person_id
        LEFT JOIN people_personprivate v ON v.person_id = h.person_id
        LEFT JOIN people_post m ON m.id = h.main_post
        LEFT JOIN roster_expected e ON e.unit_id = h.main_unit
        LEFT JOIN (
            SELECT o.person_id, bool_or(e.merged) AS merged,
                   array_agg(DISTINCT coalesce(e.place, -2)) AS places
            FROM people_post o JOIN roster_inside i ON i.unit_id = o.unit_id
            LEFT JOIN roster_expected e ON e.unit_id = o.unit_id
            WHERE o.ended_on IS NULL AND NOT o.main GROUP BY o.person_id
        ) s ON s.person_id = h.person_id
    ) seen;
"""

_ABSENT = """
INSERT INTO roster_act (row, person_id, main_post, from_unit, action, fields)
    SELECT -row_number() OVER (ORDER BY m.pos, p.staff_number), m.person_id, m.id, m.unit_id, 'leave', '{}'
    FROM people_post m JOIN people_person p ON p.id = m.person_id
    WHERE m.main AND m.ended_on IS NULL AND p.numbering_id = %(numbering)s
      AND m.unit_id IN (SELECT unit_id FROM roster_inside)
      AND NOT EXISTS (SELECT 1 FROM roster_here h WHERE h.person_id = m.person_id)
      AND NOT m.person_id = ANY(%(kept)s)
"""


def sort_rows(asked: dict[str, Any]) -> None:
    """Decide for each row what it would change; the targets are the posts the file asks for."""
    change(_ACT, asked)


def make_targets() -> None:
    """Write down the posts that the file asks for."""
    change(_TARGETS)
    rows("CREATE INDEX ON roster_target (person_id)")
    rows("ANALYZE roster_target")


def find_absent(numbering: Numbering, reach: Reach, problems: list[RowProblem], width: int | None) -> int:
    """Let those leave whom the file does not name, and return how many of them stay all the same.

    Somebody stays whose row is only to be mended, or who holds a post beyond what the file speaks for.
    """
    kept = _meant_by(problems, numbering, width)
    if not reach.whole:
        kept |= _with_posts_outside()
    change(_ABSENT, {"numbering": numbering.pk, "kept": list(kept)})
    if not kept:
        return 0
    [(absent,)] = rows(
        """SELECT count(*) FROM people_post m WHERE m.main AND m.ended_on IS NULL AND m.person_id = ANY(%s)
           AND m.unit_id IN (SELECT unit_id FROM roster_inside)
           AND NOT EXISTS (SELECT 1 FROM roster_here h WHERE h.person_id = m.person_id)""",
        [list(kept)],
    )
    return int(absent)


def _meant_by(problems: list[RowProblem], numbering: Numbering, width: int | None) -> set[int]:
    """Return the people whom problem rows may mean: by their number, else everybody of that name."""
    numbers = {problem.number.replace(" ", "").upper() for problem in problems} - {""}
    if width:
        numbers |= {number.zfill(width) for number in numbers if number.isdigit()}
    known = dict(
        rows(
            "SELECT staff_number, id FROM people_person WHERE numbering_id = %s AND staff_number = ANY(%s)",
            [numbering.pk, list(numbers)],
        )
    )
    names = set()
    for problem in problems:
        number = problem.number.replace(" ", "").upper()
        if number not in known and number.zfill(width or 0) not in known:
            names.add(problem.name)
    found = rows(
        "SELECT id FROM people_person WHERE numbering_id = %s AND name = ANY(%s)", [numbering.pk, list(names - {""})]
    )
    return set(known.values()) | {person for (person,) in found}


def _with_posts_outside() -> set[int]:
    found = rows(
        """SELECT DISTINCT m.person_id FROM people_post m JOIN people_post o ON o.person_id = m.person_id
           WHERE m.main AND m.ended_on IS NULL AND m.unit_id IN (SELECT unit_id FROM roster_inside)
             AND o.ended_on IS NULL AND NOT o.unit_id IN (SELECT unit_id FROM roster_inside)"""
    )
    return {person for (person,) in found}
