"""The calendar of the studio: what all features plan, in weeks, with what comes too close together."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.scope import GROUP_SPACE
from fenjin.spaces.access import holding, membership_of
from fenjin.spaces.register import Planned, plans
from fenjin.spaces.selectors import space_names

WEEKS: Final = 5
CLOSE: Final = timedelta(minutes=60)
MANY: Final = 3
MOST_PAST: Final = 3  # what has come out is only remembered
ROLES: Final = ("author", "editor", "publisher", "campaign_manager", "auditor")
PLANNERS: Final = holding(*ROLES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a day; `clashes` names what readers of the same space get within an hour of it."""

    planned: Planned
    time: str
    space: str
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its lines; `many` when one space reaches its readers three times or more."""

    day: date
    entries: tuple[Entry, ...]
    today: bool
    past: bool
    many: bool
    more: int  # lines of what has happened that are left out


@needs(PLANNERS)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show five weeks from the asked Monday on; without one from this week's."""
    today = timezone.localtime(clock.now()).date()
    first = _monday(request.GET.get("from", ""), today)
    start = _midnight(first)
    end = _midnight(first + timedelta(weeks=WEEKS))
    found = [planned for collect in plans() for planned in collect(request, start, end)]
    found.sort(key=lambda planned: (planned.at, planned.space_id, planned.title))
    names = space_names({planned.space_id for planned in found})
    several = len(membership_of(request).spaces_with(*ROLES)) > 1
    days = _days(first, today, found, names if several else {})
    weeks = [days[place : place + 7] for place in range(0, len(days), 7)]
    context = {
        "weeks": weeks,
        "days": [day for day in days if day.entries],
        "clashes": [entry for day in days for entry in day.entries if entry.clashes and not entry.planned.past],
        "before": first - timedelta(weeks=WEEKS),
        "after": first + timedelta(weeks=WEEKS),
        "now": first <= today < first + timedelta(weeks=WEEKS),
    }
    return render(request, "shell_desk/calendar.html", context)


def _monday(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if not 2000 <= day.year <= 2200:
        day = today
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _days(first: date, today: date, found: list[Planned], names: dict[int, str]) -> list[Day]:
    clashes = collisions(found)
    lines: dict[date, list[Entry]] = {}
    for place, planned in enumerate(found):
        local = timezone.localtime(planned.at)
        shown = "" if planned.whole_day else f"{local:%H:%M}"
        entry = Entry(planned, shown, names.get(planned.space_id, ""), tuple(clashes.get(place, ())))
        lines.setdefault(local.date(), []).append(entry)
    days = []
    for number in range(7 * WEEKS):
        day = first + timedelta(days=number)
        entries = lines.get(day, [])
        to_come = [entry for entry in entries if not entry.planned.past]
        been = [entry for entry in entries if entry.planned.past]
        lines_shown = (*been[:MOST_PAST], *to_come)
        days.append(
            Day(day, lines_shown, day == today, day < today, _is_much(lines_shown), max(0, len(been) - MOST_PAST))
        )
    return days


def collisions(found: list[Planned]) -> dict[int, list[str]]:
    """Return by place in the list (sorted by time) the titles of what reaches the same people within an hour.

    Those are of the same space, and of the group: what it plans reaches the people of every space.
    """
    by_space: dict[int, list[int]] = {}
    for place, planned in enumerate(found):
        if planned.reaches and not planned.whole_day and not planned.past:
            by_space.setdefault(planned.space_id, []).append(place)
    pairs = [pair for places in by_space.values() for pair in pairwise(places)]
    of_group = by_space.get(GROUP_SPACE, [])
    own = [place for space, places in by_space.items() if space != GROUP_SPACE for place in places]
    pairs += [(min(one, other), max(one, other)) for one in own for other in of_group]
    clashes: dict[int, list[str]] = {}
    for one, other in pairs:
        if found[other].at - found[one].at < CLOSE:
            clashes.setdefault(one, []).append(found[other].title)
            clashes.setdefault(other, []).append(found[one].title)
    return clashes


def _is_much(entries: tuple[Entry, ...]) -> bool:
    counts: dict[int, int] = {}
    for entry in entries:
        if entry.planned.reaches and not entry.planned.past:
            counts[entry.planned.space_id] = counts.get(entry.planned.space_id, 0) + 1
    of_group = counts.pop(GROUP_SPACE, 0)
    return max([of_group, *(count + of_group for count in counts.values())]) >= MANY
