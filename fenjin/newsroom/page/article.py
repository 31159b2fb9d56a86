"""From an article to what phones draw: words in the reader's language, parts of the body, pictures.

It looks at the fields of the article it is given and never at the database of articles, so that the
page, the studio's preview and a frozen message are one and the same.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenjin.kit.components import ArticleHead, LeadStory, Listen, Picture, StoryRow, Tag, Words
from fenjin.kit.wording import exact_time, friendly_time
from fenjin.media import selectors as media
from fenjin.newsroom.blocks import words_of
from fenjin.newsroom.page.drawing import draw_body
from fenjin.newsroom.page.listening import listen_of

CHARACTERS_A_MINUTE: Final = 350
WORDS_A_MINUTE: Final = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an article in one language; `missing` says that it is the other one."""

    title: str
    lead: str
    body: Any
    language: str
    missing: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that newsroom/article.html draws."""

    head: ArticleHead
    lead: str
    language: str  # of the words, for the lang attribute
    fallback: Words  # said above the text when it is not there in the reader's language
    cover: Picture | None
    body: SafeString
    source: str
    reading: Words
    listen: Listen


def is_english(language: str) -> bool:
    """Tell whether a reader of this language is shown English where there is any."""
    return language.lower().startswith("en")


def wording_of(article: Any, language: str) -> Wording:
    """Return the article's words for a reader; the other language where this one has none."""
    english, missing = is_english(language), False
    if english and not (article.title_en or article.body_en):
        english, missing = False, True
    if not english:
        return Wording(article.title, article.lead, article.body, "zh-CN", missing)
    body = article.body_en or article.body
    return Wording(
        title=article.title_en or article.title,
        lead=article.lead_en or ("" if article.title_en else article.lead),
        body=body,
        language="en" if article.body_en or not article.body else "zh-CN",
        missing=bool(article.body and not article.body_en),
    )


def list_words(article: Any, language: str) -> Wording:
    """Return the words for a row of a list, without the body: lists do not load it."""
    english = is_english(language) and bool(article.title_en)
    return Wording(
        title=article.title_en if english else article.title,
        lead=article.lead_en if english else article.lead,
        body=None,
        language="en" if english else "zh-CN",
        missing=is_english(language) and not english,
    )


def seconds_to_read(text: str) -> int:
    """Return how long an unhurried reader needs: Chinese by characters, Latin script by words."""
    latin = len([word for word in text.split() if word.isascii()])
    chinese = sum(1 for letter in text if "\u4e00" <= letter <= "\u9fff")
    return max(10, round(60 * (chinese / CHARACTERS_A_MINUTE + latin / WORDS_A_MINUTE)))


def text_of(article: Any, language: str = "zh-hans") -> str:
    """Return lead and body as plain text."""
    words = wording_of(article, language)
    return "\n".join(part for part in (words.lead, words_of(words.body)) if part)


def minutes(seconds: int) -> str:
    """Return 约 3 分钟."""
    count = max(1, round(seconds / 60))
    return ngettext("about %(count)d minute", "about %(count)d minutes", count) % {"count": count}


def page_of(article: Any, *, language: str) -> ArticlePage:
    """Return the phone page of an article for a reader of `language`."""
    words = wording_of(article, language)
    with translation.override(language):
        when = exact_time(article.published_at) if article.published_at else _("Not published yet")
        reading = minutes(seconds_to_read(text_of(article, language)))
        meta = tuple(part for part in (article.source, when, reading) if part)
        head = ArticleHead(title=words.title, tag=first_tag(article), meta=meta)
        fallback = _("This article is not there in English yet. You see the Chinese text.") if words.missing else ""
        cover = article.cover
        shown = media.shown(cover, cut="cover") if cover and cover.withdrawn_at is None else None
        return ArticlePage(
            head=head,
            lead=words.lead,
            language=words.language,
            fallback=fallback,
            cover=shown,
            body=draw_body(words.body, heard_above=True),
            source=article.source,
            reading=reading,
            listen=listen_of(words.body),
        )


def draw_cover(article: Any) -> SafeString | str:
    """Return the cover as it stands above the text of a message; nothing without a picture of its own."""
    if not _has_cover(article):
        return ""
    picture = media.shown(article.cover, cut="cover")
    return render_to_string("newsroom/blocks/picture.html", {"picture": picture, "value": {}})


def first_tag(article: Any) -> Tag | None:
    """Return the tag that stands beside the title."""
    return Tag(label=article.tags[0]) if article.tags else None


def drawn_cover(article: Any) -> Picture:
    """Return the picture drawn for an article without a photo."""
    return Picture(src=reverse("shell:cover", kwargs={"seed": f"a{article.pk}"}), width=720, height=360)


def lead_story(article: Any, language: str) -> LeadStory:
    """Return the article as the first, large story of a list."""
    words = list_words(article, language)
    return LeadStory(
        title=words.title,
        href=reverse("newsroom:article", kwargs={"pk": article.pk}),
        picture=media.shown(article.cover, cut="cover", alt="") if _has_cover(article) else drawn_cover(article),
        tag=first_tag(article),
        meta=_list_meta(article, words),
        brief=words.lead,
    )


def story_row(article: Any, language: str) -> StoryRow:
    """Return the article as a compact row."""
    words = list_words(article, language)
    return StoryRow(
        title=words.title,
        href=reverse("newsroom:article", kwargs={"pk": article.pk}),
        picture=media.shown(article.cover, cut="thumb", alt="", sizes="96px")
        if _has_cover(article)
        else drawn_cover(article),
        tag=first_tag(article),
        meta=_list_meta(article, words),
    )


def _has_cover(article: Any) -> bool:
    return article.cover is not None and article.cover.withdrawn_at is None


def _list_meta(article: Any, words: Wording) -> tuple[Words, ...]:
    label = _("In Chinese") if words.missing else ""
    return tuple(part for part in (article.source, friendly_time(article.published_at), label) if part)
