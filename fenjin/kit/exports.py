"""Tables as files, for everybody: no cell can become a formula, whatever a person typed.

Spreadsheet programs run a cell that begins with = + - @ or a tab (OWASP "CSV injection"); an
apostrophe before it makes it text. In a workbook every cell is written as text.
The library of workbooks takes several MiB of each process, so it is loaded when the first one is written.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576
MOST_SIGNS = 32_000  # of one cell


def plain_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it stands."""
    looks = text.startswith(_STARTS_A_FORMULA) or text.lstrip(" ").startswith(_STARTS_A_FORMULA)
    return f"'{text}" if looks else text


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield rows as CSV, with the mark by which spreadsheet programs know UTF-8."""
    yield "\ufeff"
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow(
            [plain_cell(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row]
        )
        yield out.getvalue()


def new_workbook(file: IO[bytes] | Path) -> Any:
    """Return a workbook (xlsxwriter) whose rows are written in order, in little memory; no text becomes a formula."""
    import xlsxwriter  # noqa: PLC0415 - see above

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(str(file) if isinstance(file, Path) else file, options)


def write_workbook(file: IO[bytes] | Path, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as .xlsx into a file, row by row, a new sheet where one is full; return how many."""
    book = new_workbook(file)
    bold = book.add_format({"bold": True})
    count, sheet = 0, _new_sheet(book, name, 1, header, bold)
    for count, row in enumerate(rows, start=1):
        at = (count - 1) % SHEET_ROWS + 1
        if at == 1 and count > 1:
            sheet = _new_sheet(book, name, count // SHEET_ROWS + 1, header, bold)
        for column, cell in enumerate(row):
            if isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(at, column, cell)
            elif cell is not None:
                sheet.write_string(at, column, str(cell)[:MOST_SIGNS])
    book.close()
    return count


def _new_sheet(book: Any, name: str, number: int, header: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(f"{name} {number}" if number > 1 else name)
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    return sheet
