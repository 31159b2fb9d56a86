"""Which column of a roster means what: seen with samples, corrected, remembered, forgotten."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.desk.roster_upload import begin_reading
from fenjin.people.forms.roster_columns import FIELD_LABELS, ColumnsForm, ColumnsWhereForm
from fenjin.people.roster import vault
from fenjin.people.roster.choice import Choice
from fenjin.people.roster.columns_seen import Columns
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.selectors.roster import get_import
from fenjin.people.selectors.roster_columns import get_upload, list_numberings, list_remembered, see_columns
from fenjin.people.services import roster_columns as services
from fenjin.people.services.roster_reading import UploadGone


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def upload_columns(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Say what the columns of a file mean that cannot be read without."""
    kept = get_upload(upload_id)
    actor: Any = request.user

    def read(choice: Choice) -> Any:
        return services.read_upload(actor=actor, upload_id=upload_id, choice=choice)

    return _ask(request, kept, Choice(), read)


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Correct what the columns of a file mean that has a preview already."""
    roster = get_import(import_id)
    actor: Any = request.user

    def read(choice: Choice) -> Any:
        return services.read_again(actor=actor, import_id=import_id, choice=choice)

    kept = roster.preview.get("options", {}).get("choice") or {}
    return _ask(request, roster, Choice.from_json(kept), read)


def _ask(request: HttpRequest, source: Any, before: Choice, read: Any) -> HttpResponse:
    """Show the columns; take what is said, read the file with it and go to the preview."""
    try:
        with vault.opened(source.stored_name) as path:
            where, seen = _see(request, path, before)
    except (FileNotFoundError, vault.Unsealed) as error:
        raise UploadGone from error
    form = ColumnsForm(request.POST or None, columns=seen, numberings=list_numberings())
    if request.method == "POST" and form.is_valid():
        try:
            made = read(form.choice())
        except UnreadableRoster as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The columns are remembered: files of this shape need no question any more."))
            return begin_reading(made)
    context = {"source": source, "seen": seen, "form": form, "where": where}
    return render(request, "people/desk/columns.html", context, status=422 if form.errors else 200)


def _see(request: HttpRequest, path: Path, before: Choice) -> tuple[ColumnsWhereForm, Columns]:
    where = ColumnsWhereForm(request.POST if request.method == "POST" else request.GET)
    told = where.cleaned_data if where.is_valid() else {}
    row, sheet = told.get("header_row"), told.get("sheet") or before.sheet
    if row or told.get("sheet"):
        try:
            return where, see_columns(path, Choice(header_row=row, sheet=sheet))
        except UnreadableRoster:
            where.add_error("header_row", _("That row names no columns."))
    return where, see_columns(path, before)


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def remembered_columns(request: HttpRequest) -> HttpResponse:
    """All shapes of files whose columns are remembered."""
    shapes = [(kept, _told(kept.header, kept.choice)) for kept in list_remembered()]
    return render(request, "people/desk/columns_remembered.html", {"shapes": shapes})


def _told(header: list[str], choice: dict[str, Any]) -> list[tuple[str, Any]]:
    said = Choice.from_json(choice).apply(header)
    return [(header[index] or f"#{index + 1}", FIELD_LABELS[known]) for index, known in said.items()]


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def columns_forget(request: HttpRequest, columns_id: int) -> HttpResponse:
    """Forget one shape; its next file is guessed or asked about again."""
    actor: Any = request.user
    services.forget_columns(actor=actor, columns_id=columns_id)
    messages.success(request, _("Forgotten. The next file of this shape is looked at afresh."))
    return redirect("people_desk:remembered_columns")
