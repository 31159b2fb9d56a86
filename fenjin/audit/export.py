"""The log as CSV or as a workbook, written so that no cell can be run as a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.audit.selectors.log import AuditLine
from fenjin.kit.exports import plain_cell

SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576
MOST_SIGNS = 32_000  # of one cell
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def header() -> list[str]:
    """Return the names of the columns."""
    return [
        _("Number"),
        _("Time"),
        _("Account number"),
        _("Account"),
        _("Act"),
        _("Code of the act"),
        _("On what"),
        _("Its number"),
        _("Its name"),
        _("Sub-platform number"),
        _("Sub-platform"),
        _("Details"),
    ]


def cells(line: AuditLine) -> list[str]:
    """Return one event as texts; the time with its zone."""
    event = line.event
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""
    plain = [event.pk, timezone.localtime(event.at).isoformat(timespec="seconds"), event.actor_id, line.actor, line.act]
    plain += [event.act, line.kind, event.target_id, line.target, event.space_id, line.space, details]
    return ["" if value is None else str(value) for value in plain]


def as_csv(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Yield the log as CSV, with the mark by which Excel knows UTF-8."""
    yield "\ufeff" + _csv_row(header())
    for line in lines:
        yield _csv_row([plain_cell(cell) for cell in cells(line)])


def write_csv(file: Path, lines: Iterable[AuditLine]) -> int:
    """Write the log as CSV into a file; return how many lines it has."""
    count = -1
    with file.open("w", encoding="utf-8", newline="") as out:
        for count, row in enumerate(as_csv(lines)):  # noqa: B007 - the header is number 0
            out.write(row)
    return count


def as_workbook(lines: Iterable[AuditLine]) -> bytes:
    """Return the log as .xlsx."""
    out = io.BytesIO()
    _fill(xlsxwriter.Workbook(out, _PLAIN), lines)
    return out.getvalue()


def write_workbook(file: Path, lines: Iterable[AuditLine]) -> int:
    """Write the log as .xlsx into a file, a new sheet where one is full; return how many lines it has."""
    return _fill(xlsxwriter.Workbook(str(file), _PLAIN), lines)


def _fill(book: xlsxwriter.Workbook, lines: Iterable[AuditLine]) -> int:
    """Write every cell as text, so that nothing is taken for a formula or a link."""
    bold = book.add_format({"bold": True})
    count, sheet = 0, _new_sheet(book, bold, 1)
    for count, line in enumerate(lines, start=1):
        if count > 1 and (count - 1) % SHEET_ROWS == 0:
            sheet = _new_sheet(book, bold, count // SHEET_ROWS + 1)
        for column, cell in enumerate(cells(line)):
            sheet.write_string((count - 1) % SHEET_ROWS + 1, column, cell[:MOST_SIGNS])
    book.close()
    return count


def _new_sheet(book: xlsxwriter.Workbook, bold: Any, number: int) -> Any:
    sheet = book.add_worksheet(f"{_('Audit log')} {number}")
    for column, name in enumerate(header()):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _csv_row(row: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(row)
    return out.getvalue()
