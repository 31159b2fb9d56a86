"""Four eyes: a version is sent to review, approved by somebody else, or sent back with words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.quiz.models import Question, QuestionVersion, State
from fenjin.quiz.services.refusals import (
    ChangedMeanwhile,
    IsRetired,
    NothingToSend,
    NotRetired,
    NotWaiting,
    OwnWords,
    SayWhy,
    TooManyAtOnce,
)
from fenjin.quiz.services.writing import as_draft, locked, note, touch

MOST_AT_ONCE: Final = 100
LONGEST_VERDICT: Final = 300


@transaction.atomic
def send_to_review(*, actor: Any, question: Question) -> None:
    """Ask somebody else to look at the newest version. Raises IsRetired, NothingToSend."""
    question = locked(question)
    if question.state == State.RETIRED:
        raise IsRetired
    version = _newest(question)
    if version.state != QuestionVersion.State.DRAFT:
        raise NothingToSend
    version.state, version.sent_by, version.sent_at = QuestionVersion.State.IN_REVIEW, actor, clock.now()
    version.save(update_fields=["state", "sent_by", "sent_at"])
    question.state = question.state if question.current_id else State.IN_REVIEW
    touch(question, "state")
    note(actor=actor, act="quiz.send", question=question, version=version.number)


@transaction.atomic
def take_back(*, actor: Any, question: Question) -> None:
    """Take the newest version out of review: it is a draft again. Raises NotWaiting."""
    question = locked(question)
    version = _waiting(question, None)
    as_draft(version)
    question.state = question.state if question.current_id else State.DRAFT
    touch(question, "state")
    note(actor=actor, act="quiz.take_back", question=question, version=version.number)


@transaction.atomic
def approve(*, actor: Any, question: Question, number: int) -> None:
    """Let version `number` be asked from now on. Raises NotWaiting, ChangedMeanwhile, OwnWords."""
    question = locked(question)
    version = _waiting(question, number)
    if actor is not None and actor.pk == version.made_by_id:
        raise OwnWords
    _judge(actor, version, QuestionVersion.State.APPROVED)
    question.current, question.state = version, State.READY
    touch(question, "current", "state")
    note(actor=actor, act="quiz.approve", question=question, version=version.number)


@transaction.atomic
def send_back(*, actor: Any, question: Question, number: int, words: str) -> None:
    """Send version `number` back with words. Raises NotWaiting, ChangedMeanwhile, SayWhy."""
    question = locked(question)
    version = _waiting(question, number)
    words = words.strip()[:LONGEST_VERDICT]
    if not words:
        raise SayWhy
    version.verdict = words
    _judge(actor, version, QuestionVersion.State.RETURNED)
    question.state = question.state if question.current_id else State.DRAFT
    touch(question, "state")
    note(actor=actor, act="quiz.send_back", question=question, version=version.number)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several at once: how many were approved, and those that were not, with the reason."""

    approved: int
    refused: tuple[tuple[Question, str], ...]


def approve_many(*, actor: Any, questions: Mapping[Question, int]) -> Outcome:
    """Approve the named version of each question; one that cannot be stays as it is. Raises TooManyAtOnce."""
    if len(questions) > MOST_AT_ONCE:
        raise TooManyAtOnce
    refused = []
    for question, number in questions.items():
        try:
            approve(actor=actor, question=question, number=number)
        except Refusal as refusal:
            refused.append((question, str(refusal)))
    return Outcome(len(questions) - len(refused), tuple(refused))


@transaction.atomic
def retire(*, actor: Any, question: Question) -> None:
    """Take a question out of use; it stays with all its versions. Raises IsRetired."""
    question = locked(question)
    if question.state == State.RETIRED:
        raise IsRetired
    version = _newest(question)
    if version.state == QuestionVersion.State.IN_REVIEW:
        as_draft(version)
    question.state = State.RETIRED
    touch(question, "state")
    note(actor=actor, act="quiz.retire", question=question)


@transaction.atomic
def bring_back(*, actor: Any, question: Question) -> None:
    """Bring a retired question back: ready if a version is approved, else a draft. Raises NotRetired."""
    question = locked(question)
    if question.state != State.RETIRED:
        raise NotRetired
    question.state = State.READY if question.current_id else State.DRAFT
    touch(question, "state")
    note(actor=actor, act="quiz.bring_back", question=question)


def _newest(question: Question) -> QuestionVersion:
    version: QuestionVersion = question.newest  # type: ignore[assignment]
    return version


def _waiting(question: Question, number: int | None) -> QuestionVersion:
    version = _newest(question)
    if number is not None and version.number != number:
        raise ChangedMeanwhile
    if version.state != QuestionVersion.State.IN_REVIEW:
        raise NotWaiting
    return version


def _judge(actor: Any, version: QuestionVersion, state: str) -> None:
    version.state, version.judged_by, version.judged_at = state, actor, clock.now()
    version.save(update_fields=["state", "judged_by", "judged_at", "verdict"])
