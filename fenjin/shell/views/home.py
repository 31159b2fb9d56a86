"""The first page: what I chose to do today, and what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.delivery import selectors as delivery
from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.components import Todo, TodoRow
from fenjin.kit.memory import once
from fenjin.spaces.access import membership_of
from fenjin.spaces.register import home_sections, modules
from fenjin.spaces.selectors.looks import look_of, shown_space

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
    """Show today's things and the sections that features bring; operators have no home and go to me.

    An emergency that waits for the own answer takes the whole page; `?on` leads past it.
    """
    person_id = membership_of(request).person_id
    if person_id is None:
        return redirect("shell:me")
    call = delivery.call_for(person_id, once(request, delivery.glance, person_id).emergencies)
    if call is not None and call.asks and "on" not in request.GET:
        return render(request, "shell/home.html", {"call": call, "alone": True})
    context = {"todo": card_of(_rows(request)), "sections": _sections(request), "call": call}
    return render(request, "shell/home.html", context)


def _rows(request: HttpRequest) -> list[TodoRow]:
    """Return today's things of all features."""
    enabled = look_of(once(request, shown_space, request)).enabled
    found = (source for module in modules() if module.key in enabled for source in module.todo)
    sources = sorted(found, key=lambda source: source.order)
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
    """Return the drawn sections of the features that the space has, as the space arranged them."""
    look = look_of(once(request, shown_space, request))
    sections = sorted(home_sections(look.enabled), key=lambda section: look.place_of(section.key, section.order))
    drawn = []
    for section in sections:
        if section.key in look.hidden:
            continue
        context = section.collect(request)
        if context is not None:
            drawn.append(render_to_string(section.template, context, request))
    return drawn
