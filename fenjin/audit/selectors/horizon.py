"""How long a gap in the numbers of the log may still fill: longer than any transaction runs."""

from datetime import timedelta
from typing import Final

from django.db import connection

from fenjin.audit.models import AuditSeal
from fenjin.kit import clock

# No transaction of the platform runs this long; a row that comes into an older gap was put in.
LONGEST_WAIT: Final = timedelta(days=7)


def next_transaction() -> int:
    """Return the first transaction that has not begun; a link keeps it for whoever examines a late row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        found: int = cursor.fetchone()[0]
    return found


def is_open(seal: AuditSeal) -> bool:
    """Tell whether a row may still commit into a gap of this link."""
    return seal.sealed_at > clock.now() - LONGEST_WAIT


def links_with_open_gaps() -> list[AuditSeal]:
    """Return the links into whose gaps a row may still commit, the newest first."""
    links = AuditSeal.objects.exclude(gaps=[]).order_by("-last_id")
    found = []
    for link in links.defer("marks").iterator(chunk_size=200):
        if not is_open(link):
            break
        found.append(link)
    return found
