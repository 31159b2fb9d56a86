"""Two versions of an article side by side: what went, what came, line by line and within a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.newsroom.blocks import words_of

_ALIKE: Final = 0.35  # from here on two lines count as one line that was changed


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words that stayed (""), went ("del") or came ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the article with its changed lines; lines that stayed are left out."""

    name: str
    lines: tuple[tuple[Piece, ...], ...]


def compare(before: Any, after: Any) -> list[Part]:
    """Return the fields in which two versions differ, in the order of the form."""
    found = []
    for name, old, new in _fields(before, after):
        lines = tuple(_lines(old.split("\n"), new.split("\n")))
        if old != new:
            found.append(Part(name, lines))
    return found


def _fields(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    plain = {
        "title": _("title"),
        "lead": _("lead"),
        "body": _("body"),
        "source": _("source"),
        "title_en": _("title in English"),
        "lead_en": _("lead in English"),
        "body_en": _("body in English"),
        "correction": _("correction"),
    }
    for field, name in plain.items():
        old, new = getattr(before, field), getattr(after, field)
        if field.startswith("body"):
            old, new = words_of(old), words_of(new)
        yield name, str(old or ""), str(new or "")
    yield _("tags"), "、".join(before.tags), "、".join(after.tags)
    yield _("readers"), str(before.get_readers_display()), str(after.get_readers_display())
    yield _("cover"), _picture(before), _picture(after)


def _picture(version: Any) -> str:
    return str(version.cover) if version.cover_id and version.cover else ""


def _lines(old: list[str], new: list[str]) -> Iterator[tuple[Piece, ...]]:
    """Return the lines that changed, each as its pieces; a line that stayed is not shown."""
    for tag, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        went, came = old[start:end], new[to_start:to_end]
        while went and came and _is_same_line(went[0], came[0]):
            yield tuple(_pieces(went.pop(0), came.pop(0)))
        yield from ((Piece("del", line),) for line in went if line)
        yield from ((Piece("ins", line),) for line in came if line)


def _is_same_line(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _pieces(old: str, new: str) -> Iterator[Piece]:
    for tag, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("", old[start:end])
            continue
        if start < end:
            yield Piece("del", old[start:end])
        if to_start < to_end:
            yield Piece("ins", new[to_start:to_end])
