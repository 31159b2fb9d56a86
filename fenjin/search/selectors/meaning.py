"""What may have been meant, when nothing was found: words that sound the same, or a name with one wrong character.

Guesses are taken from entries that the person may read, and from nothing else: a list of all known words
would tell what stands in other people's papers.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import rjieba

from fenjin.search.models import SearchEntry
from fenjin.search.selectors.finding import finds, is_pinyin, readable
from fenjin.search.words import CHINESE, normal, sounded, sounds_of

MOST: Final = 3
LONGEST: Final = 8  # characters of a piece that is guessed at
_LOOKED_AT: Final = 40  # entries whose words are compared
_ANY: Final = "[a-z]+"
# As it is tagged: numbers, measures, pronouns, prepositions, conjunctions, particles, adverbs, places, interjections.
_PARTICLES: Final = ("u", "p", "c", "y", "e")
_BETWEEN: Final = ("m", "q", "r", "p", "c", "u", "d", "f", "y", "e", "o")


def meant(*, person_id: int | None, text: str, off: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return up to three questions that find something and sound like this one; the likeliest first.

    Where only a piece of the question was misheard and the rest is nowhere, the piece is asked for alone.
    `off`: features that are off where the reader is.
    """
    question = " ".join(normal(text).split())
    for piece, pattern in _patterns(question):
        rows = readable(person_id, SearchEntry.objects.filter(sounds__regex=f" {pattern} "), off)
        found: Counter[str] = Counter()
        for title, lead, body in rows.order_by("-published_at").values_list("title", "lead", "text")[:_LOOKED_AT]:
            found.update(_said(sounded(title, lead, body), pattern))
        found.pop(piece, None)
        guesses: dict[str, None] = {}
        for words, _many in found.most_common():
            again = question.replace(piece, words)
            if not is_term(words) or len(guesses) == MOST:
                continue
            if again == words or finds(person_id=person_id, text=again, off=off):
                guesses[again] = None
            elif len(words) > 2:  # two characters out of a longer question say nothing of what was meant
                guesses[words] = None
        if guesses:
            return tuple(guesses)
    return ()


def is_term(words: str) -> bool:
    """Tell a name or a word with a meaning from what only stands between such: "two pieces of", "when", "and so".

    A piece that begins or ends with a particle was cut out of the middle of a sentence.
    """
    tags = [tag for _word, tag in rjieba.tag(words)]
    if not tags or tags[0].startswith(_PARTICLES) or tags[-1].startswith(_PARTICLES):
        return False
    return any(not tag.startswith(_BETWEEN) for tag in tags)


def _patterns(question: str) -> Iterator[tuple[str, str]]:
    """Yield (piece of the question, how it sounds), the likeliest first."""
    joined = "".join(question.split())
    if is_pinyin(joined):
        if len(joined) > 3:
            yield question, _spelt(joined)
        return
    runs = [run[:LONGEST] for run in CHINESE.findall(question) if len(run) > 1]
    for run in runs:
        yield run, " ".join(_syllables(run))
    for run in runs:
        yield from _one_wrong(run)
    for run in runs:
        for length in range(min(len(run) - 1, 4), 1, -1):
            for start in range(len(run) - length + 1):
                piece = run[start : start + length]
                yield piece, " ".join(_syllables(piece))


def _one_wrong(run: str) -> Iterator[tuple[str, str]]:
    """Yield a name of three or four characters with each of them in turn left open; the last one first."""
    said = _syllables(run)
    if 3 <= len(said) <= 4:
        for open_ in reversed(range(len(said))):
            yield run, " ".join([*said[:open_], _ANY, *said[open_ + 1 :]])


def _syllables(run: str) -> list[str]:
    return [re.escape(sound) for sound, at in sounds_of(run) if at >= 0]


def _spelt(letters: str) -> str:
    """Return a pattern for letters that were typed without saying where one syllable ends."""
    for many, one in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("v", "u")):
        letters = letters.replace(many, one)
    ways = {"n": "[nl]", "l": "[nl]", "g": "g?"}  # the index keeps ng as n, and n as l where a syllable begins
    parts = [
        ways.get(letter, letter) if before == "n" or letter != "g" else "g"
        for before, letter in pairwise(f" {letters}")
    ]
    return " ?".join(parts)


def _said(text: str, pattern: str) -> set[str]:
    """Return the pieces of a text that sound like the pattern."""
    heard = sounds_of(text)
    line, places = " ", {}
    for sound, at in heard:
        places[len(line)] = at
        line += f"{sound} "
    ends = {start + len(sound): at for (start, at), (sound, _at) in zip(places.items(), heard, strict=True)}
    found = set()
    for match in re.finditer(f"(?<= ){pattern}(?= )", line):
        first, last = places.get(match.start(), -1), ends.get(match.end(), -1)
        if first >= 0 and last >= first:
            found.add(text[first : last + 1])
    return found
