"""One asynchronous connection to PostgreSQL that comes back after a restart and believes no doubtful commit."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from django.db import connection as django

from fenjin.kit.postgres.base import WARNING, CommittedHereOnly

__all__ = ["CommittedHereOnly", "Database", "Unavailable"]

PATIENCE: Final = 5  # seconds for one statement; then the server is taken for gone
_OPTIONS: Final = f"-c statement_timeout={PATIENCE * 1000} -c plan_cache_mode=force_generic_plan"
_OWN: Final = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")


class Unavailable(Exception):
    """The database could not be reached; what was asked may or may not have been done."""


class Database:
    """A connection for statements that are safe to repeat, each a transaction of its own.

    Made and used within one event loop, by one statement at a time.
    """

    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()
        self._warnings: list[str] = []

    async def ask(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows of one prepared statement, committed.

        On a lost connection, or when a table has changed its shape under the plan, it is asked a second time on a
        new connection, hence it must be safe to repeat.
        Raises Unavailable, CommittedHereOnly when the server warned at the commit, or psycopg.Error.
        """
        async with self._turn:
            try:
                return await self._ask(sql, parameters)
            except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
                if not isinstance(error, TimeoutError) and self._connection is not None and not self._connection.closed:
                    raise
            except psycopg.NotSupportedError:
                await self.close()
            try:
                return await self._ask(sql, parameters)
            except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
                raise Unavailable from error

    async def _ask(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        connection = await self._connected()
        self._warnings.clear()
        try:
            async with asyncio.timeout(PATIENCE + 1), connection.cursor() as cursor:
                await cursor.execute(sql, parameters, prepare=True)
                rows = await cursor.fetchall()
        except (TimeoutError, asyncio.CancelledError):
            await self.close()
            raise
        except psycopg.Error:
            if connection.closed:
                await self.close()
            raise
        if self._warnings:
            raise CommittedHereOnly(self._warnings[0])
        return rows

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None or self._connection.closed:
            given = django.get_connection_params()
            own = {name: given[name] for name in _OWN if given.get(name)}
            self._connection = await psycopg.AsyncConnection.connect(
                **own, autocommit=True, connect_timeout=2, options=_OPTIONS
            )
            self._connection.add_notice_handler(self._note)
        return self._connection

    def _note(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.sqlstate == WARNING:
            self._warnings.append(diagnostic.message_primary or WARNING)

    async def close(self) -> None:
        """Close the connection; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
