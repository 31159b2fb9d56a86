"""What waits for a second person."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from fenjin.kit.db import listing
from fenjin.quiz.models import Question, QuestionVersion

MOST: Final = 100


def _waiting(spaces: Iterable[int]) -> QuerySet[Question]:
    rows: QuerySet[Question] = Question.objects.filter(space__in=spaces)
    return rows.filter(newest__state=QuestionVersion.State.IN_REVIEW)


def list_to_review(space_id: int) -> list[Question]:
    """Return what waits in a bank, the longest waiting first: one page of at most 100."""
    rows = _waiting([space_id]).select_related("topic", "newest__made_by__person", "current")
    return list(listing(rows.defer("shingles").order_by("newest__sent_at", "pk"))[:MOST])


def count_waiting(space_id: int) -> int:
    """Return how many questions of a bank wait."""
    return _waiting([space_id]).count()


def waiting_among(spaces: frozenset[int], picks: Iterable[tuple[int, int]]) -> dict[Question, int]:
    """Return question → number of the version that was looked at, for those of these spaces; others are left out."""
    numbers = dict(picks)
    rows = Question.objects.filter(space__in=spaces, pk__in=numbers).order_by("pk")
    return {row: numbers[row.pk] for row in listing(rows)}
