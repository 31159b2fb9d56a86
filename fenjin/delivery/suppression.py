"""Small groups are not shown: the rule of coverage, as plain arithmetic.

A cell is a unit right below the one that is looked at, or the people who belong to that one itself.
Cells with fewer than FEWEST people merge with the smallest others until the merged cell has at least
FEWEST people and at least two members, so that none of them can be worked out from the total. A cell
that was merged cannot be looked into either. What is shown then refines what is shown one level up,
and every piece of it has at least FEWEST people: no subtraction between pages gives a smaller one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """A denominator and the numerators over it. `told` is what supervisors say, and never part of the others.

    `safe` and `need_help` are answers to an emergency.
    """

    people: int = 0
    opened: int = 0
    confirmed: int = 0
    told: int = 0
    safe: int = 0
    need_help: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.people + other.people,
            self.opened + other.opened,
            self.confirmed + other.confirmed,
            self.told + other.told,
            self.safe + other.safe,
            self.need_help + other.need_help,
        )

    @property
    def enough(self) -> bool:
        """Tell whether there are enough people for the numerators to be shown."""
        return self.people >= FEWEST

    @property
    def opened_rate(self) -> float:
        """Return the part that opened, 0 to 1."""
        return self.opened / self.people if self.people else 0.0

    @property
    def confirmed_rate(self) -> float:
        """Return the part that confirmed, 0 to 1."""
        return self.confirmed / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures of one unit, or (`direct`) of the people of the looked-at unit itself."""

    unit_id: int
    figures: Figures
    direct: bool = False
    deeper: bool = False  # there are units below it to look into


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are only shown together."""

    cells: tuple[Cell, ...]

    @property
    def figures(self) -> Figures:
        """Return their sum."""
        return total(self.cells)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: cells by themselves, and perhaps one merged cell."""

    cells: tuple[Cell, ...]
    merged: Merged | None = None


def total(cells: Iterable[Cell]) -> Figures:
    """Return the sum of cells."""
    return sum((cell.figures for cell in cells), Figures())


def suppress(cells: Iterable[Cell]) -> Shown:
    """Return what of the cells of one page may be shown; cells without people are left out.

    The caller shows no page whose total is below FEWEST.
    """
    queue = sorted((c for c in cells if c.figures.people), key=lambda c: (c.figures.people, c.unit_id, c.direct))
    merged: list[Cell] = []
    # A small cell alone is never enough, so at least two have been merged when this ends.
    while queue and (not queue[0].figures.enough or (merged and not total(merged).enough)):
        merged.append(queue.pop(0))
    return Shown(tuple(queue), Merged(tuple(merged)) if merged else None)
