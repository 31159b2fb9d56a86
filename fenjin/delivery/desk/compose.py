"""The desk "send a message": choose, look it over, press once."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.audiences.selectors import audience_choices, audience_for_sending, parse_rule
from fenjin.audiences.selectors.described import describe
from fenjin.delivery import register
from fenjin.delivery.access import SEND, SENDER
from fenjin.delivery.desk.draft import (
    Audience,
    Draft,
    audience_of,
    browse,
    chosen_units,
    sending_scope,
    sending_space,
)
from fenjin.delivery.forms import ComposeForm
from fenjin.delivery.models import Message
from fenjin.delivery.services import Due, Plan, PlanRefusal, send_message
from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.components import Bar
from fenjin.kit.errors import BadRequest
from fenjin.kit.ids import client_key
from fenjin.kit.scope import use_scope
from fenjin.kit.wording import exact_time
from fenjin.spaces.access import Membership, membership_of, spaces_allowing
from fenjin.spaces.selectors import get_space, space_names

END_OF_DAY = time(18, 0)
# Fields of the address that say what is sent to whom; the others only say where the sender looks.
KEPT = (
    *("space", "content", "importance", "due_on", "due_time", "in", "out", "audience"),
    *("when", "start_on", "start_time", "wave_minutes", "morning_on"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of this desk knows: who sends, for which space, what, and to whom."""

    membership: Membership
    space_id: int
    draft: Draft
    form: ComposeForm
    audience: Audience


def _desk(request: HttpRequest, data: QueryDict, *, with_examples: bool = False) -> Desk:
    """Read the page's state; the caller has put the sending scope in force."""
    membership = membership_of(request)
    space_id = sending_space(membership, data)
    draft = Draft.read(data)
    saved = data.get("audience", "")
    if saved.isdecimal() and len(saved) < 19:
        draft.saved = audience_for_sending(request.user, space_id, int(saved))
    contents = [(f"{kind.key}:{pk}", title) for kind in register.kinds() for pk, title in kind.choose(request)]
    form = ComposeForm(data, contents=contents)
    return Desk(
        membership, space_id, draft, form, audience_of(draft, membership, space_id, with_examples=with_examples)
    )


@needs(SENDER)
@require_safe
def compose(request: HttpRequest) -> HttpResponse:
    """Choose content, units, importance and deadline; the head count follows every choice."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.GET))):
        return _draw_compose(request, _desk(request, request.GET), show_errors=False)


def _draw_compose(request: HttpRequest, desk: Desk, *, show_errors: bool, nobody: bool = False) -> HttpResponse:
    own = spaces_allowing(desk.membership, SEND, branches=True)
    context = {
        "desk": desk,
        "form": desk.form,
        "errors": desk.form.errors if show_errors else {},
        "nobody": nobody,
        "included": chosen_units(desk.draft.included),
        "excluded": chosen_units(desk.draft.excluded),
        "audiences": audience_choices(request.user, desk.space_id),
        "saved_words": _saved_words(desk.draft),
        "browser": browse(desk.draft),
        "spaces": sorted(space_names(set(own)).items()) if len(own) > 1 else [],
        "shares": _shares(desk.audience),
        "values": desk.form.data,
        "importances": _importances(desk.form),
        "whens": _whens(desk.form),
    }
    return render(request, "delivery/desk/compose.html", context)


def _saved_words(draft: Draft) -> str:
    """Return the sentence of the saved audience that was chosen; empty without one."""
    return describe(parse_rule(draft.saved.rule)) if draft.saved is not None else ""


def _importances(form: ComposeForm) -> list[tuple[str, str, str, bool]]:
    chosen = form.data.get("importance")
    words = {
        Message.Importance.CONFIRM: _(
            "Shown first on the home page until the person confirms; you see who confirmed in numbers."
        ),
        Message.Importance.ORDINARY: _("Lies in the inbox; you see how many opened it."),
    }
    return [(str(kind.value), str(kind.label), words[kind], kind.value == chosen) for kind in words]


def _whens(form: ComposeForm) -> list[tuple[str, Any, Any, bool]]:
    chosen = form.data.get("when")
    words = {
        "now": (_("Send now"), _("Everybody sees it as soon as you press.")),
        "later": (_("At a set time"), _("Everybody sees it at that time, by the clock of the sub-platform.")),
        "waves": (_("In waves"), _("Spread over the minutes you give, so that not everybody comes at once.")),
        "morning": (
            _("In each reader's own morning"),
            _("From eight o'clock in each reader's own time zone, on the day you give."),
        ),
    }
    return [(when, *said, when == chosen) for when, said in words.items()]


def _plan(desk: Desk) -> Plan:
    return desk.form.plan(get_space(desk.space_id).zone)


def _plan_refused(desk: Desk) -> bool:
    """Tell whether the chosen time cannot be kept; the form then says why."""
    try:
        _plan(desk).begins(clock.now())
    except PlanRefusal as refusal:
        desk.form.add_error({"later": "start_on", "morning": "morning_on"}.get(desk.form.data["when"]), str(refusal))
        return True
    return False


def _shares(audience: Audience) -> list[Bar]:
    """Return a bar for each company, measured by the largest one."""
    most = max((company.people for company in audience.companies), default=1)
    return [Bar(company.people, most, company.name, tone="zhu") for company in audience.companies]


@needs(SENDER)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Look it over: what, to whom, how many, until when. Nothing has been sent yet."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.GET))):
        desk = _desk(request, request.GET, with_examples=True)
        valid = desk.form.is_valid()
        if not valid or not desk.audience.people or _plan_refused(desk):
            return _draw_compose(request, desk, show_errors=True, nobody=not desk.audience.people)
        kind, content_id = desk.form.chosen_content
        context = {
            "desk": desk,
            "space": get_space(desk.space_id),
            "title": desk.form.content_title,
            "kind": register.kind(kind),
            "importance": Message.Importance(desk.form.cleaned_data["importance"]),
            "due": _due(desk),
            "plan": _plan(desk),
            "when": next(label for when, label, _words, chosen in _whens(desk.form) if chosen),
            "included": chosen_units(desk.draft.included),
            "excluded": chosen_units(desk.draft.excluded),
            "saved_words": _saved_words(desk.draft),
            "shares": _shares(desk.audience),
            "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name)]
            + ([("content", f"{kind}:{content_id}")] if "content" not in request.GET else []),
            "client_key": client_key(None),
        }
        return render(request, "delivery/desk/review.html", context)


def _due(desk: Desk) -> Due | None:
    day = desk.form.cleaned_data["due_on"]
    if day is None:
        return None
    return Due(day, desk.form.cleaned_data["due_time"] or END_OF_DAY, get_space(desk.space_id).zone)


@needs(SENDER)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The press."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.POST))):
        desk = _desk(request, request.POST)
        if not desk.form.is_valid():
            raise BadRequest
        kind, content_id = desk.form.chosen_content
        message = send_message(
            actor=request.user,
            space_id=desk.space_id,
            kind=kind,
            content_id=content_id,
            rule=desk.draft.rule(),
            importance=desk.form.cleaned_data["importance"],
            due=_due(desk),
            plan=_plan(desk),
            key=client_key(request.POST.get("client_key")),
        )
    if message.state == Message.State.PLANNED:
        messages.success(request, _("Planned for %(time)s.") % {"time": exact_time(message.sent_at)})
        return redirect("delivery_desk:manage", message_id=message.pk)
    people = message.head_count
    words = ngettext("Sent to %(count)s person.", "Sent to %(count)s people.", people) % {"count": f"{people:,}"}
    messages.success(request, words)
    return redirect("delivery_desk:coverage", message_id=message.pk)
