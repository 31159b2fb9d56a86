"""The hash chain over the log: how a link is computed, and how a broken one is found.

A link covers the ids from `first_id` to `last_id` that stood there when it was written (all but its
`gaps`), and ids that committed late, after the link of their range. So no row is left out because a
transaction took long, and the writers wait for nobody.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max, QuerySet

from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.selectors.horizon import is_open

MARK: Final = 8  # bytes of a row's digest that a link keeps
ROWS_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """A link that somebody keeps outside: its last row and its hash."""

    last_id: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.last_id}:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the log is not what was sealed.

    `kind`: changed, deleted, inserted, link_changed, link_missing, range, cut_off.
    """

    kind: str
    event_id: int | None = None
    link: int | None = None  # last_id of the link


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the chain reaches; with `checked`, whether every link still fits its rows."""

    seals: int = 0
    sealed_to: int = 0
    waiting: int = 0
    sealed_at: datetime | None = None
    sha256: str = ""
    broken: Broken | None = None
    checked: bool = False


def row_bytes(row: AuditEvent) -> bytes:
    """Return the canonical JSON of a row, as it is hashed."""
    fields = [row.pk, row.at.isoformat(), row.actor_id, row.act, row.target_kind, row.target_id, row.space_id]
    return json.dumps([*fields, row.details], ensure_ascii=False, sort_keys=True).encode()


def marks_of(rows: Iterable[AuditEvent]) -> bytes:
    """Return the short digest of each row, one after the other."""
    return b"".join(hashlib.sha256(row_bytes(row)).digest()[:MARK] for row in rows)


def chain_hash(previous: str, rows: Iterable[AuditEvent], seal: AuditSeal | None = None) -> str:
    """Return the SHA-256 of the previous link, of what the link says of itself, and of its rows in order."""
    digest = hashlib.sha256(previous.encode())
    if seal is not None and seal.version > 1:
        says = [seal.version, seal.first_id, seal.last_id, seal.events, seal.gaps, seal.late, seal.horizon]
        digest.update(json.dumps([*says, seal.sealed_at.isoformat(), bytes(seal.marks).hex()]).encode())
    for row in rows:
        digest.update(row_bytes(row))
    return digest.hexdigest()


def gaps_between(first: int, last: int, present: Iterable[int]) -> list[list[int]]:
    """Return the runs of ids from `first` to `last` that are not `present` (in order), as [from, to]."""
    gaps, wanted = [], first
    for pk in present:
        if pk > wanted:
            gaps.append([wanted, pk - 1])
        wanted = pk + 1
    return [*gaps, [wanted, last]] if wanted <= last else gaps


def current_head() -> Head | None:
    """Return the newest link, or None before the first."""
    last = AuditSeal.objects.order_by("-last_id").first()
    return Head(last.last_id, last.sha256) if last else None


def chain_state(*, check: bool = False) -> ChainState:
    """Return how far the chain reaches; with `check` every link is computed again."""
    last = AuditSeal.objects.order_by("-last_id").first()
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    sealed_to = last.last_id if last else 0
    return ChainState(
        seals=AuditSeal.objects.count() if check else 0,
        sealed_to=sealed_to,
        waiting=AuditEvent.objects.filter(pk__gt=sealed_to).count() if newest > sealed_to else 0,
        sealed_at=last.sealed_at if last else None,
        sha256=last.sha256 if last else "",
        broken=find_broken() if check else None,
        checked=check,
    )


def find_broken(*, since: int = 0, heads: Iterable[Head] = ()) -> Broken | None:
    """Return the first place where log and chain part, or None.

    `since`: begin after the link that ends with this row, trusting it. `heads`: links that were kept
    elsewhere; one that is missing or different means that the end of the chain was taken away or
    written anew, which the chain alone cannot show.
    """
    base = AuditSeal.objects.filter(last_id__lte=since).order_by("-last_id").first() if since else None
    previous, reached = (base.sha256, base.last_id) if base else ("", 0)
    kept = {head.last_id: head.sha256 for head in heads if head.last_id > reached}
    late = _late_rows()
    if base is None and (stray := AuditEvent.objects.filter(pk__lt=1).order_by("pk").first()):
        return Broken("inserted", event_id=stray.pk)
    for seal, rows in _links_with_rows(reached):
        broken = _check_link(seal, rows, previous, reached, late)
        if broken is None and kept.pop(seal.last_id, seal.sha256) != seal.sha256:
            broken = Broken("cut_off", link=seal.last_id)
        if broken is not None:
            return broken
        previous, reached = seal.sha256, seal.last_id
    return Broken("cut_off", link=min(kept)) if kept else None


def _late_rows() -> dict[int, int]:
    """Return which rows were sealed after their range: row → the link that holds it."""
    links = AuditSeal.objects.exclude(late=[]).values_list("late", "last_id")
    return {pk: link for late, link in links for pk in late}


def _links_with_rows(reached: int) -> Iterator[tuple[AuditSeal, list[AuditEvent]]]:
    """Yield each link with the rows that lie in its range or are named as late, in the order of hashing."""
    links = AuditSeal.objects.filter(last_id__gt=reached).order_by("last_id").iterator(chunk_size=500)
    batch: list[AuditSeal] = []
    for link in links:
        batch.append(link)
        if sum(held.events for held in batch) >= ROWS_AT_ONCE or len(batch) == 500:
            yield from _with_rows(batch, reached)
            batch, reached = [], link.last_id
    if batch:
        yield from _with_rows(batch, reached)


def _with_rows(batch: list[AuditSeal], reached: int) -> Iterator[tuple[AuditSeal, list[AuditEvent]]]:
    named = [pk for link in batch for pk in link.late]
    late = {row.pk: row for row in AuditEvent.objects.filter(pk__in=named)} if named else {}
    rows = _in_range(reached, batch[-1].last_id).iterator(chunk_size=2000)
    row = next(rows, None)
    for link in batch:
        own = []
        while row is not None and row.pk <= link.last_id:
            own.append(row)
            row = next(rows, None)
        yield link, own + [late[pk] for pk in link.late if pk in late]


def _in_range(after: int, last: int) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(pk__gt=after, pk__lte=last).order_by("pk")


def _check_link(
    seal: AuditSeal, rows: list[AuditEvent], previous: str, reached: int, late: dict[int, int]
) -> Broken | None:
    if seal.version == 1:
        fits = len(rows) == seal.events and chain_hash(previous, rows) == seal.sha256
        return None if fits else Broken("range", link=seal.last_id, event_id=seal.first_id)
    if seal.first_id != reached + 1:
        return Broken("link_missing", link=seal.last_id, event_id=reached + 1)
    found = {row.pk: row for row in rows}
    expected = [*_ids_of(seal), *seal.late]
    places = {pk: place for place, pk in enumerate(expected)}
    wrong = [Broken("deleted", pk, seal.last_id) for pk in expected if pk not in found]
    marks = bytes(seal.marks)
    for pk, row in found.items():
        place = places.get(pk)
        if place is None:
            # A row in a gap belongs to a later link, or to none yet while the gap may still fill.
            if pk not in late and not is_open(seal):
                wrong.append(Broken("inserted", pk, seal.last_id))
        elif marks_of([row]) != marks[place * MARK : (place + 1) * MARK]:
            wrong.append(Broken("changed", pk, seal.last_id))
    if wrong:
        return min(wrong, key=lambda broken: broken.event_id or 0)
    if chain_hash(previous, [found[pk] for pk in expected], seal) != seal.sha256:
        return Broken("link_changed", link=seal.last_id)
    return None


def _ids_of(seal: AuditSeal) -> Iterator[int]:
    wanted = seal.first_id
    for first, last in [*seal.gaps, [seal.last_id + 1, seal.last_id + 1]]:
        yield from range(wanted, first)
        wanted = last + 1
