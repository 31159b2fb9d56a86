"""Writes of the glossary and of the answers."""

from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.newsroom.models import Answer, Article, Term
from fenjin.newsroom.selectors.answers import norm_of, same_question
from fenjin.newsroom.services.publishing import raise_editions
from fenjin.search.services import index_entry, remove_entry

ANSWER: Final = "answer"


class WordTaken(Refusal):
    """The word stands in the glossary of this space."""

    code = "word_taken"
    status = 422
    sentence = _("This word is explained already. Change that explanation instead.")


class AnsweredAlready(Refusal):
    """A question has one answer in force. `answer` is that one."""

    code = "answered_already"
    status = 422

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        words = _("This question has an answer already: “%(question)s”. Change that one, or replace it.")
        super().__init__(words % {"question": answer.question})


class NoQuestion(Refusal):
    """Nothing but signs."""

    code = "no_question"
    status = 422
    sentence = _("Write the question in words.")


class WasReplaced(Refusal):
    """What was replaced stays as it was."""

    code = "answer_was_replaced"
    sentence = _("This answer was replaced by another one. Change the newer one.")


@transaction.atomic
def write_term(*, actor: Any, space_id: int, term: Term | None = None, **words: Any) -> Term:
    """Explain a word, or (with `term`) explain it better. Raises WordTaken."""
    row = term or Term(space_id=space_id)
    for name, value in words.items():
        setattr(row, name, value)
    if Term.objects.filter(space=row.space_id, word=row.word).exclude(pk=row.pk).exists():
        raise WordTaken
    row.full_clean()
    row.save()
    _record_term(actor, row, "changed" if term else "made")
    return row


def _record_term(actor: Any, term: Term, done: str) -> None:
    raise_editions({term.space_id})
    target = ("term", term.pk)
    record(actor=actor, act="newsroom.term", target=target, space_id=term.space_id, details={"done": done})


@transaction.atomic
def write_answer(*, actor: Any, space_id: int, answer: Answer | None = None, **words: Any) -> Answer:
    """Answer a question, or (with `answer`) change the answer; `article_id` must be an article of the space.

    Raises AnsweredAlready, NoQuestion, WasReplaced, NotFound.
    """
    if answer is not None and answer.replaced_by_id:
        raise WasReplaced
    row = answer or Answer(space_id=space_id)
    for name, value in words.items():
        setattr(row, name, value)
    _settle(row)
    row.save()
    index_answer(row)
    _record_answer(actor, row, "changed" if answer else "made")
    return row


@transaction.atomic
def replace_answer(*, actor: Any, old: Answer, **words: Any) -> Answer:
    """Put a new answer in the place of an old one, which points to it from now on; return the new one.

    Raises AnsweredAlready (by a third one), NoQuestion, WasReplaced, NotFound.
    """
    locked = Answer.objects.select_for_update(of=("self",)).get(pk=old.pk)
    if locked.replaced_by_id:
        raise WasReplaced
    new = Answer(space_id=locked.space_id, **words)
    _settle(new, besides=locked.pk)
    # The old one steps aside first: two answers to the same question may not be in force at once.
    Answer.objects.filter(pk=locked.pk).update(norm=f"{locked.norm[:40]}{locked.uid.hex[:20]}")
    new.save()
    Answer.objects.filter(pk=locked.pk).update(replaced_by=new, norm=locked.norm)
    remove_entry(kind=ANSWER, object_id=locked.pk)
    index_answer(new)
    _record_answer(actor, new, "replaced", old=locked.pk)
    return new


def _settle(row: Answer, *, besides: int | None = None) -> None:
    """Bring an answer into shape and hold it against the others of its space."""
    row.norm, row.checked_at = norm_of(row.question), clock.now()
    row.norms = [norm for norm in (norm_of(wording) for wording in row.wordings) if norm]
    if not row.norm:
        raise NoQuestion
    for question in (row.question, *row.wordings):
        other = same_question(row.space_id, question, besides=besides or row.pk)
        if other is not None:
            raise AnsweredAlready(other)
    if row.article_id and not Article.objects.filter(pk=row.article_id, space=row.space_id).exists():
        raise NotFound
    row.full_clean(exclude={"replaced_by"})  # set by replacing only


def index_answer(answer: Answer) -> None:
    """Put an answer where the search finds it."""
    index_entry(
        space_id=answer.space_id,
        kind=ANSWER,
        object_id=answer.pk,
        title=answer.question,
        text=answer.text,
        more=" ".join([answer.question_en, *answer.wordings]),
        url=reverse("newsroom:answer", kwargs={"pk": answer.pk}),
        published_at=answer.checked_at,
    )


def reindex_answers() -> int:
    """Write the search entries of all answers in force anew and return how many there are."""
    count = 0
    for answer in Answer.objects.filter(replaced_by__isnull=True).iterator(chunk_size=200):
        index_answer(answer)
        count += 1
    return count


def _record_answer(actor: Any, answer: Answer, done: str, **details: Any) -> None:
    target = ("answer", answer.pk)
    record(
        actor=actor, act="newsroom.answer", target=target, space_id=answer.space_id, details={"done": done, **details}
    )
