"""What a file is, by what it holds and never by its name; and its sheets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from fenjin.people.roster.archive import Archive
from fenjin.people.roster.lines import Cell, Line, Sheet
from fenjin.people.roster.refusals import Damaged, OtherKind, Protected, TooMuchInside
from fenjin.people.roster.textfile import open_text
from fenjin.people.roster.workbook import Workbook

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
LARGEST_OLD = 80 * 1024 * 1024  # an .xls ends at 65,536 rows
LARGEST_OPEN_DOCUMENT = 200 * 1024 * 1024  # unpacked


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file that can be read: its kind (xlsx, xls, ods or csv), its sheets, and the encoding of a text."""

    kind: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""


def open_file(path: Path, is_header: Callable[[list[Cell]], bool]) -> RosterFile:
    """Return the sheets of a file. Raises UnreadableRoster of some kind for everything that is no table."""
    with path.open("rb") as file:
        begin = file.read(4096)
    if begin.startswith(_ZIP):
        return _open_zip(path)
    if begin.startswith(_OLD):
        return _open_old(path, "xls")
    if begin.startswith(b"PK"):
        raise Damaged
    _refuse_others(begin)
    text = open_text(path, "", is_header)
    return RosterFile("csv", [text.sheet], text.encoding, text.delimiter)


def _open_zip(path: Path) -> RosterFile:
    archive = Archive(path)
    if archive.has("mimetype") and archive.has("content.xml"):
        if sum(len(piece) for piece in archive.pieces("content.xml")) > LARGEST_OPEN_DOCUMENT:
            raise TooMuchInside
        return _open_old(path, "ods")
    if archive.has("[Content_Types].xml") and any(name.startswith("xl/") for name in archive.names):
        if archive.has("xl/workbook.bin"):
            raise OtherKind(_("This is a binary workbook (.xlsb). Save it as .xlsx and choose it again."))
        return RosterFile("xlsx", Workbook(path).sheets())
    raise OtherKind(
        _("This is a packed folder or another document, not a table. Unpack it, and choose the .xlsx or CSV.")
    )


def _refuse_others(begin: bytes) -> None:
    if begin.startswith(_PACKED):
        raise OtherKind(_("This file is packed. Unpack it, and choose the .xlsx or CSV inside."))
    if begin.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise OtherKind(_("This is a picture or a PDF, not a table. Ask for the roster as .xlsx or CSV."))
    words = begin.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if words.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise OtherKind(
            _("This is a web page or XML under the name of a workbook. Open it in Excel or WPS and save it as .xlsx.")
        )


def _open_old(path: Path, kind: str) -> RosterFile:
    """Open the formats that are read whole: they hold 65,536 rows, or are small by the caller's check."""
    if path.stat().st_size > LARGEST_OLD:
        raise TooMuchInside
    if kind == "xls" and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise Protected
    book: Any = _guarded(lambda: CalamineWorkbook.from_path(str(path)))
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    return RosterFile(kind, [Sheet(name, _old_rows(book, name), hidden=name in hidden) for name in book.sheet_names])


def _old_rows(book: Any, name: str) -> Callable[[], Any]:
    def rows() -> Any:
        sheet: Any = _guarded(lambda: book.get_sheet_by_name(name))
        found: list[Line] = []
        if sheet.start is not None:
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                while cells and cells[-1] == "":
                    cells.pop()
                if cells:
                    found.append((number, cells))
        return iter(found)

    return rows


def _guarded(act: Callable[[], Any]) -> Any:
    """Return what the library returns; everything it throws, a panic too, means that the file is damaged."""
    try:
        return act()
    except Exception as error:  # any failure of the library says the same of the file
        raise Damaged from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Damaged from error
        raise
