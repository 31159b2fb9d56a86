"""The bank of one space: its questions by topic, kind, difficulty, state and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet

from fenjin.kit.db import listing
from fenjin.quiz.models import Question, State, Topic

SIZE: Final = 25
WITHOUT: Final = 0  # in a filter: questions without a topic


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a bank is looked at; empty: everything that is not retired."""

    text: str = ""
    topic: int | None = None
    kind: str = ""
    difficulty: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions, read whole, with the numbers of this page and of all."""

    questions: Sequence[Question]
    number: int
    pages: int
    count: int

    @property
    def next(self) -> int | None:
        """Return the number of the next page."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def previous(self) -> int | None:
        """Return the number of the page before."""
        return self.number - 1 if self.number > 1 else None


def list_questions(space_id: int, wanted: Filter, number: int = 1) -> Page:
    """Return a page of the bank, what was changed last on top."""
    rows = _wanted(space_id, wanted).order_by("-updated_at", "-pk").defer("shingles", "newest__key")
    found = Paginator(listing(rows.select_related("topic", "newest")), SIZE).get_page(number)
    return Page(list(found.object_list), found.number, found.paginator.num_pages, found.paginator.count)


def questions_to_export(space_id: int, wanted: Filter) -> list[Question]:
    """Return all that the filter leaves, with topic and both versions, the oldest first."""
    rows = _wanted(space_id, wanted).select_related("topic", "newest", "current")
    return list(listing(rows.defer("shingles").order_by("topic__position", "pk")))


def _wanted(space_id: int, wanted: Filter) -> QuerySet[Question]:
    rows: QuerySet[Question] = Question.objects.filter(space=space_id)
    known = wanted.state in State.values
    rows = rows.filter(state=wanted.state) if known else rows.exclude(state=State.RETIRED)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.difficulty:
        rows = rows.filter(difficulty=wanted.difficulty)
    if wanted.topic is not None:
        rows = rows.filter(topic=wanted.topic) if wanted.topic else rows.filter(topic__isnull=True)
    for word in wanted.text.split()[:5]:
        said = Q(newest__content__stem__text__icontains=word) | Q(tags__contains=[word])
        rows = rows.filter(said)
    return rows


def count_states(space_id: int) -> dict[str, int]:
    """Return how many questions of a bank stand in each state."""
    counted = dict(Question.objects.filter(space=space_id).values_list("state").annotate(count=Count("pk")))
    return {state: counted.get(state, 0) for state in State.values}


def list_topics(space_id: int) -> list[Topic]:
    """Return the topics of a bank in their order."""
    return list(listing(Topic.objects.filter(space=space_id).order_by("position", "pk")))


def topic_counts(space_id: int) -> list[Topic]:
    """Return the topics with `count`, the number of questions under each that are not retired, and `all`."""
    live = Count("questions", filter=~Q(questions__state=State.RETIRED))
    rows = Topic.objects.filter(space=space_id).annotate(count=live, all=Count("questions"))
    return list(listing(rows.order_by("position", "pk")))
