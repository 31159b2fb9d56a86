"""What a card or a poster shows: words in one language, parts in order, the cover, the way back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Literal

Colour = tuple[int, int, int]
Kind = Literal["text", "heading", "item", "quote", "table", "picture"]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: what names it for good, its height by its width, and its bytes, fetched when it is drawn."""

    name: str
    share: float
    load: Callable[[], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the body. `mark` stands before an item or names who said a quote."""

    kind: Kind
    text: str = ""
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Shot | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a card or a poster shows."""

    title: str
    lead: str
    language: str
    pieces: tuple[Piece, ...]
    cover: Shot
    space: str
    seal: str
    colour: Colour
    source: str
    date: str
    url: str

    @property
    def chinese(self) -> bool:
        """Tell whether the words are Chinese."""
        return self.language.startswith("zh")


_KINDS: dict[str, Kind] = {"h2": "heading", "h3": "heading", "h4": "heading", "blockquote": "quote"}
_BREAKS = frozenset({"p", "ul", "ol", "li", "br", "tr", "div", "figure", "figcaption", *_KINDS})


class Paragraphs(HTMLParser):
    """Takes headings, paragraphs, quotes and items out of rich text; emphasis and links are left behind."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.words = ""
        self.lists: list[int] = []  # one for each list we are in: items so far, -1 where they bear no numbers
        self.item = False
        self.kind: Kind = "text"  # what a paragraph here is

    @classmethod
    def of(cls, html: str) -> list[Piece]:
        """Return the pieces of a piece of rich text."""
        parser = cls()
        parser.feed(html)
        parser.close()
        parser.finish()
        return parser.pieces

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _BREAKS:
            self.finish()
        self.kind = _KINDS.get(tag, self.kind)
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self.item = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.finish()
        if tag in _KINDS:
            self.kind = "text"
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        self.words += data

    def finish(self) -> None:
        """Put down what was gathered."""
        text = " ".join(self.words.split())
        self.words = ""
        if not text:
            return
        if self.item and self.lists:
            if self.lists[-1] >= 0:
                self.lists[-1] += 1
            mark = f"{self.lists[-1]}." if self.lists[-1] > 0 else "•"
            self.pieces.append(Piece("item", text, mark=mark))
        else:
            self.pieces.append(Piece(self.kind, text))
        self.item = False
