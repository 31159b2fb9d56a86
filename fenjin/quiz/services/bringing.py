"""Questions of a file become drafts of a bank, with their pictures and topics; the way out is told in the log."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit.errors import Refusal
from fenjin.media.services import add_picture
from fenjin.quiz.formats.incoming import Embedded, Incoming, one_line
from fenjin.quiz.kinds import Content, Piece, check
from fenjin.quiz.models import Difficulty, Question, Topic
from fenjin.quiz.services.topics import add_topic
from fenjin.quiz.services.writing import Filed, Written, add_questions


@dataclass(slots=True)
class Brought:
    """What came in, and where a picture could not be read (places of the file)."""

    questions: list[Question] = field(default_factory=list)
    pictures: int = 0
    without_picture: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def bring_in(*, actor: Any, space_id: int, questions: Sequence[Incoming], send: bool = False) -> Brought:
    """Write all questions of a file, or none; topics that the bank does not know are added.

    A picture that is none is left out, and a question that cannot be asked without it too. `send`: they go to
    review. Raises what add_questions raises.
    """
    brought, pictures = Brought(), _Pictures(actor, space_id)
    topics = _topics(actor, space_id, questions)
    rows: list[tuple[Written, Filed]] = []
    for question in questions:
        content = pictures.placed(question)
        if _lost_one(question.content, content):
            brought.without_picture.append(question.place)
        if check(content):
            brought.left_out.append(question.place)
            continue
        written = Written(content, question.explanation, question.source_words, question.source_link)
        filed = Filed(topics.get(question.topic), question.difficulty or Difficulty.MEDIUM, question.tags)
        rows.append((written, filed))
    if rows:
        brought.questions = add_questions(actor=actor, space_id=space_id, questions=rows, send=send)
    brought.pictures = pictures.count
    return brought


def note_export(*, actor: Any, space_id: int, form: str, count: int) -> None:
    """Add the audit row of questions that leave as a file: right answers are in it."""
    details = {"form": form, "count": count}
    record(actor=actor, act="quiz.take_out", target=("question", None), space_id=space_id, details=details)


class _Pictures:
    """Pictures of a file, each taken in once."""

    def __init__(self, actor: Any, space_id: int) -> None:
        self.actor, self.space_id = actor, space_id
        self.known: dict[bytes, int | None] = {}

    @property
    def count(self) -> int:
        return sum(picture is not None for picture in self.known.values())

    def placed(self, question: Incoming) -> Content:
        """Return the question with pictures of media's in place of those of the file."""

        def place(piece: Piece) -> Piece:
            if piece.picture is None:
                return piece
            return Piece(piece.text, self._take(question.pictures[-1 - piece.picture], question.content.stem.text))

        content = question.content
        return replace(
            content,
            stem=place(content.stem),
            options=tuple(map(place, content.options)),
            partners=tuple(map(place, content.partners)),
        )

    def _take(self, picture: Embedded, title: str) -> int | None:
        key = hashlib.sha256(picture.data).digest()
        if key not in self.known:
            upload, name = io.BytesIO(picture.data), one_line(title)[:70]
            try:
                taken = add_picture(actor=self.actor, space_id=self.space_id, upload=upload, title=name)
            except Refusal:
                self.known[key] = None
            else:
                self.known[key] = taken.pk
        return self.known[key]


def _lost_one(before: Content, after: Content) -> bool:
    """Say whether a picture of the file found no place."""
    pairs = zip(_all(before), _all(after), strict=True)
    return any(one.picture is not None and other.picture is None for one, other in pairs)


def _all(content: Content) -> tuple[Piece, ...]:
    return (content.stem, *content.options, *content.partners)


def _topics(actor: Any, space_id: int, questions: Sequence[Incoming]) -> dict[str, int]:
    known = dict(Topic.objects.filter(space=space_id).values_list("name", "pk"))
    for name in dict.fromkeys(question.topic for question in questions if question.topic):
        if name not in known:
            known[name] = add_topic(actor=actor, space_id=space_id, name=name).pk
    return known
