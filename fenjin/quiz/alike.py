"""Which questions are the same, and which nearly: pure functions and a small index, without tables.

A question becomes the set of its runs of three characters (as hashes). Two are near when six tenths of all
their runs are in both (Jaccard). Whoever is that near shares one of the lowest 0.4 × n + 1 hashes: only
those are looked up, so that a common phrase does not bring up half the bank.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from fenjin.quiz.kinds import Content, words_of

NEAR: Final = 0.6
RUN: Final = 3


def wording_hash(content: Content) -> str:
    """Return what is equal for questions that say the same, whatever their order, width and signs."""
    return hashlib.sha256(f"{content.kind.value}\n{words_of(content)}".encode(errors="surrogatepass")).hexdigest()


def shingles_of(content: Content) -> frozenset[int]:
    """Return the runs of three characters of all words, as signed 32-bit hashes."""
    words = words_of(content)
    runs = (words[start : start + RUN] for start in range(max(1, len(words) - RUN + 1)))
    return frozenset(crc32(run.encode(errors="surrogatepass")) - 2**31 for run in runs)


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """Return how much of both is in both: 0 nothing, 1 all."""
    first, second = frozenset(one), frozenset(other)
    return len(first & second) / len(first | second) if first or second else 1.0


def telling(shingles: Collection[int]) -> list[int]:
    """Return the hashes of which a near question holds at least one."""
    return sorted(shingles)[: len(shingles) - math.ceil(NEAR * len(shingles)) + 1]


@dataclass(frozen=True, slots=True)
class Near:
    """A question that is like another one: which, and how much (1: the same runs)."""

    name: int | str
    likeness: float


class Alike:
    """The questions of a bank or a file, to be asked which of them are near."""

    def __init__(self, known: Iterable[tuple[int | str, Collection[int]]] = ()) -> None:
        self._sets: dict[int | str, frozenset[int]] = {}
        self._by_hash: dict[int, list[int | str]] = defaultdict(list)
        for name, shingles in known:
            self.add(name, shingles)

    def add(self, name: int | str, shingles: Collection[int]) -> None:
        """Take one more in."""
        self._sets[name] = frozenset(shingles)
        for one in telling(shingles):
            self._by_hash[one].append(name)

    def near(self, shingles: Collection[int], *, most: int = 5) -> list[Near]:
        """Return those that are near, the nearest first."""
        names = {name for one in telling(shingles) for name in self._by_hash.get(one, ())}
        found = [Near(name, likeness(shingles, self._sets[name])) for name in names]
        near = [one for one in found if one.likeness >= NEAR]
        return sorted(near, key=lambda one: (-one.likeness, str(one.name)))[:most]
