"""Workbooks (.xlsx) as a stream of rows: a million rows cost the memory of one piece and the shared texts."""

import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fenjin.people.roster.archive import Archive, parse_xml
from fenjin.people.roster.cells import Fault
from fenjin.people.roster.lines import Cell, Line, Sheet
from fenjin.people.roster.refusals import Damaged, OtherKind, TooMuchInside
from fenjin.people.roster.strings import Strings

MOST_COLUMNS = 512  # what stands further right is not looked at
LONGEST_ROW = 4 * 1024**2  # characters
LAST_ROW = 9_999_999
_DIGITS = "0123456789"
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone


class Workbook:
    """The parts of a workbook: its sheets in order, texts and date formats read when first needed."""

    def __init__(self, path: Path) -> None:
        self.archive = Archive(path)
        main = self._main_part()
        self.folder = posixpath.dirname(main)
        links = _links(self.archive, main)
        self.parts = {kind: target for kind, target in links.values() if kind in ("sharedStrings", "styles")}
        self.epoch_shift, listed = _sheets(self.archive, main)
        self.listed = [(name, links[key][1], hidden) for name, key, hidden in listed if key in links]
        self.kinds = {target: kind for kind, target in links.values()}
        self._strings: Strings | None = None
        self._dates: frozenset[str] | None = None

    def sheets(self) -> list[Sheet]:
        """Return the sheets with cells; sheets that are only a chart are left out."""
        found = []
        for name, target, hidden in self.listed:
            if self.kinds[target] == "worksheet" and self.archive.has(target):
                found.append(Sheet(name, self._reader(target), hidden=hidden))
        return found

    def _reader(self, target: str) -> Callable[[], Iterator[Line]]:
        def rows() -> Iterator[Line]:
            reader = _SheetReader(self.strings, self.dates, self.epoch_shift)
            return reader.rows(self.archive.pieces(target))

        return rows

    @property
    def strings(self) -> Strings | list[str]:
        """The shared texts; writers that put each text into its cell have none."""
        if self._strings is None and self.archive.has(self.parts.get("sharedStrings", "")):
            self._strings = Strings(self.archive.pieces(self.parts["sharedStrings"]))
        return self._strings or []

    @property
    def dates(self) -> frozenset[str]:
        """The numbers of the styles that show a number as a date."""
        if self._dates is None:
            part = self.parts.get("styles", "")
            self._dates = _date_styles(self.archive.pieces(part)) if self.archive.has(part) else frozenset()
        return self._dates

    def _main_part(self) -> str:
        found = [target for kind, target in _links(self.archive, "").values() if kind == "officeDocument"]
        main = found[0] if found else "xl/workbook.xml"
        if main.endswith(".bin") or not self.archive.has(main):
            raise OtherKind
        return main


def _walk(pieces: Iterator[bytes], start: Callable[[str, dict[str, str]], None], end: Any = None) -> None:
    for _piece in parse_xml(pieces, start, end or (lambda name: None), None):
        pass


def _links(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: key → (kind, name of the other part)."""
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", name + ".rels")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    if archive.has(links):
        _walk(archive.pieces(links), start)
    return found


def _sheets(archive: Archive, main: str) -> tuple[int, list[tuple[str, str, bool]]]:
    """Return how many days later this workbook begins to count, and name, key and hiddenness of each sheet."""
    shift, found = 0, list[tuple[str, str, bool]]()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shift
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            shift = 1462
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), key, attributes.get("state", "visible") != "visible"))

    _walk(archive.pieces(main), start)
    return shift, found


def _date_styles(pieces: Iterator[bytes]) -> frozenset[str]:
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    _walk(pieces, start, end)
    return frozenset(str(number) for number, key in enumerate(styles) if _is_date(key, formats.get(key)))


def _is_date(key: str, code: str | None) -> bool:
    if code is None:
        return key.isascii() and key.isdigit() and int(key) in _DATE_FORMATS
    return any(letter in _NOT_FORMAT.sub("", code).casefold() for letter in "ymd年月日")


class _SheetReader:
    """Turns the XML of one sheet into rows; knows only the row it is in."""

    def __init__(self, strings: Strings | list[str], dates: frozenset[str], shift: int) -> None:
        self.strings, self.dates, self.shift = strings, dates, shift
        self.days: dict[str, Cell] = {}
        self.columns: dict[str, int] = {}
        self.ready: list[Line] = []
        self.number, self.column, self.length = 0, -1, 0
        self.cells: list[Cell] = []
        self.parts: list[str] = []
        self.kind, self.style, self.raw, self.text = "n", "", "", ""
        self.formula = self.reading = False

    def rows(self, pieces: Iterator[bytes]) -> Iterator[Line]:
        """Yield each row that is not empty, with its number."""
        for _piece in parse_xml(pieces, self._start, self._end, self._text):
            ready, self.ready = self.ready, []
            yield from ready
        yield from self.ready

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            place = attributes.get("r")
            self.column = self._column(place.rstrip(_DIGITS)) if place else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.raw, self.formula, self.text = "", False, ""
        elif name in ("v", "t"):
            self.parts.clear()
        elif name == "row":
            said = attributes.get("r", "")
            self.number = max(self.number + 1, int(said) if said.isascii() and said.isdigit() and said else 0)
            self.cells, self.column, self.length = [], -1, 0
            if self.number > LAST_ROW:
                raise TooMuchInside
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.reading = True

    def _text(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_ROW:
            raise TooMuchInside
        self.parts.append(text)

    def _end(self, name: str) -> None:
        if name == "c":
            value = self._value()
            if value != "" and self.column < MOST_COLUMNS:
                cells = self.cells
                while len(cells) < self.column:
                    cells.append("")
                if len(cells) == self.column:
                    cells.append(value)
                else:
                    cells[self.column] = value
        elif name == "v":
            self.raw = "".join(self.parts)
        elif name == "t":
            self.text += "" if self.reading else "".join(self.parts)
        elif name == "rPh":
            self.reading = False
        elif name == "row" and self.cells:
            self.ready.append((self.number, self.cells))
            self.cells = []

    def _column(self, letters: str) -> int:
        column = self.columns.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper()[:4]:
                if not "A" <= letter <= "Z":
                    raise Damaged
                column = column * 26 + ord(letter) - 64
            column = self.columns[letters] = column - 1 if column else MOST_COLUMNS
        return column

    def _value(self) -> Cell:
        kind, raw = self.kind, self.raw
        if kind == "s":
            return _plain(self.strings[int(raw)]) if raw else ""
        if kind == "inlineStr":
            return _plain(self.text)
        if kind == "n":
            if not raw:
                return Fault("formula") if self.formula else ""
            return self._day(raw) if self.style in self.dates else float(raw)
        if kind == "b":
            return raw == "1"
        if kind == "e":
            return Fault(raw or "#")
        if kind == "d":
            return datetime.fromisoformat(raw).date()
        return _plain(raw)

    def _day(self, raw: str) -> Cell:
        day = self.days.get(raw)
        if day is None:
            serial = float(raw) + self.shift
            if 1 <= serial < 2_958_466:
                moment = _SERIAL_ZERO + timedelta(days=serial)
                day = moment.date() if serial.is_integer() else moment
            else:
                day = serial
            if len(self.days) < 50_000:
                self.days[raw] = day
        return day


def _plain(text: str) -> str:
    """Return the text with the workbook's way of writing control characters undone."""
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
