"""The phone page of a message: opening it is the receipt, confirming it is a second one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery import register
from fenjin.delivery.forms.reading import AnswerForm, SafetyForm
from fenjin.delivery.models import Message
from fenjin.delivery.selectors import MessageForReader, get_message_for, to_confirm
from fenjin.delivery.selectors.calls import call_above
from fenjin.delivery.selectors.changes import changes_for
from fenjin.delivery.services import UNDO_WITHIN, answer_emergency, open_message
from fenjin.delivery.services.answers import answer_message, take_back
from fenjin.delivery.timing import came_at
from fenjin.delivery.views.named import named_notice
from fenjin.delivery.views.request import Refused, given, request_of
from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.addresses import is_a_reader
from fenjin.kit.components import ArticleHead, Button, ConfirmBar, Empty, FlowBar, Notice, Receipt, Row, Tag
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.kit.wording import due_time, exact_time, friendly_time
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import look_of

PAGE = "delivery/message.html"
NOT_YET = 422  # what was given does not confirm: something is missing, or a choice is wrong
NOT_KEPT = "no-store, private"  # a copy kept by the browser would be read without the receipt


@needs(EMPLOYEE)
@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show a message to one of its recipients; a GET by the person is the open, and is kept first."""
    person_id = _person(request)
    found = get_message_for(person_id, message_id)
    if found.withdrawn:
        return _withdrawn(request, found)
    if found.receipt is None and is_a_reader(request):
        open_message(person_id=person_id, message=found.message)
    tell_opened(request, found.message)
    response = render(request, PAGE, page_of(request, found, person_id))
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _withdrawn(request: HttpRequest, found: MessageForReader) -> HttpResponse:
    """Show to a recipient that the sender took the message back, and why: of its words only the title."""
    back = Button(_("Back to messages"), link("shell:inbox"), kind="line", block=True)
    text = _("Withdrawn %(time)s: %(why)s") % {
        "time": friendly_time(found.message.withdrawn_at or found.message.sent_at),
        "why": found.message.withdrawn_why,
    }
    empty = Empty(_("This message has been withdrawn"), text, art="rest", action=back)
    response = render(request, "delivery/withdrawn.html", {"title": found.version.title, "empty": empty}, status=410)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def page_of(
    request: HttpRequest, found: MessageForReader, person_id: int, refused: Refused | None = None
) -> dict[str, Any]:
    """Return what the page shows; the hot lane draws it too, for those who have not opened the message yet."""
    version, sent = found.version, found.message
    asks, plain = sent.asks_confirmation, sent.confirm_by == Message.ConfirmBy.BUTTON
    tag = _tag(sent)
    minutes = max(1, round(version.reading_seconds / 60)) if version.reading_seconds else 0
    came = came_at(sent.pace, sent.sent_at, sent.morning_on, timezone.get_current_timezone())
    meta = [look_of(sent.space_id).title, exact_time(came)]
    if minutes:
        meta.append(_("%(count)s min to read") % {"count": minutes})
    fresh = "confirmed" in request.GET
    return {
        "found": found,
        "flow": FlowBar(name=_("Must read") if asks else _("Message"), back=link("shell:inbox")),
        "head": ArticleHead(version.title, tag, tuple(meta), stamped=found.confirmed, fresh=fresh),
        "notice": _notice(found),
        "bar": _bar(found) if asks and plain and not found.confirmed else None,
        "ask": request_of(found, refused) if asks and not plain and not found.confirmed else None,
        "given": given(found, person_id) if found.confirmed and not plain else None,
        "named": named_notice(sent),
        "ways": _ways(found),
        "receipt": _receipt(found, person_id) if asks and found.confirmed else None,
        "undo_until": _undo_until(found),
        "changes": changes_for(found),
        "call": call_above(person_id, sent, confirmed=found.confirmed),
    }


def _tag(sent: Message) -> Tag | None:
    if sent.is_emergency:
        return Tag(_("Drill"), "jin") if sent.drill else Tag(pgettext("importance", "Emergency"), "urgent")
    return Tag(_("Must read"), "zhu") if sent.asks_confirmation else None


def _ways(found: MessageForReader) -> list[Row]:
    """Return the ways on below the text: nothing in them depends on who reads."""
    sent = found.message
    rows = [Row(_("Why did I get this?"), link("delivery:why", sent.pk), icon="help", tone="lan")]
    if sent.reply_allowed:
        note = _("Only those who sent it read what you write")
        rows.append(Row(_("Reply or ask"), link("delivery:reply", sent.pk), note=note, icon="chat", tone="zi"))
    return rows


def _undo_until(found: MessageForReader) -> datetime | None:
    """Return until when the confirmation can be taken back, or None when that is over."""
    if not (found.message.asks_confirmation and found.confirmed and found.receipt and found.receipt.confirmed_at):
        return None
    until = found.receipt.confirmed_at + UNDO_WITHIN
    return until if until > clock.now() else None


def _notice(found: MessageForReader) -> Notice | None:
    due = found.message.due_at
    if found.message.asks_confirmation and found.confirmed_version and not found.confirmed:
        return Notice(
            _("Your confirmation was for an earlier text. Please look at what changed and confirm again."),
            title=_("The text has changed"),
            tone="due",
        )
    if not found.message.asks_confirmation or found.confirmed or due is None:
        return None
    if due < clock.now():
        text = _("was the time to confirm by. You can still confirm.")
    elif found.message.confirm_by == Message.ConfirmBy.BUTTON:
        text = _("is the time to confirm by. Read to the end, then press the button.")
    else:
        text = _("is the time to confirm by. Read to the end, then answer below.")
    return Notice(text, title=due_time(due), tone="due")


def _bar(found: MessageForReader) -> ConfirmBar:
    message_id = found.message.pk
    return ConfirmBar(
        action=link("delivery:message_confirm", message_id),
        client_key=client_key(None),
        # A confirmation that was taken back, or is over, must not be sent again under its key.
        key_for=f"confirm:{message_id}:{found.version.number}:{found.past}",
        hidden=(("version", str(found.version.number)),),
    )


def _receipt(found: MessageForReader, person_id: int) -> Receipt | None:
    receipt = found.receipt
    if receipt is None or receipt.confirmed_at is None:
        return None
    following = to_confirm(person_id, limit=1)
    if following:
        words = _("Next must-read: %(title)s") % {"title": following[0].title}
        onward = Button(words, following[0].href, kind="primary", block=True)
    else:
        onward = Button(_("Back to messages"), link("shell:inbox"), kind="line", block=True)
    return Receipt(receipt.number, exact_time(receipt.confirmed_at), onward)


@needs(EMPLOYEE)
@require_POST
def message_confirm(request: HttpRequest, message_id: int) -> HttpResponse:
    """Keep a confirmation and go back to the message, which now shows the receipt."""
    person_id = _person(request)
    found = get_message_for(person_id, message_id)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadRequest
    sent = form.cleaned_data
    try:
        answer_message(
            person_id=person_id,
            message=found.message,
            version=sent["version"],
            key=sent["client_key"],
            text=sent["text"],
            choice=sent["choice"],
            photo=sent["photo"],
        )
    except Refusal as refusal:
        if refusal.status != NOT_YET or found.message.confirm_by == Message.ConfirmBy.BUTTON:
            raise
        return _again(request, found, person_id, Refused(str(refusal), sent["text"], sent["choice"]))
    return redirect(f"{link('delivery:message', message_id)}?{urlencode({'confirmed': 1})}")


def _again(request: HttpRequest, found: MessageForReader, person_id: int, refused: Refused) -> HttpResponse:
    """Show the message again, with why what was given does not confirm it."""
    response = render(request, PAGE, page_of(request, found, person_id, refused), status=NOT_YET)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


@needs(EMPLOYEE)
@require_POST
def message_safety(request: HttpRequest, message_id: int) -> HttpResponse:
    """Keep what somebody answers in an emergency, and go back to where it was asked."""
    person_id = _person(request)
    found = get_message_for(person_id, message_id)
    form = SafetyForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    said, key = form.said(), form.cleaned_data["client_key"]
    own = answer_emergency(person_id=person_id, message=found.message, said=said, key=key)
    if own.needs_help:
        messages.success(request, _("The duty desk sees that you need help."))
    else:
        messages.success(request, _("Kept: you are safe. Thank you."))
    return redirect(link("shell:home") if request.POST.get("back") == "home" else link("delivery:message", message_id))


@needs(EMPLOYEE)
@require_POST
def message_undo(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a confirmation back that was given by mistake, within five minutes."""
    person_id = _person(request)
    found = get_message_for(person_id, message_id)
    take_back(person_id=person_id, message=found.message)
    return redirect("delivery:message", message_id=message_id)


def _person(request: HttpRequest) -> int:
    return membership_of(request).person_id or 0


def tell_opened(request: HttpRequest, sent: Message) -> None:
    """Tell the feature whose content it is (if it is still there) that a recipient reads it, each time."""
    follower = register.follower(sent.kind, sent.content_id) if is_a_reader(request) else None
    if follower is not None:
        follower(_person(request), sent.content_id)
