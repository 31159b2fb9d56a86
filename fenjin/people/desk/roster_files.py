"""A dry run as a file, CSV or workbook, streamed: no cell can become a formula."""

import tempfile
from pathlib import PurePath

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.kit.exports import csv_lines, write_workbook
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.selectors.roster import get_import, list_problems
from fenjin.people.selectors.roster_changes import GROUPS, header, lines_of


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def import_file(request: HttpRequest, import_id: int, form: str) -> HttpResponseBase:
    """Give what a dry run would do as a file; `?list=` gives one list, problems among them."""
    roster = get_import(import_id)
    group = request.GET.get("list", "")
    head = header()
    if group == "problems":
        head = [_("Row"), _("Staff number"), _("Name"), _("What is wrong"), _("What to do")]
        told = list_problems(roster)
        lines = iter([[one[key] for key in ("where", "number", "name", "problem", "cure")] for one in told])
    elif group and group not in GROUPS:
        raise NotFound
    else:
        lines = lines_of(roster.pk, group)
    name = f"{PurePath(roster.original_name).stem[:60]}-{group or _('changes')}.{form}"
    if form == "csv":
        rows = (row for part in ([head], lines) for row in part)
        response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(file, _("Changes"), head, lines)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
