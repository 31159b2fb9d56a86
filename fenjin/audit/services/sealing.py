"""The job that adds links to the hash chain. Whoever writes an event neither waits for it nor knows of it."""

from datetime import UTC
from typing import Final

from fenjin.audit.models import AuditEvent, AuditSeal
from fenjin.audit.selectors.chain import chain_hash, gaps_between, marks_of
from fenjin.audit.selectors.horizon import links_with_open_gaps, next_transaction
from fenjin.kit import clock
from fenjin.kit.db import advisory_lock

SEALER_LOCK: Final = 4_201
MOST_ROWS: Final = 10_000  # of one link


def seal_all() -> int:
    """Add links until no committed row is without one; return how many were added."""
    added = 0
    while seal_events() is not None:
        added += 1
    return added


def seal_events() -> AuditSeal | None:
    """Add the next link over committed rows; None if there are no new ones.

    Numbers are handed out before the commit. A row whose transaction commits after a link has passed
    its number lies in a gap of that link and is taken up, as late, by the next one.
    """
    with advisory_lock(SEALER_LOCK):
        last = AuditSeal.objects.order_by("-last_id").first()
        reached, previous = (last.last_id, last.sha256) if last else (0, "")
        rows = list(AuditEvent.objects.filter(pk__gt=reached).order_by("pk")[:MOST_ROWS])
        if not rows:
            return None
        late = _late_rows()
        link = AuditSeal(
            first_id=reached + 1,
            last_id=rows[-1].pk,
            events=len(rows) + len(late),
            gaps=gaps_between(reached + 1, rows[-1].pk, [row.pk for row in rows]),
            late=[row.pk for row in late],
            horizon=next_transaction(),
            marks=marks_of(rows + late),
            sealed_at=clock.now().astimezone(UTC),
        )
        link.sha256 = chain_hash(previous, rows + late, link)
        link.save()
        return link


def _late_rows() -> list[AuditEvent]:
    """Return the rows that have come into gaps and stand in no link yet."""
    found: dict[int, AuditEvent] = {}
    for link in links_with_open_gaps():
        for first, last in link.gaps:
            found |= {row.pk: row for row in AuditEvent.objects.filter(pk__gte=first, pk__lte=last)}
    if not found:
        return []
    # Only links after the first of these gaps can have taken one up already.
    after = AuditSeal.objects.filter(last_id__gt=min(found)).exclude(late=[]).values_list("late", flat=True)
    taken = {pk for late in after for pk in late}
    return [found[pk] for pk in sorted(found) if pk not in taken]
