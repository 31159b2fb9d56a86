"""Words are tried on what was written before, so that one sees what they would have held."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fenjin.moderation.finder import Finder, Wanted
from fenjin.moderation.normal import normalise
from fenjin.moderation.register import kinds
from fenjin.moderation.selectors.queue import pieces_of

PAST: Final = 500
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """What the words would have found among the last texts of a space."""

    looked: int
    hits: int
    shown: int  # of the hits, those that stand there and nobody minded
    examples: tuple[tuple[tuple[str, str], ...], ...]


def try_words(space_id: int, words: Iterable[str], lane: str, by_sound: bool = False) -> Trial:
    """Return what these words would have found among the last 500 texts of a space."""
    finder = Finder(Wanted(normalise(word).text, lane, by_sound) for word in words)
    looked, shown, found = 0, 0, []
    for kind in kinds():
        for sample in kind.recent(space_id, PAST):
            looked += 1
            places = finder.find(sample.text)
            if places:
                shown += sample.shown
                found.append(pieces_of(sample.text, [[place.start, place.end, place.lane] for place in places]))
    return Trial(looked, len(found), shown, tuple(found[:SHOWN]))
