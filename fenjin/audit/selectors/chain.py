"""The hash chains over the log and the doors: how a link is computed, and how a broken one is found.

A link covers the ids from `first_id` to `last_id` that stood there when it was written (all but its
`gaps`), and ids that committed late, after the link of their range. So no row is left out because a
transaction took long, and the writers wait for nobody.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Max, QuerySet

from fenjin.audit.models import AuditEvent, Seal
from fenjin.audit.selectors.horizon import is_open, restored_at, was_put_in
from fenjin.audit.selectors.ledgers import DOORS, LOG, Ledger, Row, mark_of, row_bytes

MARKS: Final = {1: 0, 2: 8, 3: 16}  # version of a link → bytes of a row's digest that it keeps
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
    """The first place where a record is not what was sealed.

    `kind`: changed, deleted, inserted, link_changed, link_missing, range, cut_off.
    """

    kind: str
    event_id: int | None = None
    link: int | None = None  # last_id of the link
    ledger: str = LOG.name


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


def marks_of(rows: Iterable[Row], version: int = LOG.version) -> bytes:
    """Return the short digest of each row, one after the other."""
    return b"".join(mark_of(row, MARKS[version]) for row in rows)


def chain_hash(previous: str, rows: Iterable[Row], seal: Seal | None = None) -> str:
    """Return the SHA-256 of the previous link, of what the link says of itself, and (to version 2) of its rows."""
    digest = hashlib.sha256(previous.encode())
    if seal is not None and seal.version > 1:
        says = [seal.version, seal.first_id, seal.last_id, seal.events, seal.gaps, seal.late, seal.horizon]
        digest.update(json.dumps([*says, seal.sealed_at.isoformat(), bytes(seal.marks).hex()]).encode())
        if seal.version > 2:
            return digest.hexdigest()
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


def current_head(ledger: Ledger = LOG) -> Head | None:
    """Return the newest link, or None before the first."""
    last = ledger.newest_link()
    return Head(last.last_id, last.sha256) if last else None


def parse_head(text: str) -> Head:
    """Return the head that `last_id:sha256` names; raises ValueError."""
    last_id, _colon, sha256 = text.strip().partition(":")
    if not last_id.isdigit() or len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError(text)
    return Head(int(last_id), sha256)


def chain_state(ledger: Ledger = LOG, *, check: bool = False) -> ChainState:
    """Return how far a chain reaches; with `check` every link of both is computed again."""
    last = ledger.newest_link()
    newest = ledger.rows._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
    sealed_to = last.last_id if last else 0
    return ChainState(
        seals=sum(each.links().count() for each in (LOG, DOORS)) if check else 0,
        sealed_to=sealed_to,
        waiting=ledger.rows._default_manager.filter(pk__gt=sealed_to).count() if newest > sealed_to else 0,
        sealed_at=last.sealed_at if last else None,
        sha256=last.sha256 if last else "",
        broken=find_broken() if check else None,
        checked=check,
    )


def find_broken(*, since: int = 0, heads: Iterable[Head] = ()) -> Broken | None:
    """Return the first place where the log, or else the record of the doors, parts from its chain; or None.

    `since`: begin after the link of the log that ends with this row, trusting it. `heads`: links of the log
    that were kept elsewhere; one that is missing or different means that the end of the chain was taken
    away or written anew, which the chain alone cannot show. Of the doors the log itself keeps the heads.
    """
    return _find_broken(LOG, since, heads) or _find_broken(DOORS, 0, _heads_in_the_log())


def _heads_in_the_log() -> list[Head]:
    """Return the heads of the record of the doors that were written into the log, once a day."""
    kept = AuditEvent.objects.filter(act="audit.head_keep", details__has_key="doors")
    return [parse_head(head) for head in kept.values_list("details__doors", flat=True)]


def _find_broken(ledger: Ledger, since: int, heads: Iterable[Head]) -> Broken | None:
    base = ledger.links().filter(last_id__lte=since).order_by("-last_id").first() if since else None
    previous, reached = (base.sha256, base.last_id) if base else ("", 0)
    kept = {head.last_id: head.sha256 for head in heads if head.last_id > reached}
    if base is None and (stray := ledger.events().filter(pk__lt=1).order_by("pk").first()):
        return Broken("inserted", stray.pk, ledger=ledger.name)
    look = _Look(ledger, late=_late_rows(ledger), restored=restored_at())
    for seal, rows in _links_with_rows(ledger, reached):
        broken = look.examine(seal, rows, previous, reached)
        if broken is None and kept.pop(seal.last_id, seal.sha256) != seal.sha256:
            broken = Broken("cut_off", link=seal.last_id, ledger=ledger.name)
        if broken is not None:
            return broken
        previous, reached = seal.sha256, seal.last_id
    return Broken("cut_off", link=min(kept), ledger=ledger.name) if kept else None


def _late_rows(ledger: Ledger) -> dict[int, int]:
    """Return which rows were sealed after their range: row → the link that holds it."""
    links = ledger.links().exclude(late=[]).values_list("late", "last_id")
    return {pk: link for late, link in links for pk in late}


def _links_with_rows(ledger: Ledger, reached: int) -> Iterator[tuple[Seal, list[Any]]]:
    """Yield each link with the rows that lie in its range or are named as late, in the order of hashing."""
    links = ledger.links().filter(last_id__gt=reached).order_by("last_id").iterator(chunk_size=500)
    batch: list[Seal] = []
    for link in links:
        batch.append(link)
        if sum(held.events for held in batch) >= ROWS_AT_ONCE or len(batch) == 500:
            yield from _with_rows(ledger, batch, reached)
            batch, reached = [], link.last_id
    if batch:
        yield from _with_rows(ledger, batch, reached)


def _with_rows(ledger: Ledger, batch: list[Seal], reached: int) -> Iterator[tuple[Seal, list[Any]]]:
    named = [pk for link in batch for pk in link.late]
    late = {row.pk: row for row in ledger.events().filter(pk__in=named)} if named else {}
    rows = _in_range(ledger, reached, batch[-1].last_id).iterator(chunk_size=2000)
    row = next(rows, None)
    for link in batch:
        own = []
        while row is not None and row.pk <= link.last_id:
            own.append(row)
            row = next(rows, None)
        yield link, own + [late[pk] for pk in link.late if pk in late]


def _in_range(ledger: Ledger, after: int, last: int) -> QuerySet[Any]:
    return ledger.events().filter(pk__gt=after, pk__lte=last).order_by("pk")


@dataclass(frozen=True, slots=True)
class _Look:
    """What is known while a chain is walked."""

    ledger: Ledger
    late: dict[int, int]
    restored: datetime | None

    def examine(self, seal: Seal, rows: list[Any], previous: str, reached: int) -> Broken | None:
        """Return the first place where a link and its rows part, or None."""
        name = self.ledger.name
        if seal.version == 1:
            fits = len(rows) == seal.events and chain_hash(previous, rows) == seal.sha256
            return None if fits else Broken("range", seal.first_id, seal.last_id, name)
        if seal.first_id != reached + 1:
            return Broken("link_missing", reached + 1, seal.last_id, name)
        found = {row.pk: row for row in rows}
        expected = [*_ids_of(seal), *seal.late]
        wrong = self._deleted(seal, expected, found) + self._changed_or_put_in(seal, expected, found)
        if wrong:
            kind, pk = min(wrong, key=lambda pair: pair[1])
            return Broken(kind, pk, seal.last_id, name)
        if chain_hash(previous, [found[pk] for pk in expected if pk in found], seal) != seal.sha256:
            return Broken("link_changed", link=seal.last_id, ledger=name)
        return None

    def _deleted(self, seal: Seal, expected: list[int], found: dict[int, Any]) -> list[tuple[str, int]]:
        gone = [pk for pk in expected if pk not in found]
        return [("deleted", pk) for pk in gone if not self.ledger.may_be_gone(seal, pk)]

    def _changed_or_put_in(self, seal: Seal, expected: list[int], found: dict[int, Any]) -> list[tuple[str, int]]:
        places = {pk: place for place, pk in enumerate(expected)}
        marks, size = bytes(seal.marks), MARKS[seal.version]
        wrong = []
        for pk, row in found.items():
            place = places.get(pk)
            if place is None:
                # A row in a gap belongs to a later link, or to none yet while the gap may still fill.
                if pk not in self.late and (not is_open(seal) or was_put_in(row, seal, self.restored)):
                    wrong.append(("inserted", pk))
            elif mark_of(row, size) != marks[place * size : (place + 1) * size]:
                wrong.append(("changed", pk))
        return wrong


def _ids_of(seal: Seal) -> Iterator[int]:
    wanted = seal.first_id
    for first, last in [*seal.gaps, [seal.last_id + 1, seal.last_id + 1]]:
        yield from range(wanted, first)
        wanted = last + 1
