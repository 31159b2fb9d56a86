"""The queue of those who look, in four parts, and one case with what has to be known about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation.access import spaces_to_answer
from fenjin.moderation.models import Case, Report
from fenjin.moderation.selectors.reach import may_decide, may_decide_appeal, reach

__all__ = ["Counts", "QueuePage", "counts", "get_case", "list_cases", "may_decide", "may_decide_appeal"]

SIZE: Final = 25
PARTS: Final = ("open", "appeals", "answers", "done")
OPEN: Final = (Case.State.HELD, Case.State.STANDING)
DONE: Final = (Case.State.SHOWN, Case.State.REMOVED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait in each part of the queue, and how many of all these are late."""

    open: int
    appeals: int
    answers: int
    late: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some cases, read whole, and the numbers of this page and of all."""

    cases: Sequence[Case]
    number: int
    pages: int

    @property
    def next(self) -> int | None:
        """Return the number of the next page."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def previous(self) -> int | None:
        """Return the number of the page before."""
        return self.number - 1 if self.number > 1 else None


def list_cases(account: Any, part: str, number: int = 1) -> QueuePage:
    """Return a page of one part of the queue, what is due first on top; done ones the newest first."""
    with every_space(Reason.OFFICE):  # cut by `reach` and by the spaces of the role, not by the scope
        rows = _part(account, part if part in PARTS else "open")
        rows = rows.select_related("person", "space", "claimed_by__person", "decided_by__person", "appeal")
        found = Paginator(listing(rows.annotate(reported=Count("reports", distinct=True))), SIZE).get_page(number)
        return QueuePage(list(found.object_list), found.number, found.paginator.num_pages)


def _part(account: Any, part: str) -> QuerySet[Case]:
    rows: QuerySet[Case] = Case.objects.all()
    if part == "answers":
        return rows.filter(_to_answer(account)).order_by("answer_due_at", "pk")
    if part == "appeals":
        waiting = rows.filter(reach(account, appealed=True), appeal__isnull=False, appeal__decided_at__isnull=True)
        return waiting.order_by("appeal__due_at", "pk")
    if part == "done":
        return rows.filter(reach(account), state__in=DONE).order_by("-decided_at", "-pk")
    return rows.filter(reach(account), state__in=OPEN).order_by("due_at", "pk")


def _to_answer(account: Any) -> Q:
    return Q(space__in=spaces_to_answer(account), answer_due_at__isnull=False, answered_at__isnull=True)


def counts(account: Any) -> Counts:
    """Return how many wait for the account."""
    now = clock.now()
    with every_space(Reason.OFFICE):
        waiting, answers, appeals = (_part(account, part) for part in ("open", "answers", "appeals"))
        late = waiting.filter(due_at__lt=now).count() + answers.filter(answer_due_at__lt=now).count()
        late += appeals.filter(appeal__due_at__lt=now).count()
        return Counts(waiting.count(), appeals.count(), answers.count(), late)


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as the desk shows it."""

    case: Case
    pieces: tuple[tuple[str, str], ...]  # the text in pieces with the lane of each, empty for plain ones
    reports: tuple[Report, ...]
    before: dict[str, int]  # what became of earlier texts of the same person in the space
    decides: bool
    decides_appeal: bool
    answers: bool


def get_case(account: Any, case_id: int) -> CaseView:
    """Return a case that the account may look at, decide or answer; raises NotFound."""
    with every_space(Reason.OFFICE):
        rows = Case.objects.select_related(
            "person", "space", "claimed_by__person", "decided_by__person", "answered_by__person", "appeal__decided_by"
        )
        case: Case | None = rows.filter(pk=case_id).first()
        if case is None:
            raise NotFound
        appeal = getattr(case, "appeal", None)
        decides = may_decide(account, case)
        again = appeal is not None and may_decide_appeal(account, appeal)
        answers = case.space_id in spaces_to_answer(account) and case.answer_due_at is not None
        if not (decides or again or answers):
            raise NotFound
        reports = tuple(listing(Report.objects.filter(case=case).order_by("pk")))
        earlier = Case.objects.filter(space=case.space_id, person=case.person_id).exclude(pk=case.pk)
        before = dict(earlier.values_list("state").annotate(count=Count("pk")))
    return CaseView(case, pieces_of(case.text, case.found), reports, before, decides, again, answers)


def pieces_of(text: str, found: list[list[Any]]) -> tuple[tuple[str, str], ...]:
    """Return a text cut at the places of words: plain pieces with an empty lane, found ones with theirs."""
    pieces, at = [], 0
    for start, end, lane in sorted(found):
        if start < at or end > len(text):
            continue
        pieces += [(text[at:start], ""), (text[start:end], lane)]
        at = end
    return tuple(piece for piece in [*pieces, (text[at:], "")] if piece[0])
