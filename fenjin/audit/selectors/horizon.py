"""How long a gap in the numbers of the log may still fill: as long as an older transaction may run."""

from datetime import timedelta
from typing import Final

from django.db import connection

from fenjin.audit.models import AuditSeal
from fenjin.kit import clock

# A number is taken a moment before its transaction gets one of its own; a day covers any such moment.
LONGEST_WAIT: Final = timedelta(hours=24)


def transactions() -> tuple[int, int]:
    """Return the oldest transaction that still runs, and the first that has not begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint"
            " FROM pg_current_snapshot() AS now"
        )
        oldest, next_one = cursor.fetchone()
    return oldest, next_one


def is_open(seal: AuditSeal) -> bool:
    """Tell whether a row may still commit into a gap of this link.

    A horizon beyond the cluster's own count comes from before a restore: only the time counts then.
    """
    if seal.sealed_at > clock.now() - LONGEST_WAIT:
        return True
    oldest, next_one = transactions()
    return seal.horizon is not None and oldest < seal.horizon <= next_one


def links_with_open_gaps() -> list[AuditSeal]:
    """Return the links into whose gaps a row may still commit, the newest first."""
    links = AuditSeal.objects.exclude(gaps=[]).order_by("-last_id")
    since = clock.now() - LONGEST_WAIT
    oldest, next_one = transactions()
    found = []
    for link in links.defer("marks").iterator(chunk_size=200):
        if link.sealed_at <= since and not (link.horizon and oldest < link.horizon <= next_one):
            break
        found.append(link)
    return found
