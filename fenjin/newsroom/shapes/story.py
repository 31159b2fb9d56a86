"""From an article to what is printed: words in one language, parts in order, the cover, the way back."""

import re
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from fenjin.kit.covers import cover_svg
from fenjin.kit.paper import SEAL
from fenjin.kit.paper.story import Colour, Paragraphs, Piece, Shot, Story
from fenjin.kit.wording import friendly_date
from fenjin.media import selectors as media
from fenjin.newsroom.blocks import cells_of, picture_ids, words_of
from fenjin.newsroom.page.article import wording_of


def story_of(article: Any, *, language: str) -> Story:
    """Return what is printed of an article, in the words that a reader of `language` gets."""
    words = wording_of(article, language)
    space, english = article.space, words.language == "en"
    with translation.override("en" if english else "zh-hans"):
        moment = article.first_published_at
        date = friendly_date(moment.astimezone(ZoneInfo(space.zone)), same_year=False) if moment else ""
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
            pieces += Paragraphs.of(value)
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
