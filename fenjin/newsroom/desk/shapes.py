"""The four forms of an article as its writers see them: card, long read, listening, poster; also of a draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.newsroom import shapes as drawn
from fenjin.newsroom.access import NEWSROOM, can_read
from fenjin.newsroom.models import Article
from fenjin.newsroom.page.article import minutes, page_of, seconds_to_read, text_of
from fenjin.newsroom.selectors import releases
from fenjin.newsroom.shapes import choices
from fenjin.newsroom.shapes.answering import answer
from fenjin.spaces.access import membership_of


@needs(NEWSROOM)
@require_safe
def shapes(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show all four, as they come out of the newest version."""
    article, version = _article(request, article_id)
    size, whole = choices.wanted(request)
    query = urlencode(choices.query(size, whole=whole))
    text = text_of(version)
    context: dict[str, Any] = {
        "article": article,
        "title": version.title,
        "hangs": version.readers == Article.Readers.EVERYBODY,
        "draft": _is_draft(article),
        "opens": can_read(membership_of(request), article),
        "listen": page_of(version, language="zh-hans").listen,
        "letters": len(text),
        "reading": minutes(seconds_to_read(text)),
        "sizes": choices.sizes(size, whole=whole),
        "amounts": choices.amounts(size, whole=whole),
        **{name: _address(name, article_id, query) for name in ("card", "poster", "sheet")},
    }
    return render(request, "newsroom/desk/shapes.html", context)


@needs(NEWSROOM)
@require_safe
def shape(request: HttpRequest, article_id: int, what: str) -> HttpResponse:
    """Answer one drawn file: card, poster, or the poster's first sheet as a picture."""
    article, version = _article(request, article_id)
    if version.readers != Article.Readers.EVERYBODY:
        raise NotFound
    size, whole = choices.wanted(request)
    story = drawn.story_of(version, language="zh-hans")
    draft = _is_draft(article)
    if what == "card":
        return answer(drawn.card_of(article, story), "image/png", f"{story.title}.png")
    if what == "poster":
        content = drawn.poster_of(article, story, size=size, whole=whole, draft=draft)
        return answer(content, "application/pdf", f"{story.title}.pdf")
    if what == "sheet":
        content = drawn.first_sheet(article, story, size=size, whole=whole, draft=draft)
        return answer(content, "image/png", f"{story.title}.png")
    raise NotFound


def _article(request: HttpRequest, article_id: int) -> tuple[Article, Any]:
    """Return the article and its newest version, for those who write it; else 404."""
    article = releases.get_article_on_record(membership_of(request), article_id)
    version = article.get_latest_revision_as_object()
    version.first_published_at = article.first_published_at
    return article, version


def _is_draft(article: Article) -> bool:
    """Tell whether the newest version is one that nobody reads yet."""
    return not article.live or article.has_unpublished_changes


def _address(what: str, article_id: int, query: str) -> str:
    address = reverse("newsroom_desk:shape", kwargs={"article_id": article_id, "what": what})
    return f"{address}?{query}"
