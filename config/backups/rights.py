"""The application role's rights: noted in a backup without the role's name, and given back to whoever has the part.

A restored database may belong to roles of other names, so ownership and grants are not taken from pg_dump.
"""

from typing import Any

import psycopg
from psycopg import sql

_ON_RELATIONS = """
    SELECT n.nspname, c.relname, c.relkind = 'S', array_agg(a.privilege_type ORDER BY a.privilege_type)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND a.grantee = %s::regrole AND c.relowner <> %s::regrole
    GROUP BY 1, 2, 3 ORDER BY 1, 2
"""
_CLOSED_FUNCTIONS = """
    SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
           coalesce(bool_or(a.grantee = %s::regrole), false)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(p.proacl) a
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.prokind = 'f'
      AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) b WHERE b.grantee = 0)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def read(connection: psycopg.Connection, application: str) -> dict[str, Any]:
    """Return the rights of the role `application`: on tables and sequences, and the functions closed to everybody."""
    name = psycopg.sql.Identifier(application).as_string(connection)
    relations = connection.execute(_ON_RELATIONS, [name, name]).fetchall()
    functions = connection.execute(_CLOSED_FUNCTIONS, [name]).fetchall()
    return {"relations": [list(row) for row in relations], "functions": [list(row) for row in functions]}


def give(connection: psycopg.Connection, noted: dict[str, Any], application: str) -> None:
    """Give the noted rights to the role `application`; nothing to do when it owns the tables itself."""
    if connection.info.user == application:
        return
    role = sql.Identifier(application)
    for schema, name, is_sequence, rights in noted["relations"]:
        connection.execute(
            sql.SQL("GRANT {} ON {} {} TO {}").format(
                sql.SQL(", ".join(rights)),
                sql.SQL("SEQUENCE" if is_sequence else "TABLE"),
                sql.Identifier(schema, name),
                role,
            )
        )
    for schema, name, arguments, ours in noted["functions"]:
        function = sql.SQL("{}({})").format(sql.Identifier(schema, name), sql.SQL(arguments))
        connection.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(function))
        if ours:
            connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))
