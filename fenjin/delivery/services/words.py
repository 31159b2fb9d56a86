"""The words of a message: taken from the content as it stands, written down as a version."""

import hashlib

from fenjin.audiences.access import Reach
from fenjin.delivery import register
from fenjin.delivery.cleaning import clean_html
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.services.notes import keep_picture
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Scope, use_scope
from fenjin.spaces.access import Membership


def freeze_words(*, membership: Membership, reach: Reach, space_id: int, kind: str, content_id: int) -> register.Frozen:
    """Return the content as it stands now; raises NotFound, or what the kind of content refuses.

    It is read looking at this space only, so that no other's can be sent."""
    with use_scope(Scope(content=frozenset({space_id}), people=reach.spaces)):
        try:
            content = register.kind(kind)
        except KeyError:
            raise NotFound from None
        if not content.may_send(membership, content_id):
            raise NotFound
        return content.freeze(content_id)


def write_version(
    message: Message, words: register.Frozen, *, number: int, note: str = "", material: bool = False
) -> MessageVersion:
    """Write frozen words as a version of a message."""
    html = clean_html(words.html)
    version: MessageVersion = MessageVersion._base_manager.create(
        space_id=message.space_id,
        message=message,
        number=number,
        title=words.title,
        lead=words.lead,
        html=html,
        text=words.text,
        sha256=sha256(html),
        assets=list(words.assets),
        reading_seconds=words.reading_seconds,
        note=note,
        material=material,
    )
    keep_picture(message)
    return version


def sha256(html: str) -> str:
    """Return the fingerprint of a body."""
    return hashlib.sha256(html.encode()).hexdigest()
