"""Cuts of coverage as lines of words and numbers: by post, by place, over time, and why some are not reached."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenjin.audiences.selectors.described import place_of
from fenjin.delivery.desk.figures import Line
from fenjin.delivery.selectors.coverage.cuts import GONE, UNTITLED, CutLine, Cuts
from fenjin.delivery.selectors.outbox.reach import WORDS
from fenjin.delivery.suppression import FEWEST
from fenjin.kit.wording import exact_time


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some people are not reached, how many they are, and what would help."""

    label: str
    cure: str
    people: int


@dataclass(frozen=True, slots=True)
class CutTable:
    """One cut as a table."""

    key: str
    title: str
    words: str
    lines: tuple[Line, ...]


def tables(cuts: Cuts) -> list[CutTable]:
    """Return the three cuts; one without lines says that it cannot be shown."""
    return [
        CutTable(
            "posts",
            _("By post"),
            _("By the title of the post under which a person counts, as it is called now."),
            tuple(Line(_post(line), line.figures, css="" if line.value else "merged") for line in cuts.posts),
        ),
        CutTable(
            "places",
            _("By place"),
            _("By the time zone of the unit under which a person counts."),
            tuple(Line(_place(line), line.figures, css="" if line.value else "merged") for line in cuts.places),
        ),
        CutTable(
            "times",
            _("Over time"),
            _("How many had opened and confirmed it by then. Confirmations that count no longer are left out."),
            tuple(Line(exact_time(line.at), line.figures) for line in cuts.times if line.at),
        ),
    ]


def reasons(cuts: Cuts) -> list[Reason]:
    """Return why some are not reached, the most frequent reason first."""
    found = []
    for line in cuts.unreached:
        label, cure = WORDS[line.value]
        found.append(Reason(str(label), str(cure), line.figures.people))
    return sorted(found, key=lambda reason: -reason.people)


def unreached(cuts: Cuts) -> int:
    """Return how many are not reached."""
    return sum(line.figures.people for line in cuts.unreached)


def reached(cuts: Cuts) -> int:
    """Return how many of the audience are reached, as counted last; only where `reach_shown`."""
    return max(0, cuts.times[-1].figures.people - unreached(cuts))


def reach_shown(cuts: Cuts) -> bool:
    """Tell whether something was counted, of an audience that is large enough for its reach to be shown."""
    return bool(cuts.times) and cuts.times[-1].figures.people >= FEWEST


def _post(line: CutLine) -> str:
    names = {GONE: _("No longer in that post"), UNTITLED: _("Post without a title"), "": _("Other posts")}
    return names.get(line.value, line.value)


def _place(line: CutLine) -> str:
    return place_of(line.value) if line.value else _("Other places")
