"""A file of questions comes in: first looked at, with what is wrong, what is there already and what has no place."""

from pathlib import PurePath
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.quiz import selectors, services, uploads
from fenjin.quiz.access import WRITER, spaces_to_write
from fenjin.quiz.desk.choosing import chosen_bank
from fenjin.quiz.formats import detect, look, read
from fenjin.quiz.formats.incoming import LARGEST, BankTooLarge, Reading, UnreadableBank
from fenjin.quiz.forms.files import ColumnsForm, UploadForm
from fenjin.quiz.selectors.files import DryRun, try_out
from fenjin.quiz.showing import answer_lines

SHOWN: Final = 100  # of each list


@needs(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: HttpRequest) -> HttpResponse:
    """Take a file, keep it sealed, and go to what it would bring. Raises NotFound."""
    space, spaces = chosen_bank(request)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("quiz_desk:import_file", _keep(request, space, form.cleaned_data))
        except UnreadableBank as refusal:
            form.add_error("file", str(refusal))
    context = {
        "space": space,
        "spaces": spaces,
        "tab": "import",
        "form": form,
        "waiting": selectors.count_waiting(space),
    }
    return render(request, "quiz/desk/import.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, space: int, given: dict[str, Any]) -> str:
    """Seal a file that can be one of ours; raises UnreadableBank of some kind."""
    account: Any = request.user
    upload = given["file"]
    if upload.size > LARGEST:
        raise BankTooLarge
    content = upload.read()
    form = given["form"] or detect(content)
    if form == "xlsx":
        look(content)
    else:
        read(content, form)
    return uploads.put(uploads.Kept(account.pk, space, PurePath(upload.name).name[:120], form), content)


@needs(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a file would bring; a POST takes it in, as drafts or for review. Raises NotFound."""
    account: Any = request.user
    kept, content = uploads.take(name, account.pk)
    if kept.space not in spaces_to_write(account):
        raise NotFound
    said = request.POST if request.method == "POST" else request.GET
    columns = ColumnsForm(said, columns=look(content)[0] if kept.form == "xlsx" else ())
    try:
        reading = read(content, kept.form, columns.choice())
    except UnreadableBank as refusal:
        reading, problem = Reading((), (), ()), str(refusal)
    else:
        problem = ""
    run = try_out(kept.space, reading)
    if request.method == "POST" and not problem:
        try:
            return _take_in(request, name, kept, run)
        except Refusal as refusal:
            problem = str(refusal)
    context = _context(kept, run) | {"columns": columns, "problem": problem, "name": name}
    return render(request, "quiz/desk/import_file.html", context, status=422 if problem else 200)


def _context(kept: uploads.Kept, run: DryRun) -> dict[str, Any]:
    return {
        "space": kept.space,
        "spaces": [],
        "tab": "import",
        "waiting": selectors.count_waiting(kept.space),
        "kept": kept,
        "run": run,
        "faults": run.reading.faults[:SHOWN],
        "same": run.same[:SHOWN],
        "near": run.near[:SHOWN],
        "groups": run.groups[:SHOWN],
        "first": [(one, answer_lines(one.content)) for one in run.fresh[:10]],
    }


def _take_in(request: HttpRequest, name: str, kept: uploads.Kept, run: DryRun) -> HttpResponse:
    """Take in what the page showed; the file is deleted."""
    questions = run.reading.questions if request.POST.get("same") else run.fresh
    send = request.POST.get("do") == "review"
    brought = services.bring_in(actor=request.user, space_id=kept.space, questions=questions, send=send)
    uploads.drop(name)
    _tell(request, brought, send=send)
    state = "in_review" if send else "draft"
    return redirect(f"{reverse('quiz_desk:bank')}?space={kept.space}&state={state}")


def _tell(request: HttpRequest, brought: services.Brought, *, send: bool) -> None:
    count = len(brought.questions)
    if send:
        said = ngettext("%(count)d question waits for review.", "%(count)d questions wait for review.", count)
    else:
        said = ngettext("%(count)d question came in as a draft.", "%(count)d questions came in as drafts.", count)
    messages.success(request, said % {"count": count})
    if brought.without_picture:
        words = _("A picture could not be read and is missing: %(places)s")
        messages.warning(request, words % {"places": "、".join(brought.without_picture[:10])})
    if brought.left_out:
        words = _("Left out, since they cannot be asked without their pictures: %(places)s")
        messages.warning(request, words % {"places": "、".join(brought.left_out[:10])})
