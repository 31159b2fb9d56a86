"""The desk of sent messages, and of how far each one got."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fenjin.delivery.access import COVERAGE_READER, POSTER_PRINTER, may_change, own_units
from fenjin.delivery.desk import cut_lines, figures, files
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.printed import SIZES, poster_of
from fenjin.delivery.selectors import Coverage, coverage, get_sent_message, sent_messages
from fenjin.delivery.selectors.coverage.cuts import cuts_of, sees_whole_audience
from fenjin.delivery.selectors.told import message_to_tell
from fenjin.delivery.selectors.unconfirmed import message_with_names, names_are_open
from fenjin.delivery.services.rollups import watch_coverage
from fenjin.delivery.services.totals import keep_totals
from fenjin.kit.access import needs
from fenjin.kit.components import Crumb, Crumbs
from fenjin.kit.errors import NotFound
from fenjin.spaces.access import membership_of

MOST_ROUNDS: Final = 120  # of five seconds: an open page renews its numbers for ten minutes
_TYPES = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.as_xlsx),
}


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise NotFound
    return int(text)


@needs(COVERAGE_READER)
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Show what was sent, newest first, with the figures of the reader's part."""
    page = sent_messages(_number(request.GET.get("before")), sender=request.user.pk or 0)
    keep_totals(sums=page.totals.sums)
    context = {
        "lines": [(row, figures.Line(row.title, row.figures, shown=row.figures.enough)) for row in page.rows],
        "more": page.more,
        "fresh": figures.as_of(page.totals.at, live=page.totals.live),
    }
    return render(request, "delivery/desk/sent.html", context)


@needs(COVERAGE_READER)
@require_safe
def coverage_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show audience, opened and confirmed of a message, down the tree; htmx renews the numbers alone."""
    unit_id = _number(request.GET.get("unit"))
    message = get_sent_message(message_id).message
    whole_audience = sees_whole_audience(message)
    watch_coverage(message=message, cuts=whole_audience and unit_id is None)
    page = coverage(message_id, unit_id)
    whole = figures.whole_line(page)
    context: dict[str, Any] = {
        "page": page,
        "whole": whole,
        "lines": figures.lines_of(page),
        "told": bool(whole.figures.told),
        "asks_confirmation": page.message.asks_confirmation,
        "fresh": figures.as_of(page.at, live=page.live),
        "changeable": may_change(request.user, page.message),
        "names": _are_named(request, message),
        "whole_audience": whole_audience,
        "reach": _reach(message) if whole_audience and unit_id is None and whole.shown else None,
        "definitions": figures.definitions(page),
        "crumbs": _crumbs(page) if len(page.way) > 1 else None,
        "csv": figures.address(page, page.unit_id, "csv"),
        "xlsx": figures.address(page, page.unit_id, "xlsx"),
        "again": _again(request, figures.address(page, unit_id)),
    }
    part = "#numbers" if request.headers.get("HX-Request") else ""
    return render(request, f"delivery/desk/coverage.html{part}", context)


def _are_named(request: HttpRequest, message: Message) -> bool:
    """Tell whether the reader may see now, of people of the own units, who has not confirmed."""
    own = own_units(membership_of(request))
    if not names_are_open(message) or not (own.spaces or own.branches):
        return False
    try:
        message_with_names(own, message.pk)
    except NotFound:
        return False
    return True


def _again(request: HttpRequest, address: str) -> str:
    """Return where the numbers renew themselves; empty after MOST_ROUNDS: a forgotten page does not ask for ever."""
    rounds = _number(request.GET.get("round")) or 0
    if rounds >= MOST_ROUNDS:
        return ""
    return f"{address}{'&' if '?' in address else '?'}round={rounds + 1}"


def _reach(message: Message) -> dict[str, Any] | None:
    """Return how many are reached and why others are not; None: it is being counted."""
    cuts = cuts_of(message)
    if cuts.at is None or not cut_lines.reach_shown(cuts):
        return None
    people, reached = cuts.times[-1].figures.people, cut_lines.reached(cuts)
    return {
        "reached": reached,
        "percent": figures.percent(reached / people),
        "left": cut_lines.unreached(cuts),
        "reasons": cut_lines.reasons(cuts),
        "fresh": figures.as_of(cuts.at, live=False),
    }


@needs(COVERAGE_READER)
@require_safe
def coverage_cuts(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show the whole audience by post, by place and over time; a 404 for whoever sees only a part of it."""
    version = get_sent_message(message_id)
    if not sees_whole_audience(version.message):
        raise NotFound
    watch_coverage(message=version.message, cuts=True)
    cuts = cuts_of(version.message)
    context = {
        "version": version,
        "message": version.message,
        "made": cuts.at is not None,
        "fresh": figures.as_of(cuts.at, live=False) if cuts.at else "",
        "tables": cut_lines.tables(cuts),
        "asks_confirmation": version.message.asks_confirmation,
        "again": _again(request, reverse("delivery_desk:coverage_cuts", kwargs={"message_id": message_id})),
    }
    part = "#cuts" if request.headers.get("HX-Request") else ""
    return render(request, f"delivery/desk/coverage_cuts.html{part}", context)


def _crumbs(page: Coverage) -> Crumbs:
    *above, last = page.way
    return Crumbs((*(Crumb(name, figures.address(page, unit)) for unit, name in above), Crumb(last[1])))


@needs(COVERAGE_READER)
@require_safe
def coverage_file(request: HttpRequest, message_id: int, form: str) -> HttpResponse:
    """Give the numbers of a coverage page as a file."""
    if form not in _TYPES:
        raise NotFound
    page = coverage(message_id, _number(request.GET.get("unit")))
    cuts = cuts_of(page.message) if sees_whole_audience(page.message) else None
    content_type, write = _TYPES[form]
    response = HttpResponse(write(files.sheets(page, cuts)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="message-{message_id}-{page.unit_id or 0}.{form}"'
    return response


@needs(POSTER_PRINTER)
@require_safe
def message_poster(request: HttpRequest, message_id: int) -> HttpResponse:
    """Give the poster of a message as a PDF: for its staff, and for supervisors who read it aloud."""
    version = _current_for(request, message_id)
    size = request.GET.get("size", "a4")
    if size not in SIZES or version.message.state == Message.State.WITHDRAWN:
        raise NotFound
    response = HttpResponse(poster_of(version, size=size, whole="whole" in request.GET), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="poster-{message_id}-{version.number}.pdf"'
    return response


def _current_for(request: HttpRequest, message_id: int) -> MessageVersion:
    """Return the current version for a supervisor whose people it concerns, or for staff who see its coverage."""
    try:
        return message_to_tell(membership_of(request), message_id)
    except NotFound:
        return get_sent_message(message_id)
