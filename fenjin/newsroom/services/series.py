"""Writes of series and topics: what they are called, what stands in them and in which order."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.newsroom.models import Article, Series, SeriesPart
from fenjin.newsroom.selectors.columns import home_space
from fenjin.newsroom.selectors.series import SHOWN
from fenjin.newsroom.services.columns import note_open
from fenjin.newsroom.services.publishing import raise_editions
from fenjin.search.services import index_entry, remove_entry
from fenjin.spaces.access import Membership

SERIES: Final = "series"

# One row a person and series; the articles stand in it once each.
_NOTE: Final = """
INSERT INTO newsroom_seriesreading AS r (space_id, person_id, series_id, article_ids, read_at)
VALUES (%s, %s, %s, ARRAY[%s]::bigint[], %s)
ON CONFLICT (space_id, person_id, series_id) DO UPDATE SET read_at = EXCLUDED.read_at,
    article_ids = CASE WHEN EXCLUDED.article_ids <@ r.article_ids THEN r.article_ids
                       ELSE r.article_ids || EXCLUDED.article_ids END
"""


class InAnotherSeries(Refusal):
    """An article is a part of one series at most."""

    code = "in_another_series"
    sentence = _("This article is part of another series already. Take it out there first, or use a topic.")


class AlreadyThere(Refusal):
    """The article stands in this series."""

    code = "already_there"
    sentence = _("This article stands here already.")


class NothingInIt(Refusal):
    """Readers would find an empty page."""

    code = "nothing_in_it"
    sentence = _("Nobody could read anything here yet. Add an article that is published, then show it.")


@transaction.atomic
def make_series(*, actor: Any, space_id: int, kind: str, title: str, **words: Any) -> Series:
    """Begin a series or a topic as a draft, and return it. `words`: the other texts, and `planned`."""
    row = Series(space_id=space_id, kind=kind, title=title, **words)
    row.full_clean()
    row.save()
    _record(actor, row, "made")
    return row


@transaction.atomic
def change_series(*, actor: Any, series: Series, **words: Any) -> Series:
    """Change the texts of a series, or how many parts are planned."""
    for name, value in words.items():
        setattr(series, name, value)
    series.full_clean()
    series.save(update_fields=list(words))
    show_series(series)
    _record(actor, series, "changed")
    return series


@transaction.atomic
def set_state(*, actor: Any, series: Series, state: str) -> Series:
    """Show a series to readers, say that it is complete, or hide it again. Raises NothingInIt."""
    if state in SHOWN and not SeriesPart.objects.filter(series=series.pk, article__live=True).exists():
        raise NothingInIt
    series.state = state
    series.full_clean()
    series.save(update_fields=["state"])
    show_series(series)
    _record(actor, series, state)
    return series


@transaction.atomic
def add_part(*, actor: Any, series: Series, article_id: int) -> SeriesPart:
    """Put an article of the same space at the end. Raises NotFound, AlreadyThere, InAnotherSeries."""
    _lock(series)
    if not Article.objects.select_for_update(of=("self",)).filter(pk=article_id, space=series.space_id).exists():
        raise NotFound
    others = SeriesPart.objects.filter(article=article_id)
    if others.filter(series=series.pk).exists():
        raise AlreadyThere
    if series.ordered and others.filter(kind=Series.Kind.SERIES).exists():
        raise InAnotherSeries
    last = SeriesPart.objects.filter(series=series.pk).aggregate(last=Max("number"))["last"] or 0
    part = SeriesPart.objects.create(
        space_id=series.space_id, series=series, kind=series.kind, article_id=article_id, number=last + 1
    )
    show_series(series)
    _record(actor, series, "part_added", article=article_id)
    return part


@transaction.atomic
def remove_part(*, actor: Any, series: Series, article_id: int) -> None:
    """Take an article out; those behind it move up. Nothing happens when it was not there."""
    _lock(series)
    part = SeriesPart.objects.filter(series=series.pk, article=article_id).first()
    if part is None:
        return
    number = part.number
    part.delete()
    SeriesPart.objects.filter(series=series.pk, number__gt=number).update(number=F("number") - 1)
    show_series(series)
    _record(actor, series, "part_removed", article=article_id)


@transaction.atomic
def move_part(*, actor: Any, series: Series, article_id: int, to: int) -> None:
    """Put a part at place `to` (1 is the first); the others make room. Raises NotFound."""
    _lock(series)
    ids = list(SeriesPart.objects.filter(series=series.pk).order_by("number").values_list("article", flat=True))
    if article_id not in ids:
        raise NotFound
    ids.remove(article_id)
    ids.insert(max(0, min(to - 1, len(ids))), article_id)
    for number, pk in enumerate(ids, start=1):
        SeriesPart.objects.filter(series=series.pk, article=pk).exclude(number=number).update(number=number)
    show_series(series)
    _record(actor, series, "part_moved", article=article_id)


def note_visit(*, membership: Membership, article: Article, series: Series | None) -> None:
    """Note that an article was opened: one more in the sums, and where it is a part, how far the reader has come."""
    note_open(space_id=article.space_id, article_id=article.pk, reader_space_id=home_space(membership))
    if series is not None and membership.person_id:
        note_reading(person_id=membership.person_id, series=series, article_id=article.pk)


def note_reading(*, person_id: int, series: Series, article_id: int) -> None:
    """Note for this person alone that an article of a series was opened. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [series.space_id, person_id, series.pk, article_id, clock.now()])


def forget_readings(*, person_id: int, series_ids: Collection[int] | None = None) -> int:
    """Forget what a person has read of these series (None: of all); return how many rows went."""
    some = "" if series_ids is None else " AND series_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM newsroom_seriesreading WHERE person_id = %s{some}",  # noqa: S608 - one of two constants
            [person_id, *([] if series_ids is None else [list(series_ids)])],
        )
        return int(cursor.rowcount)


def index_series(series: Series) -> None:
    """Put a series where the search finds it."""
    newest = series.parts.filter(article__live=True).aggregate(newest=Max("article__first_published_at"))["newest"]
    index_entry(
        space_id=series.space_id,
        kind=SERIES,
        object_id=series.pk,
        title=series.title,
        lead=series.lead,
        more=f"{series.title_en} {series.lead_en}",
        url=reverse("newsroom:series", kwargs={"pk": series.pk}),
        published_at=newest or series.created_at,
    )


def reindex_series() -> int:
    """Write the search entries of all series anew and return how many there are."""
    rows = list(Series.objects.filter(state__in=SHOWN))
    for row in rows:
        show_series(row)
    return len(rows)


def show_series(series: Series) -> None:
    """Have search and shared pages follow what readers may see now.

    A series none of whose parts everybody may read stays out of the search: its title would tell of them.
    """
    everybody = series.parts.filter(article__live=True, article__readers=Article.Readers.EVERYBODY)
    if series.state in SHOWN and everybody.exists():
        index_series(series)
    else:
        remove_entry(kind=SERIES, object_id=series.pk)
    raise_editions({series.space_id})


def _lock(series: Series) -> None:
    Series.objects.select_for_update(of=("self",)).get(pk=series.pk)


def _record(actor: Any, series: Series, done: str, **details: Any) -> None:
    target = ("series", series.pk)
    record(
        actor=actor, act="newsroom.series", target=target, space_id=series.space_id, details={"done": done, **details}
    )
