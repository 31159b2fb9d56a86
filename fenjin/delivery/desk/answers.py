"""The desk of one message's answers: what people wrote or photographed when they confirmed."""

from typing import Any, Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fenjin.audit import services as audit
from fenjin.delivery.access import SENDER
from fenjin.delivery.selectors.answers import answers_to, photo_of
from fenjin.delivery.services.answers import PHOTOS
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.people.selectors.retention import kept_words

_TYPES: Final = {"jpg": "image/jpeg", "webp": "image/webp"}
_PIECE: Final = 64 * 1024


@needs(SENDER)
@require_safe
def answers(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show a page of the answers to a message of one's own desk."""
    found = answers_to(request.user, message_id, request.GET.get("after", "")[:40])
    context = {"found": found, "message": found.managed.message, "kept": kept_words(PHOTOS)}
    return render(request, "delivery/desk/answers.html", context)


@needs(SENDER)
@require_safe
def answer_photo(request: HttpRequest, message_id: int, key: UUID) -> HttpResponseBase:
    """Show one photograph; each look is on record."""
    actor: Any = request.user
    message, name = photo_of(actor, message_id, key)
    audit.record(actor=actor, act="delivery.look_photo", target=("message", message.pk), space_id=message.space_id)
    try:
        stored = default_storage.open(name)
    except FileNotFoundError:
        raise NotFound from None
    response = StreamingHttpResponse(
        iter(lambda: stored.read(_PIECE), b""), content_type=_TYPES.get(name.rpartition(".")[2], "image/jpeg")
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
