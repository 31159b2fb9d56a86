"""Where a line of a printed text ends.

Chinese may break between any two characters, but a line never begins with a closing sign and never
ends with an opening one (GB/T 15834-2011, 5.1); words in Latin letters and figures stay whole.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

_PIECE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:/%+'’-]*|\s+|.", re.DOTALL)
_CLOSING: Final = frozenset("，。、；：？！）】》」』”’…—%％·,.;:?!)]}〉〕")
_OPENING: Final = frozenset("（【《「『“‘([{〈〔")

Width = Callable[[str], float]


def lines_of(text: str, room: float, width: Width, pieces: Iterable[str] | None = None) -> list[str]:
    """Return the lines into which a text breaks so that none is wider than `room`.

    `width` measures a string in the unit of `room`. `pieces`, joined, are the text: then lines break
    between them only, as a title does between words.
    """
    units = _bound(list(pieces) if pieces is not None else _PIECE.findall(" ".join(text.split())))
    lines, line = [], ""
    for unit in units:
        if line and width((line + unit).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += unit.lstrip() if not line else unit
        while width(line) > room and len(line) > 1:
            cut = _most(line, room, width)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip():
        lines.append(line.rstrip())
    return lines


def balanced(text: str, room: float, width: Width, pieces: Iterable[str]) -> list[str]:
    """Return the lines of a title: as few as `lines_of` makes, and as equal in length as the pieces allow."""
    known = list(pieces)
    best = lines_of(text, room, width, known)
    narrow, wide = room / max(1, len(best)), room
    for _step in range(8):
        middle = (narrow + wide) / 2
        tried = lines_of(text, middle, width, known)
        if len(tried) > len(best):
            narrow = middle
        else:
            wide, best = middle, tried
    return best


def _bound(pieces: list[str]) -> list[str]:
    """Return the pieces with signs tied to what they belong to."""
    units: list[str] = []
    for piece in pieces:
        if units and (piece[:1] in _CLOSING or units[-1][-1:] in _OPENING):
            units[-1] += piece
        elif piece:
            units.append(piece)
    return units


def _most(line: str, room: float, width: Width) -> int:
    """Return how many characters of a unit that is wider than the room fit, at least one."""
    count = 1
    while count < len(line) and width(line[: count + 1]) <= room:
        count += 1
    return count
