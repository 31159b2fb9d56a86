"""One form for texts that look different and say the same: what people do to get past a list of words.

Wide and narrow letters, capitals, traditional characters, spaces and signs between the characters fall
away; the place of each character in the text as it was typed is kept, so that it can be marked there.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from opencc import OpenCC

from fenjin.kit.pinyin import sounds


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text; `places[i]` is where its character i stands in the text as typed."""

    text: str
    places: tuple[int, ...]


def normalise(text: str) -> Normal:
    """Return the text as it is compared: NFKC, small letters, simplified, letters and digits only."""
    characters, places = [], []
    for place, character in enumerate(simplify(text)):
        for piece in unicodedata.normalize("NFKC", character).casefold():
            if piece.isalnum():
                characters.append(piece)
                places.append(place)
    return Normal("".join(characters), tuple(places))


def simplify(text: str) -> str:
    """Return the text in simplified characters, of the same length."""
    simple: str = _table().convert(text)
    # A phrase may become longer or shorter; then single characters are good enough.
    return simple if len(simple) == len(text) else "".join(_table().convert(letter)[:1] or letter for letter in text)


def sound_of(normal: Normal) -> Normal:
    """Return how a normalised text sounds: pinyin without tones for characters, letters as they are.

    All letters of one character share its place.
    """
    said = sounds(normal.text, errors=list)  # one sound for each letter
    letters, places = [], []
    for sound, place in zip(said, normal.places, strict=True):
        letters.append(sound)
        places += [place] * len(sound)
    return Normal("".join(letters), tuple(places))


@cache
def _table() -> Any:
    return OpenCC("t2s")  # reading its tables takes some milliseconds, so once in a process that needs it
