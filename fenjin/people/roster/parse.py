"""A table as persons: every row either understood whole, or left out with its reason."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fenjin.people.roster import cells
from fenjin.people.roster.cells import BadCell
from fenjin.people.roster.columns import Field
from fenjin.people.roster.problems import RowProblem
from fenjin.people.roster.tables import Cell, Table

UnitPath = tuple[str, ...]
_TOTALS = {"合计", "总计", "小计", "总数", "共计", "total"}
_LENGTHS = {Field.NUMBER: 40, Field.NAME: 80, Field.TITLE: 120, Field.LEVEL: 120, Field.EMAIL: 254}
_READERS: dict[Field, Callable[[object], Any]] = {
    Field.MOBILE: cells.mobile,
    Field.EMAIL: cells.email,
    Field.STARTED_ON: cells.day,
    Field.STATUS: cells.status,
    Field.ZONE: cells.zone,
}


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
class Survey:
    """What a first look at all rows tells: needed before any row can be understood."""

    width: int | None
    width_from: str  # declared, option, known, frequent or none
    root: str
    digits_only: bool


@dataclass(slots=True)
class Tally:
    """What was met on the way, for the preview."""

    persons: int = 0
    blank: int = 0
    totals: int = 0
    skipped: int = 0
    restored: int = 0  # numbers that had lost their zeros
    declared_total: int | None = None
    problems: list[RowProblem] = field(default_factory=list)


def survey(table: Table, *, width: int | None = None, known_width: int | None = None, root: str = "") -> Survey:
    """Look at all rows once: how wide staff numbers are, and which unit is the top one.

    Width: the option, else what the file declares, else what is known here, else the most frequent.
    """
    number_at, first_level = _at(table, Field.NUMBER)[0], _at(table, Field.LEVEL)[0]
    widths: Counter[int] = Counter()
    roots: Counter[str] = Counter()
    other = 0
    for _number, line in table.rows():
        value = line[number_at]
        if isinstance(value, str) and (plain := cells.text(value).replace(" ", "")):
            if plain.isascii() and plain.isdigit():
                widths[len(plain)] += 1
            else:
                other += 1
        if top := cells.text(line[first_level]):
            roots[top] += 1
    choices = [(width, "option"), (table.declared_width, "declared"), (known_width, "known")]
    choices += [(widths.most_common(1)[0][0], "frequent")] if widths else []
    chosen, chosen_from = next(((w, origin) for w, origin in choices if w), (None, "none"))
    return Survey(
        width=chosen,
        width_from=chosen_from,
        root=root or (roots.most_common(1)[0][0] if roots else ""),
        # Where nearly all are digits, one with a letter is a slip; QM000001 and its like are no slips.
        digits_only=table.declared_digits or (chosen is not None and other * 10 < widths.total()),
    )


def parse(table: Table, look: Survey, tally: Tally) -> Iterator[Row]:
    """Yield every row that is right; `tally` gathers the others and the counts while this runs."""
    reader = _RowReader(table, look, tally)
    for number, line in table.rows():
        if not any(cell != "" for cell in line):
            tally.blank += 1
        elif reader.is_total(line):
            tally.totals += 1
        elif not reader.is_person(line):
            tally.skipped += 1
        else:
            try:
                row = reader.read(number, line)
            except BadCell as bad:
                number_text, name = reader.who(line, bad)
                tally.problems.append(RowProblem(number, bad.code, number_text, name, bad.params))
            else:
                tally.persons += 1
                yield row


class _RowReader:
    """Knows where each field stands, and remembers unit paths so that equal ones are one object."""

    def __init__(self, table: Table, look: Survey, tally: Tally) -> None:
        self.look, self.tally, self.header = look, tally, table.header
        self.number, self.name = _at(table, Field.NUMBER)[0], _at(table, Field.NAME)[0]
        self.levels = _at(table, Field.LEVEL)
        self.title = next(iter(_at(table, Field.TITLE)), None)
        self.second = next(iter(_at(table, Field.SECOND_UNITS)), None)
        self.plain = [
            (column, field_.value, _READERS[field_]) for column, field_ in table.columns.items() if field_ in _READERS
        ]
        self.names = {field_: table.header[column] for column, field_ in reversed(table.columns.items())}
        self.paths: dict[tuple[Cell, ...], UnitPath] = {}

    def is_total(self, line: list[Cell]) -> bool:
        """Return whether this is a row of sums; remembers the grand total it states."""
        filled = [cell for cell in line if cell != ""]
        label = cells.text(filled[0]).rstrip(":：").casefold()
        if label not in _TOTALS or line[self.name] != "":
            return False
        if label != "小计":
            figures = [cell for cell in filled[1:] if isinstance(cell, float) and cell.is_integer()]
            self.tally.declared_total = int(figures[0]) if figures else self.tally.declared_total
        return True

    def is_person(self, line: list[Cell]) -> bool:
        """Return whether the row means a person at all; remarks below a table do not."""
        return any(line[column] != "" for column in (self.number, self.name)) or (
            sum(line[column] != "" for column in self.levels) > 1
        )

    def who(self, line: list[Cell], bad: BadCell) -> tuple[str, str]:
        """Return number and name for a problem row; nothing where an identity number may stand."""
        if bad.code == "identity_card":
            return "", ""
        return cells.text(line[self.number])[:40], cells.text(line[self.name])[:80]

    def read(self, number: int, line: list[Cell]) -> Row:
        """Return the row; raises BadCell at the first thing that is wrong."""
        staff_number, restored = cells.staff_number(
            line[self.number], self.look.width, digits_only=self.look.digits_only
        )
        name = cells.text(line[self.name])
        cells.refuse_identity_card(name)
        if not name:
            raise BadCell("name_missing")
        row = Row(number, staff_number, name, self._path(line))
        if self.title is not None:
            row.title = cells.text(line[self.title])
            cells.refuse_identity_card(row.title)
        for column, attribute, read in self.plain:
            if line[column] != "":
                setattr(row, attribute, read(line[column]))
        if self.second is not None and line[self.second] != "":
            row.second = self._second(line[self.second], row.path)
        self._check_lengths(row)
        self.tally.restored += restored
        return row

    def _path(self, line: list[Cell]) -> UnitPath:
        raw = tuple(line[column] for column in self.levels)
        if raw not in self.paths:
            names = [cells.text(cell) for cell in raw]
            while names and not names[-1]:
                names.pop()
            if not names:
                raise BadCell("unit_missing")
            if "" in names:
                raise BadCell("unit_gap", column=self.header[self.levels[names.index("")]])
            if names[0] != self.look.root:
                raise BadCell("unit_root", value=names[0][:40], expected=self.look.root)
            self.paths[raw] = tuple(names)
        return self.paths[raw]

    def _second(self, cell: Cell, main: UnitPath) -> tuple[UnitPath, ...]:
        found = []
        for path in cells.paths(cell):
            if path[0] != self.look.root or "" in path:
                raise BadCell("second_unit_wrong", value="/".join(path)[:120], expected=self.look.root)
            if path != main and path not in found:
                found.append(path)
        return tuple(found)

    def _check_lengths(self, row: Row) -> None:
        longest = max(map(len, row.path + tuple(name for path in row.second for name in path)))
        for field_, length in (
            (Field.NUMBER, len(row.number)),
            (Field.NAME, len(row.name)),
            (Field.TITLE, len(row.title)),
            (Field.EMAIL, len(row.email)),
            (Field.LEVEL, longest),
        ):
            if length > _LENGTHS[field_]:
                raise BadCell("too_long", column=self.names[field_])


def _at(table: Table, wanted: Field) -> list[int]:
    return sorted(index for index, field_ in table.columns.items() if field_ is wanted)
