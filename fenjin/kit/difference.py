"""Two texts, and what is different in the second: sign by sign, for people to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """A few words that stayed (""), went ("del") or came ("ins")."""

    kind: str
    text: str


def stretches(old: str, new: str) -> Iterator[Stretch]:
    """Return both texts as one line of stretches; without what came it is the old one, without what went the new."""
    for tag, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch("", old[start:end])
            continue
        if start < end:
            yield Stretch("del", old[start:end])
        if to_start < to_end:
            yield Stretch("ins", new[to_start:to_end])
