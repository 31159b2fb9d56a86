"""The desk of series and topics: what they are called, what stands in them, who sees them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.newsroom import selectors, services
from fenjin.newsroom.access import CURATES_COLUMNS, CURATES_SERIES, SERIES_RIGHT, spaces_to_curate
from fenjin.newsroom.forms.threads import SeriesForm
from fenjin.newsroom.models import Series
from fenjin.newsroom.selectors.put_away import list_put_away
from fenjin.spaces.selectors import spaces_to_add_in

FORM = ["GET", "HEAD", "POST"]
LONGEST_SEARCH = 40


@needs(CURATES_SERIES)
@require_safe
def series_all(request: HttpRequest) -> HttpResponse:
    """Show all series and topics of the own spaces."""
    rows = selectors.list_series_to_edit(spaces_to_curate(request.user, SERIES_RIGHT))
    context = {"rows": rows, "several": len({row.space_id for row in rows}) > 1, "tab": "series"}
    context["put_away"] = list_put_away(request.user, "series")
    return render(request, "newsroom/desk/series_all.html", context)


@needs(CURATES_SERIES)
@require_http_methods(FORM)
def series_new(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    form = SeriesForm(request.POST or None, spaces=spaces_to_add_in(request.user, SERIES_RIGHT))
    if request.method == "POST" and form.is_valid():
        row = services.make_series(actor=request.user, **form.typed())
        messages.success(request, _("It is a draft. Put articles into it, then show it to readers."))
        return redirect("newsroom_desk:series_edit", pk=row.pk)
    context = {"form": form, "tab": "series", "heading": _("New series or topic")}
    return render(request, "newsroom/desk/thread_form.html", context, status=422 if form.errors else 200)


@needs(CURATES_SERIES)
@require_http_methods(FORM)
def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one with its parts in their order, and change its texts."""
    row = selectors.get_series_to_edit(spaces_to_curate(request.user, SERIES_RIGHT), pk)
    names = ["title", "lead", "title_en", "lead_en"] + (["planned"] if row.ordered else [])
    initial = {name: getattr(row, name) for name in names}
    form = SeriesForm(request.POST or None, spaces=[], ordered=row.ordered, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_series(actor=request.user, series=row, **form.typed())
        messages.success(request, _("Kept."))
        return redirect("newsroom_desk:series_edit", pk=pk)
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context: dict[str, Any] = {
        "series": row,
        "form": form,
        "parts": selectors.list_parts(row),
        "text": text,
        "candidates": selectors.list_candidates(row, text),
    }
    return render(request, "newsroom/desk/series_edit.html", context, status=422 if form.errors else 200)


@needs(CURATES_SERIES)
@require_POST
def series_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an article in, take one out, or move one: `do` says which."""
    row = selectors.get_series_to_edit(spaces_to_curate(request.user, SERIES_RIGHT), pk)
    article, done = _number(request.POST.get("article")), request.POST.get("do")
    try:
        if done == "add":
            services.add_part(actor=request.user, series=row, article_id=article)
        elif done == "remove":
            services.remove_part(actor=request.user, series=row, article_id=article)
            messages.success(request, _("Taken out; the article itself stays as it is."))
        elif done == "move":
            services.move_part(actor=request.user, series=row, article_id=article, to=_number(request.POST.get("to")))
        else:
            raise BadRequest
    except (services.AlreadyThere, services.InAnotherSeries) as refusal:
        messages.error(request, str(refusal))
    return redirect("newsroom_desk:series_edit", pk=pk)


@needs(CURATES_SERIES)
@require_POST
def series_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to readers, call it complete, or hide it."""
    row = selectors.get_series_to_edit(spaces_to_curate(request.user, SERIES_RIGHT), pk)
    state = request.POST.get("state", "")
    if state not in Series.State.values:
        raise BadRequest
    said = {
        "draft": _("Readers no longer see it. Its articles stay where they are."),
        "open": _("Readers see it now."),
        "finished": _("Readers see that it is complete."),
    }
    try:
        services.set_state(actor=request.user, series=row, state=state)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said[state])
    return redirect("newsroom_desk:series_edit", pk=pk)


@needs(CURATES_SERIES)
@require_POST
def series_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away; the articles stay, and it can be brought back."""
    row = selectors.get_series_to_edit(spaces_to_curate(request.user, SERIES_RIGHT), pk)
    services.put_series_away(actor=request.user, series=row)
    said = _("“%(title)s” is put away; its articles are still there. You can bring it back for 30 days.")
    messages.success(request, said % {"title": row.title})
    return redirect("newsroom_desk:series_all")


@needs(CURATES_COLUMNS)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back a series, a column or a word that was put away. Raises NotFound."""
    try:
        row = services.bring_back(actor=request.user, pk=pk)
    except (services.NotThereAnyMore, services.WordTaken, services.NameTaken) as refusal:
        messages.error(request, str(refusal))
        return redirect("newsroom_desk:columns")
    messages.success(request, _("“%(title)s” is back as it was.") % {"title": row.title})
    if row.kind == row.Kind.SERIES:
        return redirect("newsroom_desk:series_edit", pk=row.object_id)
    return redirect("newsroom_desk:columns" if row.kind == row.Kind.COLUMN else "newsroom_desk:terms")


def _number(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadRequest
    return int(text)
