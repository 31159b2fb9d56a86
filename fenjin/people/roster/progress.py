"""How far the work on an import is, told beside its own transaction, and the way to stop it.

The work is one transaction, so what it writes is seen by nobody before its end. Its progress goes
through a second connection, which also holds a lock as long as the process lives: whoever gets that
lock knows that nobody works on the import.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal
from fenjin.people.roster.plan import Tick

WORK_LOCK = 0x726F73  # first key of the two-key advisory lock; the second is the import
PHASES = ("survey", "read", "compare", "write")


class Cancelled(Refusal):
    """Somebody pressed cancel; nothing was changed."""

    code = "cancelled"
    sentence = _("The work on this file was cancelled. Nothing has been changed.")


class Busy(Refusal):
    """Somebody else works on this import."""

    code = "busy"
    sentence = _("This file is being worked on already.")


@contextmanager
def working_on(roster_id: int) -> Iterator[Tick]:
    """Give the function that tells how far the work is; it raises Cancelled when somebody asked for that.

    Raises Busy if another process works on the same import.
    """
    beside: Any = connection.copy()
    beside.settings_dict = {**beside.settings_dict, "CONN_MAX_AGE": 0}
    guard = threading.Lock()
    [(pid,)] = _rows(connection, "SELECT pg_backend_pid()")

    def tick(phase: str, done: int) -> None:
        with guard:
            [(cancel,)] = _rows(
                beside,
                """INSERT INTO people_rosterprogress (roster_id, phase, done, pid, cancel)
                   VALUES (%s, %s, %s, %s, false)
                   ON CONFLICT (roster_id) DO UPDATE SET phase = excluded.phase, done = excluded.done,
                       pid = excluded.pid, at = now()
                   RETURNING cancel""",
                [roster_id, phase, done, pid],
            )
        if cancel:
            raise Cancelled

    try:
        [(free,)] = _rows(beside, "SELECT pg_try_advisory_lock(%s, %s)", [WORK_LOCK, roster_id % 2**31])
        if not free:
            raise Busy
        yield tick
        _rows(beside, "DELETE FROM people_rosterprogress WHERE roster_id = %s RETURNING 1", [roster_id])
    finally:
        beside.close()


def ask_to_stop(roster_id: int) -> None:
    """Have the work on an import stopped: at its next sign of life, or in the middle of a long statement."""
    found = _rows(
        connection,
        """INSERT INTO people_rosterprogress (roster_id, phase, done, pid, cancel) VALUES (%s, 'survey', 0, 0, true)
           ON CONFLICT (roster_id) DO UPDATE SET cancel = true RETURNING pid""",
        [roster_id],
    )
    # Only while somebody holds the work's lock: else the number may by now belong to another session.
    _rows(
        connection,
        """SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a
           WHERE a.pid = %s AND a.pid <> pg_backend_pid() AND a.datname = current_database()
               AND a.query ILIKE '%%roster_%%' AND EXISTS (
               SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = %s)""",
        [found[0][0], WORK_LOCK, roster_id % 2**31],
    )


def forget_request(roster_id: int) -> None:
    """Forget how far an earlier work came, and that it was to be stopped."""
    _rows(connection, "DELETE FROM people_rosterprogress WHERE roster_id = %s RETURNING 1", [roster_id])


def is_worked_on(roster_id: int) -> bool:
    """Tell whether a living process works on an import."""
    [(held,)] = _rows(
        connection,
        """SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s
                          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""",
        [WORK_LOCK, roster_id % 2**31],
    )
    return bool(held)


def _rows(through: Any, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with through.cursor() as cursor:
        cursor.execute(sql, parameters or [])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
