"""How long a gap in the numbers of a record may still fill, and which rows in it were put there afterwards."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from fenjin.audit.models import AuditEvent, Seal
from fenjin.audit.selectors.ledgers import LONGEST_WAIT, Ledger
from fenjin.kit import clock

_NUMBERS: Final = 2**32  # a row knows its transaction without the epoch


def next_transaction() -> int:
    """Return the first transaction that has not begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        found: int = cursor.fetchone()[0]
    return found


def is_open(seal: Seal) -> bool:
    """Tell whether a row may still commit into a gap of this link."""
    return seal.sealed_at > clock.now() - LONGEST_WAIT


def restored_at() -> datetime | None:
    """Return when the database last came out of a backup: transactions are counted anew from there."""
    restores = AuditEvent.objects.filter(act="platform.restore").order_by("-at")
    return restores.values_list("at", flat=True).first()


def was_put_in(row: Any, seal: Seal, restored: datetime | None) -> bool:
    """Tell whether a row in a gap of this link was written by a transaction that began after the link.

    The number of a gap had been handed out by then, and a number is handed out to a transaction that
    writes its row at once; so an honest row is always of an older one. `restored`: see `restored_at`;
    of the links before nothing is known, and their gaps are open for LONGEST_WAIT to anything.
    """
    if seal.horizon is None or (restored is not None and seal.sealed_at <= restored):
        return False
    return bool((row.born - seal.horizon) % _NUMBERS < _NUMBERS // 2)


def links_with_open_gaps(ledger: Ledger) -> list[Seal]:
    """Return the links into whose gaps a row may still commit, the newest first."""
    links = ledger.links().exclude(gaps=[]).order_by("-last_id")
    found = []
    for link in links.defer("marks").iterator(chunk_size=200):
        if not is_open(link):
            break
        found.append(link)
    return found
