"""Phone pages: the list of news and one article."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.kit.addresses import is_a_reader
from fenjin.kit.components import More
from fenjin.newsroom import selectors, services
from fenjin.newsroom.access import may_hang, may_talk
from fenjin.newsroom.page.around import around, around_list
from fenjin.newsroom.page.article import lead_story, page_of, story_row
from fenjin.newsroom.page.standing import standing_of
from fenjin.newsroom.page.talk import talk_of
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import modules_off


@needs(EMPLOYEE)
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Show what the person may read, newest first, of one `column` or all; `from` is the cursor of further pages."""
    membership = membership_of(request)
    columns = selectors.list_columns(membership)
    column = next((one for one in columns if str(one.pk) == request.GET.get("column")), None)
    start = request.GET.get("from", "0")
    start_at = min(int(start), 100_000) if start.isdecimal() and len(start) < 8 else 0
    page = selectors.list_articles(membership, start_at, column)
    language = request.LANGUAGE_CODE
    articles = list(page.articles)
    lead = lead_story(articles.pop(0), language) if articles and not start_at else None
    only = f"&column={column.pk}" if column else ""
    more = More(href=f"{reverse('newsroom:list')}?from={page.next}{only}" if page.next else "", target="stories")
    rows = [story_row(article, language) for article in articles]
    context: dict[str, Any] = {"lead": lead, "rows": rows, "more": more, "first_page": not start_at}
    context |= around_list(membership, columns, column, language) if not start_at else {}
    context["off"] = modules_off(request)
    return render(request, "newsroom/list.html", context)


@needs(EMPLOYEE)
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one article; unpublished, foreign, not for this person and absent are the same 404."""
    membership = membership_of(request)
    found = selectors.get_article(membership, pk)
    off, language = modules_off(request), request.LANGUAGE_CODE
    page, near = around(membership, found, page_of(found, language=language), language, off)
    if is_a_reader(request):
        services.note_visit(membership=membership, article=found, series=near.place.view.series if near.place else None)
    context = {"page": page, "article": found, "around": near, "hangs": may_hang(found)}
    context["standing"] = standing_of(found, language)
    if "talk" not in off and may_talk(found):
        context["talk"] = talk_of(found, membership.person_id or 0)
    return render(request, "newsroom/article.html", context)
