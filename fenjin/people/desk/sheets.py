"""Lists of people as files; whatever a cell begins with, no spreadsheet runs it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield CSV line by line, with the mark by which Excel knows UTF-8; cells must be plain already."""
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line(row)


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return .xlsx with a title above; every cell is text, so nothing is taken for a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(head), 18)
    sheet.write_string(0, 0, title, bold)
    for column, name in enumerate(head):
        sheet.write_string(2, column, name, bold)
    for place, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell)
    sheet.freeze_panes(3, 0)
    book.close()
    return out.getvalue()


def _line(row: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(row)
    return out.getvalue()
