"""The log as CSV or as a workbook, written so that no cell can be run as a formula."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.audit.selectors.log import AuditLine
from fenjin.kit.exports import csv_lines, write_workbook


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
    return csv_lines(_rows(lines, header()))


def write_csv(file: Path, lines: Iterable[AuditLine]) -> int:
    """Write the log as CSV into a file; return how many lines it has."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        for count, row in enumerate(as_csv(lines)):  # noqa: B007 - the mark is number 0, the header 1
            out.write(row)
    return count - 1


def as_workbook(lines: Iterable[AuditLine]) -> bytes:
    """Return the log as .xlsx."""
    out = io.BytesIO()
    write_workbook(out, _("Audit log"), header(), map(cells, lines))
    return out.getvalue()


def write_workbook_file(file: Path, lines: Iterable[AuditLine]) -> int:
    """Write the log as .xlsx into a file, a new sheet where one is full; return how many lines it has."""
    return write_workbook(file, _("Audit log"), header(), map(cells, lines))


def _rows(lines: Iterable[AuditLine], head: list[str]) -> Iterator[list[str]]:
    yield head
    yield from map(cells, lines)
