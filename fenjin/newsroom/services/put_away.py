"""Taking a series, a column or a word away, and bringing it back as it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.access import spaces_to_curate
from fenjin.newsroom.models import Article, Column, PutAway, Series, SeriesPart, Term
from fenjin.newsroom.selectors.put_away import KEPT, RIGHTS
from fenjin.newsroom.services.columns import NameTaken
from fenjin.newsroom.services.publishing import raise_editions
from fenjin.newsroom.services.series import SERIES, show_series
from fenjin.newsroom.services.words import WordTaken
from fenjin.search.services import remove_entry

Kind = PutAway.Kind
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    Kind.SERIES: ("kind", "state", "title", "title_en", "lead", "lead_en", "planned"),
    Kind.COLUMN: ("name", "name_en", "position"),
    Kind.TERM: ("word", "aliases", "meaning", "word_en", "meaning_en"),
}
_MODELS: Final[dict[str, Any]] = {Kind.SERIES: Series, Kind.COLUMN: Column, Kind.TERM: Term}
_FORGET: Final = """
WITH gone AS (DELETE FROM newsroom_putaway WHERE put_at < %s RETURNING space_id, kind, object_id),
readings AS (
    DELETE FROM newsroom_seriesreading r USING gone
    WHERE gone.kind = 'series' AND r.space_id = gone.space_id AND r.series_id = gone.object_id
)
SELECT count(*) FROM gone
"""


class NotThereAnyMore(Refusal):
    """Brought back meanwhile, or the days are over."""

    code = "not_there_any_more"
    sentence = _("This can no longer be brought back: somebody has done so, or thirty days have passed.")


@transaction.atomic
def put_series_away(*, actor: Any, series: Series) -> PutAway:
    """Take a series away; its articles stay as they are. Who has read what is kept as long as it can come back."""
    rows = SeriesPart.objects.filter(series=series.pk).order_by("number").values_list("article", "created_at")
    parts, since = [article for article, _at in rows], [put_in.isoformat() for _article, put_in in rows]
    kept = _keep(actor, Kind.SERIES, series, series.title, parts=parts, since=since)
    remove_entry(kind=SERIES, object_id=series.pk)
    series.delete()
    return kept


@transaction.atomic
def put_column_away(*, actor: Any, column: Column) -> PutAway:
    """Close a column; its articles stay, in no column."""
    articles = Article.objects.filter(column=column.pk).order_by("pk").values_list("pk", flat=True)
    kept = _keep(actor, Kind.COLUMN, column, column.name, articles=list(articles))
    column.delete()
    return kept


@transaction.atomic
def put_term_away(*, actor: Any, term: Term) -> PutAway:
    """Take a word out of the glossary."""
    kept = _keep(actor, Kind.TERM, term, term.word)
    term.delete()
    return kept


@transaction.atomic
def bring_back(*, actor: Any, pk: int) -> PutAway:
    """Make anew what was taken away, with its number and what stood in it; return what it was.

    Raises NotFound, NotThereAnyMore, and WordTaken or NameTaken where another one has its name by now.
    """
    kept: PutAway | None = PutAway.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if kept is None or kept.put_at < clock.now() - KEPT:
        raise NotThereAnyMore
    if kept.space_id not in spaces_to_curate(actor, RIGHTS[Kind(kept.kind)]):
        raise NotFound
    values = {name: kept.data[name] for name in _FIELDS[kept.kind]}
    row = _MODELS[kept.kind](pk=kept.object_id, uid=kept.data["uid"], space_id=kept.space_id, **values)
    _AGAIN[kept.kind](row, kept.data)
    raise_editions({kept.space_id})
    _note(actor, kept, "brought_back")
    kept.delete()
    return kept


def forget_put_away() -> int:
    """Forget for good what has lain for thirty days, with who has read what of it; return how many things went."""
    with every_space(Reason.JOB), connection.cursor() as cursor:
        cursor.execute(_FORGET, [clock.now() - KEPT])
        return int(cursor.fetchone()[0])


def _keep(actor: Any, kind: str, row: Any, title: str, **more: Any) -> PutAway:
    values = {name: getattr(row, name) for name in _FIELDS[kind]}
    kept: PutAway = PutAway.objects.create(
        space_id=row.space_id,
        kind=kind,
        object_id=row.pk,
        title=title[:60],
        data=values | {"uid": str(row.uid)} | more,
        put_at=clock.now(),
    )
    raise_editions({row.space_id})
    _note(actor, kept, "deleted")
    return kept


def _note(actor: Any, kept: PutAway, done: str) -> None:
    target = (str(kept.kind), kept.object_id)
    record(actor=actor, act=f"newsroom.{kept.kind}", target=target, space_id=kept.space_id, details={"done": done})


def _series_again(row: Series, data: dict[str, Any]) -> None:
    """Save a series with those of its parts that are still there and stand in no other series meanwhile.

    A part has stood in it since it was first put in: coming back makes nothing new to those who read the series.
    """
    row.save(force_insert=True)
    there = set(Article.objects.filter(pk__in=data["parts"], space=row.space_id).values_list("pk", flat=True))
    taken = SeriesPart.objects.filter(article__in=there, kind=Series.Kind.SERIES).values_list("article", flat=True)
    there -= set(taken) if row.ordered else set()
    made = SeriesPart.objects.bulk_create(
        SeriesPart(space_id=row.space_id, series=row, kind=row.kind, article_id=article, number=number)
        for number, article in enumerate((article for article in data["parts"] if article in there), start=1)
    )
    since = dict(zip(data["parts"], data.get("since", ()), strict=False))  # kept since 2026-11-23
    for part in made:
        part.created_at = datetime.fromisoformat(since.get(part.article_id, part.created_at.isoformat()))
    SeriesPart.objects.bulk_update(made, ["created_at"])
    show_series(row)


def _column_again(row: Column, data: dict[str, Any]) -> None:
    if Column.objects.filter(space=row.space_id, name=row.name).exists():
        raise NameTaken
    row.save(force_insert=True)
    Article.objects.filter(pk__in=data["articles"], space=row.space_id, column=None).update(column=row)


def _term_again(row: Term, data: dict[str, Any]) -> None:
    if Term.objects.filter(space=row.space_id, word=row.word).exists():
        raise WordTaken
    row.save(force_insert=True)


_AGAIN: Final[dict[str, Callable[[Any, dict[str, Any]], None]]] = {
    Kind.SERIES: _series_again,
    Kind.COLUMN: _column_again,
    Kind.TERM: _term_again,
}
