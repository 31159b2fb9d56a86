"""Coverage as a file. What a person typed stays text: no cell can become a formula."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from fenjin.delivery.desk.figures import definitions, lines_of, whole_line
from fenjin.delivery.selectors import Coverage
from fenjin.kit.exports import new_workbook, plain_cell
from fenjin.kit.wording import exact_time


def table(page: Coverage) -> list[list[str | int]]:
    """Return the page as rows of cells: head, whole, parts; then what the numbers mean and when they were counted."""
    confirm = page.message.asks_confirmation
    head = [_("Unit"), _("Audience"), _("Opened it"), _("Opened, %")] + (
        [_("Confirmed"), _("Confirmed, %")] if confirm else []
    )
    rows: list[list[str | int]] = [[page.version.title], list(head)]
    for line in [whole_line(page), *lines_of(page)]:
        row: list[str | int] = [f"{line.name} ({line.note})" if line.note else line.name, line.figures.people]
        if not line.shown:
            row += [_("not shown")] * (len(head) - 2)
        else:
            row += [line.figures.opened, line.opened_percent]
            row += [line.figures.confirmed, line.confirmed_percent] if confirm else []
        rows.append(row)
    rows.append([])
    rows += [[f"{name}: {words}"] for name, words in definitions(page)]
    rows.append([_("Units with fewer than five people are shown together.")])
    rows.append([_("Counted at %(time)s.") % {"time": exact_time(page.at)}])
    return rows


def as_csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    """Return rows as CSV that spreadsheet programs open in the right encoding."""
    out = io.StringIO()
    csv.writer(out).writerows([[plain_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[str | int]]) -> bytes:
    """Return rows as a workbook; text is written as text, whatever it begins with."""
    out = io.BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 5, 12)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = bold if number < 3 else None
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, style)
            else:
                sheet.write_number(number, column, cell, style)
    book.close()
    return out.getvalue()
