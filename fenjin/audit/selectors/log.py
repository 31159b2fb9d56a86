"""Reads of the log: pages by keyset, in the order of time, whatever is filtered."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import BooleanField, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from fenjin.audit.models import AuditEvent
from fenjin.audit.register import acts, kinds, label_of, names_of, word_of, word_of_detail
from fenjin.kit import clock

PAGE_SIZE: Final = 50
# A comparison of pairs is one range of the index; two conditions with OR would read all that is newer.
_OLDER: Final = "(audit_auditevent.at, audit_auditevent.id) < (%s, %s)"
TEXT_DAYS: Final = 30  # a search for a text without a first day goes back this far


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the reader wants to see; an empty field means everything.

    `actor_ids` and `target_ids` are None for everything; an empty tuple finds nothing.
    """

    actor_ids: tuple[int, ...] | None = None
    act: str = ""
    kind: str = ""
    target_ids: tuple[int, ...] | None = None
    space_id: int | None = None
    since: date | None = None
    until: date | None = None  # that day included
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what is set, for the log and for jobs."""
        found = {name: value for name, value in asdict(self).items() if value not in (None, "")}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> "AuditFilter":
        """Return the filter of which `as_dict` was kept."""
        days: dict[str, Any] = {name: date.fromisoformat(found[name]) for name in ("since", "until") if name in found}
        ids: dict[str, Any] = {name: tuple(found[name]) for name in ("actor_ids", "target_ids") if name in found}
        return cls(**(found | days | ids))


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event with the words and names for people."""

    event: AuditEvent
    actor: str
    act: Any
    kind: Any
    target: str
    space: str

    @property
    def details(self) -> list[tuple[Any, str]]:
        """Return what the details say, each with its words."""
        return [(word_of_detail(name), _told(value)) for name, value in self.event.details.items()]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines, the newest first; `older` is where to go on from, empty at the end."""

    lines: tuple[AuditLine, ...]
    older: str


def list_events(wanted: AuditFilter, *, before: str = "", size: int = PAGE_SIZE) -> AuditPage:
    """Return the newest events that fit, older than the place `before` (an `older` of another page)."""
    rows = fitting(wanted)
    place = _place(before)
    if place:
        rows = rows.filter(RawSQL(_OLDER, place, BooleanField()))  # noqa: S611 - two placeholders
    found = list(rows.order_by("-at", "-pk")[: size + 1])
    older = f"{found[size - 1].at.isoformat()}~{found[size - 1].pk}" if len(found) > size else ""
    return AuditPage(lines=tuple(describe(found[:size])), older=older)


def iterate_events(wanted: AuditFilter, limit: int | None = None) -> Iterator[AuditLine]:
    """Yield the events that fit, the newest first, at most `limit`."""
    before, left = "", limit
    while left is None or left > 0:
        page = list_events(wanted, before=before, size=min(1000, left or 1000))
        yield from page.lines
        before = page.older
        if not before:
            return
        left = None if left is None else left - len(page.lines)


def count_events(wanted: AuditFilter, most: int) -> int:
    """Return how many events fit; it stops counting at `most`."""
    return fitting(wanted).order_by("-at", "-pk")[:most].count()


def list_acts() -> list[tuple[str, Any]]:
    """Return the acts that have words, by word."""
    return sorted(acts().items(), key=lambda pair: str(pair[1]))


def list_kinds() -> list[tuple[str, Any]]:
    """Return the kinds of targets that have a name."""
    return sorted(kinds().items(), key=lambda pair: str(pair[1]))


def describe(events: list[AuditEvent]) -> list[AuditLine]:
    """Return events with names: one query for each kind of thing that occurs."""
    wanted: dict[str, set[int]] = {"account": {event.actor_id for event in events if event.actor_id}}
    wanted["space"] = {event.space_id for event in events if event.space_id}
    for event in events:
        if event.target_id is not None:
            wanted.setdefault(event.target_kind, set()).add(event.target_id)
    names = {kind: names_of(kind, ids) for kind, ids in wanted.items()}
    return [
        AuditLine(
            event=event,
            actor=names["account"].get(event.actor_id, str(event.actor_id)) if event.actor_id else "",
            act=word_of(event.act),
            kind=label_of(event.target_kind),
            target=_target(event, names.get(event.target_kind, {})),
            space=names["space"].get(event.space_id or 0, ""),
        )
        for event in events
    ]


def _target(event: AuditEvent, names: dict[int, str]) -> str:
    """Return the name of what an act was done to; its number where it has none here: the log tells no titles."""
    return names.get(event.target_id, str(event.target_id)) if event.target_id is not None else ""


def fitting(wanted: AuditFilter) -> QuerySet[AuditEvent]:
    """Return the rows that fit a filter, in no order."""
    rows = AuditEvent.objects.all()
    exact = {"act": wanted.act, "target_kind": wanted.kind, "space_id": wanted.space_id}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    for name, ids in (("actor_id", wanted.actor_ids), ("target_id", wanted.target_ids)):
        if ids is not None:
            rows = rows.filter(**({name: ids[0]} if len(ids) == 1 else {f"{name}__in": ids}))
    if since := text_since(wanted):
        rows = rows.filter(at__gte=midnight(since))
    if wanted.until:
        rows = rows.filter(at__lt=midnight(wanted.until + timedelta(days=1)))
    if wanted.text:
        text = wanted.text.casefold()
        called = [act for act, word in acts().items() if text in f"{act} {word}".casefold()]
        said = Q(said__icontains=wanted.text) | Q(act__in=called) | Q(act__icontains=wanted.text)
        rows = rows.annotate(said=Cast("details", TextField())).filter(said)
    return rows


def text_since(wanted: AuditFilter) -> date | None:
    """Return the first day: a text is looked for in a month unless a day is named, since no index knows texts."""
    if wanted.since or not wanted.text:
        return wanted.since
    last = wanted.until or timezone.localtime(clock.now()).date()
    return last - timedelta(days=TEXT_DAYS)


def midnight(day: date) -> datetime:
    """Return the beginning of a day in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict | list) else str(value)


def _place(before: str) -> tuple[datetime, int] | None:
    at, _tilde, pk = before.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, int(pk)) if moment.tzinfo and pk.isascii() and pk.isdigit() and len(pk) < 19 else None
