"""Aiken: single choice and nothing else. The question, its options A. or A), and a line ANSWER: B."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from fenjin.quiz.formats.building import Draft, build
from fenjin.quiz.formats.decoding import decoded
from fenjin.quiz.formats.incoming import Gathering, Incoming, Reading, Written, piece
from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.formats.telling import write_told
from fenjin.quiz.kinds import Kind

_OPTION: Final = re.compile(r"\s*([A-Za-zＡ-Ｚ])\s*[.)．）、]\s*(.*)")
_ANSWER: Final = re.compile(r"\s*(?:ANSWER|答案)\s*[:：]\s*(.*?)\s*", re.IGNORECASE)


def read_aiken(data: bytes) -> Reading:
    """Return the questions of an Aiken file. Raises UnreadableBank of some kind."""
    return _read(decoded(data))


def write_aiken(questions: Iterable[Incoming]) -> Written:
    """Return the single choices as Aiken; the rest is told. Without the mark of UTF-8, which Moodle would show."""
    return write_told(
        questions,
        kinds=frozenset({Kind.SINGLE}),
        write_one=_one,
        read=_read,
        join=lambda parts: "\n".join(parts).encode(),
        around=frozenset(),
    )


def _read(text: str) -> Reading:
    gathering = Gathering()
    stem: list[str] = []
    options: list[str] = []
    begins = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        begins = begins if stem else number
        if (answer := _ANSWER.fullmatch(line)) and stem:
            _take(gathering, begins, stem, options, answer[1])
            stem, options = [], []
        elif (option := _OPTION.fullmatch(line)) and stem and _letter(option[1], len(options)):
            options.append(option[2])
        elif not line.strip():
            continue
        elif options:  # words after options and no answer yet: Moodle would stop here
            _take(gathering, begins, stem, options, "")
            stem, options, begins = [line], [], number
        else:
            stem.append(line)
    if stem:
        _take(gathering, begins, stem, options, "")
    return gathering.done()


def _letter(letter: str, place: int) -> bool:
    plain = chr(ord(letter) - 0xFEE0) if letter > "z" else letter
    return place < len(LETTERS) and plain.upper() == LETTERS[place]


def _take(gathering: Gathering, line: int, stem: list[str], options: list[str], answer: str) -> None:
    place = _("line %(line)d") % {"line": line}
    draft = Draft(place, default_kind=Kind.SINGLE, stem=piece("\n".join(stem)), answer=answer)
    draft.options = [piece(option) for option in options]
    build(draft, gathering)


def _one(question: Incoming) -> str:
    content = question.content
    lines = [content.stem.text]
    lines += [f"{letter}. {one.text}" for letter, one in zip(LETTERS, content.options, strict=False)]
    return "\n".join([*lines, f"ANSWER: {LETTERS[content.right[0]]}"]) + "\n"
