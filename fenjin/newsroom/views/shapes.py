"""The card and the poster of an article, for those who may read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.newsroom import selectors, shapes
from fenjin.newsroom.access import may_hang
from fenjin.newsroom.models import Article
from fenjin.newsroom.shapes import choices
from fenjin.newsroom.shapes.answering import answer
from fenjin.spaces.access import EMPLOYEE, membership_of


@needs(EMPLOYEE)
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the picture to share."""
    article = _article(request, pk)
    return render(request, "newsroom/card.html", {"article": article, "title": choices.title_of(request, article)})


@needs(EMPLOYEE)
@require_safe
def card_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the card as a PNG."""
    article = _article(request, pk)
    story = shapes.story_of(article, language=request.LANGUAGE_CODE)
    return answer(shapes.card_of(article, story), "image/png", f"{story.title}.png")


@needs(EMPLOYEE)
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first sheet of the poster, and the choice of paper and of how much text."""
    article = _article(request, pk)
    size, whole = choices.wanted(request)
    query = urlencode(choices.query(size, whole=whole))
    context: dict[str, Any] = {
        "article": article,
        "title": choices.title_of(request, article),
        "size": size,
        "whole": whole,
        "sizes": choices.sizes(size, whole=whole),
        "amounts": choices.amounts(size, whole=whole),
        "file": f"{reverse('newsroom:poster_file', kwargs={'pk': pk})}?{query}",
        "picture": f"{reverse('newsroom:poster_picture', kwargs={'pk': pk})}?{query}",
    }
    return render(request, "newsroom/poster.html", context)


@needs(EMPLOYEE)
@require_safe
def poster_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the poster as a PDF."""
    article = _article(request, pk)
    size, whole = choices.wanted(request)
    story = shapes.story_of(article, language=request.LANGUAGE_CODE)
    return answer(shapes.poster_of(article, story, size=size, whole=whole), "application/pdf", f"{story.title}.pdf")


@needs(EMPLOYEE)
@require_safe
def poster_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the first sheet of the poster as a PNG."""
    article = _article(request, pk)
    size, whole = choices.wanted(request)
    story = shapes.story_of(article, language=request.LANGUAGE_CODE)
    return answer(shapes.first_sheet(article, story, size=size, whole=whole), "image/png", f"{story.title}.png")


def _article(request: HttpRequest, pk: int) -> Article:
    """Return an article that this person may read and that may hang on a wall; else the same 404 as ever."""
    article = selectors.get_article(membership_of(request), pk)
    if not may_hang(article):
        raise NotFound
    return article
