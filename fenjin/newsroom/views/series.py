"""Phone pages of series and topics, and of answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.kit.access import needs
from fenjin.kit.wording import exact_time, friendly_time
from fenjin.newsroom import selectors, services
from fenjin.newsroom.access import ANSWERS, SERIES, can_read
from fenjin.newsroom.home.strip import count_of, series_lead, series_title
from fenjin.newsroom.page.around import answer_row
from fenjin.newsroom.page.article import is_english, list_words
from fenjin.spaces.access import membership_of

LONGEST_SEARCH = 40


@needs(SERIES)
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Show the series and topics with something to read, those with new parts first."""
    language = request.LANGUAGE_CODE
    cards = [_card(view, language) for view in selectors.list_series(membership_of(request))]
    return render(request, "newsroom/series_list.html", {"cards": cards})


@needs(SERIES)
@require_safe
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one: its parts in their order, which I have read, and what came since."""
    language = request.LANGUAGE_CODE
    membership = membership_of(request)
    view = selectors.get_series(membership, pk)
    answers = selectors.answers_in([part.article.pk for part in view.parts])
    context = _card(view, language) | {
        "lead": series_lead(view.series, language),
        "parts": [_line(part, language) for part in view.parts],
        "since": _since(view),
        "answers": [answer_row(answer, language) for answer in answers],
    }
    return render(request, "newsroom/series.html", context)


@needs(SERIES)
@require_POST
def series_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what I have read of this series."""
    membership = membership_of(request)
    view = selectors.get_series(membership, pk)
    services.forget_readings(person_id=membership.person_id or 0, series_ids=[view.series.pk])
    messages.success(request, _("Forgotten: this series is as new to you."))
    return redirect("newsroom:series", pk=pk)


@needs(ANSWERS)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show questions with their one answer, or those that speak of `q`."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    language = request.LANGUAGE_CODE
    found = selectors.list_answers(membership_of(request), text)
    rows = [answer_row(answer, language) for answer in found]
    return render(request, "newsroom/answers.html", {"rows": rows, "text": text})


@needs(ANSWERS)
@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one answer; one that was replaced says so and leads to the one in force."""
    membership = membership_of(request)
    found = selectors.get_answer(membership, pk)
    english = is_english(request.LANGUAGE_CODE)
    newest = selectors.newest_of(found)
    article = found.article if found.article is not None and can_read(membership, found.article) else None
    context = {
        "answer": found,
        "question": found.question_en if english and found.question_en else found.question,
        "text": found.text_en if english and found.text_en else found.text,
        "checked": exact_time(found.checked_at),
        "newer": answer_row(newest, request.LANGUAGE_CODE) if newest.pk != found.pk else None,
        "article": article,
        "article_title": list_words(article, request.LANGUAGE_CODE).title if article else "",
    }
    return render(request, "newsroom/answer.html", context)


def _card(view: Any, language: str) -> dict[str, Any]:
    """Return what a card of a series and the head of its page say."""
    row = view.series
    return {
        "view": view,
        "series": row,
        "title": series_title(row, language),
        "brief": series_lead(row, language),
        "href": reverse("newsroom:series", kwargs={"pk": row.pk}),
        "count": count_of(row, len(view.parts)),
        "next": _line(view.next, language) if view.next and row.ordered else None,
    }


def _line(part: Any, language: str) -> dict[str, Any]:
    words = list_words(part.article, language)
    return {
        "part": part,
        "title": words.title,
        "lead": words.lead,
        "href": reverse("newsroom:article", kwargs={"pk": part.article.pk}),
        "when": friendly_time(part.article.first_published_at),
        "chinese": words.missing,
    }


def _since(view: Any) -> str:
    if view.read_at is None or not view.fresh:
        return ""
    words = ngettext(
        "You last read here %(when)s. %(count)d part is new since then.",
        "You last read here %(when)s. %(count)d parts are new since then.",
        view.fresh,
    )
    return words % {"when": friendly_time(view.read_at), "count": view.fresh}
