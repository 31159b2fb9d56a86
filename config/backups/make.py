"""`fenjin backup`: the whole installation as it stands at one moment, while it runs, into one closed file."""

import fcntl
import json
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg

from config.backups import archive, dump, keys, plan, rights, snapshot
from config.backups.archive import Member
from fenjin.kit.runtime import database, postgres
from fenjin.kit.runtime.console import say, step
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.folders import MIB
from fenjin.kit.runtime.problem import NO_SPACE, Problem, from_os_error

FORMAT = 1
PIECE = 1024 * 1024
# What of the data folder is no part of a backup: the database comes by pg_dump, the rest belongs to this machine.
_LEFT_OUT = frozenset({"pg", "log", "test", "running", "backup.json", "backup.json.new", "backup.lock"})


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is there."""

    file: Path
    id: str
    bytes: int
    rows: int
    seconds: float


def require_something(data: Path) -> None:
    """Raise Problem when there is no database to be backed up, rather than make an empty one."""
    if not os.environ.get("DATABASE_URL") and not postgres.locate(data).cluster.exists():
        raise Problem(f"There is no database in {data}.", "Name the data folder of the installation: --data")


def make(data: Path, urls: Urls, to: Path, key: Path, now: datetime) -> Made:
    """Write a backup into the folder `to`, or to the file `to`, and return it.

    The database is read in one snapshot; files are read after it, so each that the snapshot names is there.
    Until it is whole and on the disk the file is called ….partial. Raises Problem with a cure for whatever
    went wrong; then nothing is left of it.
    """
    began = time.monotonic()
    closing = keys.closing(key)
    file = _target(to, now)
    with _alone(data), _partial(file) as unfinished, snapshot.snapshot(urls.owner) as (connection, name):
        with step("Every table counted"):
            manifest = _manifest(connection, urls, data, now)
        with step("Database and files"):
            try:
                archive.write(unfinished, closing, _members(manifest, connection, urls, name, data))
            except OSError as error:
                raise _explained(error, file) from error
    rows = sum(table["rows"] for table in manifest["tables"].values())
    made = Made(file, manifest["id"], file.stat().st_size, rows, round(time.monotonic() - began, 1))
    plan.note(data, good=now.isoformat(), file=str(file), bytes=made.bytes, failed="")
    return made


def thin_out(folder: Path, daily: int, weekly: int) -> int:
    """Delete the backups in `folder` that need not be kept; return how many went."""
    names = plan.superfluous([path.name for path in folder.iterdir()], daily, weekly)
    for name in names:
        (folder / name).unlink(missing_ok=True)
    return len(names)


def _target(to: Path, now: datetime) -> Path:
    """Return the file to be written; a path that ends in .age is one, any other is a folder."""
    file = to if to.name.endswith(".age") and not to.is_dir() else to / plan.file_name(now)
    if file.exists():
        raise Problem(f"{file} is there already; a backup is never replaced.", "Give --to another name or a folder.")
    if not file.parent.is_dir():
        raise Problem(f"{file.parent} is no folder.", "Make it or mount its disk, or give --to another one.")
    return file


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the lock of backups; raises Problem while another is being made of this data folder."""
    handle = os.open(data / "backup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Problem("A backup of this data folder is being made now.", "Wait until it is done.") from None
    finally:
        os.close(handle)


@contextmanager
def _partial(file: Path) -> Iterator[Path]:
    """Give the name under which the backup is written; it gets its own name when the block is done."""
    unfinished = file.with_name(file.name + ".partial")
    with suppress(OSError):
        for left in [unfinished, *file.parent.glob("fenjin-*.tar.age.partial")]:
            left.unlink(missing_ok=True)  # of a backup that was killed: nobody else makes one now
    try:
        yield unfinished
        unfinished.rename(file)
        _sync(file.parent)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(error: OSError, file: Path) -> Problem:
    if NO_SPACE in str(error):
        return Problem(
            f"The disk that holds {file.parent} is full; no backup was made.",
            "Free some space there, keep fewer backups, or give --to another disk.",
        )
    return from_os_error(error, file.parent)


def _manifest(connection: psycopg.Connection, urls: Urls, data: Path, now: datetime) -> dict[str, Any]:
    """Return what the backup says of itself; written first, so that a restore can refuse early."""
    with psycopg.connect(urls.application) as application:
        role = application.info.user
    files = list(_files(data))
    tables = snapshot.count_tables(connection)
    return {
        "format": FORMAT,
        "id": uuid.uuid4().hex,
        "made_at": now.astimezone(UTC).isoformat(),
        "fenjin": metadata.version("fenjin"),
        **snapshot.facts(connection),
        "fingerprint": database.fingerprint(),
        "tables": {name: asdict(table) for name, table in tables.items()},
        "sequences": snapshot.sequences(connection),
        "rights": rights.read(connection, role),
        "files": len(files),
        "file_bytes": sum(path.stat().st_size for path in files),
        "own_secret_key": not os.environ.get("SECRET_KEY"),
    }


def _members(
    manifest: dict[str, Any], connection: psycopg.Connection, urls: Urls, snapshot_name: str, data: Path
) -> Iterator[Member]:
    yield Member.of("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    for number, piece in enumerate(dump.read(urls.owner, snapshot_name, manifest["postgres"])):
        yield Member.of(f"database/{number:05}.part", piece)
    for path in _files(data):
        try:
            with path.open("rb") as file:
                about = os.fstat(file.fileno())
                name = f"files/{path.relative_to(data).as_posix()}"
                yield Member(name, about.st_size, _pieces(file, about.st_size), about.st_mode & 0o777, about.st_mtime)
        except FileNotFoundError:
            continue  # deleted a moment ago, and the snapshot may do without: an upload whose time had come


def _pieces(file: Any, size: int) -> Iterable[bytes]:
    left = size
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _files(data: Path) -> Iterator[Path]:
    """Yield every file of the data folder that belongs to a backup; links lead elsewhere and are left out."""
    for folder, folders, names in os.walk(data):
        here = Path(folder)
        top = here == data
        folders[:] = sorted(name for name in folders if not (top and name in _LEFT_OUT))
        for name in sorted(names):
            path = here / name
            backup = name.endswith((".tar.age", ".tar.age.partial"))
            if not (top and name in _LEFT_OUT) and not backup and path.is_file() and not path.is_symlink():
                yield path


def tell(made: Made) -> None:
    """Say what was made and what to do with it."""
    say(f"  {made.file}: {made.bytes / MIB:,.1f} MiB, {made.rows:,} rows, {made.seconds:.0f} s")
    say("  Copy it to another machine; it opens with the secret half of the key only.")
