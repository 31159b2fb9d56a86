"""Reply or ask: one person and the desk that sent a message, in one place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fenjin.delivery.models.talks import LONGEST_REMARK, Conversation
from fenjin.delivery.selectors import MessageForReader, get_message_for
from fenjin.delivery.selectors.talks import Talk, conversation_of
from fenjin.delivery.services.talks import TalkRefusal, ask_sender, see_answer
from fenjin.kit.access import needs
from fenjin.kit.addresses import is_a_reader
from fenjin.kit.components import FlowBar, Notice
from fenjin.kit.errors import NotFound
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import look_of


@needs(EMPLOYEE)
def reply(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show what was said between a recipient and the sender's desk; a POST says something more."""
    person_id = membership_of(request).person_id or 0
    found = get_message_for(person_id, message_id)
    refused = None
    if request.method == "POST":
        try:
            key = client_key(request.POST.get("client_key"))
            ask_sender(person_id=person_id, message=found.message, text=request.POST.get("text", ""), key=key)
        except TalkRefusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Sent. The answer will stand here, and on your home page."))
            return redirect("delivery:reply", message_id=message_id)
    talk = conversation_of(person_id, message_id)
    if talk is None and not found.message.reply_allowed:
        raise NotFound
    if talk is not None and talk.conversation.unseen and is_a_reader(request):
        see_answer(person_id=person_id, message_id=message_id, until=talk.conversation.last_at)
    return _draw(request, found, talk, refused)


def _draw(
    request: HttpRequest, found: MessageForReader, talk: Talk | None, refused: TalkRefusal | None
) -> HttpResponse:
    context = {
        "found": found,
        "talk": talk,
        "closed": talk is not None and talk.conversation.state == Conversation.State.CLOSED,
        "open": found.message.reply_allowed and not found.withdrawn,
        "space": look_of(found.message.space_id).title,
        "text": request.POST.get("text", "") if refused else "",
        "refused": Notice(str(refused), tone="bad") if refused else None,
        "longest": LONGEST_REMARK,
        "client_key": client_key(request.POST.get("client_key")),
        "key_for": f"reply:{found.message.pk}:{len(talk.said) if talk else 0}",
        "flow": FlowBar(_("Reply or ask"), link("delivery:message", found.message.pk), closes=False),
    }
    return render(request, "delivery/reply.html", context, status=refused.status if refused else 200)
