"""The cells and pictures of an .xlsx, read with suspicion: counted while unpacking, never believed.

Parts and names: ECMA-376, 5th edition, part 1 (SpreadsheetML); pictures in cells as WPS writes them (DISPIMG)
and as Excel does (rich values, [MS-XLSX] 2.3.6). A sheet says how large it is; only cells that exist are kept.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from django.utils.translation import gettext_lazy as _

from fenjin.quiz.formats.incoming import LARGEST, BankDamaged, BankProtected, BankTooLarge, OtherFormat, TooMuchInside
from fenjin.quiz.formats.markup import lowered, raised

LARGEST_PART: Final = 60 * 1024 * 1024
LARGEST_WHOLE: Final = 160 * 1024 * 1024
MOST_ROWS: Final = 12_000
MOST_COLUMNS: Final = 60
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, EOFError, OSError, RuntimeError, ValueError,
    KeyError, IndexError, OverflowError, NotImplementedError,
)  # fmt: skip
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DISPIMG: Final = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
_DAYS: Final = {*range(14, 18), *range(27, 32), 36, *range(50, 59), 22}
_TIMES: Final = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell knows no zone
FAULT: Final = "\ue000fault"  # a cell whose value is an error, or was never computed


@dataclass(slots=True)
class SheetCells:
    """One sheet: rows with what their cells say, and the pictures that lie on cells, all counted from 0."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    pictures: dict[tuple[int, int], list[tuple[str, bytes]]] = field(default_factory=dict)
    comments: bool = False


def local(name: str) -> str:
    """Return a tag or an attribute without its namespace."""
    return name.rpartition("}")[2]


def said(element: Element, name: str) -> str:
    """Return an attribute by its local name, or nothing."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def all_of(element: Element | None, name: str) -> Iterator[Element]:
    """Yield all elements of that local name, however deep."""
    return (one for one in element.iter() if local(one.tag) == name) if element is not None else iter(())


def read_workbook(data: bytes) -> list[SheetCells]:
    """Return the sheets of an .xlsx. Raises UnreadableBank of some kind for everything else."""
    if len(data) > LARGEST:
        raise BankTooLarge
    try:
        return _Book(data).sheets()
    except _BROKEN as error:
        raise BankDamaged from error


class _Book:
    def __init__(self, data: bytes) -> None:
        self.unpacked = 0
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = {name.lstrip("/").casefold(): name for name in self.zip.namelist()}
        if "xl/workbook.xml" not in self.names:
            raise OtherFormat(_other_zip(self.names))
        self.texts = self._shared()
        self.formats = self._formats()
        self.in_cells = self._wps_pictures()
        self.rich = self._rich_pictures()

    def sheets(self) -> list[SheetCells]:
        root, links = self.xml("xl/workbook.xml"), self.links("xl/workbook.xml")
        found = []
        for sheet in all_of(root, "sheet"):
            part = links.get(said(sheet, "id"), "")
            if "worksheet" in part and part.casefold() in self.names:
                hidden = said(sheet, "state") in ("hidden", "veryHidden")
                found.append(self._sheet(part, SheetCells(said(sheet, "name"), hidden)))
        return found

    # Parts

    def read(self, name: str) -> bytes:
        """Return one part unpacked, or nothing where there is none."""
        real = self.names.get(name.lstrip("/").casefold())
        if real is None:
            return b""
        info = self.zip.getinfo(real)
        if info.flag_bits & 1:
            raise BankProtected
        most = min(LARGEST_PART, LARGEST_WHOLE - self.unpacked)
        with self.zip.open(info) as part:
            content = part.read(most + 1)
        self.unpacked += len(content)
        if len(content) > most:
            raise TooMuchInside
        return content

    def xml(self, name: str) -> Element | None:
        """Return a part as XML, without entities or document types."""
        content = self.read(name)
        return fromstring(content, forbid_dtd=True) if content else None  # type: ignore[no-any-return]

    def links(self, part: str) -> dict[str, str]:
        """Return what the names of a part's relations lead to, inside the file only."""
        folder, name = posixpath.split(part)
        found = {}
        for relation in all_of(self.xml(f"{folder}/_rels/{name}.rels"), "Relationship"):
            target = said(relation, "Target")
            if said(relation, "TargetMode") != "External":
                whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[said(relation, "Id")] = whole
        return found

    # Texts and how numbers are shown

    def _shared(self) -> list[str]:
        return [_text_of(one) for one in all_of(self.xml("xl/sharedStrings.xml"), "si")]

    def _formats(self) -> list[str]:
        """Return for each style whether its numbers are days, times or hundredths."""
        root = self.xml("xl/styles.xml")
        codes = {said(one, "numFmtId"): said(one, "formatCode") for one in all_of(root, "numFmt")}
        styles = next(all_of(root, "cellXfs"), None)
        return [_shape(said(one, "numFmtId"), codes) for one in styles] if styles is not None else []

    # Sheets

    def _sheet(self, part: str, sheet: SheetCells) -> SheetCells:
        content = self.read(part)
        merged: list[str] = []
        for _event, one in iterparse(io.BytesIO(content), events=("end",), forbid_dtd=True):
            name = local(one.tag)
            if name == "c":
                self._cell(one, sheet)
            elif name == "mergeCell":
                merged.append(said(one, "ref"))
            if name in ("row", "mergeCell"):
                one.clear()
        _fill_down(sheet, merged)
        links = self.links(part)
        sheet.comments = any("comments" in target.lower() for target in links.values())
        for target in links.values():
            if "/drawings/" in target and target.endswith(".xml"):
                self._drawing(target, sheet)
        return sheet

    def _cell(self, cell: Element, sheet: SheetCells) -> None:
        found = _CELL.fullmatch(said(cell, "r"))
        if not found:
            raise BankDamaged
        row, column = int(found[2]) - 1, _number_of(found[1])
        if column >= MOST_COLUMNS:
            return
        picture = self.rich.get(said(cell, "vm"))
        text = "" if picture else self._value(cell)
        if shown := _DISPIMG.search(text):
            picture, text = self.in_cells.get(shown[1]), "" if shown[1] in self.in_cells else FAULT
        if picture:
            sheet.pictures.setdefault((row, column), []).append(picture)
        elif text.strip():
            if len(sheet.rows) > MOST_ROWS:
                raise TooMuchInside
            sheet.rows.setdefault(row, {})[column] = text

    def _value(self, cell: Element) -> str:
        kind = said(cell, "t")
        parts = {local(one.tag): one for one in cell}
        if kind == "inlineStr":
            return _text_of(parts["is"]) if "is" in parts else ""
        value = parts["v"].text or "" if "v" in parts else ""
        if kind == "e" or ("f" in parts and not value and kind != "str"):
            return FAULT
        if kind == "s":
            return self.texts[int(value)]
        if kind == "str":
            return _unescaped(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        style = int(said(cell, "s") or 0)
        return _number(value, self.formats[style] if style < len(self.formats) else "") if value else ""

    # Pictures

    def _drawing(self, part: str, sheet: SheetCells) -> None:
        root, links = self.xml(part), self.links(part)
        for anchor in root if root is not None else ():
            at = next(all_of(anchor, "from"), None)
            if at is None:
                continue
            places = {local(one.tag): int(one.text or 0) for one in at}
            key = (places.get("row", 0), places.get("col", 0))
            for picture in all_of(anchor, "pic"):
                self._keep(picture, links, sheet.pictures.setdefault(key, []))

    def _keep(self, picture: Element, links: dict[str, str], kept: list[tuple[str, bytes]]) -> None:
        for blip in all_of(picture, "blip"):
            target = links.get(said(blip, "embed"), "")
            if content := self.read(target):
                kept.append((posixpath.basename(target), content))

    def _wps_pictures(self) -> dict[str, tuple[str, bytes]]:
        """Return the pictures that WPS keeps in cells, by their names."""
        found: dict[str, tuple[str, bytes]] = {}
        root, links = self.xml("xl/cellimages.xml"), self.links("xl/cellimages.xml")
        for picture in all_of(root, "pic"):
            name = next((said(one, "name") for one in all_of(picture, "cNvPr")), "")
            kept: list[tuple[str, bytes]] = []
            self._keep(picture, links, kept)
            if kept:
                found[name] = kept[0]
        return found

    def _rich_pictures(self) -> dict[str, tuple[str, bytes]]:
        """Return the pictures that Excel keeps in cells, by the number of the cell's metadata."""
        metadata = self.xml("xl/metadata.xml")
        if metadata is None:
            return {}
        values = [[one.text or "" for one in rv] for rv in all_of(self.xml("xl/richData/rdrichvalue.xml"), "rv")]
        links = self.links("xl/richData/richValueRel.xml")
        targets = [links.get(said(one, "id"), "") for one in all_of(self.xml("xl/richData/richValueRel.xml"), "rel")]
        rich = [int(said(one, "i")) for one in all_of(metadata, "rvb")]
        places = [int(said(one, "v")) for part in all_of(metadata, "valueMetadata") for one in all_of(part, "rc")]
        found = {}
        for number, place in enumerate(places, start=1):
            value = values[rich[place]] if place < len(rich) and rich[place] < len(values) else []
            target = targets[int(value[0])] if value and value[0].isdigit() and int(value[0]) < len(targets) else ""
            if content := self.read(target) if target else b"":
                found[str(number)] = (posixpath.basename(target), content)
        return found


def _other_zip(names: dict[str, str]) -> Any:
    if "word/document.xml" in names:
        return _("This is a Word document. Copy its text into a text file (.txt), or into our template.")
    if "xl/workbook.bin" in names:
        return _("This is a binary workbook (.xlsb). Save it as .xlsx and choose it again.")
    return _("This is a packed folder or another document. Choose the .xlsx, .xml or .txt inside.")


def _text_of(element: Element) -> str:
    """Return the words of a cell; raised and lowered figures stay so."""
    found = []
    for one in element:
        if local(one.tag) == "t":
            found.append(_unescaped(one.text or ""))
        elif local(one.tag) == "r":
            words = "".join(_unescaped(part.text or "") for part in all_of(one, "t"))
            set_off = next((said(part, "val") for part in all_of(one, "vertAlign")), "")
            found.append({"superscript": raised, "subscript": lowered}.get(set_off, str)(words))
    return "".join(found)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _shape(number: str, codes: dict[str, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", codes.get(number, "")).lower()
    known = int(number) if number.isdigit() else 0
    if known in _DAYS or (("y" in code or "d" in code) and "general" not in code):
        return "day"
    if known in _TIMES or ("h" in code and "general" not in code):
        return "time"
    return "hundredths" if known in (9, 10) or "%" in code else ""


def _number(value: str, shape: str) -> str:
    """Return a number as the sheet shows it, near enough to be read as an option."""
    number = Decimal(f"{float(value):.15g}")
    if shape in ("day", "time") and 0 <= number < 2_900_000:
        moment = _DAY_ZERO + timedelta(days=float(number))
        if shape == "time":
            return moment.strftime("%H:%M")
        return moment.strftime("%Y-%m-%d" if number == int(number) else "%Y-%m-%d %H:%M")
    if shape == "hundredths":
        return f"{(number * 100).normalize():f}%"
    return f"{number.normalize():f}"


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _fill_down(sheet: SheetCells, merged: list[str]) -> None:
    """Give every row of a merged cell what stands in its first: a topic is often written once for ten questions."""
    for ref in merged[:MOST_ROWS]:
        ends = [_CELL.fullmatch(end) for end in ref.split(":")]
        if len(ends) != 2 or not ends[0] or not ends[1]:
            continue
        column, first, last = _number_of(ends[0][1]), int(ends[0][2]) - 1, int(ends[1][2]) - 1
        text = sheet.rows.get(first, {}).get(column)
        if text is None or _number_of(ends[1][1]) != column:
            continue
        for row in range(first + 1, min(last, first + MOST_ROWS) + 1):
            if row in sheet.rows:
                sheet.rows[row].setdefault(column, text)
