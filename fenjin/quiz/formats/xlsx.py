"""Workbooks: our template, free-form banks by the names of their columns, and the template filled."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.kit.exports import new_workbook
from fenjin.quiz.formats import names, notation
from fenjin.quiz.formats.building import Draft, build, options_of_cell
from fenjin.quiz.formats.columns import Choice, Column, Header, find_header, likely_header, look_at
from fenjin.quiz.formats.incoming import (
    Embedded,
    Gathering,
    Incoming,
    Reading,
    Unmapped,
    UnreadableBank,
    Written,
    piece,
)
from fenjin.quiz.formats.names import word
from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.formats.workbook import FAULT, SheetCells, read_workbook
from fenjin.quiz.kinds import Piece

MADE_ON: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same questions make the same file

PARTNERS: Final = 10
GUIDES: Final = {"填写说明", "说明", "使用说明", "guide", "howto", "instructions"}
_PICTURED: Final = ("stem", "picture", *(f"option_{one}" for one in LETTERS), *(f"partner_{n}" for n in range(1, 11)))


def look(data: bytes, choice: Choice | None = None) -> tuple[tuple[Column, ...], bool]:
    """Return the columns of a workbook, and whether questions can be read by them as they are understood now."""
    choice = choice or Choice()
    sheets = [sheet for sheet in read_workbook(data) if not sheet.hidden and sheet.rows and not _is_guide(sheet)]
    for sheet in sheets:
        if header := find_header(sheet, choice):
            return look_at(sheet, header), "answer" in header.fields.values()
    for sheet in sheets:
        if header := likely_header(sheet):
            return look_at(sheet, header), False
    raise UnreadableBank


def read_xlsx(data: bytes, choice: Choice | None = None) -> Reading:
    """Return the questions of all sheets that have a header. Raises UnreadableBank of some kind."""
    gathering = Gathering()
    read = 0
    for sheet in read_workbook(data):
        if _is_guide(sheet) or not (sheet.rows or sheet.pictures):
            continue
        header = None if sheet.hidden else find_header(sheet, choice or Choice())
        if header is None:
            words = _("hidden: left out.") if sheet.hidden else _("No row names a column of questions: left out.")
            gathering.leave(sheet.name, _("sheet %(name)s") % {"name": sheet.name}, words)
            continue
        read += 1
        _Sheet(sheet, header, gathering).read()
    if not read:
        raise UnreadableBank
    return gathering.done()


def _is_guide(sheet: SheetCells) -> bool:
    return "".join(sheet.name.split()).casefold() in GUIDES


class _Sheet:
    def __init__(self, sheet: SheetCells, header: Header, gathering: Gathering) -> None:
        self.sheet, self.header, self.gathering = sheet, header, gathering
        self.columns = {known: column for column, known in header.fields.items()}
        self.kind = notation.kind_of(sheet.name)

    def read(self) -> None:
        """Read every row below the header."""
        self._name_the_rest()
        for row in sorted({*self.sheet.rows, *(at for at, _column in self.sheet.pictures)}):
            if row > self.header.row:
                self._row(row)

    def _name_the_rest(self) -> None:
        """Name the columns that mean nothing here."""
        for column, name in self.header.names.items():
            filled = any(row > self.header.row and column in cells for row, cells in self.sheet.rows.items())
            if column not in self.header.fields and filled:
                words = _("No field of a question: left out. Say what it means under “Columns” if it should come in.")
                self.gathering.leave(self.sheet.name, _("column %(name)s") % {"name": name}, words)
        if self.sheet.comments:
            self.gathering.leave(self.sheet.name, _("comments at cells"), _("Only cells come in: left out."))

    def _row(self, row: int) -> None:
        cells = self.sheet.rows.get(row, {})
        place = _("%(sheet)s, row %(row)d") % {"sheet": self.sheet.name, "row": row + 1}
        draft = Draft(place, default_kind=self.kind)
        if any(cells.get(column) == FAULT for column in self.header.fields):
            words = _("A cell shows an error, or a formula that was never worked out. Put the value in its place.")
            self.gathering.fault(place, "formula", words, cells.get(self.columns["stem"], "").replace(FAULT, ""))
            return
        for known in ("kind", "answer", "explanation", "topic", "difficulty", "tags", "source", "link"):
            setattr(draft, known, self._text(cells, known))
        draft.stem = self._piece(row, cells, "stem", draft)
        own = self._picture(row, "picture", draft)
        if own is not None and draft.stem.picture is None:
            draft.stem = Piece(draft.stem.text, own)
        draft.options = self._options(row, cells, draft)
        draft.partners = self._all(row, cells, [f"partner_{number}" for number in range(1, PARTNERS + 1)], draft)
        self._left_over(row, place)
        if draft.stem.text or draft.options or draft.answer:
            build(draft, self.gathering)

    def _text(self, cells: dict[int, str], known: str) -> str:
        return cells.get(self.columns[known], "").strip() if known in self.columns else ""

    def _piece(self, row: int, cells: dict[int, str], known: str, draft: Draft) -> Piece:
        return piece(self._text(cells, known), self._picture(row, known, draft))

    def _options(self, row: int, cells: dict[int, str], draft: Draft) -> list[Piece]:
        single = self._all(row, cells, [f"option_{letter}" for letter in LETTERS], draft)
        return single or [piece(text) for text in options_of_cell(self._text(cells, "options"))]

    def _all(self, row: int, cells: dict[int, str], fields: Sequence[str], draft: Draft) -> list[Piece]:
        """Return pieces up to the last one that holds something; a gap stays, so that letters mean what they say."""
        found = [self._piece(row, cells, known, draft) for known in fields if known in self.columns]
        while found and not found[-1].text and found[-1].picture is None:
            found.pop()
        return found

    def _picture(self, row: int, known: str, draft: Draft) -> int | None:
        if known not in self.columns:
            return None
        found = self.sheet.pictures.get((row, self.columns[known]), [])
        for name, _data in found[1:]:
            words = _("A text has one picture: this one is left out.")
            self.gathering.leave(draft.place, _("picture %(name)s") % {"name": name}, words)
        if not found:
            return None
        draft.pictures.append(Embedded(*found[0]))
        return -len(draft.pictures)

    def _left_over(self, row: int, place: str) -> None:
        used = {self.columns[known] for known in _PICTURED if known in self.columns}
        for (at, column), pictures in self.sheet.pictures.items():
            if at == row and column not in used:
                for name, _data in pictures:
                    words = _(
                        "It lies on a cell that is no text of the question: move it onto the question or an option."
                    )
                    self.gathering.leave(place, _("picture %(name)s") % {"name": name}, words)


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────


def header_names() -> list[str]:
    """Return the names of our template's columns."""
    named = {known: word(both) for known, both in names.COLUMNS.items()}
    options = [named["option"].format(letter) for letter in LETTERS]
    partners = [named["partner"].format(number) for number in range(1, PARTNERS + 1)]
    around = ("answer", "explanation", "topic", "difficulty", "tags", "source", "link")
    return [named["kind"], named["stem"], *options, *(named[one] for one in around), *partners]


def write_xlsx(questions: Iterable[Incoming]) -> Written:
    """Return questions as our template, filled; pictures lie in their cells. Every cell is text."""
    file = io.BytesIO()
    book = new_workbook(file)
    book.set_properties({"created": MADE_ON})
    sheet = book.add_worksheet(word(names.SHEETS[0]))
    _dress(book, sheet)
    unmapped: list[Unmapped] = []
    count = 0
    for count, question in enumerate(questions, start=1):
        _write_row(sheet, count, question, unmapped)
    _write_guide(book)
    book.close()
    return Written(file.getvalue(), count, tuple(unmapped))


def _dress(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 12, wrapped)
    sheet.set_column(1, 1, 48, wrapped)
    sheet.set_column(2, len(header_names()) - 1, 18, wrapped)
    for column, name in enumerate(header_names()):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 2)


def _write_row(sheet: Any, row: int, question: Incoming, unmapped: list[Unmapped]) -> None:
    content = question.content
    cells: list[Piece] = [Piece(notation.kind_words()[content.kind]), content.stem, *_padded(content.options, LETTERS)]
    level = notation.difficulty_words().get(question.difficulty or 0, "")
    around = [notation.written_answer(content), question.explanation, question.topic, level, "、".join(question.tags)]
    cells += map(Piece, [*around, question.source_words, question.source_link])
    cells += _padded(content.partners, range(PARTNERS))
    for column, cell in enumerate(cells):
        if cell.picture is not None and not _put_picture(sheet, row, column, question, cell.picture):
            unmapped.append(Unmapped(question.place, _("picture"), _("It could not be written into a cell: left out.")))
        if cell.text:
            sheet.write_string(row, column, cell.text)


def _padded(pieces: Sequence[Piece], places: Sequence[Any]) -> list[Piece]:
    return [*pieces, *[Piece()] * (len(places) - len(pieces))]


def _put_picture(sheet: Any, row: int, column: int, question: Incoming, number: int) -> bool:
    if not -len(question.pictures) <= number < 0:
        return False
    picture = question.pictures[-1 - number]
    options = {"image_data": io.BytesIO(picture.data), "object_position": 1, "x_scale": 0.2, "y_scale": 0.2}
    try:
        return bool(sheet.insert_image(row, column, picture.name, options) == 0)
    except Exception:  # noqa: BLE001 - whatever the library says of a picture, the question is written
        return False


def _write_guide(book: Any) -> None:
    sheet = book.add_worksheet(word(names.SHEETS[1]))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrapped)
    for row, line in enumerate(_guide()):
        sheet.write_string(row, 0, line, wrapped)


def _guide() -> list[str]:
    kinds = "、".join(notation.kind_words().values())
    return [
        _("One row is one question. Kinds: %(kinds)s.") % {"kinds": kinds},
        _("Single and multiple choice: the letters of the right options (B, ACD)."),
        _("True or false: no options; the answer is 对 or 错."),
        _("Fill in: accepted answers, one a line or between |. Numbers as 12.5±0.5."),
        _("Words in straight quotes are taken exactly as they stand, even if they look like a number."),
        _("Ordering: the options in the right order, answer empty; or any order and the answer B-A-C."),
        _("Matching: options on the left, partners in the columns at the end, answer A-2 B-1."),
        _("More partners than options are distractors."),
        _("Difficulty: easy, medium, hard. Tags: between commas."),
        _("Pictures: laid on the cell of the question or the option."),
    ]
