"""`fenjin doctor`: looks at an installation from the outside in, and names the cure of what is wrong."""

import json
import os
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import psycopg

from config import processes, translations
from config.backups import plan
from fenjin.kit import clock
from fenjin.kit.doctor import Finding, examine, examine_registered
from fenjin.kit.runtime import database, folders, ports, postgres
from fenjin.kit.runtime.console import say
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem

PROJECT = processes.PROJECT
LITTLE_ROOM = 1024 * folders.MIB
SETUP = "Run: make setup"


def run(data: Path, port: int, as_json: bool) -> int:
    """Print all findings; return 0 when nothing needs a cure."""
    findings = list(examine_all(data, port))
    well = all(finding.ok for finding in findings)
    if as_json:
        say(json.dumps({"ok": well, "checks": [finding.as_dict() for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            say(f"  {'✓' if finding.ok else '✗'} {finding.name}{': ' + finding.cure if finding.cure else ''}")
    return 0 if well else 1


def examine_all(data: Path, port: int) -> Iterator[Finding]:
    """Yield each finding: first what needs no database, then the database, then what lives in it."""
    yield examine("python", _python)
    yield examine("packages", _packages)
    yield examine("front end", _front_end)
    yield examine("translations", _translations)
    yield examine("data folder", lambda: _data_folder(data))
    yield examine("disk", lambda: _disk(data))
    yield examine("port", lambda: _port(data, port))
    yield _backup(data)
    urls = _urls(data)
    reachable = examine("database", lambda: _database(data, urls))
    yield reachable
    if reachable.ok:
        yield _roles(urls)
        yield examine("clock", lambda: _clock(urls))
        yield from _inside(data, urls)


def _python() -> str | None:
    return (
        None
        if sys.version_info[:2] == (3, 13)
        else f"Fenjin runs on Python 3.13, not {sys.version.split()[0]}. {SETUP}"
    )


def _packages() -> str | None:
    locked = tomllib.loads((PROJECT / "uv.lock").read_text())["package"]
    wanted = {package["name"]: package["version"] for package in locked if "version" in package}
    ours = {name.replace("_", "-").lower(): version for name, version in _installed()}
    wrong = [name for name, version in wanted.items() if name in ours and ours[name] != version]
    missing = [name for name in ("django", "wagtail", "granian", "procrastinate", "psycopg") if name not in ours]
    return f"Not as uv.lock says: {', '.join(wrong + missing)}. {SETUP}" if wrong or missing else None


def _installed() -> Iterator[tuple[str, str]]:
    for distribution in metadata.distributions():
        yield distribution.metadata["Name"], distribution.version


def _front_end() -> str | None:
    dist = PROJECT / "frontend" / "dist"
    try:
        manifest = json.loads((dist / "manifest.json").read_text())
    except (OSError, ValueError):
        return f"It is not built. {SETUP}"
    missing = [file for file in manifest.values() if isinstance(file, str) and not (dist / file).exists()]
    return f"Missing from it: {', '.join(missing)}. {SETUP}" if missing else None


def _translations() -> str | None:
    stale = [str(path.relative_to(PROJECT)) for path in translations.stale()]
    return f"Not compiled: {', '.join(stale)}. {SETUP}" if stale else None


def _data_folder(data: Path) -> str | None:
    if not data.exists():
        return f"{data} does not exist yet. Run: make up"
    if not os.access(data, os.W_OK | os.X_OK):
        return f"This account may not write to {data}. Use the account that runs Fenjin."
    key = data / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        return f"Others can read {key}. Run: chmod 600 {key}"
    return f"Everybody may write to {data}. Run: chmod o-w {data}" if data.stat().st_mode & 0o002 else None


def _disk(data: Path) -> str | None:
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    try:
        folders.require_room(existing, LITTLE_ROOM)
    except Problem as problem:
        return str(problem)
    return None


def _backup(data: Path) -> Finding:
    ok, sentence = plan.condition(data, clock.now())
    return Finding("backup", ok, sentence)


def _port(data: Path, port: int) -> str | None:
    about = folders.holder(data)
    if about is None:
        try:
            ports.require_free("127.0.0.1", port)
        except Problem as problem:
            return str(problem)
        return None
    own_port = about.get("port", port)
    if processes.is_alive(about.get("host", "127.0.0.1"), own_port):
        return None
    return f"Fenjin runs but does not answer on port {own_port}. Look into {data / 'log' / 'web.log'}"


def _urls(data: Path) -> Urls:
    given = os.environ.get("DATABASE_URL")
    if given:
        return Urls(given, os.environ.get("DATABASE_OWNER_URL") or given)
    return database.embedded_urls(postgres.locate(data))


def _database(data: Path, urls: Urls) -> str | None:
    if not os.environ.get("DATABASE_URL") and folders.holder(data) is None:
        return "The embedded PostgreSQL is not running. Run: make up"
    try:
        database.require_usable(urls)
    except Problem as problem:
        return str(problem)
    return None


def _roles(urls: Urls) -> Finding:
    with psycopg.connect(urls.application) as application, psycopg.connect(urls.owner) as owner:
        same = application.info.user == owner.info.user
    advice = "The application owns its tables. Safer: a plain role in DATABASE_URL, the owner in DATABASE_OWNER_URL."
    return Finding("roles", ok=True, cure=advice if same else "")


def _clock(urls: Urls) -> str | None:
    with psycopg.connect(urls.application) as connection:
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    apart = abs(time.time() - float(row[0])) if row else 0.0
    return f"This machine and the database are {apart:.0f} s apart. Let both ask a time server." if apart > 2 else None


def _inside(data: Path, urls: Urls) -> Iterator[Finding]:
    """Set Django up and look at what lives in the database."""
    from config.up import platform_environment

    os.environ.update(platform_environment(data, urls, 8000))
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    import django

    django.setup()
    yield examine("migrations", _migrations)
    yield examine("worker", _worker)
    yield from examine_registered()


def _migrations() -> str | None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} migrations are not applied. Restart: make up" if pending else None


def _worker() -> str | None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        (age,) = cursor.fetchone()
    if age is None:
        return "No worker runs. Restart: make up"
    return f"The worker has been silent for {age:.0f} s. Look into DATA/log/worker.log" if age > 60 else None
