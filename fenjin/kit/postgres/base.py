"""Django's PostgreSQL backend, with a health check that costs nothing and statements that stay prepared.

Django finds it by the name of this module (settings.DATABASES["default"]["ENGINE"]).
"""

import select
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor that binds on the server and prepares every statement at its first use on a connection."""

    def execute(
        self, query: Any, params: Any = None, *, prepare: bool | None = True, binary: bool | None = None
    ) -> Any:
        """Run a statement, prepared."""
        return super().execute(query, params, prepare=prepare, binary=binary)


# psycopg prepares nothing where the threshold is None, and never by itself where it is this high.
ONLY_ON_REQUEST = 2**31
# PostgreSQL, "Synchronous Replication": a wait for a replica that was cancelled is a warning of this class.
WARNING = "01000"


class CommittedHereOnly(OperationalError):
    """The commit stands on this server, and PostgreSQL warns that it may stand nowhere else: no acknowledgement."""


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to PostgreSQL."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters, with preparing left to the one who asks for it."""
        return super().get_connection_params() | {"prepare_threshold": ONLY_ON_REQUEST}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that notes warnings, for commits to look at."""
        connection = super().get_new_connection(conn_params)
        self.warnings: list[str] = []
        connection.add_notice_handler(self._note)
        return connection

    def _note(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.sqlstate == WARNING:
            self.warnings.append(diagnostic.message_primary or WARNING)

    def _commit(self) -> None:
        """Commit; raises CommittedHereOnly when the server warned while it did."""
        if self.connection is None:
            return
        self.warnings.clear()
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        if self.warnings:
            raise CommittedHereOnly(self.warnings[0])

    def is_usable(self) -> bool:
        """Tell whether the server is still there, without asking it.

        A server that stops, restarts or ends a session closes its side, and then the socket has something
        to read. Only in that case is it asked, as Django does before every request.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or bool(super().is_usable())

    def prepared_cursor(self) -> Any:
        """Return a cursor for hot statements: PostgreSQL plans them once per connection, not each time.

        Parameters have no type of their own there, so the statement casts where a type is not plain
        (`%s::bigint[]`).
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined]
