"""Phone pages: the list of news and one article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.kit.components import More
from fenjin.newsroom import selectors
from fenjin.newsroom.access import may_hang
from fenjin.newsroom.page import lead_story, page_of, story_row
from fenjin.spaces.access import EMPLOYEE, membership_of


@needs(EMPLOYEE)
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Show what the person may read, newest first; `from` is the cursor of further pages."""
    start = request.GET.get("from", "0")
    start_at = min(int(start), 100_000) if start.isdecimal() and len(start) < 8 else 0
    page = selectors.list_articles(membership_of(request), start_at)
    language = request.LANGUAGE_CODE
    articles = list(page.articles)
    lead = lead_story(articles.pop(0), language) if articles and not start_at else None
    more = More(href=f"{reverse('newsroom:list')}?from={page.next}" if page.next else "", target="stories")
    rows = [story_row(article, language) for article in articles]
    context = {"lead": lead, "rows": rows, "more": more, "first_page": not start_at}
    return render(request, "newsroom/list.html", context)


@needs(EMPLOYEE)
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one article; unpublished, foreign, not for this person and absent are the same 404."""
    found = selectors.get_article(membership_of(request), pk)
    page = page_of(found, language=request.LANGUAGE_CODE)
    return render(request, "newsroom/article.html", {"page": page, "article": found, "hangs": may_hang(found)})
