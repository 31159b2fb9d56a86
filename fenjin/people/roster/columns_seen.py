"""The columns of a file as a person sees them before it is read: name, samples, and what we take them for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from fenjin.people.names import clean_text
from fenjin.people.roster import cells
from fenjin.people.roster.choice import Choice, shape_of
from fenjin.people.roster.columns import Field, is_complete, is_identity, keys
from fenjin.people.roster.files import open_file
from fenjin.people.roster.identity import MASK, holds_identity
from fenjin.people.roster.lines import Cell, Line, Sheet
from fenjin.people.roster.refusals import NoHeader, UnreadableRoster
from fenjin.people.roster.tables import SEARCHED_ROWS, Table, as_header, read_table

SAMPLES, LOOKED_AT, LONGEST_SAMPLE = 3, 200, 60
_A_FEW = 3  # a header names at least so many columns
_OFTEN = 0.3  # share of identity numbers in a column that makes it one of them


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in a choice, its letters, its name, three samples, the field it is taken for."""

    key: str
    letters: str
    name: str
    samples: tuple[str, ...]
    field: str  # "" is never read
    identity: bool  # holds identity numbers: may not be chosen


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet under one header row."""

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    separator: str
    width: int | None
    numbering: int | None
    shape: str
    header: tuple[str, ...]
    unsure: bool  # something needed is missing, or two columns could be meant
    remembered: bool
    doubtful: frozenset[str]


def look_at_columns(path: Path, choice: Choice, remembered: Mapping[str, Choice]) -> Columns:
    """Return the columns of a file; where no header is found, the row that looks most like one.

    Raises UnreadableRoster for a file that is no table, or has no row to begin with.
    """
    try:
        table: Table | None = read_table(path, choice, remembered)
    except UnreadableRoster as error:
        if not isinstance(error, NoHeader):
            raise
        table = None
    file = open_file(path, lambda cells: len(as_header(cells)) >= _A_FEW)
    if table:
        sheet = next(one for one in file.sheets if one.name == table.sheet)
        row, header, effective = table.header_row, table.header, table.choice
    else:
        sheet, row, header = _likely_header(file.sheets, choice)
        effective = choice
    fields = table.columns if table else effective.apply(header)
    columns = _columns(header, _below(sheet, row), fields)
    return Columns(
        sheet=sheet.name,
        sheets=tuple(one.name for one in file.sheets),
        header_row=row,
        columns=columns,
        separator=table.separator if table else effective.separator,
        width=effective.width,
        numbering=effective.numbering,
        shape=shape_of(header),
        header=header,
        unsure=table is None or not table.certain or not is_complete(fields.values()),
        remembered=bool(table and table.remembered),
        doubtful=frozenset(known.value for known in table.doubtful) if table else frozenset(),
    )


def _likely_header(sheets: list[Sheet], choice: Choice) -> tuple[Sheet, int, tuple[str, ...]]:
    """Return the row that was said, else the first with the most names in it."""
    best: tuple[int, Sheet, int, tuple[str, ...]] | None = None
    for sheet in sheets:
        if choice.sheet and sheet.name != choice.sheet:
            continue
        for number, line in islice(sheet.rows(), SEARCHED_ROWS):
            header = as_header(line)
            if choice.header_row:
                if number == choice.header_row and header:
                    return sheet, number, header
                continue
            named = len({name for name in header if name and len(name) < 30})
            if named >= _A_FEW and (best is None or named > best[0]):
                best = (named, sheet, number, header)
    if best is None:
        raise NoHeader
    return best[1:]


def _below(sheet: Sheet, row: int) -> list[Line]:
    return list(islice((line for line in sheet.rows() if line[0] > row), LOOKED_AT))


def _columns(header: tuple[str, ...], below: list[Line], fields: Mapping[int, Field]) -> tuple[Column, ...]:
    seen = []
    for index, (key, name) in enumerate(zip(keys(header), header, strict=True)):
        values = [line[index] for _number, line in below if index < len(line) and line[index] != ""]
        identity = is_identity(name) or _mostly_identity(values)
        samples = tuple(MASK if identity else show(value) for value in values[:SAMPLES])
        known = fields.get(index)
        seen.append(Column(key, letters(index), name, samples, known.value if known and not identity else "", identity))
    return tuple(seen)


def _mostly_identity(values: list[Cell]) -> bool:
    found = sum(holds_identity(cells.text(value)) for value in values)
    return found > _OFTEN * len(values)


def show(value: Cell) -> str:
    """Return a cell as a sample on a page; an identity number is covered."""
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d")
    text = clean_text(cells.text(value))
    return MASK if holds_identity(text) else text[:LONGEST_SAMPLE]


def letters(index: int) -> str:
    """Return the letters of a column as a spreadsheet writes them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
