"""Reads of the log, and the check of its chain."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.register import label_of, names_of, word_of

PAGE_SIZE = 50
EXPORT_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the reader wants to see; an empty field means everything."""

    actor_id: int | None = None
    act: str = ""
    kind: str = ""
    target_id: int | None = None
    since: date | None = None
    until: date | None = None  # that day included


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event with the words and names for people."""

    event: AuditEvent
    actor: str
    act: Any
    kind: Any
    target: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines, the newest first; `older` is the id to go on from."""

    lines: tuple[AuditLine, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the chain reaches, and whether it still fits its events."""

    seals: int = 0
    sealed_to: int = 0
    waiting: int = 0
    sealed_at: datetime | None = None
    broken_at: int | None = None
    checked: bool = field(default=False)


def list_events(wanted: AuditFilter, *, before: int | None = None, size: int = PAGE_SIZE) -> AuditPage:
    """Return the newest events that fit, below the id `before`."""
    rows = _fitting(wanted)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    older = found[size - 1].pk if len(found) > size else None
    return AuditPage(lines=tuple(describe(found[:size])), older=older)


def iterate_events(wanted: AuditFilter) -> Iterator[AuditLine]:
    """Yield the events that fit for an export, the newest first, at most EXPORT_LIMIT."""
    before: int | None = None
    for _unused in range(EXPORT_LIMIT // 1000):
        page = list_events(wanted, before=before, size=1000)
        yield from page.lines
        if page.older is None:
            return
        before = page.older


def list_acts() -> list[tuple[str, Any]]:
    """Return the acts that occur in the log with their words, by word."""
    found = AuditEvent.objects.order_by("act").values_list("act", flat=True).distinct()
    return sorted(((act, word_of(act)) for act in found), key=lambda pair: str(pair[1]))


def list_kinds() -> list[tuple[str, Any]]:
    """Return the kinds of targets that occur in the log."""
    found = AuditEvent.objects.order_by("target_kind").values_list("target_kind", flat=True).distinct()
    return [(kind, label_of(kind)) for kind in found]


def chain_state(*, check: bool = False) -> ChainState:
    """Return how far the chain of seals reaches; with `check` every link is computed again."""
    last = AuditSeal.objects.order_by("-last_id").first()
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if last is None:
        return ChainState(waiting=AuditEvent.objects.count(), checked=check)
    return ChainState(
        seals=AuditSeal.objects.count(),
        sealed_to=last.last_id,
        waiting=AuditEvent.objects.filter(pk__gt=last.last_id).count() if newest > last.last_id else 0,
        sealed_at=last.sealed_at,
        broken_at=_first_broken() if check else None,
        checked=check,
    )


def _first_broken() -> int | None:
    """Return the id of the first seal that does not fit its events, or None."""
    previous, reached = "", 0
    for seal in AuditSeal.objects.order_by("last_id").iterator():
        rows = list(AuditEvent.objects.filter(pk__gt=reached, pk__lte=seal.last_id).order_by("pk"))
        if len(rows) != seal.events or chain_hash(previous, rows) != seal.sha256:
            return seal.pk
        previous, reached = seal.sha256, seal.last_id
    return None


def describe(events: list[AuditEvent]) -> list[AuditLine]:
    """Return events with names: one query for each kind of thing that occurs."""
    kinds: dict[str, set[int]] = {"account": {event.actor_id for event in events if event.actor_id}}
    for event in events:
        if event.target_id is not None:
            kinds.setdefault(event.target_kind, set()).add(event.target_id)
    names = {kind: names_of(kind, ids) for kind, ids in kinds.items()}
    return [
        AuditLine(
            event=event,
            actor=names["account"].get(event.actor_id, str(event.actor_id)) if event.actor_id else "",
            act=word_of(event.act),
            kind=label_of(event.target_kind),
            target=names.get(event.target_kind, {}).get(event.target_id or 0, ""),
        )
        for event in events
    ]


def _fitting(wanted: AuditFilter) -> QuerySet[AuditEvent]:
    exact = {"actor_id": wanted.actor_id, "act": wanted.act, "target_kind": wanted.kind, "target_id": wanted.target_id}
    rows = AuditEvent.objects.filter(**{name: value for name, value in exact.items() if value})
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def chain_hash(previous: str, rows: list[AuditEvent]) -> str:
    """Return the SHA-256 of the previous seal and the canonical JSON of `rows`, in order."""
    digest = hashlib.sha256(previous.encode())
    for row in rows:
        fields = [row.pk, row.at.isoformat(), row.actor_id, row.act, row.target_kind, row.target_id, row.space_id]
        digest.update(json.dumps([*fields, row.details], ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()
