"""A first look at all rows: needed before any row can be understood."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from fenjin.people.roster import cells
from fenjin.people.roster.columns import Field, level_order
from fenjin.people.roster.lines import SHEET, Cell
from fenjin.people.roster.separators import split_path
from fenjin.people.roster.spool import Spool
from fenjin.people.roster.tables import Table

Progress = Callable[[int], None]  # told how many rows have been looked at
_TELL_EVERY = 5_000
_ENOUGH_ZEROS = 10  # one in ten


@dataclass(slots=True)
class Survey:
    """What a first look at all rows tells, and the rows themselves, cut to the columns that are read."""

    width: int | None
    width_from: str  # declared, option, known, frequent or none
    root: str
    digits_only: bool
    spool: Spool = field(repr=False)
    columns: list[tuple[int, Field]]  # of a spooled row, in order: place in the header, field
    persons: int = 0
    blank: int = 0
    totals: int = 0
    skipped: int = 0
    declared_total: int | None = None


@dataclass(slots=True)
class _Seen:
    """What is counted on the way."""

    widths: Counter[int] = field(default_factory=Counter)
    zeros: Counter[int] = field(default_factory=Counter)  # widths of those that begin with 0: surely whole
    roots: Counter[Cell] = field(default_factory=Counter)
    other: int = 0
    blank: int = 0
    totals: int = 0
    skipped: int = 0
    persons: int = 0
    declared_total: int | None = None


def survey(
    table: Table,
    *,
    width: int | None = None,
    known_width: int | None = None,
    root: str = "",
    progress: Progress | None = None,
) -> Survey:
    """Look at all rows once: how wide staff numbers are, and which unit is the top one.

    Width: the option, else what the file declares, else what is known here, else the most frequent.
    The rows of people are set aside without the columns that are not read. Raises UnreadableRoster.
    """
    seen, spool = _Seen(), Spool()
    columns = _columns(table)
    _go_over(table, columns, seen, spool, progress)
    width = width or table.choice.width
    choices = [(width, "option"), (table.declared_width, "declared"), (known_width, "known")]
    choices += [(_most_frequent(seen), "frequent")]
    chosen, chosen_from = next(((w, origin) for w, origin in choices if w), (None, "none"))
    return Survey(
        width=chosen,
        width_from=chosen_from,
        root=root or _root(table, seen),
        # Where nearly all are digits, one with a letter is a slip; QM000001 and its like are no slips.
        digits_only=table.declared_digits or (chosen is not None and seen.other * 10 < seen.widths.total()),
        spool=spool,
        columns=columns,
        **{name: getattr(seen, name) for name in ("persons", "blank", "totals", "skipped", "declared_total")},
    )


def _columns(table: Table) -> list[tuple[int, Field]]:
    levels = level_order(table.header, [at for at, known in table.columns.items() if known is Field.LEVEL])
    others = [(at, known) for at, known in table.columns.items() if known is not Field.LEVEL]
    return others + [(at, Field.LEVEL) for at in levels]


def _go_over(
    table: Table, columns: list[tuple[int, Field]], seen: _Seen, spool: Spool, progress: Progress | None
) -> None:
    kept = [at for at, _field in columns]
    width = max(len(table.header), max(kept) + 1)
    number_at, name_at = (next(at for at, known in columns if known is wanted) for wanted in (Field.NUMBER, Field.NAME))
    top_at = next(at for at, known in columns if known in (Field.LEVEL, Field.PATH))
    unit_at = [at for at, known in columns if known in (Field.LEVEL, Field.PATH)]
    before = table.header_row
    for count, (row, line) in enumerate(table.rows(), start=1):
        if row // SHEET == before // SHEET:
            seen.blank += row - before - 1
        before = row
        too_long = table.kind == "csv" and len(line) > width
        if len(line) < width:
            line += [""] * (width - len(line))
        first = next(cell for cell in line if cell != "")
        if cells.is_total(first) and _is_figure(line[name_at]):
            _remember_total(seen, line)
        elif line[number_at] == "" and line[name_at] == "" and sum(line[at] != "" for at in unit_at) < 2:
            seen.skipped += 1  # a remark below the table; or nothing in the columns that are read
        elif too_long:
            seen.persons += 1
            spool.add((row, [cells.Fault("row_shifted")] * len(kept)))
        else:
            seen.persons += 1
            _count(seen, line[number_at], line[top_at])
            spool.add((row, [line[at] for at in kept]))
        if progress and count % _TELL_EVERY == 0:
            progress(count)


def _count(seen: _Seen, number: Cell, top: Cell) -> None:
    if isinstance(number, str) and (plain := cells.text(number).replace(" ", "")):
        if plain.isascii() and plain.isdigit():
            seen.widths[len(plain)] += 1
            seen.zeros[len(plain)] += plain[0] == "0"
        else:
            seen.other += 1
    if len(seen.roots) < 100_000:
        seen.roots[top] += 1


def _is_figure(cell: Cell) -> bool:
    """Return whether a row of sums may have this where others have a name."""
    return cell == "" or isinstance(cell, float) or cells.head_count(cell) is not None


def _remember_total(seen: _Seen, line: list[Cell]) -> None:
    seen.totals += 1
    filled = [cell for cell in line if cell != ""]
    if not cells.is_subtotal(filled[0]):
        figures = [count for cell in filled[1:] if (count := cells.head_count(cell)) is not None]
        seen.declared_total = figures[0] if figures else seen.declared_total


def _most_frequent(seen: _Seen) -> int | None:
    """Return the most frequent width; where many begin with 0 only these count, the others may have lost theirs."""
    surely = seen.zeros.total() * _ENOUGH_ZEROS >= seen.widths.total()
    widths = +seen.zeros if surely and seen.zeros.total() else seen.widths
    return widths.most_common(1)[0][0] if widths else None


def _root(table: Table, seen: _Seen) -> str:
    tops: Counter[str] = Counter()
    has_path = Field.PATH in table.columns.values()
    for cell, count in seen.roots.items():
        name = cells.text(cell)
        if has_path:
            name = next(iter(split_path(name, table.separator)), "")
        if name:
            tops[name] += count
    return tops.most_common(1)[0][0] if tops else ""
