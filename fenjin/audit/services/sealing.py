"""The job that adds links to the hash chains. Whoever writes an event neither waits for it nor knows of it."""

from datetime import UTC, timedelta
from typing import Any, Final

from django.db.models import Max

from fenjin.audit.models import Seal
from fenjin.audit.selectors.chain import chain_hash, gaps_between, marks_of
from fenjin.audit.selectors.horizon import links_with_open_gaps, next_transaction, restored_at, was_put_in
from fenjin.audit.selectors.ledgers import LOG, Ledger
from fenjin.kit import clock
from fenjin.kit.db import advisory_lock

MOST_ROWS: Final = 10_000  # of one link
# A number is handed out a moment before its transaction is counted. The job leaves rows this young for its
# next run, so that whatever a gap was handed to has long been counted when the link notes its horizon.
REST: Final = timedelta(seconds=10)


def seal_all(ledger: Ledger = LOG, *, rest: timedelta = timedelta()) -> int:
    """Add links until no committed row older than `rest` is without one; return how many were added."""
    added = 0
    while seal_events(ledger, rest=rest) is not None:
        added += 1
    return added


def seal_events(ledger: Ledger = LOG, *, rest: timedelta = timedelta()) -> Seal | None:
    """Add the next link over committed rows; None if there are no new ones older than `rest`.

    Numbers are handed out before the commit. A row whose transaction commits after a link has passed
    its number lies in a gap of that link and is taken up, as late, by the next one. A row that was put
    into a gap by a later transaction is taken up by none.
    """
    with advisory_lock(ledger.lock):
        last = ledger.newest_link()
        reached, previous = (last.last_id, last.sha256) if last else (0, "")
        rows = _new_rows(ledger, reached, rest)
        if not rows:
            return None
        late = _late_rows(ledger)
        link = ledger.seals(
            version=ledger.version,
            first_id=reached + 1,
            last_id=rows[-1].pk,
            events=len(rows) + len(late),
            gaps=gaps_between(reached + 1, rows[-1].pk, [row.pk for row in rows]),
            late=[row.pk for row in late],
            horizon=next_transaction(),
            sealed_at=clock.now().astimezone(UTC),
        )
        link.marks = marks_of(rows + late, link.version)
        link.sha256 = chain_hash(previous, rows + late, link)
        link.save()
        return link


def _new_rows(ledger: Ledger, reached: int, rest: timedelta) -> list[Any]:
    rows = ledger.events().filter(pk__gt=reached)
    if rest:
        newest = rows.filter(at__lte=clock.now() - rest).aggregate(newest=Max("pk"))["newest"]
        rows = rows.filter(pk__lte=newest or 0)
    return list(rows.order_by("pk")[:MOST_ROWS])


def _late_rows(ledger: Ledger) -> list[Any]:
    """Return the rows that have come into gaps and stand in no link yet."""
    found: dict[int, Any] = {}
    links = links_with_open_gaps(ledger)
    restored = restored_at() if links else None
    for link in links:
        for first, last in link.gaps:
            rows = ledger.events().filter(pk__gte=first, pk__lte=last)
            found |= {row.pk: row for row in rows if not was_put_in(row, link, restored)}
    if not found:
        return []
    # Only links after the first of these gaps can have taken one up already.
    after = ledger.links().filter(last_id__gt=min(found)).exclude(late=[]).values_list("late", flat=True)
    taken = {pk for late in after for pk in late}
    return [found[pk] for pk in sorted(found) if pk not in taken]
