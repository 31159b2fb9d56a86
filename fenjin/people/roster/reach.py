"""What a file speaks for: the whole group, or some subtrees of it. Nobody outside is ever a leaver.

A company is spoken for when the file names it or holds more than half of its people. A file that
speaks for nearly all companies is the group's; one of several companies is theirs; one of a single
company is that of the smallest unit that holds all its rows. An uploader may say it instead.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fenjin.people.roster.parse import UnitPath
from fenjin.people.roster.problems import RowProblem
from fenjin.people.roster.recognise import KnownUnit
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.roster.staging import Units
from fenjin.people.services.positions import change, rows

NEARLY_ALL = 0.9  # of the companies
COMPANY_DEPTH = 2  # names from the top: group, company


class NoSuchRange(UnreadableRoster):
    """The uploader named a unit that is not here."""

    code = "no_such_range"


@dataclass(slots=True)
class Reach:
    """The units that a file speaks for."""

    whole: bool = True
    stated: bool = False
    tops: list[UnitPath] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)  # ids of open units
    names: dict[int, UnitPath] = field(default_factory=dict)  # of all open units

    def as_json(self) -> dict[str, Any]:
        """Return what the preview stores."""
        return {"whole": self.whole, "stated": self.stated, "units": ["/".join(path) for path in self.tops]}

    def holds(self, path: UnitPath) -> bool:
        """Tell whether a path of the file lies in what the file speaks for."""
        return self.whole or any(path[: len(top)] == top for top in self.tops)


def find_reach(units: Units, here: list[KnownUnit], stated: str) -> Reach:
    """Return what the file speaks for; `stated` is the path of a unit. Raises NoSuchRange."""
    names = _names(here)
    if stated and here:
        top = tuple(part.strip() for part in stated.split("/"))
        if top not in names.values():
            raise NoSuchRange(
                _("There is no unit “%(path)s” here. Write the whole path, like 集团/公司/部门.") % {"path": stated}
            )
        reach = Reach(len(top) == 1, stated=True, tops=[top])
    else:
        reach = _guess(units, here, names)
    reach.names = names
    reach.inside = {unit for unit, path in names.items() if reach.holds(path)}
    return reach


def _names(here: list[KnownUnit]) -> dict[int, UnitPath]:
    names: dict[int, UnitPath] = {}
    for unit in here:
        names[unit.id] = (*names.get(unit.parent or 0, ()), unit.name)
    return names


def _guess(units: Units, here: list[KnownUnit], names: dict[int, UnitPath]) -> Reach:
    people: dict[UnitPath, int] = {}
    present: dict[UnitPath, int] = {}
    for unit in here:
        company = names[unit.id][:COMPANY_DEPTH]
        people[company] = people.get(company, 0) + unit.people
        present[company] = present.get(company, 0) + unit.staying
    named = {path[:COMPANY_DEPTH] for path in units.main}
    companies = [path for path, count in people.items() if len(path) == COMPANY_DEPTH and count]
    spoken = [path for path in companies if path in named or present[path] > people[path] / 2]
    root = next(iter(units.places))[:1] if units.places else ()
    if len(spoken) >= NEARLY_ALL * len(companies):
        return Reach(True, tops=[root])
    tops = sorted(named | set(spoken))
    if len(tops) == 1:
        tops = [_common([path for path in units.main if path[:COMPANY_DEPTH] == tops[0]] or tops)]
    return Reach(any(len(top) == 1 for top in tops) or not tops, tops=tops or [root])


def _common(paths: list[UnitPath]) -> UnitPath:
    """Return the smallest unit that holds all paths."""
    first, last = min(paths), max(paths)
    shared = 0
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    return first[:shared]


def keep_inside(units: Units, reach: Reach, *, second: bool) -> list[RowProblem]:
    """Take rows out that reach beyond what the file speaks for, and return them as problems."""
    if reach.whole:
        return []
    outside = [place for path, place in units.places.items() if not reach.holds(path)]
    listed = "、".join("/".join(path) for path in reach.tops[:3])
    paths = {place: "/".join(path) for path, place in units.places.items()}
    problems = []
    for row, number, name, place in rows(
        "SELECT row, number, name, unit FROM roster_row WHERE unit = ANY(%s)", [outside]
    ):
        params = {"value": paths[place][:120], "expected": listed}
        problems.append(RowProblem(row, "outside_range", number, name, params))
    for row, number, name, unit in rows(
        """SELECT r.row, r.number, r.name, u.name FROM roster_row r JOIN roster_here h USING (row)
           JOIN people_unit u ON u.id = h.main_unit WHERE NOT h.main_unit = ANY(%s) AND h.status <> 'left'
             AND NOT r.unit = ANY(%s)""",
        [list(reach.inside), outside],
    ):
        problems.append(RowProblem(row, "belongs_elsewhere", number, name, {"value": unit, "expected": listed}))
    if second:
        problems += _second_outside(reach, outside, paths)
    drop_rows([problem.row for problem in problems])
    return problems


def _second_outside(reach: Reach, outside: list[int], paths: dict[int, str]) -> list[RowProblem]:
    """Leave second posts beyond the range as they are; a row may still name those that exist."""
    found = rows(
        """SELECT r.row, r.number, r.name, array_agg(s.place), max(o.posts) FROM roster_row r
           JOIN roster_here h USING (row) CROSS JOIN unnest(r.second) AS s (place)
           LEFT JOIN (SELECT person_id, array_agg(unit_id) AS posts FROM people_post
                      WHERE ended_on IS NULL AND NOT main GROUP BY person_id) o ON o.person_id = h.person_id
           WHERE s.place = ANY(%s) GROUP BY 1, 2, 3""",
        [outside],
    )
    problems = []
    for row, number, name, places, posts in found:
        held = {"/".join(reach.names.get(post, ())) for post in posts or ()}
        new = [paths[place] for place in places if paths[place] not in held]
        if new:
            problems.append(RowProblem(row, "second_outside", number, name, {"value": new[0][:120]}))
    change(
        """UPDATE roster_row SET second = array(SELECT unnest(second) EXCEPT SELECT unnest(%(out)s::int[]) ORDER BY 1)
           WHERE second && %(out)s::int[]""",
        {"out": outside},
    )
    return problems


def drop_rows(numbers: list[int]) -> None:
    """Take rows out of the staged file: they are problems, and nothing of them is applied."""
    if numbers:
        change("DELETE FROM roster_row WHERE row = ANY(%s)", [numbers])
        change("DELETE FROM roster_here WHERE row = ANY(%s)", [numbers])
