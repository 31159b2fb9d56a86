"""A strip of series below the news of the home page: the same for all who have the same spaces."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenjin.newsroom.page.article import is_english
from fenjin.newsroom.selectors.series import list_shared_series

COUNT: Final = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One series of the strip."""

    title: str
    href: str
    count: str


def strip(spaces: frozenset[int], language: str) -> list[Card]:
    """Return the series in which something came last; how far somebody has read is not on this page."""
    return [
        Card(
            series_title(row, language),
            reverse("newsroom:series", kwargs={"pk": row.pk}),
            count_of(row, row.shown),  # type: ignore[attr-defined]
        )
        for row in list_shared_series(spaces, COUNT)
    ]


def series_title(series: Any, language: str) -> str:
    """Return what a series is called for this reader."""
    return str(series.title_en if is_english(language) and series.title_en else series.title)


def series_lead(series: Any, language: str) -> str:
    """Return what a series is about, for this reader."""
    return str(series.lead_en if is_english(language) and series.lead_en else series.lead)


def count_of(series: Any, parts: int) -> str:
    """Return how many parts are out, and how many there will be."""
    finished = series.state == series.State.FINISHED
    if not series.ordered:
        return ngettext("%(count)d article", "%(count)d articles", parts) % {"count": parts}
    if not finished and (series.planned or 0) > parts:
        return _("%(count)d of %(planned)d parts are out") % {"count": parts, "planned": series.planned}
    if finished:
        return ngettext("%(count)d part, complete", "%(count)d parts, complete", parts) % {"count": parts}
    return ngettext("%(count)d part so far", "%(count)d parts so far", parts) % {"count": parts}
