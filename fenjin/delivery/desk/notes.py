"""Writing a short text or a card for a message, without an article."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenjin.delivery.access import SENDER
from fenjin.delivery.cleaning import as_frozen
from fenjin.delivery.desk.draft import sending_scope, sending_space
from fenjin.delivery.desk.going import back_to_compose, compose_address
from fenjin.delivery.forms.notes import NoteForm
from fenjin.delivery.models import Note
from fenjin.delivery.selectors.notes import freeze_note, get_note
from fenjin.delivery.services.notes import KINDS, change_note, write_note
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import use_scope
from fenjin.spaces.access import membership_of

FORM = ["GET", "HEAD", "POST"]


@needs(SENDER)
@require_http_methods(FORM)
def note_new(request: HttpRequest, form: str) -> HttpResponse:
    """Write new words; saving leads back to the desk with them chosen. The address carries what else is chosen."""
    if form not in KINDS:
        raise NotFound
    membership = membership_of(request)
    space_id = sending_space(membership, request.GET)
    with use_scope(sending_scope(membership, space_id)):
        typed = NoteForm(request.POST or None, form=form)
        if request.method == "POST" and typed.is_valid():
            try:
                note = write_note(actor=request.user, space_id=space_id, form=form, words=typed.typed())
            except Refusal as refusal:
                typed.add_error(None, str(refusal))
            else:
                return _chosen(request, note)
        return _draw(request, typed, Note.Form(form))


@needs(SENDER)
@require_http_methods(FORM)
def note(request: HttpRequest, note_id: int) -> HttpResponse:
    """Change words. What was sent of them stays as it is, until it is corrected."""
    membership = membership_of(request)
    row = get_note(membership, note_id)
    with use_scope(sending_scope(membership, row.space_id)):
        names = ("title", "words", "title_en", "words_en", "picture")
        initial = {name: getattr(row, name) for name in names} | {"seen": row.revision}
        typed = NoteForm(request.POST or None, form=row.form, initial=initial)
        if request.method == "POST" and typed.is_valid():
            seen = typed.cleaned_data["seen"] or 0
            try:
                changed = change_note(actor=request.user, note_id=note_id, words=typed.typed(), seen=seen)
            except Refusal as refusal:
                if refusal.status == 404:
                    raise
                typed.add_error(None, str(refusal))
            else:
                return _chosen(request, changed)
        return _draw(request, typed, Note.Form(row.form), row)


def _message_of(request: HttpRequest) -> int | None:
    """Return the message for whose correction these words are changed; None when they are written for a new one."""
    text = request.GET.get("message", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _chosen(request: HttpRequest, row: Note) -> HttpResponse:
    """Go back to the desk with these words chosen, or to the message that is to be corrected."""
    message_id = _message_of(request)
    if message_id is not None:
        messages.success(request, _("The new words are kept. Readers see them once you send the correction."))
        return redirect("delivery_desk:manage", message_id=message_id)
    messages.success(request, _("“%(title)s” is kept and chosen.") % {"title": row.title})
    state: QueryDict = request.GET.copy()
    state["content"], state["space"] = f"{row.form}:{row.pk}", str(row.space_id)
    return back_to_compose(state)


def _draw(request: HttpRequest, typed: NoteForm, form: Note.Form, row: Note | None = None) -> HttpResponse:
    frozen = freeze_note(row.pk) if row is not None else None
    message_id = _message_of(request)
    context: dict[str, Any] = {
        "form": typed,
        "kind": form,
        "row": row,
        "frozen": frozen,
        "preview": as_frozen(frozen.html) if frozen is not None else "",
        "correcting": message_id,
        "back": reverse("delivery_desk:manage", args=[message_id]) if message_id else compose_address(request.GET),
    }
    return render(request, "delivery/desk/note.html", context, status=422 if typed.errors else 200)
