"""The desk of sent messages, and of how far each one got."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fenjin.delivery.access import COVERAGE_READER, may_change
from fenjin.delivery.desk import figures, files
from fenjin.delivery.selectors import Coverage, coverage, sent_messages
from fenjin.kit.access import needs
from fenjin.kit.components import Crumb, Crumbs
from fenjin.kit.errors import NotFound

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
    rows, more = sent_messages(_number(request.GET.get("before")), sender=request.user.pk)
    lines = [(row, figures.Line(row.title, row.figures, shown=row.figures.enough)) for row in rows]
    return render(request, "delivery/desk/sent.html", {"lines": lines, "more": more})


@needs(COVERAGE_READER)
@require_safe
def coverage_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show audience, opened and confirmed of a message, down the tree."""
    page = coverage(message_id, _number(request.GET.get("unit")))
    context: dict[str, Any] = {
        "page": page,
        "whole": figures.whole_line(page),
        "lines": figures.lines_of(page),
        "changeable": may_change(request.user, page.message),
        "definitions": figures.definitions(page),
        "crumbs": _crumbs(page) if len(page.way) > 1 else None,
        "csv": figures.address(page, page.unit_id, "csv"),
        "xlsx": figures.address(page, page.unit_id, "xlsx"),
    }
    return render(request, "delivery/desk/coverage.html", context)


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
    content_type, write = _TYPES[form]
    response = HttpResponse(write(files.table(page)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="message-{message_id}-{page.unit_id or 0}.{form}"'
    return response
