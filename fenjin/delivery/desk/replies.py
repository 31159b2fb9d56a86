"""The desk "Replies": what readers ask about messages, who of the desk answers, and what is often answered."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.access import SEND, SENDER
from fenjin.delivery.forms.replies import ReadyAnswerForm
from fenjin.delivery.models.talks import LONGEST_REMARK, Conversation
from fenjin.delivery.selectors.talks import QUEUES, DeskTalk, get_conversation, get_ready_answer, queue, ready_answers
from fenjin.delivery.services.talks import (
    TalkRefusal,
    answer_conversation,
    assign_conversation,
    close_conversation,
    drop_ready_answer,
    keep_ready_answer,
    reopen_conversation,
)
from fenjin.kit.access import needs
from fenjin.kit.components import Notice
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.spaces.access import membership_of, spaces_allowing
from fenjin.spaces.selectors import space_names

FARTHEST: Final = 1_000  # pages


@needs(SENDER)
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """Show one queue: who waits, what is mine, what is answered or closed."""
    name = request.GET.get("show", "waiting")
    name = name if name in QUEUES else "waiting"
    asked = request.GET.get("page", "")
    page = min(int(asked), FARTHEST) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else 1
    shown = queue(membership_of(request), name, page)
    states = Conversation.State
    labels = {
        "waiting": states.WAITING.label,
        "mine": _("Mine"),
        "answered": states.ANSWERED.label,
        "closed": states.CLOSED.label,
    }
    counts = {"waiting": shown.waiting, "mine": shown.mine}
    context = {
        "shown": shown,
        "name": name,
        "tabs": [(f"?show={key}", label, counts.get(key), key == name) for key, label in labels.items()],
        "more": f"?{urlencode({'show': name, 'page': shown.more})}" if shown.more else "",
        "before": f"?{urlencode({'show': name, 'page': page - 1})}" if page > 1 else "",
    }
    return render(request, "delivery/desk/replies.html", context)


@needs(SENDER)
def conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show one conversation; a POST answers it."""
    found = get_conversation(membership_of(request), conversation_id)
    if request.method != "POST":
        return _draw(request, found)
    text = request.POST.get("text", "")
    try:
        key = client_key(request.POST.get("client_key"))
        answer_conversation(actor=request.user, conversation_id=conversation_id, text=text, key=key)
    except TalkRefusal as refusal:
        return _draw(request, found, text=text, refused=Notice(str(refusal), tone="bad"))
    messages.success(request, _("Answered. It stands on the person's home page until it is read."))
    return redirect("delivery_desk:conversation", conversation_id=conversation_id)


def _draw(request: HttpRequest, found: DeskTalk, *, text: str = "", refused: Notice | None = None) -> HttpResponse:
    ready = request.GET.get("ready", "")
    chosen = next((one.text for one in found.ready if str(one.pk) == ready), "")
    talk = found.talk.conversation
    context = {
        "found": found,
        "talk": talk,
        "state": Conversation.State(talk.state),
        "text": text or chosen,
        "chosen": ready,
        "refused": refused,
        "longest": LONGEST_REMARK,
        "client_key": client_key(request.POST.get("client_key")),
        "key_for": f"answer:{talk.pk}:{len(found.talk.said)}",
    }
    return render(request, "delivery/desk/conversation.html", context, status=422 if refused else 200)


@needs(SENDER)
@require_POST
def conversation_step(request: HttpRequest, conversation_id: int, name: str) -> HttpResponse:
    """Give a conversation to somebody, close it, or open it again."""
    actor: Any = request.user
    match name:
        case "assign":
            to = request.POST.get("to", "")
            if to and not (to.isascii() and to.isdecimal() and len(to) < 19):
                raise BadRequest
            assign_conversation(actor=actor, conversation_id=conversation_id, to=int(to) if to else None)
            messages.success(request, _("Given over.") if to else _("It waits for anybody at the desk."))
        case "close":
            close_conversation(actor=actor, conversation_id=conversation_id)
            messages.success(request, _("Closed. If the person writes again, it waits again."))
        case "reopen":
            reopen_conversation(actor=actor, conversation_id=conversation_id)
            messages.success(request, _("It is in the queue again."))
        case _other:
            raise NotFound
    return redirect("delivery_desk:conversation", conversation_id=conversation_id)


@needs(SENDER)
def ready(request: HttpRequest) -> HttpResponse:
    """Show the ready answers of my spaces; a POST keeps one."""
    spaces = spaces_allowing(membership_of(request), SEND, branches=True)
    form = ReadyAnswerForm(request.POST or None, spaces=sorted(space_names(set(spaces)).items()))
    if request.method == "POST" and form.is_valid():
        kept = keep_ready_answer(actor=request.user, **form.cleaned_data)
        messages.success(request, _("“%(title)s” is kept for everybody at the desk.") % {"title": kept.title})
        return redirect("delivery_desk:ready_answers")
    names = space_names(set(spaces))
    rows = [(one, names.get(one.space_id, "")) for one in ready_answers(set(spaces))]
    context = {"form": form, "rows": rows, "several": len(names) > 1, "back": link("delivery_desk:replies")}
    return render(request, "delivery/desk/ready_answers.html", context, status=422 if form.is_bound else 200)


@needs(SENDER)
@require_POST
def ready_drop(request: HttpRequest, ready_id: int) -> HttpResponse:
    """Take a ready answer away."""
    found = get_ready_answer(spaces_allowing(membership_of(request), SEND, branches=True), ready_id)
    drop_ready_answer(actor=request.user, ready=found)
    messages.success(request, _("Taken away. What was answered with it stays."))
    return redirect("delivery_desk:ready_answers")
