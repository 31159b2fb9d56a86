"""Whether a database is empty, and how it is emptied again when a restore into it failed."""

import psycopg
from psycopg import sql

# Everything in the public schema that no extension brought: (kind for DROP, its name as SQL).
_OBJECTS = """
    SELECT kind, name FROM (
        SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                   WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
               format('public.%I', c.relname) AS name, c.oid, 'pg_class'::regclass AS catalogue, 1 AS turn
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        UNION ALL
        SELECT 'ROUTINE', format('public.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
               p.oid, 'pg_proc'::regclass, 2
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'TYPE', format('public.%I', t.typname), t.oid, 'pg_type'::regclass, 3
        FROM pg_type t LEFT JOIN pg_class r ON r.oid = t.typrelid
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'c', 'r')
          AND (t.typrelid = 0 OR r.relkind = 'c')
    ) AS everything
    WHERE NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = catalogue AND d.objid = everything.oid AND d.deptype = 'e'
    )
    ORDER BY turn, kind = 'SEQUENCE', name
"""


def objects(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Return (kind, name) of all that lies in the public schema and belongs to no extension."""
    return [(str(kind), str(name)) for kind, name in connection.execute(_OBJECTS).fetchall()]


def drop_all(url: str) -> None:
    """Empty the public schema; only for a database that was seen to be empty before."""
    with psycopg.connect(url) as connection:
        for kind, name in objects(connection):
            statement = sql.SQL("DROP {} IF EXISTS {} CASCADE").format(sql.SQL(kind), sql.SQL(name))  # type: ignore[arg-type]
            connection.execute(statement)
