"""The board of an emergency as a workbook: numbers by unit, and the names of those who answered."""

import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from fenjin.delivery.selectors.safety import Answered, answers_for_desk
from fenjin.delivery.selectors.safety_board import Board
from fenjin.kit.exports import new_workbook
from fenjin.kit.wording import exact_time

MOST = 50_000
_AT_ONCE = 5_000


def as_xlsx(page: Board, names: Sequence[str]) -> bytes:
    """Return a workbook of two sheets; text is written as text, whatever it begins with."""
    out = io.BytesIO()
    book = new_workbook(out)
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("By unit"))
    sheet.set_column(0, 0, 44)
    head = [_("Unit"), _("Audience"), _("Safe"), _("Need help"), _("Silent")]
    lines: list[list[str | int]] = [[page.title + (f" ({_('Drill')})" if page.message.drill else "")], list(head)]
    tallies = [
        (page.unit_name or _("All your units"), page.whole),
        *zip(names, (r.tally for r in page.rows), strict=True),
    ]
    lines += [[name, tally.people, tally.safe, tally.need_help, tally.silent] for name, tally in tallies]
    lines += [[], [_("Counted at %(time)s.") % {"time": exact_time(page.at)}]]
    lines += [[f"{name}: {words}"] for name, words in definitions()]
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            write = sheet.write_number if isinstance(cell, int) else sheet.write_string
            write(number, column, cell, bold if number < 2 else None)  # type: ignore[arg-type]
    people = book.add_worksheet(_("Who answered"))
    for column, title in enumerate(
        (
            _("Name"),
            _("Unit"),
            _("Answer"),
            _("Whereabouts"),
            _("Words of the answer"),
            _("When"),
            _("Phone or mail"),
            _("Taken care of by"),
        )
    ):
        people.write_string(0, column, title, bold)
    for number, row in enumerate(_everybody(page), start=1):
        answer = _("Needs help") if row.needs_help else _("Safe")
        cells = (row.name, row.unit_name, answer, row.place, row.words, exact_time(row.answered_at), row.contact)
        for column, text in enumerate((*cells, row.taken_by)):
            people.write_string(number, column, str(text))
    book.close()
    return out.getvalue()


def _everybody(page: Board) -> Iterator[Answered]:
    for number in range(MOST // _AT_ONCE):
        rows, more = answers_for_desk(page.message, unit_id=page.unit_id, page=number, size=_AT_ONCE)
        yield from rows
        if not more:
            return


def definitions() -> list[tuple[str, str]]:
    """Return what each number means."""
    return [
        (_("Audience"), _("Everybody who is asked, by the posts at the moment of sending; each person once.")),
        (_("Safe"), _("Whose last answer is “I am safe”.")),
        (_("Need help"), _("Whose last answer is “I need help”, taken care of or not.")),
        (_("Silent"), _("Who has not answered, whether they have seen it or not.")),
    ]
