"""The log as CSV or as a workbook, written so that no cell can be run as a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.audit.selectors import AuditLine

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it stands: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


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
        _("Details"),
    ]


def cells(line: AuditLine) -> list[str]:
    """Return one event as texts; the time with its zone."""
    event = line.event
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""
    plain = [event.pk, timezone.localtime(event.at).isoformat(timespec="seconds"), event.actor_id, line.actor, line.act]
    plain += [event.act, line.kind, event.target_id, line.target, event.space_id, details]
    return ["" if value is None else str(value) for value in plain]


def as_csv(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Yield the log as CSV, with the mark by which Excel knows UTF-8."""
    yield "\ufeff" + _csv_row(header())
    for line in lines:
        yield _csv_row([plain_cell(cell) for cell in cells(line)])


def as_workbook(lines: Iterable[AuditLine]) -> bytes:
    """Return the log as .xlsx; every cell is written as text, so nothing is taken for a formula or link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Audit log"))
    bold = book.add_format({"bold": True})
    for column, name in enumerate(header()):
        sheet.write_string(0, column, name, bold)
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(cells(line)):
            sheet.write_string(row, column, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _csv_row(row: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(row)
    return out.getvalue()
