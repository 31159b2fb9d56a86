"""The author's side, on the phone: what waits, what was decided and why, and the appeal."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.addresses import is_a_reader
from fenjin.kit.components import FlowBar, Notice, Row
from fenjin.kit.ids import client_key
from fenjin.kit.wording import due_time, friendly_time
from fenjin.moderation import services
from fenjin.moderation.forms import AppealForm
from fenjin.moderation.models import Case
from fenjin.moderation.selectors import own
from fenjin.moderation.selectors.hands import who_looks_again
from fenjin.moderation.services.appeals import WITHIN
from fenjin.spaces.access import EMPLOYEE, membership_of

_SIGNS: dict[str, tuple[str, Any]] = {
    Case.State.HELD: ("clock", "jin"),
    Case.State.STANDING: ("done", "qing"),
    Case.State.SHOWN: ("done", "qing"),
    Case.State.REMOVED: ("warn", "zhu"),
    Case.State.TAKEN_BACK: ("trash", "plain"),
}


@needs(EMPLOYEE)
@never_cache
@require_safe
def own_cases(request: HttpRequest) -> HttpResponse:
    """Show which of my texts wait, were shown or were not, newest first."""
    cases = own.list_own(membership_of(request).person_id or 0)
    flow = FlowBar(_("My comments that were looked at"), reverse("shell:me"), closes=False)
    return render(request, "moderation/own_cases.html", {"flow": flow, "rows": [_row(case) for case in cases]})


def _row(case: Case) -> Row:
    icon, tone = _SIGNS[case.state]
    appeal = getattr(case, "appeal", None)
    state = appeal.get_outcome_display() if appeal and appeal.outcome else case.get_state_display()
    return Row(
        case.text[:40] or case.title,
        reverse("moderation:own_case", args=[case.pk]),
        icon=icon,
        tone=tone,
        notes=(str(state), friendly_time(case.brought_at), case.title),
    )


@needs(EMPLOYEE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what became of one of my texts, and why; a POST appeals. Raises NotFound."""
    person_id = membership_of(request).person_id or 0
    case = own.get_own(person_id, case_id)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = client_key(request.POST.get("client_key"))
        services.appeal(person_id=person_id, case_id=case_id, text=form.cleaned_data["text"], client_key=key)
        messages.success(request, _("Sent. Somebody else looks at it; the answer stands here within three days."))
        return redirect("moderation:own_case", case_id)
    appeal = getattr(case, "appeal", None)
    if is_a_reader(request):
        services.note_seen(person_id=person_id, case=case)
    context = {
        "flow": FlowBar(case.number, reverse("moderation:own_cases"), closes=False),
        "case": case,
        "appeal": appeal,
        "again": who_looks_again(case) if appeal is not None and appeal.decided_at is None else "",
        "notice": _notice(case),
        "form": form if _may_appeal(case, appeal) else None,
        "client_key": client_key(request.POST.get("client_key")),
    }
    return render(request, "moderation/own_case.html", context, status=422 if form.is_bound else 200)


def _may_appeal(case: Case, appeal: Any) -> bool:
    decided = case.decided_at
    return (
        case.state == Case.State.REMOVED and appeal is None and decided is not None and clock.now() - decided <= WITHIN
    )


def _notice(case: Case) -> Notice:
    if case.state == Case.State.HELD:
        return Notice(waiting_words(case), title=_("Waits until somebody has looked at it."), tone="due")
    if case.state == Case.State.REMOVED:
        return Notice(_("Only you see it. The reason stands below; you can appeal to another person."), tone="bad")
    if case.state == Case.State.TAKEN_BACK:
        return Notice(_("You took this back."), tone="plain")
    if case.answer_due_at is not None and case.answered_at is None:
        words = _("Those in charge answer it by %(when)s.") % {"when": due_time(case.answer_due_at)}
        return Notice(words, title=_("Shown. Criticism is welcome here."), tone="done")
    return Notice(_("Everybody who can read the article sees it."), title=_("Shown."), tone="done")


def waiting_words(case: Case) -> str:
    """Return 第 7 位，一般需要 20 分钟，最迟今天 18:00."""
    found = own.waiting(case)
    words: dict[str, object] = {"place": found.place, "when": due_time(case.due_at)}
    if found.usual is None:
        return _("Place %(place)d in the queue; looked at by %(when)s at the latest.") % words
    words["span"] = _span(found.usual)
    return _("Place %(place)d in the queue; usually %(span)s, by %(when)s at the latest.") % words


def _span(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
