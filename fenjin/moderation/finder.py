"""Finding fifty thousand words in one pass over a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from fenjin.moderation.normal import Normal, normalise, sound_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is looked for: its normal form, its lane, and whether other spellings of its sound count."""

    normal: str
    lane: str
    by_sound: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in a text as it was typed: from, up to (not with), and why it is looked for."""

    start: int
    end: int
    lane: str


class Finder:
    """Finds words in texts; made once for a list and used by many requests, since it never changes."""

    def __init__(self, words: Iterable[Wanted]) -> None:
        self._written = [word for word in words if word.normal]
        # One syllable is in every other sentence; two or more begin to mean something.
        self._spoken = [word for word in self._written if word.by_sound and len(word.normal) > 1]
        self._by_text = AhoCorasick([word.normal for word in self._written]) if self._written else None
        sounds = [sound_of(Normal(word.normal, tuple(range(len(word.normal))))).text for word in self._spoken]
        self._by_sound = AhoCorasick(sounds) if sounds else None

    def __len__(self) -> int:
        return len(self._written)

    def find(self, text: str) -> list[Place]:
        """Return where words stand in `text`, from the beginning, each place and lane once."""
        normal = normalise(text)
        found = set()
        if self._by_text is not None:
            for index, start, end in self._by_text.find_matches_as_indexes(normal.text, overlapping=True):
                place = _place(normal, start, end, self._written[index].lane)
                if not self._written[index].normal.isascii() or _stands_alone(text, place):
                    found.add(place)
        if self._by_sound is not None:
            spoken = sound_of(normal)
            for index, start, end in self._by_sound.find_matches_as_indexes(spoken.text, overlapping=True):
                if _whole_syllables(spoken, start, end):
                    found.add(_place(spoken, start, end, self._spoken[index].lane))
        return sorted(found, key=lambda place: (place.start, place.end, place.lane))


def _place(normal: Normal, start: int, end: int, lane: str) -> Place:
    return Place(normal.places[start], normal.places[end - 1] + 1, lane)


def _stands_alone(text: str, place: Place) -> bool:
    """Tell whether a Latin word is one in the text, and no part of a longer one."""
    around = text[max(place.start - 1, 0) : place.start] + text[place.end : place.end + 1]
    return not any(letter.isascii() and letter.isalnum() for letter in around)


def _whole_syllables(spoken: Normal, start: int, end: int) -> bool:
    """Tell whether a match begins with a character and ends with one: half a syllable is chance."""
    begins = start == 0 or spoken.places[start - 1] != spoken.places[start]
    ends = end == len(spoken.text) or spoken.places[end] != spoken.places[end - 1]
    return begins and ends
