"""A table as persons: every row either understood whole, or left out with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fenjin.people.roster import cells
from fenjin.people.roster.cells import BadCell, Fault, holds_private_use
from fenjin.people.roster.columns import MOST_LEVELS, Field
from fenjin.people.roster.identity import without_identity
from fenjin.people.roster.lines import Cell
from fenjin.people.roster.problems import RowProblem
from fenjin.people.roster.separators import split_path
from fenjin.people.roster.survey import Survey, survey
from fenjin.people.roster.tables import Table

UnitPath = tuple[str, ...]
_LENGTHS = {Field.NUMBER: 40, Field.NAME: 80, Field.TITLE: 120, Field.LEVEL: 120, Field.EMAIL: 254}
SHORT = min(_LENGTHS.values())  # so long any of them may be
_READERS: dict[Field, Callable[[object], Any]] = {
    Field.MOBILE: cells.mobile,
    Field.EMAIL: cells.email,
    Field.STARTED_ON: cells.day,
    Field.STATUS: cells.status,
    Field.ZONE: cells.zone,
}
REMEMBERED = 20_000  # different titles; a file with more has none worth remembering
_SELDOM_TEXT = {Field.STARTED_ON}  # never shown and never stored but as a date


@dataclass(slots=True)
class Row:
    """One person as the roster states it."""

    row: int
    number: str
    name: str
    path: UnitPath
    second: tuple[UnitPath, ...] = ()
    title: str = ""
    mobile: str = ""
    email: str = ""
    started_on: date | None = None
    status: str = "on_duty"
    zone: str = ""


@dataclass(slots=True)
class Tally:
    """What was met on the way, for the preview."""

    persons: int = 0
    blank: int = 0
    totals: int = 0
    skipped: int = 0
    restored: int = 0  # numbers that had lost their zeros
    private_use: int = 0  # names with a character that only the sender's computer can show
    declared_total: int | None = None
    problems: list[RowProblem] = field(default_factory=list)


def parse(table: Table, look: Survey, tally: Tally) -> Iterator[Row]:
    """Yield every row that is right; `tally` gathers the others and the counts while this runs."""
    tally.blank, tally.totals, tally.skipped = look.blank, look.totals, look.skipped
    tally.declared_total = look.declared_total
    reader = _RowReader(table, look, tally)
    for number, line in look.spool.rows():
        try:
            row = reader.read(number, line)
        except BadCell as bad:
            staff_number, name = reader.who(line, bad)
            tally.problems.append(RowProblem(number, bad.code, staff_number, name, bad.params))
        else:
            tally.persons += 1
            yield row


class _RowReader:
    """Knows where each field stands, and remembers unit paths so that equal ones are one object."""

    def __init__(self, table: Table, look: Survey, tally: Tally) -> None:
        self.look, self.tally, self.separator = look, tally, table.separator
        self.columns = [table.header[at] if at < len(table.header) else f"@{at + 1}" for at, _field in look.columns]
        places: dict[Field, list[int]] = {}
        for place, (_at, known) in enumerate(look.columns):
            places.setdefault(known, []).append(place)
        self.number, self.name = places[Field.NUMBER][0], places[Field.NAME][0]
        self.levels = places.get(Field.PATH) or places[Field.LEVEL]
        self.has_path = Field.PATH in places
        self.title = next(iter(places.get(Field.TITLE, ())), None)
        self.second = next(iter(places.get(Field.SECOND_UNITS, ())), None)
        self.plain = [
            (places[known][0], known.value, read, known not in _SELDOM_TEXT)
            for known, read in _READERS.items()
            if known in places
        ]
        self.names = {known: self.columns[found[0]] for known, found in places.items()}
        self.paths: dict[tuple[Cell, ...], UnitPath] = {}
        self.longest: dict[UnitPath, int] = {}  # name of each path seen
        self.titles: dict[Cell, str] = {}

    def who(self, line: list[Cell], bad: BadCell) -> tuple[str, str]:
        """Return number and name for a problem row; nothing where an identity number may stand."""
        if bad.code == "identity_card":
            return "", ""
        number, name = (without_identity(cells.text(line[place])) for place in (self.number, self.name))
        return ("" if bad.code in ("row_shifted", "number_rounded") else number[:40]), self._shown(line, name)

    def _shown(self, line: list[Cell], name: str) -> str:
        return "" if isinstance(line[self.name], Fault) else name[:80]

    def read(self, number: int, line: list[Cell]) -> Row:
        """Return the row; raises BadCell at the first thing that is wrong."""
        for place, cell in enumerate(line):
            if type(cell) is Fault:
                raise self._fault(cell, place)
        staff_number, restored = cells.staff_number(
            line[self.number], self.look.width, digits_only=self.look.digits_only
        )
        name = cells.text(line[self.name])
        cells.refuse_identity_card(name)
        if not name:
            raise BadCell("name_missing")
        row = Row(number, staff_number, name, self._path(line))
        if self.title is not None:
            row.title = self._title(line[self.title])
        for place, attribute, read, may_hold_identity in self.plain:
            cell = line[place]
            if cell != "":
                if may_hold_identity and (
                    len(cell) > 14 if isinstance(cell, str) else isinstance(cell, float) and cell > 1e14
                ):
                    cells.refuse_identity_card(cells.text(cell))
                setattr(row, attribute, read(cell))
        if self.second is not None and line[self.second] != "":
            row.second = self._second(line[self.second], row.path)
        self._check(row)
        self.tally.restored += restored
        return row

    def _fault(self, fault: Fault, place: int) -> BadCell:
        if fault == "row_shifted":
            return BadCell("row_shifted")
        if fault == "formula":
            return BadCell("formula", column=self.columns[place])
        return BadCell("cell_error", column=self.columns[place], value=str(fault)[:20])

    def _title(self, cell: Cell) -> str:
        found = self.titles.get(cell) if isinstance(cell, str) else None
        if found is None:
            found = cells.text(cell)
            cells.refuse_identity_card(found)
            if isinstance(cell, str) and len(self.titles) < REMEMBERED:
                self.titles[cell] = found
        return found

    def _path(self, line: list[Cell]) -> UnitPath:
        raw = tuple([line[place] for place in self.levels])
        found = self.paths.get(raw)
        if found is None:
            found = self.paths[raw] = self._read_path(raw)
        return found

    def _read_path(self, raw: tuple[Cell, ...]) -> UnitPath:
        names = [cells.text(cell) for cell in raw]
        for name in names:
            cells.refuse_identity_card(name)
        if self.has_path:
            names = split_path(names[0], self.separator)
        while names and not names[-1]:
            names.pop()
        if not names:
            raise BadCell("unit_missing")
        if "" in names:
            raise BadCell("unit_gap", column=self.columns[self.levels[0 if self.has_path else names.index("")]])
        if names[0] != self.look.root:
            raise BadCell("unit_root", value=names[0][:40], expected=self.look.root)
        if len(names) > MOST_LEVELS:
            raise BadCell("unit_deep", levels=len(names), most=MOST_LEVELS)
        return tuple(names)

    def _second(self, cell: Cell, main: UnitPath) -> tuple[UnitPath, ...]:
        found = []
        cells.refuse_identity_card(cells.text(cell))
        for path in cells.paths(cell, self.separator):
            if path[0] != self.look.root or "" in path:
                raise BadCell("second_unit_wrong", value="/".join(path)[:120], expected=self.look.root)
            if path != main and path not in found:
                found.append(path)
        return tuple(found)

    def _longest(self, path: UnitPath) -> int:
        found = self.longest.get(path)
        if found is None:
            found = self.longest[path] = max(map(len, path))
        return found

    def _check(self, row: Row) -> None:
        longest = self._longest(row.path)
        if row.second:
            longest = max(longest, *map(self._longest, row.second))
        if max(len(row.number), len(row.name), len(row.title), len(row.email), longest) > SHORT:
            self._check_lengths(row, longest)
        if not row.name.isascii() and holds_private_use(row.name):
            self.tally.private_use += 1

    def _check_lengths(self, row: Row, longest: int) -> None:
        for known, length in (
            (Field.NUMBER, len(row.number)),
            (Field.NAME, len(row.name)),
            (Field.TITLE, len(row.title)),
            (Field.EMAIL, len(row.email)),
            (Field.LEVEL, longest),
        ):
            if length > _LENGTHS[known]:
                raise BadCell("too_long", column=self.names.get(known) or self.names[Field.PATH])


__all__ = ["Row", "Survey", "Tally", "UnitPath", "parse", "survey"]
