"""Reads of the index, for one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, FloatField, Func, Q, QuerySet, Value
from django.utils.safestring import SafeString

from fenjin.kit.db import listing
from fenjin.kit.phrases import with_marks
from fenjin.search.models import SearchEntry
from fenjin.search.register import source, sources
from fenjin.search.words import asked, normal, query_text

PAGE: Final = 20
MOST_PRIVATE: Final = 500  # entries for recipients only that are looked at for one question
_AROUND: Final = 36  # characters of text shown on either side of the first hit


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found. `title` and `excerpt` are safe HTML with <mark> around the words."""

    kind: str
    kind_name: Any
    tone: str
    object_id: int
    title: SafeString
    excerpt: SafeString
    url: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found, the cursor of the next one (None at the end), and the words looked for."""

    rows: tuple[Found, ...]
    next: int | None
    terms: tuple[str, ...]


class _Question(SearchQuery):
    """A finished tsquery, cast and not parsed: our words are cut already."""

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, *_compiling: Any, **_options: Any) -> Any:
        """Return the cast."""
        return "%s::tsquery", (self.text,)


def search(*, person_id: int | None, text: str, kind: str = "", start: int = 0) -> Results:
    """Return what this person may read and what holds all words of `text`, best and newest first.

    The scope in force says which spaces; entries for recipients only are left to their source.
    """
    terms = asked(text)
    if not terms:
        return Results((), None, ())
    found = _matching(terms, normal(text))
    if kind:
        found = found.filter(kind=kind)
    found = found.filter(Q(recipients_only=False) | Q(pk__in=_sent_to(person_id, found)))
    start = max(0, min(start, 10_000))
    rows = list(listing(found.order_by(F("rank").desc(), "-published_at", "-pk"))[start : start + PAGE + 1])
    shown = tuple(_found(row, terms) for row in rows[:PAGE])
    return Results(shown, start + PAGE if len(rows) > PAGE else None, tuple(terms))


def kinds() -> tuple[tuple[str, Any], ...]:
    """Return (kind, name) of everything that can be found, for a filter."""
    return tuple((one.kind, one.name) for one in sources())


def _matching(terms: list[str], text: str) -> QuerySet[SearchEntry]:
    question = _Question(query_text(terms))
    matches = Q(vector=question)
    rank = Func(Value("{0.1,0.25,0.5,1}"), F("vector"), question, function="ts_rank", output_field=FloatField())
    joined = "".join(text.split())
    if joined.isascii() and joined.isalpha() and len(joined) > 1:
        matches |= Q(pinyin__contains=joined)
    rows: QuerySet[SearchEntry] = SearchEntry.objects.filter(matches).defer("vector")
    return rows.annotate(rank=rank)


def _sent_to(person_id: int | None, found: QuerySet[SearchEntry]) -> list[int]:
    """Return the ids of the private entries that this person was sent."""
    if person_id is None:
        return []
    private = found.filter(recipients_only=True).order_by("-published_at").values_list("kind", "object_id", "pk")
    by_kind: dict[str, dict[int, int]] = {}
    for kind, object_id, pk in private[:MOST_PRIVATE]:
        by_kind.setdefault(kind, {})[object_id] = pk
    return [
        entries[object_id]
        for kind, entries in by_kind.items()
        for object_id in source(kind).readable(person_id, frozenset(entries))
    ]


def _found(row: SearchEntry, terms: list[str]) -> Found:
    known = source(row.kind)
    return Found(
        kind=row.kind,
        kind_name=known.name,
        tone=known.tone,
        object_id=row.object_id,
        title=with_marks(row.title, terms),
        excerpt=with_marks(excerpt(row.lead, row.text, terms), terms),
        url=row.url,
        published_at=row.published_at,
    )


def excerpt(lead: str, text: str, terms: Iterable[str]) -> str:
    """Return the piece of the text around the first word that was looked for; the lead if it holds one."""
    for whole in (lead, " ".join(text.split())):
        at = min((place for term in terms if (place := normal(whole).find(term)) >= 0), default=-1)
        if at >= 0:
            begin, end = max(0, at - _AROUND), at + 2 * _AROUND
            return f"{'…' if begin else ''}{whole[begin:end]}{'…' if end < len(whole) else ''}"
    return lead[: 3 * _AROUND]
