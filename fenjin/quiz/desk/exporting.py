"""Questions leave as a file: what the format cannot hold is told before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.quiz import selectors, services
from fenjin.quiz.access import WRITER
from fenjin.quiz.desk.choosing import chosen_bank
from fenjin.quiz.formats import FORMATS, write
from fenjin.quiz.formats.incoming import Written
from fenjin.quiz.forms.bank import FilterForm
from fenjin.quiz.forms.files import FormatForm
from fenjin.quiz.selectors.files import grouped, outgoing


@needs(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def exporting(request: HttpRequest) -> HttpResponse:
    """Choose what leaves and in which format, with what it would lose; a POST gives the file. Raises NotFound."""
    space, spaces = chosen_bank(request)
    said = request.POST if request.method == "POST" else request.GET
    filters = FilterForm(said, topics=selectors.list_topics(space))
    formats = FormatForm(said)
    chosen = formats.chosen()
    asked = request.method == "POST" or "form" in said
    rows = selectors.questions_to_export(space, filters.wanted()) if asked else []
    written = write(outgoing(rows), chosen) if asked else None
    if request.method == "POST" and written is not None:
        services.note_export(actor=request.user, space_id=space, form=chosen, count=written.count)
        return _file(chosen, written)
    context: dict[str, Any] = {
        "space": space,
        "spaces": spaces,
        "tab": "export",
        "waiting": selectors.count_waiting(space),
        "form": filters,
        "formats": formats,
        "chosen": FORMATS[chosen],
        "written": written,
        "rows": rows,
        "groups": grouped(written.unmapped)[:100] if written else (),
    }
    return render(request, "quiz/desk/export.html", context)


@needs(WRITER)
@require_http_methods(["GET", "HEAD"])
def template(request: HttpRequest) -> HttpResponse:
    """Give our workbook, empty but for its header and its guide."""
    return _attached(write([], "xlsx").data, FORMATS["xlsx"].mime, _("Template for questions") + ".xlsx")


def _file(form: str, written: Written) -> HttpResponse:
    known = FORMATS[form]
    name = f"{_('Question bank')} {clock.now():%Y-%m-%d}.{known.ending}"
    return _attached(written.data, known.mime, name)


def _attached(data: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
