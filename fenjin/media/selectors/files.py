"""Reads of documents and recordings: one by its key for a person, and how pages offer it."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit.components import Words
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.media.access import can_open
from fenjin.media.filing import TYPES
from fenjin.media.models import MediaFile
from fenjin.spaces.access import Membership

_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as pages offer it."""

    title: Words
    href: str
    form: str  # "PDF"
    size: str  # "1.2 MB"
    length: str  # "3:05"; empty for a document
    transcript: str
    mime: str


def get_openable(membership: Membership, key: str) -> MediaFile:
    """Return the file with this key; raises NotFound when it is absent, withdrawn or not for this person."""
    try:
        name = uuid.UUID(hex=key)
    except ValueError as error:
        raise NotFound from error
    with every_space(Reason.OWN_ROWS):  # the key names one row; can_open decides
        file = MediaFile.objects.filter(key=name).first()
    if file is None or not can_open(membership, file):
        raise NotFound
    found: MediaFile = file
    return found


def files_by_id(ids: Iterable[int]) -> dict[int, MediaFile]:
    """Return the files in scope among `ids`, for bodies that name them; withdrawn ones are left out."""
    return {file.pk: file for file in MediaFile.objects.filter(pk__in=list(ids), withdrawn_at__isnull=True)}


def address_of(file: MediaFile) -> str:
    """Return the permanent address of a file, from the root of the site."""
    return reverse("media:file", kwargs={"key": file.key.hex, "form": file.form})


def offered(file: MediaFile) -> Offered:
    """Return a file as pages offer it: format, size and length in words."""
    return Offered(
        title=file.title,
        href=address_of(file),
        form=file.form.upper(),
        size=size_in_words(file.size),
        length=clock_of(file.seconds) if file.seconds else "",
        transcript=file.transcript,
        mime=type_of(file),
    )


def type_of(file: MediaFile) -> str:
    """Return the media type of a file."""
    return TYPES[file.form]


def size_in_words(size: int) -> str:
    """Return 1.2 MB or 340 KB; sizes count by thousands, as phones show them."""
    if size >= 1_000_000:
        return _("%(size)s MB") % {"size": f"{size / 1_000_000:.1f}"}
    return _("%(size)s KB") % {"size": max(1, round(size / 1000))}


def clock_of(seconds: int) -> str:
    """Return 3:05, or 1:02:03 from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def range_of(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte that a Range header asks for (RFC 9110, 14.1.2); None for what cannot be given.

    Only one range is answered; of several the whole file is given instead.
    """
    if "," in header:
        return 0, size - 1
    found = _RANGE.fullmatch(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    return (start, end) if start <= end and start < size else None
