"""The desk "send a message": choose, look it over, press once."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.audiences.selectors import audience_choices, audience_for_sending, parse_rule
from fenjin.audiences.selectors.described import describe
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
from fenjin.delivery.forms.part import Writing
from fenjin.delivery.forms.parts.content import ContentPart
from fenjin.delivery.models import Message
from fenjin.delivery.services import send_message
from fenjin.kit.access import needs
from fenjin.kit.components import Bar
from fenjin.kit.errors import BadRequest
from fenjin.kit.ids import client_key
from fenjin.kit.scope import use_scope
from fenjin.kit.wording import exact_time
from fenjin.spaces.access import Membership, membership_of, spaces_allowing
from fenjin.spaces.selectors import get_space, space_names

# Fields of the address that say to whom; those of the parts are kept by the form, the others only say where one looks.
KEPT = ("space", "in", "out", "audience")


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
    form = ComposeForm(data, Writing(request, membership, space_id, get_space(space_id).zone))
    audience = audience_of(draft, membership, space_id, with_examples=with_examples)
    return Desk(membership, space_id, draft, form, audience)


@needs(SENDER)
@require_safe
def compose(request: HttpRequest) -> HttpResponse:
    """Choose content, units, importance and deadline; the head count follows every choice."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.GET))):
        return _draw_compose(request, _desk(request, request.GET))


def _draw_compose(request: HttpRequest, desk: Desk, *, nobody: bool = False) -> HttpResponse:
    own = spaces_allowing(desk.membership, SEND, branches=True)
    context = {
        "desk": desk,
        "form": desk.form,
        "nobody": nobody,
        "included": chosen_units(desk.draft.included),
        "excluded": chosen_units(desk.draft.excluded),
        "audiences": audience_choices(request.user, desk.space_id),
        "saved_words": _saved_words(desk.draft),
        "browser": browse(desk.draft),
        "spaces": sorted(space_names(set(own)).items()) if len(own) > 1 else [],
        "shares": _shares(desk.audience),
    }
    return render(request, "delivery/desk/compose.html", context)


def _saved_words(draft: Draft) -> str:
    """Return the sentence of the saved audience that was chosen; empty without one."""
    return describe(parse_rule(draft.saved.rule)) if draft.saved is not None else ""


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
        if not valid or not desk.audience.people:
            return _draw_compose(request, desk, nobody=not desk.audience.people)
        context = {
            "desk": desk,
            "space": get_space(desk.space_id),
            "title": cast("ContentPart", desk.form.parts["content"]).content_title,
            "facts": desk.form.facts(),
            "included": chosen_units(desk.draft.included),
            "excluded": chosen_units(desk.draft.excluded),
            "saved_words": _saved_words(desk.draft),
            "shares": _shares(desk.audience),
            "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name)] + desk.form.kept(),
            "client_key": client_key(None),
        }
        return render(request, "delivery/desk/review.html", context)


@needs(SENDER)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The press."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.POST))):
        desk = _desk(request, request.POST)
        if not desk.form.is_valid():
            raise BadRequest
        message = send_message(
            actor=request.user,
            space_id=desk.space_id,
            sending=desk.form.sending(desk.draft.rule()),
            key=client_key(request.POST.get("client_key")),
        )
    if message.state == Message.State.PLANNED:
        messages.success(request, _("Planned for %(time)s.") % {"time": exact_time(message.sent_at)})
        return redirect("delivery_desk:manage", message_id=message.pk)
    people = message.head_count
    words = ngettext("Sent to %(count)s person.", "Sent to %(count)s people.", people) % {"count": f"{people:,}"}
    messages.success(request, words)
    return redirect("delivery_desk:coverage", message_id=message.pk)
