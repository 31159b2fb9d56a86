"""From what stands in cells or lines to one question: the kind is found, answers are understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from fenjin.quiz.formats import notation
from fenjin.quiz.formats.incoming import Embedded, Gathering, Incoming, one_line, piece, split_link
from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.kinds import FALSE, TRUE, Accepted, Content, Kind, Piece, normal

_TAGS_BETWEEN: Final = re.compile(r"[,，、;；|\n]+")
_MARKER: Final = r"[（(]?([A-Ja-jＡ-Ｊ])\s*[.．、:：)）]"
_LINE_MARKER: Final = re.compile(rf"(?:^|\n)\s*{_MARKER}\s*")
_ANY_MARKER: Final = re.compile(rf"(?:^|(?<=[\s\u3000;；。）)]))\s*{_MARKER}\s*")


@dataclass(slots=True)
class Draft:
    """One question as it stands in a table or a text, before it is understood."""

    place: str
    kind: str = ""
    default_kind: Kind | None = None
    stem: Piece = field(default_factory=Piece)
    options: list[Piece] = field(default_factory=list)
    partners: list[Piece] = field(default_factory=list)
    answer: str = ""
    explanation: str = ""
    topic: str = ""
    difficulty: str = ""
    tags: str = ""
    source: str = ""
    link: str = ""
    pictures: list[Embedded] = field(default_factory=list)


class NotUnderstood(ValueError):
    """The draft is no question yet; a code, and words that name the cure."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


def build(draft: Draft, gathering: Gathering) -> None:
    """Understand a draft; keep it as a question, or say why it is none."""
    if draft.kind and notation.kind_of(draft.kind) is None and notation.is_foreign_kind(draft.kind):
        words = _("There is no such kind of question here: left out.")
        gathering.leave(draft.place, draft.kind, words)
        return
    try:
        content = _content(draft)
    except NotUnderstood as error:
        gathering.fault(draft.place, error.code, error.words, draft.stem.text)
        return
    if content is None:
        words = _("A question has one blank here: make one question of each, or a choice. Left out.")
        gathering.leave(draft.place, _("several blanks"), words)
        return
    words, link = (draft.source, draft.link) if draft.link else split_link(one_line(draft.source))
    gathering.take(
        Incoming(
            place=draft.place,
            content=content,
            topic=draft.topic,
            difficulty=_difficulty(draft, gathering),
            tags=tuple(_TAGS_BETWEEN.split(draft.tags)),
            explanation=draft.explanation,
            source_words=words,
            source_link=link,
            pictures=tuple(draft.pictures),
        )
    )


def split_options(text: str) -> tuple[str, list[str]]:
    """Return what stands before the options of a text, and the options: A. … B. …, a line each, or between | or ;."""
    for marker in (_LINE_MARKER, _ANY_MARKER):
        before, options = _lettered(text, marker)
        if len(options) >= 2:
            return before, options
    return text, []


def options_of_cell(text: str) -> list[str]:
    """Return the options of one cell, with or without letters before them."""
    before, options = split_options(text)
    if options and not before.strip():
        return options
    for sign in ("\n", "$;$", "|", "｜", ";", "；"):
        parts = [part.strip() for part in text.split(sign) if part.strip()]
        if len(parts) >= 2:
            return parts
    return [text.strip()] if text.strip() else []


def _lettered(text: str, marker: re.Pattern[str]) -> tuple[str, list[str]]:
    found: list[re.Match[str]] = []
    for match in marker.finditer(text):
        letter = normal(match[1]).upper()
        if len(found) < len(LETTERS) and letter == LETTERS[len(found)]:
            found.append(match)
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    options = [text[match.end() : end].strip(" \u3000\n;；") for match, end in zip(found, ends, strict=True)]
    return text[: found[0].start()].strip(), options


def _content(draft: Draft) -> Content | None:
    """Return the question; None for one with several blanks. Raises NotUnderstood."""
    kind = notation.kind_of(draft.kind) if draft.kind else draft.default_kind
    if draft.kind and kind is None:
        raise NotUnderstood(
            "kind", _("“%(kind)s” is no kind of question. Write single choice, true or false, …") % {"kind": draft.kind}
        )
    stem, options = draft.stem, draft.options
    if not options and kind not in (Kind.FILL, Kind.TRUE_FALSE):
        before, inside = split_options(stem.text)
        if inside and before:
            stem, options = piece(before, stem.picture), [piece(text) for text in inside]
    answer = draft.answer
    if not answer.strip():
        words, answer = notation.answer_inside(stem.text)
        stem = piece(words, stem.picture)
    kind = kind or _guess(options, draft.partners, answer)
    if not answer.strip() and kind not in (Kind.ORDERING, Kind.MATCHING):
        raise NotUnderstood("no_answer", _("Write the answer: a letter, letters, true or false, or words."))
    return _BUILDERS[kind](stem, options, draft.partners, answer)


def _guess(options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Kind:
    """Return the kind that fits a question which names none."""
    if partners:
        return Kind.MATCHING
    if _is_statement(options):
        return Kind.TRUE_FALSE
    if options:
        found = notation.places(answer, options)
        return Kind.MULTIPLE if found and len(found) > 1 else Kind.SINGLE
    return Kind.TRUE_FALSE if notation.truth(answer) is not None and not answer.strip().isdigit() else Kind.FILL


def _is_statement(options: Sequence[Piece]) -> bool:
    return (
        len(options) == 2
        and sorted(notation.truth(one.text) or 0 for one in options) == [TRUE, FALSE]
        and all(notation.truth(one.text) is not None for one in options)
    )


def _choice(stem: Piece, options: Sequence[Piece], answer: str, kind: Kind) -> Content:
    found = notation.places(answer, options)
    if found is None:
        words = _("The answer “%(answer)s” names none of the options. Write their letters.")
        raise NotUnderstood("answer", words % {"answer": one_line(answer)[:40]})
    if kind is Kind.SINGLE and len(found) > 1:
        raise NotUnderstood("right", _("A single choice has one right option. Name one, or make it a multiple choice."))
    return Content(kind, stem, tuple(options), right=tuple(sorted(found)))


def _single(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content:
    return _choice(stem, options, answer, Kind.SINGLE)


def _multiple(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content:
    return _choice(stem, options, answer, Kind.MULTIPLE)


def _statement(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content:
    said = notation.truth(answer)
    if options:
        if not _is_statement(options):
            raise NotUnderstood("count", _("A statement to judge has no options but true and false."))
        found = notation.places(answer, options)
        if found and len(found) == 1:
            said = notation.truth(options[found[0]].text)
    if said is None and not options and normal(answer) in ("a", "b"):
        said = TRUE if normal(answer) == "a" else FALSE  # A right, B wrong: so most systems number them
    if said is None:
        raise NotUnderstood("answer", _("Write 对 or 错, true or false, √ or ×."))
    return Content(Kind.TRUE_FALSE, stem, right=(said,))


def _fill(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content | None:
    if options:
        raise NotUnderstood("count", _("A question to fill in has no options."))
    if notation.several_blanks(stem.text, answer):
        return None
    found: tuple[Accepted, ...] = notation.accepted(answer)
    return Content(Kind.FILL, stem, accepted=found)


def _ordering(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content:
    found = notation.order(answer, len(options))
    if found is None:
        words = _(
            "Name every option once in the right order, as B-A-C; or leave the answer empty when they stand in it."
        )
        raise NotUnderstood("answer", words)
    return Content(Kind.ORDERING, stem, tuple(options[place] for place in found))


def _matching(stem: Piece, options: Sequence[Piece], partners: Sequence[Piece], answer: str) -> Content:
    found = notation.pairs(answer, len(options), len(partners))
    if found is None:
        words = _(
            "Name the partner of every option, as A-2 B-1; or leave the answer empty when they stand side by side."
        )
        raise NotUnderstood("answer", words)
    return Content(Kind.MATCHING, stem, tuple(options), tuple(partners), right=found)


_BUILDERS: Final = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.TRUE_FALSE: _statement,
    Kind.FILL: _fill,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _matching,
}


def _difficulty(draft: Draft, gathering: Gathering) -> int | None:
    found = notation.difficulty_of(draft.difficulty)
    if draft.difficulty.strip() and found is None:
        name = _("difficulty %(said)s") % {"said": one_line(draft.difficulty)[:40]}
        gathering.leave(draft.place, name, _("There are three: easy, medium, hard. It comes in without one."))
    return found
