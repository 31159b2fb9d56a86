"""Words of the trade inside a text: the first time one is used it becomes a way to its explanation.

The explanations stand below the text, so nothing more is loaded, and it works without JavaScript.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# A tag with its attributes; a ">" inside quotes does not end it.
_TAG: Final = re.compile(r"(<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)")
_NAME: Final = re.compile(r"</?\s*([a-z0-9]+)", re.IGNORECASE)
_TEXT_IN: Final = frozenset({"p", "li", "td", "dd"})
_NEVER_IN: Final = frozenset({"a", "button", "label", "summary", "h2", "h3", "cite", "figcaption", "caption"})
_SINGLE: Final = frozenset({"br", "img", "hr", "input", "source", "wbr"})


@dataclass(frozen=True, slots=True)
class Explained:
    """A word that a text uses, and what it means."""

    pk: int
    word: str
    meaning: str
    language: str

    @property
    def anchor(self) -> str:
        """Return the id of its place below the text."""
        return f"term-{self.pk}"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of some spaces in one language, ready to be looked for."""

    words: dict[str, Explained]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, terms: list[Any], language: str) -> "Glossary":
        """Return the glossary of these rows for a text in `language` ("en" or "zh-CN"); earlier rows win."""
        english = language == "en"
        words: dict[str, Explained] = {}
        for term in terms:
            spellings = [term.word_en] if english else [term.word, *term.aliases]
            meaning = term.meaning_en if english else term.meaning
            for spelling in spellings:
                if spelling and meaning:
                    words.setdefault(_key(spelling), Explained(term.pk, spellings[0], meaning, language))
        longest = sorted(words, key=len, reverse=True)
        if not longest:
            return cls(words, None)
        either = "|".join(re.escape(escape(word)) for word in longest)
        # Latin words begin and end at a border; Chinese has none.
        return cls(words, re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])", re.IGNORECASE))


def explain(html: SafeString, glossary: Glossary) -> tuple[SafeString, tuple[Explained, ...]]:
    """Return the cleaned HTML with its words marked, and the words in the order in which they come."""
    if glossary.pattern is None:
        return html, ()
    used: dict[int, Explained] = {}
    drawn: list[str] = []
    inside: list[str] = []
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            _follow(inside, piece)
            drawn.append(piece)
        elif not _TEXT_IN.isdisjoint(inside) and _NEVER_IN.isdisjoint(inside):
            drawn.append(_marked(piece, glossary, used))
        else:
            drawn.append(piece)
    # What came in was safe; only links made by format_html were put between.
    return mark_safe("".join(drawn)), tuple(used.values())  # noqa: S308


def _marked(text: str, glossary: Glossary, used: dict[int, Explained]) -> str:
    def link(found: re.Match[str]) -> str:
        explained = glossary.words.get(_key(unescape(found[0])))
        if explained is None or explained.pk in used:
            return found[0]
        used[explained.pk] = explained
        # The text is escaped already, and stays as it is.
        return format_html('<a class="term" href="#{}">{}</a>', explained.anchor, mark_safe(found[0]))  # noqa: S308

    return glossary.pattern.sub(link, text) if glossary.pattern else text


def _follow(inside: list[str], tag: str) -> None:
    """Keep the names of the elements around the next piece of text."""
    named = _NAME.match(tag)
    if named is None or tag.endswith("/>") or named[1].lower() in _SINGLE:
        return
    name = named[1].lower()
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        while inside.pop() != name:
            pass


def _key(word: str) -> str:
    return word.casefold()
