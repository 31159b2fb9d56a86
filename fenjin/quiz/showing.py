"""A question as pages draw it: for the phone without what is right, for the studio with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.kit.components import Picture
from fenjin.quiz.kinds import TRUE, Accepted, Content, Kind, Piece, as_json, from_json

LETTERS: Final = "ABCDEFGHIJ"
EXACT: Final = " ± 0"  # what tells a number from the same figures as words, where an answer is typed


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """An option with its letter; `right` only where the studio shows it."""

    letter: str
    text: str
    picture: Picture | None = None
    right: bool = False


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question, ready to be drawn."""

    kind: str
    stem: str
    picture: Picture | None
    options: tuple[ShownPiece, ...]
    partners: tuple[ShownPiece, ...]
    answer: tuple[str, ...]


def show(content: Content, pictures: Mapping[int, Picture]) -> ShownQuestion:
    """Return a question as it will stand on the phone, with the answer beside it.

    The options of an ordering or a matching question come in the order in which they are kept: it tells nothing.
    """
    asked = _as_asked(content)
    right = content.right if content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE) else ()
    options = asked.options if content.kind is not Kind.TRUE_FALSE else (Piece(_("True")), Piece(_("False")))
    return ShownQuestion(
        kind=content.kind.value,
        stem=content.stem.text,
        picture=_picture(content.stem, pictures),
        options=_lettered(options, LETTERS, pictures, right),
        partners=_lettered(asked.partners, [str(place) for place in range(1, 11)], pictures, ()),
        answer=tuple(answer_lines(content)),
    )


def answer_lines(content: Content) -> list[str]:
    """Return what is right, in words, a line for each part."""
    if content.kind is Kind.TRUE_FALSE:
        return [_("True") if content.right == (TRUE,) else _("False")]
    if content.kind is Kind.FILL:
        return [accepted_words(one).removesuffix(EXACT) for one in content.accepted]
    if content.kind is Kind.ORDERING:
        return [f"{place}. {_words(piece)}" for place, piece in enumerate(content.options, start=1)]
    if content.kind is Kind.MATCHING:
        pairs = zip(content.options, content.right, strict=True)
        return [f"{_words(option)} → {_words(content.partners[place])}" for option, place in pairs]
    return [f"{LETTERS[place]} {_words(content.options[place])}" for place in content.right]


def accepted_words(accepted: Accepted) -> str:
    """Return an accepted answer as it is typed into the editor: words, 12.5 ± 0.5, or 12.5 ± 0 for an exact number."""
    if accepted.number is None:
        return accepted.text
    return f"{accepted.number:f} ± {accepted.tolerance:f}" if accepted.tolerance else f"{accepted.number:f}{EXACT}"


def _words(piece: Piece) -> str:
    return piece.text or _("picture")


def _as_asked(content: Content) -> Content:
    kept: dict[str, Any] = as_json(content)
    if content.kind in (Kind.ORDERING, Kind.MATCHING):
        return from_json({"content": kept["content"], "key": {}})
    return content


def _picture(piece: Piece, pictures: Mapping[int, Picture]) -> Picture | None:
    return pictures.get(piece.picture) if piece.picture is not None else None


def _lettered(
    found: Sequence[Piece], letters: Sequence[str], pictures: Mapping[int, Picture], right: Sequence[int]
) -> tuple[ShownPiece, ...]:
    return tuple(
        ShownPiece(letters[place], piece.text, _picture(piece, pictures), place in right)
        for place, piece in enumerate(found)
    )
