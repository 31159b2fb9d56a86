"""Small helpers around the database that know no domain."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction


def listing[Row: models.Model](rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Return `rows` for a list page: under test a lazy load raises, otherwise it fetches for all rows at once."""
    mode = models.FETCH_RAISE if settings.RAISE_ON_LAZY_LOADS else models.FETCH_PEERS
    return rows.fetch_mode(mode)


def titled(alias: str) -> str:
    """Return SQL for the name of a unit or sub-platform in the reader's language.

    The statement is given `english` (kit.wording.in_english).
    """
    return f"CASE WHEN %(english)s AND {alias}.name_en <> '' THEN {alias}.name_en ELSE {alias}.name END"


def count_and_oldest(rows: models.QuerySet[Any], field: str) -> tuple[int, datetime | None]:
    """Return how many rows there are, and the earliest time in `field`."""
    return rows.count(), rows.aggregate(oldest=models.Min(field))["oldest"]


def delete_counted(rows: models.QuerySet[Any]) -> int:
    """Delete rows; return how many of them went, not counting what hung on them."""
    _all, by_kind = rows.delete()
    return by_kind.get(rows.model._meta.label, 0)


@contextmanager
def advisory_lock(number: int) -> Iterator[None]:
    """Run the block in a transaction that holds PostgreSQL's advisory lock `number` to its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        yield


def ask(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run a hot statement and return its rows, if it gives any: planned once per connection (kit.postgres).

    `sql` must be one of a few constant texts; each stays prepared on each connection.
    """
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, parameters)
        # `description` would make an object of each column, for an answer of yes or no.
        return cursor.fetchall() if cursor.pgresult.nfields else []
