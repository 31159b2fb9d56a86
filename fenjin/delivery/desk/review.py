"""Looking a message over before the press; rehearsing it; the press."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.audiences.access import reach_of
from fenjin.audiences.selectors import compile_rule, parse_rule, without_account
from fenjin.delivery.access import SENDER
from fenjin.delivery.desk.compose import draw_compose
from fenjin.delivery.desk.draft import chosen_units, sending_scope, sending_space
from fenjin.delivery.desk.going import review_address, state_of
from fenjin.delivery.desk.outlook import look_ahead
from fenjin.delivery.desk.state import read_desk, read_draft, saved_words, shares_of
from fenjin.delivery.forms.parts.content import ContentPart
from fenjin.delivery.forms.rehearsal import RehearsalForm
from fenjin.delivery.models import Message
from fenjin.delivery.services import rehearse_message, send_message
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key
from fenjin.kit.scope import use_scope
from fenjin.kit.wording import exact_time
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import get_space


@needs(SENDER)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Look it over: what, to whom, how many, who not, what it costs, who approves. Nothing has been sent yet."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.GET))):
        desk = read_desk(request, request.GET, with_examples=True)
        valid = desk.form.is_valid()
        if not valid or not desk.audience.people:
            return draw_compose(request, desk, nobody=not desk.audience.people)
        sending = desk.form.sending(desk.draft.rule())
        context = {
            "desk": desk,
            "living": sending.audience_mode == Message.AudienceMode.LIVING,
            "space": get_space(desk.space_id),
            "title": cast("ContentPart", desk.form.parts["content"]).content_title,
            "facts": desk.form.facts(),
            "included": chosen_units(desk.draft.included),
            "excluded": chosen_units(desk.draft.excluded),
            "saved_words": saved_words(desk.draft),
            "shares": shares_of(desk.audience),
            "outlook": look_ahead(desk, sending),
            "kept": desk.kept(request.GET),
            "accounts": f"{reverse('delivery_desk:review_accounts')}?{request.GET.urlencode()}",
            "rehearsal": RehearsalForm(initial={"numbers": request.GET.get("numbers", "")}),
            "client_key": client_key(None),
            "rehearsal_key": client_key(None),
        }
        return render(request, "delivery/desk/review.html", context)


@needs(SENDER)
@require_safe
def review_accounts(request: HttpRequest) -> HttpResponse:
    """Say how many of the audience have no account: the review of a large one is there first, and asks for this."""
    membership = membership_of(request)
    space_id = sending_space(membership, request.GET)
    with use_scope(sending_scope(membership, space_id)):
        draft = read_draft(request, request.GET, space_id)
        if draft.empty:
            return redirect("delivery_desk:compose")
        people = without_account(compile_rule(parse_rule(draft.rule()), reach_of(membership, space_id)))
    part = "#count" if request.headers.get("HX-Request") else ""
    context = {"people": people, "back": review_address(request.GET)}
    return render(request, f"delivery/desk/review_accounts.html{part}", context)


@needs(SENDER)
@require_POST
def rehearse(request: HttpRequest) -> HttpResponse:
    """Send it to its author and a few colleagues, and come back to the review; a refusal is told there."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.POST))):
        desk = read_desk(request, request.POST)
        form = RehearsalForm(request.POST)
        state = state_of([*desk.kept(request.POST), ("numbers", request.POST.get("numbers", "")[:200])])
        if desk.form.is_valid() and form.is_valid():
            try:
                message = rehearse_message(
                    actor=request.user,
                    space_id=desk.space_id,
                    sending=desk.form.sending(desk.draft.rule()),
                    numbers=form.numbers_typed,
                    key=client_key(request.POST.get("client_key")),
                )
            except NotFound:
                raise
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _rehearsed(message.head_count))
    return HttpResponseRedirect(review_address(state))


def _rehearsed(people: int) -> str:
    words = ngettext(
        "Rehearsed: %(count)s person finds it in the inbox now, marked as a rehearsal.",
        "Rehearsed: %(count)s people find it in the inbox now, marked as a rehearsal.",
        people,
    )
    return words % {"count": people}


@needs(SENDER)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The press."""
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.POST))):
        desk = read_desk(request, request.POST)
        if not desk.form.is_valid():  # time went by, or the content is gone: the desk says what to mend
            return draw_compose(request, desk, status=422)
        message = send_message(
            actor=request.user,
            space_id=desk.space_id,
            sending=desk.form.sending(desk.draft.rule()),
            key=client_key(request.POST.get("client_key")),
        )
    if message.waits:
        messages.success(
            request, _("It waits for a second person. You see the answer on the first page of the studio.")
        )
        return redirect("delivery_desk:manage", message_id=message.pk)
    if message.state == Message.State.PLANNED:
        messages.success(request, _("Planned for %(time)s.") % {"time": exact_time(message.sent_at)})
        return redirect("delivery_desk:manage", message_id=message.pk)
    people = message.head_count
    words = ngettext("Sent to %(count)s person.", "Sent to %(count)s people.", people) % {"count": f"{people:,}"}
    messages.success(request, words)
    return redirect("delivery_desk:coverage", message_id=message.pk)
