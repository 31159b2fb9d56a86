"""What a file would change: every row sorted into join, return, leave, move, change or unchanged."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.people.models import Numbering
from fenjin.people.names import same_name
from fenjin.people.roster.columns import Field
from fenjin.people.roster.parse import Survey, Tally, parse, survey
from fenjin.people.roster.problems import RowProblem
from fenjin.people.roster.staging import Units, find_units, stage
from fenjin.people.roster.tables import Table, UnreadableRoster, read_table
from fenjin.people.services.positions import change, rows


class OtherGroup(UnreadableRoster):
    """The file is of another group than the one that is here, for instance of the demo's."""

    code = "other_root"
    status = 409


class OtherWidth(UnreadableRoster):
    """Staff numbers of another width would make a stranger of everybody."""

    code = "other_width"
    status = 409


class NobodyInIt(UnreadableRoster):
    code = "empty"
    sentence = _("The file has a header, but no rows of people below it.")


@dataclass(slots=True)
class Plan:
    """A file compared with what is here; the temporary tables hold the rows."""

    table: Table
    look: Survey
    tally: Tally
    units: Units
    numbering: Numbering
    actions: Counter[str]
    repeated: int
    unknown_leavers: int
    digest: str

    def has(self, field: Field) -> bool:
        """Return whether the file has such a column: one that it lacks changes nothing."""
        return field in self.table.columns.values()


def make_plan(path: Path, numbering: Numbering, width: int | None) -> Plan:
    """Read the file and compare it with people and units as they are in this transaction.

    Raises UnreadableRoster, NobodyInIt, OtherGroup or OtherWidth. Writes only temporary tables.
    """
    table = read_table(path)
    look = survey(table, width=width, known_width=numbering.width)
    _check_group(look)
    _check_width(look, numbering)
    tally, units = Tally(), Units()
    stage(parse(table, look, tally), units)
    if not tally.persons and not tally.problems:
        raise NobodyInIt
    repeated = _drop_repeated(tally)
    _find_persons(numbering, tally)
    unknown_leavers = change("DELETE FROM roster_row WHERE person_id IS NULL AND status = 'left'")
    find_units(units)
    plan = Plan(table, look, tally, units, numbering, Counter(), repeated, unknown_leavers, "")
    _sort_rows(plan)
    tally.problems.sort(key=lambda problem: problem.row)
    plan.digest = _digest(plan)
    return plan


def _check_group(look: Survey) -> None:
    roots = [name for (name,) in rows("SELECT name FROM people_unit WHERE parent_id IS NULL AND closed_on IS NULL")]
    if roots and look.root not in roots:
        raise OtherGroup(
            _(
                "This installation holds “%(here)s”, the file is of “%(file)s”. Check the file; the demo and a real"
                " roster are never mixed: start with DEMO=no and an empty data folder."
            )
            % {"here": roots[0], "file": look.root}
        )


def _check_width(look: Survey, numbering: Numbering) -> None:
    if numbering.width and look.width and look.width != numbering.width:
        raise OtherWidth(
            _("Staff numbers here have %(here)s digits, in this file %(file)s. Say which is right before importing.")
            % {"here": numbering.width, "file": look.width}
        )


def _drop_repeated(tally: Tally) -> int:
    """Drop rows that repeat an earlier one; a number with different contents is a problem in each row."""
    same = "number, name, unit, second, title, mobile, email, started_on, status, zone"
    repeated = change(
        f"""DELETE FROM roster_row WHERE row IN (
                SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY {same} ORDER BY row) AS nth
                                 FROM roster_row) numbered WHERE nth > 1)"""  # noqa: S608 - names are ours
    )
    for row, number, name, others in rows(
        """DELETE FROM roster_row r USING (
               SELECT number, array_agg(row ORDER BY row) AS others FROM roster_row GROUP BY number HAVING count(*) > 1
           ) twice WHERE r.number = twice.number RETURNING r.row, r.number, r.name, twice.others"""
    ):
        listed = ", ".join(map(str, others[:10]))
        tally.problems.append(RowProblem(row, "number_twice", number, name, {"value": number, "rows": listed}))
    return repeated


def _find_persons(numbering: Numbering, tally: Tally) -> None:
    """Find who of the rows is here; a different name under a known number is a problem, never a new use of it."""
    change(
        """UPDATE roster_row r SET person_id = p.id FROM people_person p
           WHERE p.numbering_id = %s AND p.staff_number = r.number""",
        [numbering.pk],
    )
    strangers = []
    for row, number, name, known in rows(
        """SELECT r.row, r.number, r.name, p.name FROM roster_row r JOIN people_person p ON p.id = r.person_id
           WHERE p.name <> r.name"""
    ):
        if not same_name(name, known):
            params = {"value": number, "known": known, "name": name}
            tally.problems.append(RowProblem(row, "other_name", number, name, params))
            strangers.append(row)
    if strangers:
        change("DELETE FROM roster_row WHERE row = ANY(%s)", [strangers])


_TARGETS = """
CREATE TEMP TABLE roster_target ON COMMIT DROP AS
    SELECT r.row, r.person_id, r.unit AS place, true AS main, r.title FROM roster_row r WHERE r.status <> 'left'
    UNION ALL
    SELECT r.row, r.person_id, s.place, false, '' FROM roster_row r CROSS JOIN unnest(r.second) AS s (place)
    WHERE r.status <> 'left';
CREATE INDEX ON roster_target (person_id);
ANALYZE roster_target
"""

_ACTIONS = """
UPDATE roster_row r SET main_post = here.main_post, action = CASE
    WHEN r.person_id IS NULL THEN 'join'
    WHEN r.status = 'left' THEN CASE WHEN here.status = 'left' THEN 'unchanged' ELSE 'leave' END
    WHEN here.status = 'left' OR here.left_on IS NOT NULL OR here.main_unit IS NULL THEN 'return'
    WHEN here.main_unit IS DISTINCT FROM here.new_unit THEN 'move'
    WHEN (%(status)s AND here.status <> r.status) OR (%(zone)s AND here.zone <> r.zone)
        OR (%(started_on)s AND here.started_on IS DISTINCT FROM r.started_on)
        OR (%(title)s AND here.title <> r.title)
        OR (%(mobile)s AND coalesce(here.mobile, '') <> r.mobile)
        OR (%(email)s AND coalesce(here.email, '') <> r.email)
        OR (%(second_units)s AND here.second_now IS DISTINCT FROM here.second_new) THEN 'change'
    ELSE 'unchanged' END
FROM (
    SELECT x.row, p.status, p.zone, p.started_on, p.left_on, v.mobile, v.email,
           main.id AS main_post, main.unit_id AS main_unit, main.title, u.unit_id AS new_unit,
           (SELECT array_agg(o.unit_id ORDER BY o.unit_id) FROM people_post o
            WHERE o.person_id = p.id AND o.ended_on IS NULL AND NOT o.main) AS second_now,
           (SELECT array_agg(coalesce(s.unit_id, 0) ORDER BY s.unit_id) FROM roster_unit s
            WHERE s.place = ANY(x.second)) AS second_new
    FROM roster_row x LEFT JOIN people_person p ON p.id = x.person_id
    LEFT JOIN people_personprivate v ON v.person_id = p.id
    LEFT JOIN people_post main ON main.person_id = p.id AND main.ended_on IS NULL AND main.main
    LEFT JOIN roster_unit u ON u.place = x.unit
) here WHERE here.row = r.row
"""


def _sort_rows(plan: Plan) -> None:
    """Decide for each row what it would change; the targets are the posts the file asks for."""
    rows(_TARGETS)
    asked: dict[str, Any] = {field.value: plan.has(field) for field in Field}
    change(_ACTIONS, asked)
    plan.actions = Counter(dict(rows("SELECT action, count(*) FROM roster_row GROUP BY action")))


def _digest(plan: Plan) -> str:
    """Return a name for exactly these changes, to see at the apply whether they are still the ones shown."""
    [(actions,)] = rows(
        """SELECT md5(coalesce(string_agg(concat_ws(' ', row, action, person_id, main_post), ',' ORDER BY row), ''))
           FROM roster_row"""
    )
    problems = [(problem.row, problem.code) for problem in plan.tally.problems]
    return hashlib.sha256(repr((actions, problems, plan.units.missing())).encode()).hexdigest()
