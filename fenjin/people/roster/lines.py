"""What all readers of files give: sheets, lines, cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta
Line = tuple[int, list[Cell]]  # number of the row as a spreadsheet counts, from 1; its cells up to the last full one

SHEET = 10_000_000  # rows of the second sheet and so on begin at a multiple of this


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a text file is one too. `rows` may be called again and gives only rows that are not empty."""

    name: str
    rows: Callable[[], Iterator[Line]]
    hidden: bool = False


def row_words(row: int, sheets: Sequence[str] = ()) -> str:
    """Return a row as people find it: its number, and its sheet if people stand on several."""
    place, number = split_row(row)
    if place == 0 and len(sheets) < 2:
        return str(number)
    return f"{sheets[place] if place < len(sheets) else place + 1}!{number}"


def split_row(row: int) -> tuple[int, int]:
    """Return which of the sheets that were read a row stands in, from 0, and its number there."""
    return divmod(row, SHEET)
