"""A roster file comes in; where its columns are not clear, somebody says which means what."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fenjin.kit.access import needs
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.desk.roster import draw_imports
from fenjin.people.forms import RosterUploadForm
from fenjin.people.models import RosterImport
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.selectors.roster_columns import needs_answer
from fenjin.people.services import roster as imports
from fenjin.people.services import roster_columns as columns
from fenjin.people.services.roster_jobs import read_soon
from fenjin.people.services.roster_reading import LARGEST_UPLOAD


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_upload(request: HttpRequest) -> HttpResponse:
    """Read the file and go to its preview, or first ask for its columns; nothing about people changes yet."""
    form = RosterUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return draw_imports(request, form, status=422)
    upload: Any = form.cleaned_data["file"]
    # The copy has no name in the folder: nobody finds it after a kill.
    with tempfile.TemporaryFile(dir=settings.FENJIN_DATA) as copy:
        copy.writelines(upload.chunks())
        copy.flush()
        return _take_in(request, Path(f"/proc/self/fd/{copy.fileno()}"), upload.name)


def _take_in(request: HttpRequest, path: Path, name: str) -> HttpResponse:
    actor: Any = request.user
    if path.stat().st_size <= LARGEST_UPLOAD and _must_ask(path):
        kept = columns.keep_upload(actor=actor, file_path=path, original_name=name)
        return redirect("people_desk:upload_columns", upload_id=kept.pk)
    found = imports.upload_roster(actor=actor, file_path=path, original_name=name)
    return begin_reading(found)


def begin_reading(roster: RosterImport) -> HttpResponse:
    """Have an uploaded file read and go to its page."""
    read_soon(roster)
    return redirect("people_desk:import", import_id=roster.pk)


def _must_ask(path: Path) -> bool:
    try:
        return needs_answer(path)
    except UnreadableRoster:
        return False  # its preview says why
