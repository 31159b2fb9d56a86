"""The two records under seal: the log of acts, and the record of the doors."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL

from fenjin.audit.models import AuditEvent, AuditSeal, DoorEvent, DoorSeal, Seal
from fenjin.kit import clock

SHORTEST_DAYS: Final = 180  # the database refuses to delete a younger row of the doors
# No transaction of the platform runs this long; a row that comes into an older gap was put in.
LONGEST_WAIT: Final = timedelta(days=7)

type Row = AuditEvent | DoorEvent


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows that are only ever added, and the links of the chain over them."""

    name: str
    rows: type[Row]
    seals: type[Seal]
    version: int  # of a new link
    lock: int  # of the sealer
    kept: timedelta | None = None  # after that a sealed row may go; None: never

    def events(self) -> QuerySet[Any]:
        """Return the rows, each with `born`: the transaction that wrote it, without its epoch."""
        born = RawSQL(f"{self.rows._meta.db_table}.xmin::text::bigint", (), BigIntegerField())  # noqa: S611
        return self.rows._default_manager.annotate(born=born)

    def links(self) -> QuerySet[Seal]:
        """Return the links."""
        return self.seals._default_manager.all()

    def newest_link(self) -> Seal | None:
        """Return the newest link, or None before the first."""
        return self.links().order_by("-last_id").first()

    def may_be_gone(self, link: Seal, pk: int, now: datetime | None = None) -> bool:
        """Tell whether a row of this link is old enough to be deleted. A late row may be older than its link."""
        if self.kept is None:
            return False
        waited = LONGEST_WAIT if pk in link.late else timedelta()
        return link.sealed_at < (now or clock.now()) - self.kept + waited


LOG: Final = Ledger("log", AuditEvent, AuditSeal, version=2, lock=4_201)
DOORS: Final = Ledger("doors", DoorEvent, DoorSeal, version=3, lock=4_202, kept=timedelta(days=SHORTEST_DAYS))


def row_bytes(row: Row) -> bytes:
    """Return the canonical JSON of a row, as it is hashed."""
    if isinstance(row, DoorEvent):
        fields = [row.pk, row.at.isoformat(), row.door, row.outcome, row.account_id, row.identity, row.address]
    else:
        fields = [row.pk, row.at.isoformat(), row.actor_id, row.act, row.target_kind, row.target_id, row.space_id]
        fields.append(row.details)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()


def mark_of(row: Row, size: int) -> bytes:
    """Return the first `size` bytes of the digest of a row."""
    return hashlib.sha256(row_bytes(row)).digest()[:size]
