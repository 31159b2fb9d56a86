"""A workbook as a table: which sheet, which header row, which cells; nothing is understood yet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from fenjin.kit.errors import Refusal
from fenjin.people.names import clean_text
from fenjin.people.roster.columns import NEEDED, Field, recognise

Cell = str | float | int | bool | date | datetime | time | timedelta
SEARCHED_ROWS = 40  # title rows above a header; no form seen has more than six
_DECLARED_WIDTH = re.compile(
    r"(?:员工编号|工号|人员编号|职工编号|staff number)\D{0,6}(\d{1,2})\s*(位数字|digits|位)", re.IGNORECASE
)


class UnreadableRoster(Refusal):
    """The file is no workbook, or no table of people is in it."""

    code = "unreadable"
    status = 422


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet that holds the people, and what the other sheets and the title rows say."""

    sheet: str
    title: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int  # as a spreadsheet counts, from 1
    columns: dict[int, Field]
    unmapped: tuple[str, ...]
    declared_width: int | None
    declared_in: str
    declared_digits: bool  # it says digits, so a letter is a slip
    cells: Callable[[], Iterator[list[Cell]]]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield each row below the header with its number in the spreadsheet; may be called again."""
        for number, cells in enumerate(self.cells(), start=1):
            if number > self.header_row:
                yield number, cells


def read_table(path: Path) -> Table:
    """Return the table of people in a workbook; raises UnreadableRoster with the reason and the cure."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise UnreadableRoster(
            _("This file cannot be read as a workbook. Save it as .xlsx in Excel or WPS and choose it again.")
        ) from error
    sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    found = [candidate for sheet in sheets if (candidate := _find_header(sheet))]
    if not found:
        raise UnreadableRoster(
            _("No header row was found: there must be a row with at least a staff number, a name and a unit column.")
        )
    sheet, header_row, columns, header = max(found, key=lambda candidate: candidate[0].height)
    title = tuple(_words(sheet, limit=header_row - 1))
    width, where, digits = _declared_width(
        [(sheet.name, title)] + [(s.name, tuple(_words(s))) for s in sheets if s is not sheet]
    )
    return Table(
        sheet=sheet.name,
        title=title,
        header=header,
        header_row=header_row,
        columns=columns,
        unmapped=tuple(name for index, name in enumerate(header) if name and index not in columns),
        declared_width=width,
        declared_in=where,
        declared_digits=digits,
        cells=sheet.iter_rows,
    )


def _find_header(sheet: CalamineSheet) -> tuple[CalamineSheet, int, dict[int, Field], tuple[str, ...]] | None:
    """Return the first row that names the columns we need, or None."""
    for number, cells in enumerate(_rows(sheet), start=1):
        if number > SEARCHED_ROWS:
            return None
        header = tuple(clean_text(cell) if isinstance(cell, str) else "" for cell in cells)
        columns = recognise(header)
        if set(columns.values()) >= NEEDED:
            return sheet, number, columns, header
    return None


def _words(sheet: CalamineSheet, limit: int = SEARCHED_ROWS) -> list[str]:
    """Return the texts of the first rows: titles, or a sheet of notes."""
    words = []
    for number, cells in enumerate(_rows(sheet), start=1):
        if number > limit:
            break
        words += [cleaned for cell in cells if isinstance(cell, str) and (cleaned := clean_text(cell))]
    return words


def _rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    return iter(()) if sheet.start is None else sheet.iter_rows()


def _declared_width(texts: list[tuple[str, tuple[str, ...]]]) -> tuple[int | None, str, bool]:
    """Return how many characters the form says a staff number has, on which sheet, and whether digits."""
    for sheet, lines in texts:
        for line in lines:
            if match := _DECLARED_WIDTH.search(line):
                return int(match.group(1)), sheet, match.group(2) != "位"
    return None, "", False
