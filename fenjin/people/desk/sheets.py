"""Lists of people as workbooks."""

import io
from collections.abc import Iterable, Sequence

from fenjin.kit.exports import new_workbook


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return .xlsx with a title above; every cell is text, so nothing is taken for a formula or a link."""
    out = io.BytesIO()
    book = new_workbook(out)
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
