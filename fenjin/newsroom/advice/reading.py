"""Is it easily read: long sentences and paragraphs, words that say little, times that pass."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from fenjin.newsroom.advice.draft import Draft, Finding, Level
from fenjin.newsroom.advice.vocabulary import (
    EMPTY_VERB,
    OFFICIALESE,
    OFFICIALESE_ENGLISH,
    PASSING_TIME,
    PASSING_TIME_ENGLISH,
)
from fenjin.newsroom.blocks import lines_of
from fenjin.newsroom.blocks.cleaning import plain

LONGEST_SENTENCE: Final = 60  # characters
LONGEST_SENTENCE_ENGLISH: Final = 28  # words
LONGEST_PARAGRAPH: Final = 220
LONGEST_PARAGRAPH_ENGLISH: Final = 110
SHOWN: Final = 24  # characters of a sentence that are quoted
_ENDS: Final = re.compile(r"(?<=[。！？；!?;])|(?<=[.])\s")
_PARAGRAPHS: Final = re.compile(r"</(?:p|li)>|<br\s*/?>")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line is at least one."""
    found = [part.strip() for line in text.splitlines() for part in _ENDS.split(line)]
    return [part for part in found if part]


def length_of(text: str, *, english: bool) -> int:
    """Return how long a text is: words in English, characters without spaces in Chinese."""
    return len(text.split()) if english else len(re.sub(r"\s", "", text))


def quoted(text: str) -> str:
    """Return the beginning of a sentence."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def paragraphs_of(html: str) -> list[str]:
    """Return the paragraphs and list entries of rich text, as words."""
    return [words for words in (plain(piece) for piece in _PARAGRAPHS.split(html)) if words]


def find_in_body(draft: Draft) -> Iterator[Finding]:
    """Yield what is hard to read in the body, part by part."""
    seen: set[str] = set()
    for number, part in enumerate(draft.body.raw_data, start=1):
        kind, value = part["type"], part["value"]
        html = value if kind == "text" else value["answer"] if kind == "question" else ""
        for paragraph in paragraphs_of(html):
            yield from _long(paragraph, number, english=draft.english)
        yield from find_in_words("\n".join(lines_of(kind, value)), number, seen, english=draft.english)


def _long(paragraph: str, number: int, *, english: bool) -> Iterator[Finding]:
    most = LONGEST_PARAGRAPH_ENGLISH if english else LONGEST_PARAGRAPH
    if length_of(paragraph, english=english) > most:
        yield Finding(Level.BETTER, _("A long paragraph: make two of it."), quoted(paragraph), number)
    most = LONGEST_SENTENCE_ENGLISH if english else LONGEST_SENTENCE
    for sentence in sentences(paragraph):
        if length_of(sentence, english=english) > most:
            yield Finding(Level.BETTER, _("A long sentence: one thought each reads faster."), quoted(sentence), number)


def find_in_words(text: str, number: int | None, seen: set[str], *, english: bool) -> Iterator[Finding]:
    """Yield words that say little and times that pass, each once in an article."""
    lower = text.lower()
    for word, plainer in (OFFICIALESE_ENGLISH if english else OFFICIALESE).items():
        if word in lower and word not in seen:
            seen.add(word)
            yield Finding(Level.BETTER, _("Plainer words say more."), f"{word} → {plainer}", number)
    for found in EMPTY_VERB.finditer(text):
        if found[0] not in seen:
            seen.add(found[0])
            yield Finding(Level.BETTER, _("Plainer words say more."), f"{found[0]} → {found[1]}", number)
    for word in PASSING_TIME_ENGLISH if english else PASSING_TIME:
        if word in lower and word not in seen:
            seen.add(word)
            yield Finding(Level.BETTER, _("It is read for weeks: write the date."), word, number)
