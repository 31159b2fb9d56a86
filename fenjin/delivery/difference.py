"""What changed between two texts, as a reader wants to see it: paragraph by paragraph, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SAME, GONE, NEW = "same", "gone", "new"
# Comparing letter by letter grows with the square: beyond this a paragraph is shown as a whole.
MOST_LETTERS: Final = 3_000
MOST_PARAGRAPHS: Final = 2_000
# A Latin word or a number stays whole; a Chinese character is a word of its own.
_WORDS: Final = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in which something changed."""

    pieces: tuple[Piece, ...]


def difference(before: str, after: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs that changed between two texts, in the order of reading; () for the same text."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        # Paragraphs that stand in each other's place are compared with each other; what is left over came or went.
        pairs = min(len(gone), len(come))
        found += [Paragraph(tuple(_words(gone[i], come[i]))) for i in range(pairs)]
        found += [Paragraph((Piece(GONE, text),)) for text in gone[pairs:]]
        found += [Paragraph((Piece(NEW, text),)) for text in come[pairs:]]
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_PARAGRAPHS]


def _words(before: str, after: str) -> Iterator[Piece]:
    if max(len(before), len(after)) > MOST_LETTERS:
        yield Piece(GONE, before)
        yield Piece(NEW, after)
        return
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
            continue
        if b > a:
            yield Piece(GONE, "".join(old[a:b]))
        if d > c:
            yield Piece(NEW, "".join(new[c:d]))
