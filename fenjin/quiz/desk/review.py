"""What waits for a second person: read, ticked and approved, several at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import needs
from fenjin.quiz import selectors, services
from fenjin.quiz.access import APPROVE, APPROVER, spaces_to_approve
from fenjin.quiz.desk.choosing import chosen_bank
from fenjin.quiz.showing import show


@needs(APPROVER)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show what waits, each with its answer; a POST approves those that are ticked. Raises NotFound, TooManyAtOnce."""
    space, spaces = chosen_bank(request, APPROVE)
    if request.method == "POST":
        _approve(request)
        return redirect(f"{reverse('quiz_desk:review')}?space={space}")
    account: Any = request.user
    rows: list[Any] = selectors.list_to_review(space)
    contents = [row.newest.whole for row in rows]
    pictures = selectors.pictures_of(contents)
    context = {
        "space": space,
        "spaces": spaces,
        "tab": "review",
        "waiting": selectors.count_waiting(space),
        "rows": [
            (row, show(content, pictures), row.newest.made_by_id == account.pk)
            for row, content in zip(rows, contents, strict=True)
        ],
    }
    return render(request, "quiz/desk/review.html", context)


def _approve(request: HttpRequest) -> None:
    picks = [_pick(text) for text in request.POST.getlist("pick")]
    found = selectors.waiting_among(spaces_to_approve(request.user), [pick for pick in picks if pick])
    outcome = services.approve_many(actor=request.user, questions=found)
    if outcome.approved:
        said = ngettext("%(count)d question is ready.", "%(count)d questions are ready.", outcome.approved)
        messages.success(request, said % {"count": outcome.approved})
    for question, why in outcome.refused[:5]:
        messages.warning(request, _("Number %(number)s stays as it is: %(why)s") % {"number": question.pk, "why": why})
    if not found:
        messages.info(request, _("Tick the questions that you have read."))


def _pick(text: str) -> tuple[int, int] | None:
    """Return question and version of a tick, "12:3"; nothing for anything else."""
    question, _colon, version = text.partition(":")
    good = question.isdecimal() and version.isdecimal() and len(question) < 19 and len(version) < 6
    return (int(question), int(version)) if good else None
