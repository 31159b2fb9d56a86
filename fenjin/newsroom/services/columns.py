"""Writes of columns, and the sums of what is opened."""

import atexit
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.memory import forgets
from fenjin.newsroom.models import Column
from fenjin.newsroom.services.publishing import raise_editions

EVERY_SECONDS: Final = 5.0
MOST_WAITING: Final = 2_000  # a stampede is written in pieces
_ADD: Final = """
INSERT INTO newsroom_opencount AS c (space_id, reader_space_id, day, article_id, opens)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::bigint[], %s::int[]) AS t(s, r, d, a, n)
ORDER BY s, r, d, a
ON CONFLICT (space_id, reader_space_id, day, article_id) DO UPDATE SET opens = c.opens + EXCLUDED.opens
"""

type Key = tuple[int, int, date, int]
_waiting: Counter[Key] = Counter()
_lock = threading.Lock()
_written = [time.monotonic()]


class NameTaken(Refusal):
    """Two columns of a space would be called the same."""

    code = "column_name_taken"
    status = 422
    sentence = _("There is a column of this name already.")


@transaction.atomic
def add_column(*, actor: Any, space_id: int, name: str, name_en: str = "") -> Column:
    """Open a column behind the others. Raises NameTaken."""
    if Column.objects.filter(space=space_id, name=name).exists():
        raise NameTaken
    last = Column.objects.filter(space=space_id).aggregate(last=Max("position"))["last"] or 0
    row = Column(space_id=space_id, name=name, name_en=name_en, position=last + 1)
    row.full_clean()
    row.save()
    _record(actor, row, "made")
    return row


@transaction.atomic
def change_column(*, actor: Any, column: Column, name: str, name_en: str = "") -> Column:
    """Rename a column. Raises NameTaken."""
    if Column.objects.filter(space=column.space_id, name=name).exclude(pk=column.pk).exists():
        raise NameTaken
    column.name, column.name_en = name, name_en
    column.full_clean()
    column.save(update_fields=["name", "name_en"])
    _record(actor, column, "changed")
    return column


@transaction.atomic
def move_column(*, actor: Any, column: Column, to: int) -> None:
    """Put a column at place `to` of its space (1 is the first). Raises NotFound."""
    rows = list(Column.objects.select_for_update(of=("self",)).filter(space=column.space_id).order_by("position", "pk"))
    if column not in rows:
        raise NotFound
    rows.remove(column)
    rows.insert(max(0, min(to - 1, len(rows))), column)
    for position, row in enumerate(rows, start=1):
        Column.objects.filter(pk=row.pk).update(position=position)
    _record(actor, column, "moved")


def _record(actor: Any, column: Column, done: str) -> None:
    raise_editions({column.space_id})
    target = ("column", column.pk)
    record(actor=actor, act="newsroom.column", target=target, space_id=column.space_id, details={"done": done})


# ---- what is opened: sums without persons ----------------------------------------------------------------


def note_open(*, space_id: int, article_id: int, reader_space_id: int) -> None:
    """Add one to the sum of an article. It is written a few seconds later with the others.

    What waits when a process is killed is lost: the sum is for a list of what is liked, no proof.
    """
    with _lock:
        _waiting[(space_id, reader_space_id, timezone.localdate(clock.now()), article_id)] += 1
        due = time.monotonic() - _written[0] > EVERY_SECONDS or len(_waiting) > MOST_WAITING
    if due:
        write_opens()


def write_opens() -> int:
    """Write the sums that wait and return how many there were."""
    with _lock:
        rows = sorted(_waiting.items())
        _waiting.clear()
        _written[0] = time.monotonic()
    if rows:
        columns = zip(*((*key, opens) for key, opens in rows), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in columns])
    return len(rows)


def forget_opens(before: date) -> int:
    """Delete the sums of days before this one; return how many went."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsroom_opencount WHERE day < %s", [before])
        return int(cursor.rowcount)


@forgets
def forget_waiting() -> None:
    """Drop the sums that wait."""
    with _lock:
        _waiting.clear()


@atexit.register
def _write_at_the_end() -> None:
    if _waiting:
        with suppress(DatabaseError):  # it may have gone before us
            write_opens()
