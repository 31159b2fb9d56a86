"""One question: its page, its editor, what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, NotFound, Refusal
from fenjin.quiz import selectors, services
from fenjin.quiz.access import APPROVER, WRITER, spaces_to_approve, spaces_to_write
from fenjin.quiz.comparing import compare
from fenjin.quiz.desk.choosing import chosen_bank, number_in
from fenjin.quiz.forms.bank import VerdictForm
from fenjin.quiz.forms.question import QuestionForm
from fenjin.quiz.kinds import Kind, check
from fenjin.quiz.models import KindChoice, Question, QuestionVersion
from fenjin.quiz.showing import show

FORM = ["GET", "HEAD", "POST"]


@needs(WRITER)
@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question with all its versions. Raises NotFound."""
    return _draw(request, selectors.get_question(spaces_to_write(request.user), pk))


def _draw(request: HttpRequest, row: Question, verdict: VerdictForm | None = None) -> HttpResponse:
    versions = selectors.list_versions(row)
    newest = versions[0]
    content = newest.whole
    account: Any = request.user
    waiting = newest.state == QuestionVersion.State.IN_REVIEW
    older = [version.number for version in versions[1:]]
    context = {
        "question": row,
        "space": row.space_id,
        "tab": "bank",
        "newest": newest,
        "current": next((version for version in versions if version.pk == row.current_id), None),
        "shown": show(content, selectors.pictures_of([content])),
        "versions": list(zip(versions, [*older, None], strict=True)),
        "judges": waiting and newest.made_by_id != account.pk and row.space_id in spaces_to_approve(account),
        "waits_for_others": waiting and newest.made_by_id == account.pk,
        "verdict": verdict or VerdictForm(),
        "doubles": selectors.find_doubles(row.space_id, content, without=row.pk),
    }
    return render(request, "quiz/desk/question.html", context, status=422 if verdict else 200)


@needs(WRITER)
@require_http_methods(FORM)
def question_new(request: HttpRequest) -> HttpResponse:
    """Write a new question of a kind (`?kind=`). Raises NotFound."""
    space, spaces = chosen_bank(request)
    kind = request.GET.get("kind", Kind.SINGLE)
    if kind not in KindChoice.values:
        raise NotFound
    form = QuestionForm(request.POST or None, kind=Kind(kind), topics=selectors.list_topics(space))
    doubles: list[selectors.Double] = []
    if _is_to_be_kept(request) and _is_good(form):
        doubles = [] if request.POST.get("anyway") else selectors.find_doubles(space, form.content())
        if not doubles:
            try:
                row = services.add_question(
                    actor=request.user, space_id=space, written=form.written(), filed=form.filed()
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _kept(request, row)
    return _editor(request, form, None, doubles, space=space, spaces=spaces)


@needs(WRITER)
@require_http_methods(FORM)
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of a question, or put it under another topic. Raises NotFound."""
    row = selectors.get_question(spaces_to_write(request.user), pk)
    version: QuestionVersion = row.newest  # type: ignore[assignment]
    form = QuestionForm(
        request.POST or None,
        kind=Kind(row.kind),
        topics=selectors.list_topics(row.space_id),
        question=row,
        version=version,
    )
    doubles: list[selectors.Double] = []
    if _is_to_be_kept(request) and _is_good(form):
        if not request.POST.get("anyway"):
            doubles = selectors.find_doubles(row.space_id, form.content(), without=row.pk)
        if not doubles:
            try:
                services.change_question(actor=request.user, question=row, written=form.written(), filed=form.filed())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _kept(request, row)
    return _editor(request, form, row, doubles, space=row.space_id, spaces=[])


def _is_to_be_kept(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") != "more"


def _is_good(form: QuestionForm) -> bool:
    """Tell whether the question can be asked; else say in the form what is wrong."""
    if form.is_valid():
        for fault in check(form.content()):
            form.add_error("stem" if fault.code.endswith("stem") else None, fault.words)
    return form.is_valid()


def _kept(request: HttpRequest, row: Question) -> HttpResponse:
    if request.POST.get("do") != "send":
        messages.success(request, _("Kept as a draft. Send it for review when it is ready."))
        return redirect("quiz_desk:question", row.pk)
    try:
        services.send_to_review(actor=request.user, question=row)
    except services.NothingToSend as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Sent: somebody else looks at it now."))
    return redirect("quiz_desk:question", row.pk)


def _editor(
    request: HttpRequest, form: QuestionForm, row: Question | None, doubles: list[selectors.Double], **more: Any
) -> HttpResponse:
    kind = KindChoice(form.kind.value)
    context = {
        "form": form,
        "question": row,
        "kind": kind,
        "kinds": KindChoice.choices,
        "doubles": doubles,
        "tab": "bank",
        **more,
    }
    wrong = _is_to_be_kept(request) and (form.errors or doubles)
    return render(request, "quiz/desk/editor.html", context, status=422 if wrong else 200)


@needs(WRITER)
@require_POST
def question_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a question for review, take it back, retire it or bring it back: `do` says which.

    Raises NotFound, BadRequest and the refusals of the service.
    """
    row = selectors.get_question(spaces_to_write(request.user), pk)
    said = {
        "send": (services.send_to_review, _("Sent: somebody else looks at it now.")),
        "take_back": (services.take_back, _("Taken back: it is a draft again.")),
        "retire": (services.retire, _("Retired: it is not asked any more. You can bring it back.")),
        "bring_back": (services.bring_back, _("It is back.")),
    }
    act, words = said.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        raise BadRequest
    act(actor=request.user, question=row)
    messages.success(request, words)
    return redirect("quiz_desk:question", row.pk)


@needs(APPROVER)
@require_POST
def question_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the version that was looked at, or send it back. Raises NotFound and the refusals of the services."""
    row = selectors.get_question(spaces_to_approve(request.user), pk)
    number = number_in(request.POST.get("version", ""), 0)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _draw(request, row, form)
    if request.POST.get("verdict") == "approve":
        services.approve(actor=request.user, question=row, number=number)
        messages.success(request, _("Approved: it may be asked from now on."))
        return redirect("quiz_desk:question", row.pk)
    try:
        services.send_back(actor=request.user, question=row, number=number, words=form.cleaned_data["words"])
    except services.SayWhy as refusal:
        form.add_error("words", str(refusal))
        return _draw(request, row, form)
    messages.success(request, _("Sent back with your words."))
    return redirect("quiz_desk:question", row.pk)


@needs(WRITER)
@require_safe
def question_compare(request: HttpRequest, pk: int, before: int, after: int) -> HttpResponse:
    """Show what changed between two versions of a question. Raises NotFound."""
    row = selectors.get_question(spaces_to_write(request.user), pk)
    old, new = selectors.get_version(row, before), selectors.get_version(row, after)
    context = {"question": row, "space": row.space_id, "tab": "bank", "old": old, "new": new}
    return render(request, "quiz/desk/compare.html", context | {"parts": compare(old, new)})
