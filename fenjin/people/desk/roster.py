"""Roster import: upload → preview → apply, and the history of all imports."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.forms import RosterUploadForm
from fenjin.people.selectors.roster import get_import, list_imports, list_problems
from fenjin.people.services import roster as services

PROBLEMS_PER_PAGE = 50


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; see what was imported before."""
    return _draw(request, RosterUploadForm())


def _draw(request: HttpRequest, form: RosterUploadForm, status: int = 200) -> HttpResponse:
    page = Paginator(list_imports(), 20).get_page(request.GET.get("page"))
    return render(request, "people/desk/imports.html", {"form": form, "page": page}, status=status)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_upload(request: HttpRequest) -> HttpResponse:
    """Read the file and go to its preview; nothing about people changes yet."""
    form = RosterUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, form, status=422)
    upload = form.cleaned_data["file"]
    actor: Any = request.user
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix.lower()[:10]) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        found = services.preview_roster(actor=actor, file_path=copy.name, original_name=upload.name)
    return redirect("people_desk:import", import_id=found.pk)


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def import_page(request: HttpRequest, import_id: int) -> HttpResponse:
    """The preview: counts, what was understood, every problem row; or what an applied one did."""
    found = get_import(import_id)
    problems = Paginator(list_problems(found), PROBLEMS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"roster": found, "preview": found.preview, "problems": problems}
    return render(request, "people/desk/import.html", context)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def import_apply(request: HttpRequest, import_id: int) -> HttpResponse:
    """Make a preview true, whole or not at all; pressing twice does it once."""
    actor: Any = request.user
    try:
        services.apply_roster(actor=actor, import_id=import_id, key=request.POST.get("key", ""))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The roster is in. People can be found, and codes can be issued."))
    return redirect("people_desk:import", import_id=import_id)
