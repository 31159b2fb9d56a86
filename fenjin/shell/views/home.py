"""The first page: what I chose to do today, and what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.components import Todo, TodoRow
from fenjin.spaces.access import membership_of
from fenjin.spaces.register import modules

_TITLES = (
    gettext_lazy("One thing today"),
    gettext_lazy("Two things today"),
    gettext_lazy("Three things today"),
    gettext_lazy("Four things today"),
    gettext_lazy("Five things today"),
)
MOST_ROWS = len(_TITLES)


@needs(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Show today's things and the sections that features bring; operators have no home and go to me."""
    if membership_of(request).person_id is None:
        return redirect("shell:me")
    return render(request, "shell/home.html", {"todo": card_of(_rows(request)), "sections": _sections(request)})


def _rows(request: HttpRequest) -> list[TodoRow]:
    """Return today's things of all features."""
    sources = sorted((source for module in modules() for source in module.todo), key=lambda source: source.order)
    return [row for source in sources for row in source.collect(request)]


def card_of(rows: list[TodoRow]) -> Todo | None:
    """Return the card of today's things, the open ones first; none when there is nothing at all."""
    if not rows:
        return None
    rows = sorted(rows, key=lambda row: row.done)[:MOST_ROWS]
    resting = all(row.done for row in rows)
    note = _("All done. The rest of the day is yours.") if resting else _("No hurry: at your own pace.")
    return Todo(tuple(rows), str(_TITLES[len(rows) - 1]), note)


def _sections(request: HttpRequest) -> list[SafeString]:
    """Return the drawn sections of all features, in their order."""
    sections = sorted((part for module in modules() for part in module.home), key=lambda part: part.order)
    drawn = []
    for section in sections:
        context = section.collect(request)
        if context is not None:
            drawn.append(render_to_string(section.template, context, request))
    return drawn
