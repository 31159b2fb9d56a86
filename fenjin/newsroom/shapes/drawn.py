"""The finished files: words in the story's language, drawn once and kept."""

from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from fenjin.kit.paper import picture_of
from fenjin.kit.paper.poster import Say, draw_poster
from fenjin.kit.paper.story import Story
from fenjin.newsroom.shapes.card import draw_card
from fenjin.newsroom.shapes.keeping import kept

PREVIEW_WIDTH: Final = 840


def card_of(article: Any, story: Story) -> bytes:
    """Return the card of an article as a PNG."""

    def draw() -> bytes:
        with translation.override("zh-hans" if story.chinese else "en"):
            return draw_card(story, call=_("Scan to read it all"), hint=_("Sign in, then read it or listen to it"))

    return kept(article, story, f"card-{story.language}", "png", draw)


def poster_of(article: Any, story: Story, *, size: str, whole: bool, draft: bool = False) -> bytes:
    """Return the poster of an article as a PDF; one of a draft says that it is not to be hung yet."""

    def draw() -> bytes:
        return draw_poster(story, _say(story, draft=draft), size=size, whole=whole)

    return kept(article, story, _name(story, size, whole=whole, draft=draft), "pdf", draw)


def first_sheet(article: Any, story: Story, *, size: str, whole: bool, draft: bool = False) -> bytes:
    """Return the first sheet of the poster as a PNG."""
    paper = poster_of(article, story, size=size, whole=whole, draft=draft)
    return kept(
        article,
        story,
        _name(story, size, whole=whole, draft=draft),
        "png",
        lambda: picture_of(paper, width=PREVIEW_WIDTH),
    )


def _name(story: Story, size: str, *, whole: bool, draft: bool) -> str:
    return f"{'draft' if draft else 'poster'}-{story.language}-{size}-{'whole' if whole else 'one'}"


def _say(story: Story, *, draft: bool) -> Say:
    with translation.override("zh-hans" if story.chinese else "en"):
        return Say(
            board=_("Draft: not to be hung yet") if draft else _("Notice board"),
            call=_("Scan: read it all, or listen"),
            hint=_("Sign in with your phone to open it; likes, questions and corrections stand there too"),
            more=_("… about %(count)s characters in all: scan to read on"),
            posted=_("Posted on"),
            until=_("Take down on"),
            page=_("Sheet %(page)s of %(pages)s"),
        )
