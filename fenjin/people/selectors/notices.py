"""Reads of the privacy notice: what is in force, what stood there before, and what has changed."""

import time
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.memory import forgets
from fenjin.people.models import NoticeReading, PrivacyNotice
from fenjin.people.models.privacy import section_texts

# How long a process believes its last look at the number in force: each request of everybody asks for it.
NUMBER_SECONDS: Final = 5.0
_number: list[tuple[float, int]] = []


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One section as it is read: a heading and its paragraphs."""

    key: str
    title: Any
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A section of two versions, paragraph by paragraph."""

    title: Any
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Tell whether anything came or went."""
        return any(piece.kind != "same" for piece in self.pieces)


def current_number() -> int:
    """Return the number of the notice in force, at most five seconds old; 0 before the first one."""
    now = time.monotonic()
    if not _number or now - _number[0][0] >= NUMBER_SECONDS:
        newest = PrivacyNotice.objects.filter(number__isnull=False).order_by("-number")
        _number[:] = [(now, newest.values_list("number", flat=True).first() or 0)]
    return _number[0][1]


@forgets
def forget_number() -> None:
    """Ask the database again at the next request."""
    _number.clear()


def notice_numbered(number: int) -> PrivacyNotice:
    """Return a published version; raises NotFound."""
    found = PrivacyNotice.objects.filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def published_notices() -> list[PrivacyNotice]:
    """Return all published versions, the newest first."""
    rows = PrivacyNotice.objects.filter(number__isnull=False).select_related("written_by__person")
    return list(listing(rows.order_by("-number")))


def draft_notice() -> PrivacyNotice | None:
    """Return the version that is being written, or None."""
    return PrivacyNotice.objects.filter(number__isnull=True).select_related("written_by__person").first()


def parts_of(notice: PrivacyNotice, language: str) -> list[NoticePart]:
    """Return the sections of a notice in a language, in their order; empty ones are left out."""
    texts = section_texts(notice, language)
    parts = [NoticePart(key, label, _paragraphs(texts[key])) for key, label in PrivacyNotice.Section.choices]
    return [part for part in parts if part.paragraphs]


def difference(older: PrivacyNotice, newer: PrivacyNotice, language: str) -> list[ChangedPart]:
    """Return the sections that differ between two versions, paragraph by paragraph."""
    before, after = section_texts(older, language), section_texts(newer, language)
    parts = [
        ChangedPart(label, tuple(_pieces(_paragraphs(before[key]), _paragraphs(after[key]))))
        for key, label in PrivacyNotice.Section.choices
    ]
    return [part for part in parts if part.changed]


def change_of(notice: PrivacyNotice, language: str) -> str:
    """Return the sentence that says what is new in a version."""
    return (notice.change_en if language.startswith("en") else notice.change) or notice.change or notice.change_en


def readings_of(account_id: int) -> list[NoticeReading]:
    """Return which versions an account has read, the newest first."""
    return list(listing(NoticeReading.objects.filter(account=account_id).order_by("-number")))


def readers_count(number: int) -> int:
    """Return how many accounts have read a version."""
    return NoticeReading.objects.filter(number=number).count()


def _paragraphs(text: str) -> tuple[str, ...]:
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return tuple(block.strip() for block in blocks if block.strip())


def _pieces(before: tuple[str, ...], after: tuple[str, ...]) -> list[Piece]:
    found: list[Piece] = []
    for act, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            found += [Piece("same", text) for text in after[first:last]]
            continue
        found += [Piece("removed", text) for text in before[start:end]]
        found += [Piece("added", text) for text in after[first:last]]
    return found
