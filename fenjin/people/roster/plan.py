"""What a file would change: read, stage, find people and units, sort, judge."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.people.models import Numbering
from fenjin.people.roster.breaker import judge
from fenjin.people.roster.choice import Choice
from fenjin.people.roster.columns import Field
from fenjin.people.roster.matching import count_flows, load_units, match_units
from fenjin.people.roster.parse import Survey, Tally, parse, survey
from fenjin.people.roster.reach import Reach, find_reach, keep_inside
from fenjin.people.roster.recognise import Matching
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.roster.sorting import drop_repeated, find_absent, find_persons, make_targets, sort_rows
from fenjin.people.roster.staging import Units, stage
from fenjin.people.roster.tables import Table, read_table
from fenjin.people.services.positions import lock_tree, rows

Tick = Callable[[str, int], None]
SETTINGS = "SET LOCAL work_mem = '64MB'"  # of this transaction only: it joins whole tables


def no_tick(_phase: str, _count: int) -> None:
    """Tell nobody how far the work is."""


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
class Options:
    """What an uploader may say about a file."""

    width: int | None = None  # how many digits a staff number has
    range: str = ""  # the path of the unit that the file speaks for
    denied: tuple[int, ...] = ()  # units that are not to be recognised under another path
    choice: dict[str, Any] = field(default_factory=dict)  # which column means what, as roster.choice keeps it


@dataclass(slots=True)
class Plan:
    """A file compared with what is here; the temporary tables hold the rows."""

    table: Table
    look: Survey
    tally: Tally
    units: Units
    numbering: Numbering
    reach: Reach
    matching: Matching
    actions: Counter[str]
    breaker: dict[str, Any]
    repeated: int
    unknown_leavers: int
    kept: int
    digest: str

    def has(self, field: Field) -> bool:
        """Return whether the file has such a column: one that it lacks changes nothing."""
        return field in self.table.columns.values()


def make_plan(path: Path, numbering: Numbering, options: Options, tick: Tick = no_tick) -> Plan:
    """Read the file and compare it with people and units as they are in this transaction.

    Takes the tree's lock once the file is read. Raises UnreadableRoster, NobodyInIt, OtherGroup,
    OtherWidth or NoSuchRange. Writes only temporary tables.
    """
    table = read_table(path, Choice.from_json(options.choice))
    look = survey(table, width=options.width, known_width=numbering.width, progress=lambda count: tick("survey", count))
    _check_width(look, numbering)
    tally, units = Tally(), Units()
    rows(SETTINGS)
    stage(parse(table, look, tally), units, lambda count: tick("read", count))
    if not tally.persons and not tally.problems:
        raise NobodyInIt
    lock_tree()
    _check_group(look)
    return _compare(
        Plan(table, look, tally, units, numbering, Reach(), Matching(), Counter(), {}, 0, 0, 0, ""), options, tick
    )


def _compare(plan: Plan, options: Options, tick: Tick) -> Plan:
    """Bring the staged rows and what is here together."""
    tally, problems = plan.tally, plan.tally.problems
    tick("compare", 0)
    plan.repeated = drop_repeated(tally, plan.table.sheets)
    plan.unknown_leavers = find_persons(plan.numbering, tally)
    here = load_units()
    count_flows(here)
    plan.reach = find_reach(plan.units, here, options.range)
    outside = keep_inside(plan.units, plan.reach, second=plan.has(Field.SECOND_UNITS))
    if outside:
        problems += outside
        count_flows(here)
    tick("compare", 1)
    plan.matching = match_units(plan.units, here, plan.reach, set(options.denied))
    tick("compare", 2)
    sort_rows({field.value: plan.has(field) for field in Field})
    make_targets()
    plan.kept = find_absent(plan.numbering, plan.reach, problems, plan.look.width)
    rows("CREATE INDEX ON roster_act (person_id)")
    rows("ANALYZE roster_act")
    tick("compare", 3)
    plan.actions = Counter(dict(rows("SELECT action, count(*) FROM roster_act GROUP BY action")))
    plan.breaker = judge()
    problems.sort(key=lambda problem: problem.row)
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


def _digest(plan: Plan) -> str:
    """Return a name for exactly these changes, to see at the apply whether they are still the ones shown."""
    [(actions,)] = rows(
        """SELECT md5(coalesce(string_agg(concat_ws(' ', row, action, person_id, main_post, from_unit, fields),
                                          ',' ORDER BY row), '')) FROM roster_act"""
    )
    problems = [(problem.row, problem.code) for problem in plan.tally.problems]
    found = [(one.kind, one.unit, one.new) for one in plan.matching.found]
    told = (actions, problems, found, plan.units.missing(), plan.breaker["people"], plan.breaker["refused"])
    return hashlib.sha256(repr(told).encode()).hexdigest()
