"""A person's own data as one ZIP: a page to read, JSON for machines, a table for each kind of rows."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from fenjin.kit.exports import csv_lines
from fenjin.kit.wording import record_time
from fenjin.people.register import Sheet


def packed(sheets: Iterable[Sheet], *, name: str, made_at: datetime) -> bytes:
    """Return the ZIP: data.html, data.json and tables/<kind>.csv (UTF-8 with the mark by which Excel knows it)."""
    sheets = list(sheets)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        context = {"sheets": sheets, "name": name, "made_at": record_time(made_at)}
        archive.writestr("data.html", render_to_string("people/own_data_file.html", context))
        archive.writestr("data.json", json.dumps(_as_json(sheets, name, made_at), ensure_ascii=False, indent=1))
        for sheet in sheets:
            archive.writestr(f"tables/{sheet.key}.csv", _as_csv(sheet))
    return out.getvalue()


def _as_json(sheets: list[Sheet], name: str, made_at: datetime) -> dict[str, Any]:
    return {
        "name": name,
        "made_at": made_at.isoformat(timespec="seconds"),
        "data": {
            sheet.key: {
                "title": str(sheet.title),
                "source": str(sheet.source),
                "kept_until": str(sheet.until),
                "rows": [dict(zip(map(str, sheet.columns), row, strict=True)) for row in sheet.rows],
            }
            for sheet in sheets
        },
    }


def _as_csv(sheet: Sheet) -> str:
    return "".join(csv_lines([[str(column) for column in sheet.columns], *sheet.rows]))
