"""From an article to what is printed: words in one language, parts in order, the cover, the way back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from fenjin.kit.covers import cover_svg
from fenjin.kit.paper import SEAL
from fenjin.kit.wording import friendly_date
from fenjin.media import selectors as media
from fenjin.newsroom.blocks import cells_of, picture_ids, words_of
from fenjin.newsroom.page.article import wording_of

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


def story_of(article: Any, *, language: str) -> Story:
    """Return what is printed of an article, in the words that a reader of `language` gets."""
    words = wording_of(article, language)
    space, english = article.space, words.language == "en"
    with translation.override("en" if english else "zh-hans"):
        moment = article.first_published_at
        date = friendly_date(moment, same_year=False) if moment else ""
    return Story(
        title=words.title,
        lead=words.lead,
        language=words.language,
        pieces=tuple(_pieces(words.body)),
        cover=_cover(article),
        space=(english and space.name_en) or space.name,
        seal=space.seal,
        colour=_colour(space.ramp),
        source=article.source,
        date=date,
        url=settings.PUBLIC_URL.rstrip("/") + reverse("newsroom:article", kwargs={"pk": article.pk}),
    )


def _colour(ramp: dict[str, Any]) -> Colour:
    """Return the colour of the sub-platform on white paper; the house's vermilion without one."""
    found = re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", str(ramp.get("light", {}).get("zhu-600", "")))
    if found is None:
        return SEAL
    red, green, blue = (int(part, 16) for part in found.groups())
    return red, green, blue


def _cover(article: Any) -> Shot:
    cover = article.cover
    if cover is None or cover.withdrawn_at is not None:
        seed = f"a{article.pk}"
        return Shot(seed, 0.5, lambda: cover_svg(seed).encode())
    return Shot(media.address(cover, 1080, "cover"), 0.5, lambda: media.bytes_of(cover, 1080, "cover"))


def _shot(picture: Any) -> Shot:
    share = picture.height / picture.width if picture.width else 0.6
    return Shot(media.address(picture, 1080), share, lambda: media.bytes_of(picture, 1080))


def _pieces(body: Any) -> list[Piece]:
    pictures = media.pictures_by_id(picture_ids(body))
    pieces: list[Piece] = []
    for part in body.raw_data:
        kind, value = part["type"], part["value"]
        if kind == "text":
            pieces += _Paragraphs.of(value)
        elif kind == "heading":
            pieces.append(Piece("heading", value))
        elif kind == "quote":
            pieces.append(Piece("quote", value["text"], mark=value.get("source", "")))
        elif kind == "table":
            rows = tuple(tuple(row) for row in cells_of(value["rows"]))
            pieces.append(Piece("table", value.get("caption", ""), rows=rows))
        elif kind == "picture":
            found = pictures.get(int(value["picture"] or 0))
            if found is not None:
                pieces.append(Piece("picture", value.get("caption", ""), picture=_shot(found)))
        else:  # what paper cannot hold is there in its words
            said = words_of(SimpleNamespace(raw_data=[part]))
            pieces += [Piece("text", line) for line in said.splitlines() if line.strip()]
    return pieces


class _Paragraphs(HTMLParser):
    """Takes paragraphs and items out of rich text; emphasis and links are left behind."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.words = ""
        self.lists: list[int] = []  # one for each list we are in: items so far, -1 where they bear no numbers
        self.item = False

    @classmethod
    def of(cls, html: str) -> list[Piece]:
        """Return the pieces of a piece of rich text."""
        parser = cls()
        parser.feed(html)
        parser.close()
        parser.finish()
        return parser.pieces

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("p", "ul", "ol", "li", "br"):
            self.finish()
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self.item = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "ul", "ol", "li"):
            self.finish()
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
            self.pieces.append(Piece("text", text))
        self.item = False
