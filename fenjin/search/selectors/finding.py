"""Finding: what one person may read and what holds the words that were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, FloatField, Func, Q, QuerySet, Value
from django.utils.safestring import SafeString

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.phrases import with_marks
from fenjin.kit.scope import GROUP_SPACE
from fenjin.search.models import SearchEntry
from fenjin.search.register import source, sources
from fenjin.search.words import asked, normal, query_text, said_as
from fenjin.spaces.access import spaces_without

PAGE: Final = 20
MOST_PRIVATE: Final = 500  # entries for recipients only that are looked at for one question
_AROUND: Final = 36  # characters of text shown on either side of the first hit
_NO_BEGINNING: Final = " 。，、；：？！）】》」』”’…,.;:?!)"  # what no shown piece begins with


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
    from_group: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """What else was asked for: a kind, how old at most, whose, and in what order."""

    kind: str = ""
    days: int | None = None
    whose: Literal["", "group", "own"] = ""
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found, the cursor of the next one (None at the end), and the words looked for.

    `by_kind` counts what was found of each kind before the wish for one kind was looked at.
    """

    rows: tuple[Found, ...]
    next: int | None
    terms: tuple[str, ...]
    by_kind: tuple[tuple[str, int], ...] = ()


class _Question(SearchQuery):
    """A finished tsquery, cast and not parsed: our words are cut already."""

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, *_compiling: Any, **_options: Any) -> Any:
        """Return the cast."""
        return "%s::tsquery", (self.text,)


def search(
    *,
    person_id: int | None,
    text: str,
    kind: str = "",
    start: int = 0,
    wish: Wish | None = None,
    off: frozenset[str] = frozenset(),
) -> Results:
    """Return what this person may read and what holds all words of `text`, best and newest first.

    The scope in force says which spaces; entries for recipients only are left to their source. `off`: features
    that the space which the reader looks at has switched off.
    """
    terms = asked(text)
    if not terms:
        return Results((), None, ())
    wish = wish or Wish(kind=kind)
    found = readable(person_id, _wished(_matching(terms, normal(text)), wish), off)
    counted = found.order_by().values_list("kind").annotate(many=Count("pk")) if wish.kind or not start else ()
    by_kind = tuple(sorted(counted, key=lambda pair: -pair[1]))
    if wish.kind:
        found = found.filter(kind=wish.kind)
    start = max(0, min(start, 10_000))
    order = () if wish.newest else (F("rank").desc(),)
    rows = list(listing(found.order_by(*order, "-published_at", "-pk"))[start : start + PAGE + 1])
    typed = "".join(normal(text).split())
    shown = tuple(_found(row, terms, typed) for row in rows[:PAGE])
    return Results(shown, start + PAGE if len(rows) > PAGE else None, tuple(terms), by_kind)


def finds(*, person_id: int | None, text: str, off: frozenset[str] = frozenset()) -> bool:
    """Tell whether `search` would find anything for this person."""
    terms = asked(text)
    return bool(terms) and readable(person_id, _matching(terms, normal(text)), off).exists()


def kinds() -> tuple[tuple[str, Any], ...]:
    """Return (kind, name) of everything that can be found, for a filter."""
    return tuple((one.kind, one.name) for one in sources())


def readable(
    person_id: int | None, rows: QuerySet[SearchEntry], off: frozenset[str] = frozenset()
) -> QuerySet[SearchEntry]:
    """Return those of the entries in scope that this person may read, without those of features that are off.

    `off`: what is off where the reader is; what is off in the space of an entry is left out too.
    """
    for one in sources():
        if one.module and one.module in off:
            rows = rows.exclude(kind=one.kind)
        elif one.module and (spaces := spaces_without(one.module)):
            rows = rows.exclude(kind=one.kind, space__in=spaces)
    return rows.filter(Q(recipients_only=False) | Q(pk__in=_sent_to(person_id, rows)))


def _matching(terms: list[str], text: str) -> QuerySet[SearchEntry]:
    question = _Question(query_text(terms))
    matches = Q(vector=question)
    rank = Func(Value("{0.1,0.25,0.5,1}"), F("vector"), question, function="ts_rank", output_field=FloatField())
    joined = "".join(text.split())
    if is_pinyin(joined):
        matches |= Q(pinyin__contains=joined)
    rows: QuerySet[SearchEntry] = SearchEntry.objects.filter(matches).defer("vector", "sounds")
    return rows.annotate(rank=rank)


def is_pinyin(joined: str) -> bool:
    """Tell whether a question may be pinyin: letters alone, and more than one."""
    return joined.isascii() and joined.isalpha() and len(joined) > 1


def _wished(rows: QuerySet[SearchEntry], wish: Wish) -> QuerySet[SearchEntry]:
    if wish.days:
        rows = rows.filter(published_at__gte=clock.now() - timedelta(days=wish.days))
    if wish.whose == "group":
        rows = rows.filter(space=GROUP_SPACE)
    elif wish.whose == "own":
        rows = rows.exclude(space=GROUP_SPACE)
    return rows


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


def _found(row: SearchEntry, terms: list[str], typed: str) -> Found:
    known = source(row.kind)
    marked = terms
    if is_pinyin(typed) and typed not in normal(row.title):
        marked = [*terms, said_as(row.title, typed)]
    return Found(
        kind=row.kind,
        kind_name=known.name,
        tone=known.tone,
        object_id=row.object_id,
        title=with_marks(row.title, marked),
        excerpt=with_marks(excerpt(row.lead, row.text, terms), terms),
        url=row.url,
        published_at=row.published_at,
        from_group=row.space_id == GROUP_SPACE,
    )


def excerpt(lead: str, text: str, terms: Iterable[str]) -> str:
    """Return the piece of the text around the first word that was looked for; the lead if it holds one."""
    for whole in (lead, " ".join(text.split())):
        at = min((place for term in terms if (place := normal(whole).find(term)) >= 0), default=-1)
        if at >= 0:
            begin, end = max(0, at - _AROUND), at + 2 * _AROUND
            begin += len(whole[begin:at]) - len(whole[begin:at].lstrip(_NO_BEGINNING)) if begin else 0
            return f"{'…' if begin else ''}{whole[begin:end]}{'…' if end < len(whole) else ''}"
    return lead[: 3 * _AROUND]
