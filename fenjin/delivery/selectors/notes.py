"""Words written right in the desk: whose one may send, and what of them is frozen."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from fenjin.delivery.access import SEND
from fenjin.delivery.models import Note
from fenjin.delivery.register import Frozen
from fenjin.delivery.selectors.reading import is_recipient
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media import selectors as media
from fenjin.spaces.access import Membership, branches_allowing, spaces_allowing

MOST_LISTED: Final = 30
SIGNS_A_MINUTE: Final = 300  # of Chinese, read with care
_READABLE: Final = 50


def _own(membership: Membership) -> Q:
    """Return the condition for notes that somebody may send and change: of a branch's sender the own ones only."""
    whole, partly = spaces_allowing(membership, SEND), frozenset(branches_allowing(membership, SEND))
    return Q(space__in=whole) | Q(space__in=partly, author=membership.account_id)


def list_notes(membership: Membership, form: str = "") -> QuerySet[Note]:
    """Return the notes in scope that somebody may send, the last changed first."""
    rows: QuerySet[Note] = Note.objects.filter(_own(membership))
    if form:
        rows = rows.filter(form=form)
    return listing(rows.select_related("author__person").order_by("-changed_at", "-pk")[:MOST_LISTED])


def get_note(membership: Membership, note_id: int) -> Note:
    """Return a note that somebody may send and change; raises NotFound."""
    with every_space(Reason.DELIVERY):
        note: Note | None = Note.objects.filter(_own(membership), pk=note_id).select_related("picture", "space").first()
    if note is None:
        raise NotFound
    return note


def may_send_note(membership: Membership, note_id: int) -> bool:
    """Tell whether an account may send this note; the space looked at is in scope."""
    return bool(Note.objects.filter(_own(membership), pk=note_id).exists())


def freeze_note(note_id: int) -> Frozen:
    """Return a note as it stands now, for a message: Chinese, and English below it; raises NotFound."""
    note = Note.objects.filter(pk=note_id).select_related("picture").first()
    if note is None:
        raise NotFound
    picture = note.picture if note.picture is not None and note.picture.withdrawn_at is None else None
    shown: Any = media.shown(picture) if picture is not None else None
    html = render_to_string("delivery/note.html", {"note": note, "picture": shown})
    text = "\n".join(part for part in (note.words, note.title_en, note.words_en) if part)
    return Frozen(
        title=note.title,
        lead="",
        html=html,
        text=text,
        assets=(picture.key.hex,) if picture is not None else (),
        reading_seconds=max(10, round(len(note.words) * 60 / SIGNS_A_MINUTE)),
    )


def shows_picture(membership: Membership, picture_id: int) -> bool:
    """Tell whether a person was sent a card that shows, or once showed, a picture."""
    if membership.person_id is None:
        return False
    with every_space(Reason.OWN_ROWS):
        rows = Note.objects.filter(frozen_pictures__contains=[picture_id]).order_by("-pk")
        notes = list(rows.values_list("form", "pk")[:_READABLE])
    return any(is_recipient(person_id=membership.person_id, kind=form, content_id=pk) for form, pk in notes)


def picture_to_use(space_id: int, picture_id: int) -> Any:
    """Return a picture of a space, or of the group, that is not withdrawn; raises NotFound."""
    with every_space(Reason.DELIVERY):
        picture = media.usable_pictures().filter(pk=picture_id, space__in={space_id, GROUP_SPACE}).first()
    if picture is None:
        raise NotFound
    return picture


def choose(membership: Membership, form: str) -> list[tuple[int, str]]:
    """Return (id, title) of what somebody may send of one form, the last changed first."""
    return [(note.pk, note.title) for note in list_notes(membership, form)]
