"""Two versions of a question: what went and what came, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenjin.kit.difference import Stretch, stretches
from fenjin.quiz.models import KindChoice, QuestionVersion
from fenjin.quiz.showing import answer_lines


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the question that is different."""

    name: str
    pieces: tuple[Stretch, ...]


def compare(before: QuestionVersion, after: QuestionVersion) -> list[Part]:
    """Return the parts in which two versions differ, in the order of the page."""
    return [
        Part(name, tuple(stretches(old, new)))
        for (name, old), (_name, new) in zip(_parts(before), _parts(after), strict=True)
        if old != new
    ]


def _parts(version: QuestionVersion) -> Iterator[tuple[str, str]]:
    content = version.whole
    yield _("Kind of question"), str(KindChoice(content.kind.value).label)
    yield _("The question"), content.stem.text
    yield _("Options"), "\n".join(piece.text for piece in content.options)
    yield _("Partners"), "\n".join(piece.text for piece in content.partners)
    yield _("What is right"), "\n".join(answer_lines(content))
    pictures = [piece.picture for piece in (content.stem, *content.options, *content.partners)]
    yield _("Pictures"), "、".join(f"#{number}" for number in pictures if number is not None)
    yield _("Explanation"), version.explanation
    yield _("Source"), version.source_words
    yield _("Address of the source"), version.source_link
