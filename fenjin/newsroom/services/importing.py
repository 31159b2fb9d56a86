"""Writes: a text written elsewhere becomes a draft, with its pictures."""

import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fenjin.audit.services import record
from fenjin.kit.errors import Refusal
from fenjin.media.services import add_picture
from fenjin.newsroom.access import KIND
from fenjin.newsroom.imports.fetching import Fetch
from fenjin.newsroom.imports.pieces import Image, Manuscript
from fenjin.newsroom.models import Article


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The draft, how many pictures came with it, and what is missing, as sentences with counts."""

    article: Article
    pictures: int
    left_out: tuple[tuple[str, int], ...]


@transaction.atomic
def take_in(
    *, actor: Any, space_id: int, manuscript: Manuscript, title: str = "", fetch: Fetch, pictures: Sequence[Any] = ()
) -> TakenIn:
    """Make a draft of a manuscript. Pictures that only have an address are fetched, or taken from `pictures` in order.

    What cannot be read is left out and told. Raises ValidationError when there is no title at all.
    """
    name = title or manuscript.title or _("Text without a title")
    waiting = iter(pictures)
    body, taken = [], 0
    for piece in manuscript.pieces:
        if not isinstance(piece, Image):
            body.append(_part(piece.kind, piece.value))
            continue
        content = piece.content or fetch(piece.address) or _next(waiting)
        picture = _take_picture(actor, space_id, content, f"{name[:70]} {taken + 1}", piece.alt)
        if picture is None:
            manuscript.left_out[_("A picture could not be taken in: add it by hand.")] += 1
            continue
        taken += 1
        body.append(_part("picture", {"picture": picture.pk, "caption": piece.caption, "alt": ""}))
    article = Article(space_id=space_id, title=name[:60], body=body, author=actor)
    article.full_clean()
    article.save()
    article.save_revision(user=actor, log_action=False)
    details = {"parts": len(body), "pictures": taken}
    record(actor=actor, act="newsroom.take_in", target=(KIND, article.pk), space_id=space_id, details=details)
    return TakenIn(article, taken, tuple(sorted(manuscript.left_out.items())))


def _part(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _next(waiting: Iterator[Any]) -> bytes:
    upload = next(waiting, None)
    return upload.read() if upload is not None else b""


def _take_picture(actor: Any, space_id: int, content: bytes, title: str, alt: str) -> Any:
    if not content:
        return None
    try:
        return add_picture(actor=actor, space_id=space_id, upload=io.BytesIO(content), title=title, description=alt)
    except Refusal:
        return None
