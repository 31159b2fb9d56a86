"""The first page: what I chose to do today, and what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.components import Todo, TodoRow
from fenjin.shell import fragments
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
    rows = _rows(request)
    context = {"todo": _card(rows), "resting": not any(not row.done for row in rows), "sections": _sections(request)}
    return render(request, "shell/home.html", context)


def _rows(request: HttpRequest) -> list[TodoRow]:
    """Return today's things of all features: the open ones first."""
    sources = sorted((source for module in modules() for source in module.todo), key=lambda source: source.order)
    found = [row for source in sources for row in source.collect(request)]
    return sorted(found, key=lambda row: row.done)[:MOST_ROWS]


def _card(rows: list[TodoRow]) -> Todo | None:
    if not rows:
        return None
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
            drawn.append(fragments.draw(request, section.template, context))
    return drawn
