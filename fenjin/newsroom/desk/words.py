"""The desks of columns, words and answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, NotFound, Refusal
from fenjin.newsroom import selectors, services
from fenjin.newsroom.access import (
    ANSWER_RIGHT,
    COLUMN_RIGHT,
    CURATES_ANSWERS,
    CURATES_COLUMNS,
    CURATES_TERMS,
    TERM_RIGHT,
    spaces_to_curate,
)
from fenjin.newsroom.forms.threads import AnswerForm, ColumnForm, TermForm
from fenjin.newsroom.selectors.put_away import list_put_away
from fenjin.spaces.selectors import spaces_to_add_in

FORM = ["GET", "HEAD", "POST"]
LONGEST_SEARCH = 40


# ---- columns -------------------------------------------------------------------------------------------


@needs(CURATES_COLUMNS)
@require_http_methods(FORM)
def columns(request: HttpRequest) -> HttpResponse:
    """Show the columns in their order, and open one more."""
    form = ColumnForm(request.POST or None, spaces=spaces_to_add_in(request.user, COLUMN_RIGHT))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_column(actor=request.user, **form.typed())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Opened. Choose it when you write; it is shown once an article stands in it."))
            return redirect("newsroom_desk:columns")
    rows = selectors.list_columns_to_edit(spaces_to_curate(request.user, COLUMN_RIGHT))
    context = {"rows": rows, "form": form, "tab": "columns", "several": len({row.space_id for row in rows}) > 1}
    context["put_away"] = list_put_away(request.user, "column")
    return render(request, "newsroom/desk/columns.html", context, status=422 if form.errors else 200)


@needs(CURATES_COLUMNS)
@require_http_methods(FORM)
def column_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a column."""
    row = selectors.get_column_to_edit(spaces_to_curate(request.user, COLUMN_RIGHT), pk)
    form = ColumnForm(request.POST or None, spaces=[], initial={"name": row.name, "name_en": row.name_en})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_column(actor=request.user, column=row, **form.typed())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("newsroom_desk:columns")
    context = {"form": form, "tab": "columns", "heading": row.name}
    return render(request, "newsroom/desk/thread_form.html", context, status=422 if form.errors else 200)


@needs(CURATES_COLUMNS)
@require_POST
def column_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a column one place, or close it: `do` says which."""
    spaces = spaces_to_curate(request.user, COLUMN_RIGHT)
    row = selectors.get_column_to_edit(spaces, pk)
    done = request.POST.get("do")
    if done == "remove":
        services.put_column_away(actor=request.user, column=row)
        messages.success(request, _("Closed. Its articles stay, in no column. You can bring it back for 30 days."))
    elif done in ("up", "down"):
        ids = [one.pk for one in selectors.list_columns_to_edit(frozenset({row.space_id}))]
        services.move_column(actor=request.user, column=row, to=ids.index(row.pk) + 1 + (1 if done == "down" else -1))
    else:
        raise BadRequest
    return redirect("newsroom_desk:columns")


# ---- words ---------------------------------------------------------------------------------------------


@needs(CURATES_TERMS)
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Show the words that are explained."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = selectors.list_terms_to_edit(spaces_to_curate(request.user, TERM_RIGHT), text)
    context = {"rows": rows, "text": text, "tab": "terms", "several": len({row.space_id for row in rows}) > 1}
    context["put_away"] = list_put_away(request.user, "term")
    return render(request, "newsroom/desk/terms.html", context)


@needs(CURATES_TERMS)
@require_http_methods(FORM)
def term(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Explain a word, or explain it better."""
    row = selectors.get_term_to_edit(spaces_to_curate(request.user, TERM_RIGHT), pk) if pk else None
    names = ("word", "aliases", "meaning", "word_en", "meaning_en")
    form = TermForm(
        request.POST or None,
        spaces=[] if row else spaces_to_add_in(request.user, TERM_RIGHT),
        initial={name: getattr(row, name) for name in names} if row else {},
    )
    if request.method == "POST" and form.is_valid():
        words = form.typed()
        space = words.pop("space_id", row.space_id if row else 0)
        try:
            services.write_term(actor=request.user, space_id=space, term=row, **words)
        except Refusal as refusal:
            form.add_error("word", str(refusal))
        else:
            messages.success(request, _("Kept. Articles show it within a few seconds."))
            return redirect("newsroom_desk:terms")
    context = {"form": form, "tab": "terms", "heading": row.word if row else _("New word"), "term": row}
    return render(request, "newsroom/desk/thread_form.html", context, status=422 if form.errors else 200)


@needs(CURATES_TERMS)
@require_POST
def term_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a word out."""
    row = selectors.get_term_to_edit(spaces_to_curate(request.user, TERM_RIGHT), pk)
    services.put_term_away(actor=request.user, term=row)
    said = _("“%(word)s” is no longer explained. You can bring it back for 30 days.")
    messages.success(request, said % {"word": row.word})
    return redirect("newsroom_desk:terms")


# ---- answers -------------------------------------------------------------------------------------------


@needs(CURATES_ANSWERS)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show the answers, those in force first."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = selectors.list_answers_to_edit(spaces_to_curate(request.user, ANSWER_RIGHT), text)
    context = {"rows": rows, "text": text, "tab": "answers", "several": len({row.space_id for row in rows}) > 1}
    return render(request, "newsroom/desk/answers.html", context)


@needs(CURATES_ANSWERS)
@require_http_methods(FORM)
def answer(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Answer a question; with `pk` change the answer, and with `new` in the address put another in its place."""
    spaces = spaces_to_curate(request.user, ANSWER_RIGHT)
    row = selectors.get_answer_to_edit(spaces, pk) if pk else None
    replacing = row is not None and "new" in request.GET
    form = _answer_form(request, row, spaces)
    if request.method == "POST" and form.is_valid():
        try:
            _write_answer(request, row, form, replacing=replacing)
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error("question", str(refusal))
        else:
            messages.success(request, _("Kept. It is found by the search at once."))
            return redirect("newsroom_desk:answers")
    heading = _("A new answer in its place") if replacing else (row.question if row else _("New answer"))
    context = {"form": form, "tab": "answers", "heading": heading, "answer": row, "replacing": replacing}
    return render(request, "newsroom/desk/thread_form.html", context, status=422 if form.errors else 200)


def _answer_form(request: HttpRequest, row: Any, spaces: frozenset[int]) -> AnswerForm:
    names = ("question", "wordings", "text", "owner", "article_id", "question_en", "text_en")
    return AnswerForm(
        request.POST or None,
        spaces=[] if row else spaces_to_add_in(request.user, ANSWER_RIGHT),
        articles=selectors.list_explaining(frozenset({row.space_id}) if row else spaces),
        initial={name: getattr(row, name) for name in names} if row else {},
    )


def _write_answer(request: HttpRequest, row: Any, form: AnswerForm, *, replacing: bool) -> None:
    words = form.typed()
    space = words.pop("space_id", row.space_id if row else 0)
    if replacing:
        services.replace_answer(actor=request.user, old=row, **words)
    else:
        services.write_answer(actor=request.user, space_id=space, answer=row, **words)
