"""Reads of series and topics: what a person sees of them, and how far the person has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max, Q, QuerySet

from fenjin.kit.db import ask, listing
from fenjin.kit.errors import NotFound
from fenjin.newsroom.access import readable, readable_by_all
from fenjin.newsroom.models import Article, Series, SeriesPart
from fenjin.spaces.access import Membership, spaces_without

SHOWN: Final = (Series.State.OPEN, Series.State.FINISHED)
_LONG: Final = ("article__body", "article__body_en")
_READINGS: Final = """
SELECT series_id, article_ids, read_at FROM newsroom_seriesreading
WHERE person_id = %s AND series_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person has read of a series, and when the person last read in it."""

    article_ids: frozenset[int]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a series for one person: read, new since the person last read there, or neither."""

    number: int
    article: Article
    read: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series as one person sees it: the parts that the person may read, in their order."""

    series: Series
    parts: tuple[Part, ...]
    read_at: datetime | None = None

    @property
    def read(self) -> int:
        """Return how many parts the person has read."""
        return sum(part.read for part in self.parts)

    @property
    def fresh(self) -> int:
        """Return how many parts came since the person last read in it."""
        return sum(part.fresh for part in self.parts)

    @property
    def next(self) -> Part | None:
        """Return the first part that the person has not read."""
        return next((part for part in self.parts if not part.read), None)

    @property
    def to_come(self) -> int:
        """Return how many of the planned parts are not there yet."""
        finished = self.series.state == Series.State.FINISHED
        return 0 if finished else max(0, (self.series.planned or 0) - len(self.parts))

    def around(self, article_id: int) -> tuple[Part | None, Part, Part | None]:
        """Return the part with this article, between the one before and the one after. Raises NotFound."""
        places = [index for index, part in enumerate(self.parts) if part.article.pk == article_id]
        if not places:
            raise NotFound
        here = places[0]
        before = self.parts[here - 1] if here else None
        after = self.parts[here + 1] if here + 1 < len(self.parts) else None
        return before, self.parts[here], after


def list_series(membership: Membership) -> list[SeriesView]:
    """Return the series and topics that have something to read for the person; those with new parts first."""
    if membership.person_id is None:
        return []
    rows = list(listing(_on(Series.objects.filter(state__in=SHOWN)).select_related("space")))
    views = _views(membership, rows)
    return sorted(views, key=lambda view: (view.fresh == 0, -_newest(view)))


def get_series(membership: Membership, pk: int) -> SeriesView:
    """Return one; raises NotFound for a draft, a foreign one, and one with nothing to read for this person."""
    row = _on(Series.objects.filter(pk=pk, state__in=SHOWN)).first()
    views = _views(membership, [row]) if row is not None and membership.person_id else []
    if not views:
        raise NotFound
    return views[0]


def series_of(membership: Membership, article: Article) -> SeriesView | None:
    """Return the series that the article is a part of, or None."""
    part = SeriesPart.objects.filter(article=article.pk, kind=Series.Kind.SERIES, series__state__in=SHOWN)
    found = part.exclude(space__in=spaces_without("series")).select_related("series").first()
    views = _views(membership, [found.series]) if found is not None and membership.person_id else []
    return views[0] if views else None


def list_shared_series(spaces: frozenset[int], count: int) -> list[Series]:
    """Return the series of these spaces in which something came last, with `newest`, `shown`: the same for all.

    Only parts for everybody count, so that what is drawn from it may be shared.
    """
    meant = Article.objects.filter(readable_by_all(spaces)).values("pk")
    some = Q(parts__article__in=meant)
    rows = _on(Series.objects.filter(state__in=SHOWN, kind=Series.Kind.SERIES, space__in=spaces))
    counted = rows.annotate(
        newest=Max("parts__article__first_published_at", filter=some), shown=Count("parts", filter=some)
    )
    return list(listing(counted.filter(shown__gt=0).order_by("-newest", "-pk"))[:count])


def readings_of(person_id: int, series_ids: Collection[int]) -> dict[int, Reading]:
    """Return what the person has read of these series."""
    rows = ask(_READINGS, [person_id, list(series_ids)]) if series_ids else []
    return {series: Reading(frozenset(articles), read_at) for series, articles, read_at in rows}


def _on(rows: QuerySet[Series]) -> QuerySet[Series]:
    """Leave out what belongs to spaces that have switched series off."""
    off = spaces_without("series")
    return rows.exclude(space__in=off) if off else rows


def _views(membership: Membership, rows: list[Series]) -> list[SeriesView]:
    """Return the views of these series for a person; a series with nothing to read is left out."""
    if not rows or membership.person_id is None:
        return []
    found = SeriesPart.objects.filter(series__in=rows, article__in=Article.objects.filter(readable(membership)))
    parts: dict[int, list[SeriesPart]] = {}
    for part in listing(found.select_related("article__cover").defer(*_LONG).order_by("number")):
        parts.setdefault(part.series_id, []).append(part)
    readings = readings_of(membership.person_id, [row.pk for row in rows])
    return [_view(row, parts[row.pk], readings.get(row.pk)) for row in rows if row.pk in parts]


def _view(series: Series, parts: list[SeriesPart], reading: Reading | None) -> SeriesView:
    done = reading.article_ids if reading else frozenset()
    drawn = []
    for part in parts if series.ordered else sorted(parts, key=_age):
        read = part.article_id in done
        came = max(part.article.first_published_at, part.created_at)  # an older article may be put in later
        new = reading is not None and not read and came > reading.read_at
        drawn.append(Part(part.number, part.article, read, new))
    return SeriesView(series, tuple(drawn), reading.read_at if reading else None)


def _age(part: SeriesPart) -> Any:
    return -part.article.first_published_at.timestamp(), -part.article_id


def _newest(view: SeriesView) -> float:
    return max(float(part.article.first_published_at.timestamp()) for part in view.parts)


# ---- for the studio --------------------------------------------------------------------------------------


def list_series_to_edit(spaces: frozenset[int]) -> list[Series]:
    """Return all series and topics of these spaces with the number of their parts, those touched last first."""
    rows = Series.objects.filter(space__in=spaces).select_related("space")
    counted = rows.annotate(count=Count("parts"), newest=Max("parts__article__first_published_at"))
    return list(listing(counted.order_by("-newest", "-pk")))


def get_series_to_edit(spaces: frozenset[int], pk: int) -> Series:
    """Return a series of these spaces; raises NotFound."""
    row = Series.objects.filter(pk=pk, space__in=spaces).select_related("space").first()
    if row is None:
        raise NotFound
    found: Series = row
    return found


def list_parts(series: Series) -> list[SeriesPart]:
    """Return the parts of a series in their order, drafts and withdrawn ones too."""
    rows = SeriesPart.objects.filter(series=series.pk).select_related("article").defer(*_LONG)
    return list(listing(rows.order_by("number")))


def list_candidates(series: Series, text: str = "", count: int = 8) -> list[Article]:
    """Return articles of the space that could become a part: not in it, nor (for a series) in another one."""
    here = Q(series=series.pk)
    taken = SeriesPart.objects.filter(here | Q(kind=Series.Kind.SERIES) if series.ordered else here)
    rows = Article.objects.filter(space=series.space_id).exclude(pk__in=taken.values("article"))
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(tags__contains=[text]))
    return list(listing(rows.defer("body", "body_en").order_by("-live", "-first_published_at", "-pk"))[:count])
