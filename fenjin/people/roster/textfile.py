"""Text tables (CSV) as a stream of rows: encoding and separator found out, a cut or damaged file refused."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from fenjin.people.roster.cells import Fault, is_total
from fenjin.people.roster.lines import Cell, Line, Sheet
from fenjin.people.roster.refusals import Damaged, OtherKind, WrongEncoding

PIECE = 1024 * 1024
DELIMITERS = ",;\t，|"
SAMPLE = 60  # rows that show which separator a file has
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # what Excel may write into the first line
_AS_TEXT = re.compile(r'="([^"]*)"')  # how some systems keep the zeros of a number
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARACTERS_THAT_PROVE = 8
csv.field_size_limit(1024 * 1024)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text table: its encoding, its separator, its one sheet."""

    encoding: str
    delimiter: str
    sheet: Sheet


def open_text(path: Path, name: str, is_header: Callable[[list[Cell]], bool]) -> TextFile:
    """Return a text table; `is_header` says which separator makes a header of some row.

    Raises OtherKind for what is no text, WrongEncoding and Damaged with the line and the cure.
    """
    encoding = find_encoding(path)
    delimiter = _find_delimiter(path, encoding, is_header)
    return TextFile(encoding, delimiter, Sheet(name, lambda: _rows(path, encoding, delimiter)))


def find_encoding(path: Path) -> str:
    """Return the encoding in which the whole file is text: UTF-8, GB18030 or UTF-16, the latter with its mark."""
    with path.open("rb") as file:
        begin = file.read(PIECE)
    marked = next((name for mark, name in _MARKS.items() if begin.startswith(mark)), None)
    if marked is None and b"\0" in begin:
        marked = _unmarked_utf16(begin)
    if marked:
        place = _first_bad_byte(path, marked)
        if place is not None:
            raise _broken(path, place, marked)
        return marked
    place = _first_bad_byte(path, "utf-8")
    if place is None:
        return "utf-8"
    if place.ends or place.wide >= _CHARACTERS_THAT_PROVE:
        raise _broken(path, place, "UTF-8")
    place = _first_bad_byte(path, "gb18030")
    if place is not None:
        raise _broken(path, place, "GB18030")
    return "gb18030"


def _unmarked_utf16(begin: bytes) -> str:
    pairs = len(begin) // 2 or 1
    for name, zeros in (("utf-16-le", begin[1::2].count(0)), ("utf-16-be", begin[::2].count(0))):
        if zeros > pairs // 10 and begin.count(0) == zeros:
            return name
    raise OtherKind(_("This is neither a workbook nor a text table. Save it as .xlsx in Excel or WPS."))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file stops being text: byte, how many characters beyond ASCII came before, whether at its end."""

    byte: int
    wide: int
    ends: bool


def _first_bad_byte(path: Path, encoding: str) -> _Place | None:
    decoder, read, wide = codecs.getincrementaldecoder(encoding)(), 0, 0
    size = path.stat().st_size
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            waiting = len(decoder.getstate()[0])
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                byte = read - waiting + error.start
                wide += sum(character > 0x7F for character in error.object[: error.start]) // 3
                return _Place(byte, wide, ends=size - byte < 4)
            if not text.isascii() and wide < _CHARACTERS_THAT_PROVE:
                wide += sum(character > "\x7f" for character in text)
            read += len(piece)
            if not piece:
                return None


def _broken(path: Path, place: _Place, encoding: str) -> WrongEncoding | Damaged:
    if place.ends:
        return Damaged(
            _("The file breaks off in the middle of a character. Export or copy it again: its end is missing.")
        )
    with path.open("rb") as file:
        line, left = 1, place.byte
        while left > 0 and (piece := file.read(min(PIECE, left))):
            line, left = line + piece.count(b"\n"), left - len(piece)
    told = {"line": line, "encoding": encoding}
    return WrongEncoding(
        _(
            "Line %(line)s holds bytes that are no text in %(encoding)s. Open the file in Excel or WPS and save it as"
            " .xlsx, or as “CSV UTF-8”."
        )
        % told
    )


def _find_delimiter(path: Path, encoding: str, is_header: Callable[[list[Cell]], bool]) -> str:
    """Return the separator that makes a header of some row, else the one that cuts rows most alike."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        rows = [cells for _number, cells in islice(_rows(path, encoding, delimiter, sample=True), SAMPLE)]
        if any(is_header(cells) for cells in rows):
            return delimiter
        alike = sum(len(cells) > 2 for cells in rows)
        if alike > most:
            best, most = delimiter, alike
    return best


def _rows(path: Path, encoding: str, delimiter: str, *, sample: bool = False) -> Iterator[Line]:
    """Yield each row that is not empty, with its number as a spreadsheet counts records."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(4096)
        declared = _DECLARED.fullmatch(first)
        if declared:
            delimiter = declared.group(1)
        else:
            file.seek(0)
        reader = csv.reader(file, delimiter=delimiter, strict=not sample)
        lengths: list[int] = [0, 0]
        try:
            for number, record in enumerate(_remembering(reader, lengths), start=2 if declared else 1):
                cells = [_cell(text) if text else "" for text in record]
                while cells and cells[-1] == "" and len(cells) > 1:
                    cells.pop()
                if cells and cells != [""]:
                    yield number, cells
        except csv.Error as error:
            raise _csv_error(error, reader.line_num) from error
        except UnicodeDecodeError as error:
            raise Damaged from error
    if not sample and lengths[1] < lengths[0] and lengths[1] > 1 and _breaks_off(path, encoding):
        raise Damaged(_("The file breaks off in its last row. Export or copy it again: its end is missing."))


def _remembering(reader: Iterator[list[str]], lengths: list[int]) -> Iterator[list[str]]:
    """Pass records on; `lengths` holds how many cells the last but one and the last had."""
    for record in reader:
        lengths[:] = lengths[1], len(record) if record[:1] and not is_total(record[0]) else lengths[1]
        yield record


def _breaks_off(path: Path, encoding: str) -> bool:
    """Return whether the last row has no line end."""
    with path.open("rb") as file:
        file.seek(-min(8, path.stat().st_size), 2)
        tail = file.read()[-8:].decode(encoding.removesuffix("-sig"), "ignore")
    return not tail.rstrip(" \t\0\x1a").endswith(("\n", "\r"))


def _csv_error(error: csv.Error, line: int) -> Damaged:
    if "end of data" in str(error):
        return Damaged(
            _("The file breaks off inside a cell that begins with a quotation mark. Export or copy it again.")
        )
    return Damaged(
        _("In line %(line)s quotation marks are not in pairs. Save the file as .xlsx, which has none.") % {"line": line}
    )


def _cell(text: str) -> Cell:
    """Return a cell without what Excel needs to keep zeros; formulas are not computed here."""
    if text[0] == "=":
        kept = _AS_TEXT.fullmatch(text)
        return kept.group(1) if kept else Fault("formula")
    return "" if text.isspace() else text
