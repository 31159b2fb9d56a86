"""The report of a month: numbers of one space, by day of arrival, nobody named."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, F

from fenjin.moderation.models import Appeal, Case, Lane

FEWEST: Final = 5  # decisions, below which no usual time is told


@dataclass(frozen=True, slots=True)
class Figures:
    """What came in during a month, and what became of it until now."""

    first: date
    brought: int
    shown: int
    removed: int
    criticism: int
    answered: int
    decided: int
    in_time: int
    usual_minutes: int | None
    appeals: int
    overturned: int
    lanes: tuple[tuple[str, int], ...]  # of what was not shown


def figures_of(space_id: int, first: date, zone: str) -> Figures:
    """Return the figures of the month that begins with `first` on the clock of `zone`; the space must be in scope."""
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    start, end = (datetime(day.year, day.month, 1, tzinfo=ZoneInfo(zone)) for day in (first, after))
    rows = Case.objects.filter(space=space_id, brought_at__gte=start, brought_at__lt=end)
    decided = rows.filter(decided_at__isnull=False)
    minutes = [(late - early).total_seconds() / 60 for early, late in decided.values_list("brought_at", "decided_at")]
    criticism = rows.filter(answer_due_at__isnull=False)
    appeals = Appeal.objects.filter(case__in=rows)
    lanes = rows.filter(state=Case.State.REMOVED).values_list("lane").annotate(count=Count("pk")).order_by("-count")
    return Figures(
        first=first,
        brought=rows.count(),
        shown=rows.filter(state=Case.State.SHOWN).count(),
        removed=rows.filter(state=Case.State.REMOVED).count(),
        criticism=criticism.count(),
        answered=criticism.filter(answered_at__isnull=False).count(),
        decided=len(minutes),
        in_time=decided.filter(decided_at__lte=F("due_at")).count(),
        usual_minutes=round(median(minutes)) if len(minutes) >= FEWEST else None,
        appeals=appeals.count(),
        overturned=appeals.filter(outcome=Appeal.Outcome.OVERTURNED).count(),
        lanes=tuple((str(Lane(lane).label), count) for lane, count in lanes),
    )
