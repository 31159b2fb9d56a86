"""The queue and one case: look, decide with a reason, take back, answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.moderation import services
from fenjin.moderation.access import ANSWERER, spaces_to_decide
from fenjin.moderation.forms import DecisionForm, ReplyForm
from fenjin.moderation.models import Case, Lane
from fenjin.moderation.selectors.hands import hands_for, who_looks_again
from fenjin.moderation.selectors.queue import CaseView, counts, get_case, list_cases
from fenjin.moderation.services.deciding import UNDO


@needs(ANSWERER)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits: new texts, appeals, criticism to be answered; and what was done."""
    part, number = request.GET.get("part", "open"), request.GET.get("page", "")
    page = list_cases(request.user, part, int(number) if number.isdecimal() and len(number) < 6 else 1)
    context = {
        "part": part,
        "page": page,
        "counts": counts(request.user),
        "now": clock.now(),
        "moderates": bool(spaces_to_decide(request.user)),
        "hands": hands_for(request.user),
    }
    return render(request, "moderation/desk/queue.html", context)


@needs(ANSWERER)
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one text with its words marked, who reported it, and what can be decided. Raises NotFound."""
    return _draw(request, get_case(request.user, case_id))


def _draw(request: HttpRequest, view: CaseView, **more: Any) -> HttpResponse:
    decided = view.case.decided_at
    account: Any = request.user
    context = {
        "view": view,
        "case": view.case,
        "appeal": getattr(view.case, "appeal", None),
        "first": view.case.decided_by_id == account.pk,
        "again": who_looks_again(view.case) if hasattr(view.case, "appeal") else "",
        "own": view.case.person_id == account.person_id,
        "decision": DecisionForm(initial={"lane": view.case.lane}),
        "reply": ReplyForm(initial={"answer": view.case.answer}),
        "before": [(Case.State(state).label, count) for state, count in view.before.items()],
        "lanes": dict(Lane.choices),
        "may_undo": decided is not None and view.case.decided_by_id == account.pk and clock.now() - decided <= UNDO,
        **more,
    }
    bound = any(getattr(form, "is_bound", False) for form in more.values())
    return render(request, "moderation/desk/case.html", context, status=422 if bound else 200)


@needs(ANSWERER)
@require_POST
def case_decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the text or take it away. Raises NotFound and the refusals of the service."""
    view = get_case(request.user, case_id)
    form = DecisionForm(request.POST)
    shown = request.POST.get("verdict") == "show"
    if form.is_valid():
        try:
            lane, reason = form.cleaned_data["lane"], form.cleaned_data["reason"]
            if shown and lane != Lane.CRITICISM:
                lane = ""
            services.decide_case(actor=request.user, case_id=case_id, shown=shown, lane=lane, reason=reason)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _decided(shown, lane))
            return redirect("moderation_desk:case", case_id)
    return _draw(request, view, decision=form)


def _decided(shown: bool, lane: str) -> str:
    if shown and lane == Lane.CRITICISM:
        return _("Shown. It waits under “To be answered”; you can take this back for 10 minutes.")
    if shown:
        return _("Shown. You can take this back for 10 minutes.")
    return _("Not shown. The author reads your reason and can appeal; you can take this back for 10 minutes.")


@needs(ANSWERER)
@require_POST
def case_claim(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say that I am looking at it. Raises NotFound, AlreadyDecided, LookedAt."""
    services.claim_case(actor=request.user, case_id=case_id)
    messages.success(request, _("Yours for 15 minutes."))
    return redirect("moderation_desk:case", case_id)


@needs(ANSWERER)
@require_POST
def case_undo(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take my own decision back. Raises NotFound, NoUndo."""
    services.undo_decision(actor=request.user, case_id=case_id)
    messages.success(request, _("Taken back: it waits again."))
    return redirect("moderation_desk:case", case_id)


@needs(ANSWERER)
@require_POST
def case_answer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Answer criticism. Raises NotFound, NotCriticism."""
    view = get_case(request.user, case_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _draw(request, view, reply=form)
    services.answer_case(actor=request.user, case_id=case_id, text=form.cleaned_data["answer"])
    messages.success(request, _("The answer stands under the comment now."))
    return redirect(f"{reverse('moderation_desk:queue')}?part=answers")


@needs(ANSWERER)
@require_http_methods(["POST"])
def case_appeal(request: HttpRequest, case_id: int) -> HttpResponse:
    """Decide an appeal. Raises NotFound and the refusals of the service."""
    view = get_case(request.user, case_id)
    form = ReplyForm(request.POST)
    if form.is_valid():
        overturn = request.POST.get("verdict") == "overturn"
        answer = form.cleaned_data["answer"]
        try:
            services.decide_appeal(actor=request.user, case_id=case_id, overturn=overturn, answer=answer)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The author reads your answer."))
            return redirect(f"{reverse('moderation_desk:queue')}?part=appeals")
    return _draw(request, view, reply=form)
