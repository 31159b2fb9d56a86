"""What is in the database at one moment: counted and digested table by table, inside one snapshot.

The digest of a table does not depend on the order of its rows: both halves of the MD5 of each row's
text, summed up. It is there to find a mistake, not an enemy: against those the archive is sealed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from fenjin.kit.runtime.problem import Problem

_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2
"""
_SEQUENCES = """
    SELECT schemaname, sequencename, coalesce(last_value, 0) FROM pg_sequences ORDER BY 1, 2
"""
_DIGEST = """
    SELECT count(*), coalesce(sum(('x' || left(h, 16))::bit(64)::bigint), 0),
           coalesce(sum(('x' || right(h, 16))::bit(64)::bigint), 0)
    FROM (SELECT md5(t::text) AS h FROM {table} t) AS rows
"""
# How a row is written as text depends on these.
_WRITING = {
    "datestyle": "ISO, MDY",
    "timezone": "UTC",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the digest of their content."""

    rows: int
    digest: str


@contextmanager
def snapshot(url: str) -> Iterator[tuple[psycopg.Connection, str]]:
    """Give a connection that sees one moment of the database, and the name by which pg_dump sees the same."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            [name] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
            yield connection, str(name)


def count_tables(connection: psycopg.Connection) -> dict[str, Table]:
    """Return every table by name with its rows and digest, as this connection sees them."""
    for name, value in _WRITING.items():
        connection.execute("SELECT set_config(%s, %s, true)", [name, value])
    counted = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        row = connection.execute(sql.SQL(_DIGEST).format(table=sql.Identifier(schema, table))).fetchone()
        rows, first, second = row or (0, 0, 0)
        digest = f"{int(first) % 2**64:016x}{int(second) % 2**64:016x}"
        counted[_name(schema, table)] = Table(int(rows), digest)
    return counted


def sequences(connection: psycopg.Connection) -> dict[str, int]:
    """Return the last number that each sequence gave.

    Sequences know no snapshot: what pg_dump reads a little later may be higher, never lower.
    """
    return {_name(schema, name): int(last) for schema, name, last in connection.execute(_SEQUENCES).fetchall()}


def facts(connection: psycopg.Connection) -> dict[str, Any]:
    """Return what a restore must know: PostgreSQL's version, the size, the migrations that were applied."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        raise Problem("This database has no tables of Fenjin.", "Name the right one, or run: make up")
    [size] = connection.execute("SELECT pg_database_size(current_database())").fetchone() or [0]
    applied = connection.execute("SELECT app || '.' || name FROM public.django_migrations ORDER BY 1").fetchall()
    return {
        "postgres": connection.info.server_version // 10000,
        "database_bytes": int(size),
        "migrations": [name for (name,) in applied],
    }


def _name(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"
