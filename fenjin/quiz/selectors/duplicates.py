"""Questions of a bank that say the same as another one, or nearly."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from fenjin.kit.db import listing
from fenjin.quiz.alike import NEAR, Alike, likeness, shingles_of, telling, wording_hash
from fenjin.quiz.kinds import Content
from fenjin.quiz.models import Question

MOST: Final = 5
CANDIDATES: Final = 300


@dataclass(frozen=True, slots=True)
class Double:
    """A question that is alike, and how much: 1 says the same."""

    question: Question
    likeness: float

    @property
    def same(self) -> bool:
        """Tell whether it says the very same."""
        return self.likeness >= 1

    @property
    def percent(self) -> int:
        """Return how much is alike, cut off."""
        return int(self.likeness * 100)


def find_doubles(space_id: int, content: Content, *, without: int | None = None) -> list[Double]:
    """Return the questions of the bank that are alike, the nearest first; `without`: not this one."""
    mine, wording = shingles_of(content), wording_hash(content)
    alike = Q(wording_hash=wording) | Q(shingles__overlap=telling(mine))
    rows = Question.objects.filter(alike, space=space_id).exclude(pk=without)
    rows = rows.select_related("newest").defer("newest__key").order_by("pk")
    found = [
        Double(row, 1.0 if row.wording_hash == wording else min(likeness(mine, row.shingles), 0.99))
        for row in listing(rows)[:CANDIDATES]
    ]
    near = [one for one in found if one.likeness >= NEAR]
    return sorted(near, key=lambda one: (-one.likeness, one.question.pk))[:MOST]


def bank_of(space_id: int) -> Alike:
    """Return the whole bank, to be asked many times: its names are the numbers of the questions."""
    return Alike(Question.objects.filter(space=space_id).values_list("pk", "shingles").iterator())


def known_wordings(space_id: int) -> dict[str, int]:
    """Return wording → question, for all questions of the bank."""
    return dict(Question.objects.filter(space=space_id).values_list("wording_hash", "pk").iterator())
