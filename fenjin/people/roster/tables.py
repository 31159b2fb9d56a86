"""A file as a table: which sheets, which header row, which columns; no cell is understood yet."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from fenjin.people.names import clean_text
from fenjin.people.roster.choice import Choice, shape_of
from fenjin.people.roster.columns import Field, is_complete, recognise
from fenjin.people.roster.files import RosterFile, open_file
from fenjin.people.roster.identity import without_identity
from fenjin.people.roster.lines import SHEET, Cell, Line, Sheet
from fenjin.people.roster.refusals import NoHeader, UnreadableRoster
from fenjin.people.roster.separators import find_separator

SEARCHED_ROWS = 40  # title rows above a header; no form seen has more than six
SAMPLE_ROWS = 1_000
_DECLARED_WIDTH = re.compile(
    r"(?:员工编号|工号|人员编号|职工编号|staff number)\D{0,6}(\d{1,2})\s*(位数字|digits|位)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Table:
    """The sheets that hold the people, and what the other sheets and the title rows say."""

    sheet: str
    title: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int  # as a spreadsheet counts, from 1
    columns: dict[int, Field]
    unmapped: tuple[str, ...]
    declared_width: int | None
    declared_in: str
    declared_digits: bool  # it says digits, so a letter is a slip
    lines: Callable[[], Iterator[Line]]
    sheets: tuple[str, ...] = ()  # all that are read, in order
    left_out: tuple[str, ...] = ()  # sheets that also hold people, but hidden or with other columns
    separator: str = ""  # between the levels, where one column holds them all
    kind: str = "xlsx"
    encoding: str = ""
    delimiter: str = ""
    choice: Choice = field(default_factory=Choice)  # what was said and remembered; the same again gives the same table
    doubtful: frozenset[Field] = frozenset()  # more than one column might be meant
    remembered: bool = False

    @property
    def shape(self) -> str:
        """The name under which a mapping of such files is remembered."""
        return shape_of(self.header)

    @property
    def certain(self) -> bool:
        """Whether nobody needs to be asked about the columns."""
        return self.remembered or not self.doubtful

    def rows(self) -> Iterator[Line]:
        """Yield each row below the header, with its number; those of further sheets begin at a multiple of SHEET."""
        return self.lines()


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with a header."""

    sheet: Sheet
    row: int
    header: tuple[str, ...]
    columns: dict[int, Field]
    choice: Choice
    remembered: bool


def read_table(path: Path, choice: Choice | None = None, remembered: Mapping[str, Choice] | None = None) -> Table:
    """Return the table of people in a file; raises UnreadableRoster with the reason and the cure.

    `choice` is what a person says of the columns now, `remembered` what was said of earlier files
    by their shape. `Table.choice` holds both together: with it alone the table is read the same.
    """
    choice, remembered = choice or Choice(), remembered or {}
    file = open_file(path, lambda cells: _is_header(cells, choice, remembered))
    found = [one for sheet in file.sheets if (one := _find_header(sheet, choice, remembered))]
    if not found:
        raise NoHeader
    main, same, others = _group(found, choice)
    main.choice.check(main.header)
    return _table(file, main, same, others)


def as_header(cells: list[Cell]) -> tuple[str, ...]:
    """Return a row as names of columns; what is no text names nothing."""
    names = [without_identity(clean_text(cell)) if isinstance(cell, str) else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _is_header(cells: list[Cell], choice: Choice, remembered: Mapping[str, Choice]) -> bool:
    header = as_header(cells)
    return shape_of(header) in remembered or is_complete(choice.apply(header).values())


def _find_header(sheet: Sheet, choice: Choice, remembered: Mapping[str, Choice]) -> _Found | None:
    """Return the first row that names the columns we need, or the one that was said."""
    if choice.sheet and sheet.name != choice.sheet:
        return None
    for number, cells in sheet.rows():
        if number > max(SEARCHED_ROWS, choice.header_row or 0):
            return None
        if choice.header_row and number != choice.header_row:
            continue
        header = as_header(cells)
        known = remembered.get(shape_of(header))
        merged = choice.over(known) if known else choice
        columns = merged.apply(header)
        if is_complete(columns.values()):
            return _Found(sheet, number, header, columns, merged, remembered=known is not None)
    return None


def _group(found: list[_Found], choice: Choice) -> tuple[_Found, list[_Found], list[_Found]]:
    """Return the sheet that counts, all of the same header with it, and those that are left out."""
    seen = [one for one in found if not one.sheet.hidden or one.sheet.name == choice.sheet] or found
    shapes = {shape_of(one.header): one for one in reversed(seen)}
    main = seen[0]
    if len(shapes) > 1:
        main = max(shapes.values(), key=lambda one: sum(1 for _line in one.sheet.rows()))
    same = [one for one in seen if shape_of(one.header) == shape_of(main.header)]
    return same[0], same, [one for one in found if one not in same]


def _table(file: RosterFile, main: _Found, same: list[_Found], others: list[_Found]) -> Table:
    title = tuple(_words(main.sheet, until=main.row))
    people = {one.sheet.name for one in (*same, *others)}
    notes = [(sheet.name, _words(sheet)) for sheet in file.sheets if sheet.name not in people]
    width, where, digits = _declared_width([(main.sheet.name, list(title)), *notes])
    columns, separator = _with_path(main)

    def lines() -> Iterator[Line]:
        for place, one in enumerate(same):
            for number, cells in one.sheet.rows():
                if number > one.row:
                    yield place * SHEET + number, cells

    return Table(
        sheet=main.sheet.name,
        title=title,
        header=main.header,
        header_row=main.row,
        columns=columns,
        unmapped=tuple(name for index, name in enumerate(main.header) if name and index not in columns),
        declared_width=width,
        declared_in=where,
        declared_digits=digits,
        lines=lines,
        sheets=tuple(one.sheet.name for one in same),
        left_out=tuple(one.sheet.name for one in others),
        separator=separator,
        kind=file.kind,
        encoding=file.encoding,
        delimiter=file.delimiter,
        choice=main.choice,
        doubtful=frozenset() if main.choice.whole else recognise(main.header).doubtful,
        remembered=main.remembered,
    )


def _with_path(main: _Found) -> tuple[dict[int, Field], str]:
    """Return the columns and what separates levels; one unit column whose cells are paths is a path."""
    columns, said = main.columns, main.choice.separator
    paths = [index for index, known in columns.items() if known is Field.PATH]
    levels = [index for index, known in columns.items() if known is Field.LEVEL]
    if not paths and (len(levels) != 1 or Field.LEVEL in main.choice.columns.values()):
        return columns, ""
    [at] = paths or levels
    below = (cells for number, cells in main.sheet.rows() if number > main.row)
    values = [
        clean_text(cell)
        for cells in islice(below, SAMPLE_ROWS)
        if len(cells) > at and isinstance(cell := cells[at], str)
    ]
    separator = said or find_separator(values)
    return (columns | {at: Field.PATH}, separator) if paths or separator else (columns, "")


def _words(sheet: Sheet, until: int = SEARCHED_ROWS + 1) -> list[str]:
    """Return the texts of the first rows: titles, or a sheet of notes."""
    words: list[str] = []
    for number, cells in sheet.rows():
        if number >= min(until, SEARCHED_ROWS + 1):
            break
        words += [
            without_identity(text)[:400] for cell in cells if isinstance(cell, str) and (text := clean_text(cell))
        ]
    return words


def _declared_width(texts: list[tuple[str, list[str]]]) -> tuple[int | None, str, bool]:
    """Return how many characters the form says a staff number has, on which sheet, and whether digits."""
    for sheet, lines in texts:
        for line in lines:
            if match := _DECLARED_WIDTH.search(line):
                return int(match.group(1)), sheet, match.group(2) != "位"
    return None, "", False


__all__ = ["Cell", "NoHeader", "Table", "UnreadableRoster", "as_header", "read_table"]
