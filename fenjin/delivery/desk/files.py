"""Coverage as a file. What a person typed stays text: no cell can become a formula."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from fenjin.delivery.desk import cut_lines
from fenjin.delivery.desk.figures import Line, definitions, lines_of, whole_line
from fenjin.delivery.selectors import Coverage
from fenjin.delivery.selectors.coverage.cuts import Cuts
from fenjin.kit.exports import new_workbook, plain_cell
from fenjin.kit.wording import exact_time

type Rows = list[list[str | int]]


def sheets(page: Coverage, cuts: Cuts | None = None) -> list[tuple[str, Rows]]:
    """Return what the page shows, sheet by sheet: by unit, and what was last divided by post, by place, over time."""
    found = [(_("By unit"), table(page))]
    if cuts is None or cuts.at is None:
        return found
    confirm = page.message.asks_confirmation
    made: Rows = [[_("Counted at %(time)s.") % {"time": exact_time(cuts.at)}]]
    for cut in cut_lines.tables(cuts):
        rows: Rows = [[page.version.title], _head(cut.title, confirm=confirm)]
        rows += [_row(line, confirm=confirm) for line in cut.lines]
        rows += [[], [cut.words], *made]
        found.append((cut.title, rows))
    left: Rows = [[page.version.title]]
    if cut_lines.reach_shown(cuts):
        left += [[_("Reached"), cut_lines.reached(cuts)], [_("Why"), _("People"), _("What helps")]]
        left += [[one.label, one.people, one.cure] for one in cut_lines.reasons(cuts)]
    else:
        left.append([_("not shown")])
    left += [[], *made]
    return [*found, (_("Unreachable"), left)]


def _head(first: str, *, confirm: bool, told: bool = False) -> list[str | int]:
    head: list[str | int] = [first, _("Audience"), _("Opened it"), _("Opened, %")]
    head += [_("Confirmed"), _("Confirmed, %")] if confirm else []
    return head + ([_("Told")] if told else [])


def _row(line: Line, *, confirm: bool, told: bool = False) -> list[str | int]:
    row: list[str | int] = [f"{line.name} ({line.note})" if line.note else line.name, line.figures.people]
    if not line.shown:
        hidden = (4 if confirm else 2) + told
        return row + [_("not shown")] * hidden
    row += [line.figures.opened, line.opened_percent]
    row += [line.figures.confirmed, line.confirmed_percent] if confirm else []
    return row + ([line.figures.told] if told else [])


def table(page: Coverage) -> Rows:
    """Return the page as rows of cells: head, whole, parts; then what the numbers mean and when they were counted."""
    confirm, told = page.message.asks_confirmation, bool(page.total.told)
    rows: Rows = [[page.version.title], _head(_("Unit"), confirm=confirm, told=told)]
    rows += [_row(line, confirm=confirm, told=told) for line in [whole_line(page), *lines_of(page)]]
    rows.append([])
    rows += [[f"{name}: {words}"] for name, words in definitions(page)]
    rows.append([_("Units with fewer than five people are shown together.")])
    rows.append([_("Counted at %(time)s.") % {"time": exact_time(page.at)}])
    return rows


def as_csv(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Return the first sheet as CSV that spreadsheet programs open in the right encoding."""
    out = io.StringIO()
    rows = sheets[0][1]
    csv.writer(out).writerows([[plain_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Return sheets as a workbook; text is written as text, whatever it begins with."""
    out = io.BytesIO()
    book = new_workbook(out)
    bold = book.add_format({"bold": True})
    for name, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 6, 12)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = bold if number < 3 else None
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, style)
                else:
                    sheet.write_number(number, column, cell, style)
    book.close()
    return out.getvalue()
