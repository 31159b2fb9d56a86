"""A question is written, and written better: each time a new version, the approved one stays until the next."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.media.selectors import pictures_by_id
from fenjin.quiz.alike import shingles_of, wording_hash
from fenjin.quiz.kinds import Content, Piece, as_json, canonical, check
from fenjin.quiz.models import Difficulty, Question, QuestionVersion, State, Topic, VersionPicture
from fenjin.quiz.services.refusals import BadSource, BadTags, Faulty, ForeignPicture, IsRetired, NoSuchTopic, TooLong

MOST_TAGS: Final = 6
LONGEST_TAG: Final = 12
_ARTICLE: Final = re.compile(r"/news/\d{1,18}/")
_HTTPS: Final = URLValidator(schemes=["https"])
_NEWEST: Final = """
UPDATE quiz_question q SET newest_id = v.id FROM quiz_questionversion v
WHERE v.question_id = q.id AND v.number = 1 AND q.id = ANY(%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What one version of a question says."""

    content: Content
    explanation: str = ""
    source_words: str = ""
    source_link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a question stands in the bank. That is no part of a version and holds at once."""

    topic_id: int | None = None
    difficulty: int = Difficulty.MEDIUM
    tags: tuple[str, ...] = ()


def add_question(*, actor: Any, space_id: int, written: Written, filed: Filed | None = None) -> Question:
    """Write a new question as a draft. Raises Faulty, ForeignPicture, NoSuchTopic, BadSource, BadTags, TooLong."""
    (question,) = _add(actor, space_id, [(written, filed or Filed())], "quiz.add")
    return question


def add_questions(
    *, actor: Any, space_id: int, questions: Sequence[tuple[Written, Filed]], send: bool = False
) -> list[Question]:
    """Write many questions at once, all or none; `send`: they go to review. One audit row tells how many.

    Raises Faulty, ForeignPicture, NoSuchTopic, BadSource, BadTags, TooLong.
    """
    return _add(actor, space_id, questions, "quiz.add_many", send=send)


@transaction.atomic
def _add(
    actor: Any, space_id: int, questions: Sequence[tuple[Written, Filed]], act: str, *, send: bool = False
) -> list[Question]:
    for written, _filed in questions:
        _require_good(written)
    _require_topics(space_id, {filed.topic_id for _written, filed in questions})
    now = clock.now()
    rows = [
        Question(
            space_id=space_id,
            kind=written.content.kind.value,
            state=State.IN_REVIEW if send else State.DRAFT,
            made_by=actor,
            updated_at=now,
            **_fingerprint(written.content),
            **_filing(filed),
        )
        for written, filed in questions
    ]
    Question.objects.bulk_create(rows, batch_size=500)
    versions = [
        _version(actor, row, written, number=1, sent_at=now if send else None)
        for row, (written, _filed) in zip(rows, questions, strict=True)
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=500)
    _keep_pictures(space_id, [(version, written) for version, (written, _f) in zip(versions, questions, strict=True)])
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [[row.pk for row in rows]])
    for row, version in zip(rows, versions, strict=True):
        row.newest = version
    one = rows[0].pk if len(rows) == 1 else None
    record(actor=actor, act=act, target=("question", one), space_id=space_id, details={"count": len(rows)})
    return rows


@transaction.atomic
def revise_question(*, actor: Any, question: Question, written: Written) -> QuestionVersion:
    """Write the next version; what is approved stays in force until this one is approved.

    A version that waits for review is taken out of it by that. Returns the newest version as it is when nothing
    was changed. Raises IsRetired, Faulty, ForeignPicture, BadSource, TooLong.
    """
    question = locked(question)
    if question.state == State.RETIRED:
        raise IsRetired
    _require_good(written)
    newest: QuestionVersion = question.newest  # type: ignore[assignment]
    if newest.state != QuestionVersion.State.RETURNED and _says(newest) == _says(_version(actor, question, written)):
        return newest
    if newest.state == QuestionVersion.State.IN_REVIEW:
        as_draft(newest)
    version = _version(actor, question, written, number=newest.number + 1)
    version.save()
    _keep_pictures(question.space_id, [(version, written)])
    question.newest = version
    question.state = State.READY if question.current_id else State.DRAFT
    question.kind = written.content.kind.value
    for name, value in _fingerprint(written.content).items():
        setattr(question, name, value)
    touch(question, "newest", "state", "kind", "wording_hash", "shingles")
    note(actor=actor, act="quiz.revise", question=question, version=version.number)
    return version


@transaction.atomic
def file_question(*, actor: Any, question: Question, filed: Filed) -> None:
    """Put a question under a topic, with its difficulty and tags. Raises NoSuchTopic, BadTags."""
    question = locked(question)
    _require_topics(question.space_id, {filed.topic_id})
    fields = _filing(filed)
    if all(getattr(question, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(question, name, value)
    touch(question, *fields)
    note(actor=actor, act="quiz.file", question=question)


@transaction.atomic
def change_question(*, actor: Any, question: Question, written: Written, filed: Filed) -> None:
    """Do both at once: file the question, and write its next version. Raises what the two raise."""
    file_question(actor=actor, question=question, filed=filed)
    revise_question(actor=actor, question=question, written=written)


# ---- for all services of this room -----------------------------------------------------------------------


def locked(question: Question) -> Question:
    """Return the question as it is now, with its versions, held until the end of the transaction."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("newest", "current")
    found: Question = rows.get(pk=question.pk)
    return found


def touch(question: Question, *fields: str) -> None:
    """Write these fields of a question, and that it was changed now."""
    question.updated_at = clock.now()
    question.save(update_fields=[*fields, "updated_at"])


def note(*, actor: Any, act: str, question: Question, **details: Any) -> None:
    """Add the audit row of an act on one question."""
    record(actor=actor, act=act, target=("question", question.pk), space_id=question.space_id, details=details)


def as_draft(version: QuestionVersion) -> None:
    """Take a version out of review."""
    version.state, version.sent_by, version.sent_at = QuestionVersion.State.DRAFT, None, None
    version.save(update_fields=["state", "sent_by", "sent_at"])


# ---- parts -----------------------------------------------------------------------------------------------


def _require_good(written: Written) -> None:
    faults = check(written.content)
    if faults:
        raise Faulty(faults)
    lengths = ((written.explanation, 1000), (written.source_words, 300), (written.note, 300))
    if any(len(text) > longest for text, longest in lengths):
        raise TooLong
    if not is_source(written.source_link):
        raise BadSource


def is_source(link: str) -> bool:
    """Tell whether an address may stand as a source: none, an article here, or one that begins with https."""
    if not link or _ARTICLE.fullmatch(link):
        return True
    try:
        _HTTPS(link)
    except ValidationError:
        return False
    return len(link) <= 300 and "@" not in link


def _require_topics(space_id: int, topics: set[int | None]) -> None:
    wanted = topics - {None}
    if wanted and Topic.objects.filter(space=space_id, pk__in=wanted).count() != len(wanted):
        raise NoSuchTopic


def _fingerprint(content: Content) -> dict[str, Any]:
    return {"wording_hash": wording_hash(content), "shingles": sorted(shingles_of(content))}


def _filing(filed: Filed) -> dict[str, Any]:
    tags = list(dict.fromkeys(tag.strip() for tag in filed.tags if tag.strip()))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise BadTags
    return {"topic_id": filed.topic_id, "difficulty": filed.difficulty, "tags": tags}


def _version(
    actor: Any, question: Question, written: Written, *, number: int = 0, sent_at: Any = None
) -> QuestionVersion:
    kept = as_json(written.content)
    return QuestionVersion(
        space_id=question.space_id,
        question=question,
        number=number,
        state=QuestionVersion.State.IN_REVIEW if sent_at else QuestionVersion.State.DRAFT,
        content=kept["content"],
        key=kept["key"],
        explanation=written.explanation,
        source_words=written.source_words,
        source_link=written.source_link,
        note=written.note,
        made_by=actor,
        sent_by=actor if sent_at else None,
        sent_at=sent_at,
    )


def _says(version: QuestionVersion) -> tuple[Any, ...]:
    return canonical(version.whole), version.explanation, version.source_words, version.source_link


def _picture_ids(content: Content) -> set[int]:
    """Return the pictures that a question shows."""
    pieces: Iterable[Piece] = (content.stem, *content.options, *content.partners)
    return {piece.picture for piece in pieces if piece.picture is not None}


def _keep_pictures(space_id: int, versions: Sequence[tuple[QuestionVersion, Written]]) -> None:
    wanted = {version: _picture_ids(written.content) for version, written in versions}
    ids = set().union(*wanted.values())
    found = pictures_by_id(ids) if ids else {}
    if ids != found.keys() or any(picture.space_id not in (space_id, GROUP_SPACE) for picture in found.values()):
        raise ForeignPicture
    VersionPicture.objects.bulk_create(
        VersionPicture(space_id=space_id, version=version, picture_id=one, picture_space=found[one].space_id)
        for version, ids in wanted.items()
        for one in sorted(ids)
    )
