"""Staff numbers as they are pasted or uploaded: a column of them, a whole table, or anything in between."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from python_calamine import CalamineError, load_workbook

MOST_NUMBERS: Final = 50_000
LONGEST_NUMBER: Final = 40
MOST_BYTES: Final = 4 * 2**20
MOST_UNPACKED: Final = 80 * 2**20
LOOKED_AT: Final = 200  # rows by which the column of a table is found
_BETWEEN: Final = re.compile(r"[\s,;，；、|]+")

type Table = list[list[str]]


class Unreadable(ValueError):
    """The file is not one that we read."""


def tidy(text: str) -> str:
    """Return a number without what spreadsheets and keyboards put around it: wide signs, quotes, a final .0."""
    clean = unicodedata.normalize("NFKC", text).strip().strip("'\"’‘“”").strip()
    return clean.removesuffix(".0") if clean.removesuffix(".0").isdigit() else clean


def table_of_text(text: str) -> Table:
    """Return pasted text as rows: by tabs if it comes from a spreadsheet, else every word a row of its own."""
    if "\t" in text:
        return [line.split("\t") for line in text.splitlines() if line.strip()]
    return [[word] for word in _BETWEEN.split(text) if word]


def table_of_file(content: bytes) -> Table:
    """Return the rows of an .xlsx, CSV or text file; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable
    if content[:2] == b"PK":
        return _sheet(content)
    text = _decoded(content)
    if "\x00" in text:
        raise Unreadable
    sign = max(",;\t，", key=text[:20_000].count)
    if not text[:20_000].count(sign):
        return table_of_text(text)
    return [row for row in csv.reader(io.StringIO(text), delimiter=sign) if any(row)]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable


def _sheet(content: bytes) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable
        rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (zipfile.BadZipFile, CalamineError, OSError) as error:
        raise Unreadable from error
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class Numbers(NamedTuple):
    """The staff numbers of a table in their order, each once; how many came twice; how many words are no number."""

    once: list[str]
    repeated: int
    words: int


def numbers_in(table: Table, known: Callable[[Iterable[str]], set[str]]) -> Numbers:
    """Return the staff numbers of a table.

    They stand in the column in which most are `known` (asked once, for the first rows). Words without a
    digit are headings and names, not numbers, and are only counted: a name is not kept.
    """
    width = max(map(len, table), default=0)
    column = 0
    if width > 1:
        head = [[tidy(row[place]) for row in table[:LOOKED_AT] if place < len(row)] for place in range(width)]
        found = known(word for words in head for word in words)
        column = max(range(width), key=lambda place: (sum(word in found for word in head[place]), -place))
    words = [word for row in table if column < len(row) and (word := tidy(row[column]))]
    numbers = [word for word in words if any(sign.isdigit() for sign in word) and len(word) <= LONGEST_NUMBER]
    once = list(dict.fromkeys(numbers))
    return Numbers(once, len(numbers) - len(once), len(words) - len(numbers))
