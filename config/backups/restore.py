"""`fenjin restore`: a backup into an empty place, proved table by table before anybody uses it."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg

from config import processes
from config.backups import archive, contents, dump, rights, snapshot
from config.backups.make import FORMAT
from config.backups.snapshot import Table
from config.up import open_database, platform_environment
from fenjin.kit.runtime import database, folders, postgres
from fenjin.kit.runtime.console import say, step
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem, from_os_error
from fenjin.kit.runtime.supervisor import Supervisor

PIECE = 1024 * 1024
_MIGRATIONS = processes.PROJECT / "fenjin"


def check(file: Path, key: Any) -> dict[str, Any]:
    """Read a backup to its end and return what it says of itself; raises Problem unless it is whole and unchanged."""
    manifest: dict[str, Any] = {}
    sums, claimed = {}, ""
    with archive.opened(file, key) as tar:
        for member, content in _contents(tar):
            if member.name == archive.SUMS:
                claimed = content.read().decode()
                continue
            digest = hashlib.sha256()
            if member.name == "manifest.json":
                text = content.read()
                digest.update(text)
                manifest = json.loads(text)
            while piece := content.read(PIECE):
                digest.update(piece)
            sums[member.name] = digest.hexdigest()
    if not manifest:
        raise archive.damaged(file)
    if claimed != "".join(f"{digest}  {name}\n" for name, digest in sums.items()):
        raise archive.damaged(file)
    return manifest


def restore(file: Path, key: Any, data: Path, keep_sessions: bool) -> dict[str, Any]:
    """Bring a backup back into an empty data folder (and the empty database of DATABASE_URL, if given).

    Returns its manifest. Whatever goes wrong is told as a Problem, and the place is left as empty as it was.
    """
    with step("The backup is whole"):
        manifest = check(file, key)
    _require_known(manifest, file)
    _require_empty(data)
    with _emptied_on_failure(data):
        folders.open_data_folder(data)
        with folders.hold(data, url="(a restore)"), Supervisor(data / "log", say) as supervisor:
            embedded = not os.environ.get("DATABASE_URL")
            wanted = manifest["file_bytes"] + (manifest["database_bytes"] * 5 // 4 if embedded else 0)
            folders.require_room(data, wanted + folders.ROOM_FOR_A_NEW_DATABASE)
            urls = open_database(supervisor, data)
            _require_fit(urls, manifest)
            try:
                with step("Database and files"):
                    _fill(file, key, data, urls)
                with step("Every table compared"):
                    _give_rights(urls, manifest)
                    _require_same(urls, manifest)
                _finish(supervisor, urls, data, manifest, keep_sessions)
            except BaseException:
                if not embedded:
                    contents.drop_all(urls.owner)
                raise
    return manifest


def _contents(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is not None:
            yield member, content


def _require_known(manifest: dict[str, Any], file: Path) -> None:
    """Raise Problem unless this release understands the backup: older ones yes, newer ones no."""
    release = manifest.get("fenjin", "?")
    cure = f"Restore it with the release that made it ({release}), or with a newer one."
    if manifest.get("format") != FORMAT:
        raise Problem(
            f"{file} is a backup of another kind ({manifest.get('format')}; this release reads {FORMAT}).", cure
        )
    ours = {f"{path.parts[-3]}.{path.stem}" for path in _MIGRATIONS.glob("*/migrations/[0-9]*.py")}
    apps = {name.split(".")[0] for name in ours}
    unknown = [name for name in manifest["migrations"] if name.split(".")[0] in apps and name not in ours]
    if unknown:
        raise Problem(f"{file} was made by another release of Fenjin: this one does not know {unknown[-1]}.", cure)


def _require_empty(data: Path) -> None:
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise Problem(
            f"{data} is not empty; a backup is never restored over something.", "Name an empty or a new folder: --data"
        )
    if not os.environ.get("DATABASE_URL"):
        home = postgres.locate(data).home
        if home.exists() and any(home.iterdir()):
            raise Problem(f"There is a database of that name already: {home}.", "Name another folder: --data")


@contextmanager
def _emptied_on_failure(data: Path) -> Iterator[None]:
    """Take away what a failed restore left: all in the folder is ours, since it was empty."""
    was_there = data.exists()
    try:
        yield
    except BaseException as error:
        home = None if os.environ.get("DATABASE_URL") else postgres.locate(data).home
        with suppress(OSError):
            for path in data.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if not was_there:
                data.rmdir()
        if home is not None and not home.is_relative_to(data):
            shutil.rmtree(home, ignore_errors=True)
        if isinstance(error, OSError):
            raise from_os_error(error, data) from error
        raise


def _require_fit(urls: Urls, manifest: dict[str, Any]) -> None:
    """Raise Problem unless the database is empty and new enough for what was dumped."""
    with psycopg.connect(urls.owner) as connection:
        server = connection.info.server_version // 10000
        there = contents.objects(connection)
    if there:
        raise Problem(
            f"The database of DATABASE_URL is not empty (it has {there[0][1]}).", "Name an empty one: CREATE DATABASE …"
        )
    if server < manifest["postgres"]:
        raise Problem(
            f"The backup comes from PostgreSQL {manifest['postgres']}; this database runs {server}.",
            f"Give DATABASE_URL of PostgreSQL {manifest['postgres']} or newer, or unset it to use the embedded one.",
        )


def _fill(file: Path, key: Any, data: Path, urls: Urls) -> None:
    with psycopg.connect(urls.owner) as connection:
        server = connection.info.server_version // 10000
    with archive.opened(file, key) as tar, dump.writing(urls.owner, server) as pipe:
        for member, content in _contents(tar):
            top, _slash, rest = member.name.partition("/")
            if top == "database":
                shutil.copyfileobj(content, pipe, PIECE)
            elif top == "files":
                _write_file(data, rest, member.mode, content)


def _write_file(data: Path, name: str, mode: int, content: IO[bytes]) -> None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or parts[0] == "/":
        raise Problem(f"The backup names a file outside of its folder: {name}.", "Do not use it.")
    path = data.joinpath(*parts)
    for folder in reversed(path.relative_to(data).parents):
        (data / folder).mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode & 0o777), "wb") as target:
        shutil.copyfileobj(content, target, PIECE)


def _give_rights(urls: Urls, manifest: dict[str, Any]) -> None:
    with psycopg.connect(urls.application) as connection:
        application = connection.info.user
    with psycopg.connect(urls.owner) as connection:
        rights.give(connection, manifest["rights"], application)
    database.grant_to_application(urls)  # for tables that later migrations make


def _require_same(urls: Urls, manifest: dict[str, Any]) -> None:
    """Compare every table and sequence with the backup, print it, and raise Problem when one differs."""
    with snapshot.snapshot(urls.owner) as (connection, _name):
        here = snapshot.count_tables(connection)
        numbers = snapshot.sequences(connection)
    there = {name: Table(**table) for name, table in manifest["tables"].items()}
    _print_comparison(there, here)
    wrong = [name for name in sorted(there.keys() | here.keys()) if there.get(name) != here.get(name)]
    wrong += [name for name, last in manifest["sequences"].items() if numbers.get(name, -1) < last]
    if wrong:
        raise Problem(
            f"What was restored is not what was backed up: {', '.join(wrong)}; nothing of it was kept.",
            "Try again on another disk, or use another backup.",
        )


def _print_comparison(there: dict[str, Table], here: dict[str, Table]) -> None:
    width = max(map(len, there), default=0)
    say(f"\n    {'table':{width}}  {'rows':>12}  {'backup':32}  here")
    empty = 0
    for name, table in there.items():
        now = here.get(name)
        same = now == table
        if same and not table.rows:
            empty += 1
            continue
        verdict = "the same" if same else f"DIFFERS: {now.rows:,} rows, {now.digest}" if now else "MISSING"
        say(f"    {name:{width}}  {table.rows:>12,}  {table.digest}  {verdict}")
    say(f"    {empty} tables are empty, there and here.")


def _finish(supervisor: Supervisor, urls: Urls, data: Path, manifest: dict[str, Any], keep_sessions: bool) -> None:
    """Bring the tables up to date, end all sessions, learn what the tables hold, and note it in the log."""
    environment = platform_environment(data, urls, 8000)
    fingerprint = database.fingerprint()
    if database.read_note(urls.owner).get("fingerprint") != fingerprint:
        with step("Tables brought up to date"):
            supervisor.run(processes.migration(environment))
            database.write_note(urls.owner, fingerprint=fingerprint)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("ANALYZE")
    with step("Sessions kept" if keep_sessions else "Sessions ended"):
        supervisor.run(processes.after_restore(environment, manifest["id"], manifest["made_at"], keep_sessions))


def tell(manifest: dict[str, Any], data: Path, port: int) -> None:
    """Say what was restored and how to go on."""
    say(f"\n  Restored: the backup of {manifest['made_at'][:16].replace('T', ' ')} UTC, equal in every table.")
    if not manifest["own_secret_key"]:
        say("  Its SECRET_KEY came from the environment: set the same, or uploaded rosters stay closed.")
    where = "" if port == 8000 else f" PORT={port}"
    say(f"  Start it: make up DATA={data}{where}")
