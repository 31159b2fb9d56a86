"""The two roles, the database, and the note inside it that says for which code it was migrated."""

import ast
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from fenjin.kit.runtime.postgres import SUPERUSER, Postgres
from fenjin.kit.runtime.problem import Problem

OWNER, APPLICATION, DATABASE = "fenjin_owner", "fenjin_app", "fenjin"
OLDEST = 15
_PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Urls:
    """Where the database is: for the application, and for migrations."""

    application: str
    owner: str

    def environment(self) -> dict[str, str]:
        """Return what the platform's processes read."""
        return {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner}


def embedded_urls(server: Postgres, database: str = DATABASE) -> Urls:
    """Return both addresses of a database of the embedded server."""
    return Urls(server.url(APPLICATION, database), server.url(OWNER, database))


def ensure_database(server: Postgres, database: str = DATABASE, template: str = "template0") -> None:
    """Make the roles and the database when they are missing; the server must be running."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            if not _exists(connection, "pg_roles", "rolname", role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not _exists(connection, "pg_database", "datname", database):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    *map(sql.Identifier, (database, OWNER, template))
                )
            )


def _exists(connection: psycopg.Connection, catalogue: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(catalogue), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None


def grant_to_application(urls: Urls) -> None:
    """Let the application role read and write what the owner role will make, and nothing more.

    Only as defaults, before the tables are made: a migration may take a right back for good.
    """
    with psycopg.connect(urls.application) as connection:
        application = connection.info.user
    with psycopg.connect(urls.owner) as connection:
        if connection.info.user == application:
            return
        role = sql.Identifier(application)
        for rights, objects in (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE, SELECT", "SEQUENCES")):
            connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {} ON {} TO {}").format(
                    sql.SQL(rights), sql.SQL(objects), role
                )
            )


def require_usable(urls: Urls) -> None:
    """Raise Problem unless both addresses lead to a PostgreSQL that Fenjin can use."""
    for name, url in (("DATABASE_URL", urls.application), ("DATABASE_OWNER_URL", urls.owner)):
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                _require_version(connection)
        except psycopg.ProgrammingError as error:
            raise Problem(f"{name} is no address of a PostgreSQL database ({str(error).strip()}).", _EXAMPLE) from None
        except psycopg.OperationalError as error:
            reason = str(error).strip().splitlines()[0].removesuffix(".")
            raise Problem(
                f"The database of {name} cannot be reached: {reason}.", f"Start it, or correct {name}."
            ) from None


_EXAMPLE = "Write it like postgresql://fenjin_app:password@db.example/fenjin"


def _require_version(connection: psycopg.Connection) -> None:
    version = connection.info.server_version
    if version < OLDEST * 10000:
        raise Problem(
            f"The database runs PostgreSQL {version // 10000}; Fenjin needs {OLDEST} or newer.",
            "Upgrade it, or unset DATABASE_URL to use the embedded PostgreSQL.",
        )
    if connection.info.encoding != "utf-8" or connection.info.parameter_status("server_encoding") != "UTF8":
        raise Problem("The database does not store UTF-8.", "Make it with: CREATE DATABASE … ENCODING 'UTF8'")


def fingerprint(project: Path = _PROJECT) -> str:
    """Return a digest of what decides how the tables look: migrations, the list of apps and packages."""
    digest = hashlib.sha256(_apps(project / "config/settings.py").encode())
    for file in (project / "uv.lock", *sorted(project.glob("fenjin/*/migrations/*.py"))):
        digest.update(str(file.relative_to(project)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _apps(settings: Path) -> str:
    """Return the list of apps as written, without running the settings."""
    lists = [
        ast.unparse(statement)
        for statement in ast.parse(settings.read_text()).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) in ("HOUSE", "INSTALLED_APPS")
    ]
    return "\n".join(lists)


def read_note(owner_url: str) -> dict[str, Any]:
    """Return what was noted in the database: `fingerprint` of its migrations, what was `loaded`; {} when new."""
    with psycopg.connect(owner_url) as connection:
        row = connection.execute(
            "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"
        ).fetchone()
    try:
        return json.loads(row[0]) if row and row[0] else {}
    except ValueError:
        return {}


def write_note(owner_url: str, **news: str) -> None:
    """Add to the note; it is a comment on the migrations' own table, so it is copied and restored with it."""
    note = json.dumps(read_note(owner_url) | news)
    with psycopg.connect(owner_url) as connection:
        connection.execute(sql.SQL("COMMENT ON TABLE public.django_migrations IS {}").format(sql.Literal(note)))
