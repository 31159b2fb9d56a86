"""The data folder: made, checked for room, and held by one supervisor at a time."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fenjin.kit.runtime.problem import Problem, disk_full, from_os_error

MIB = 1024 * 1024
ROOM_FOR_A_NEW_DATABASE = 400 * MIB
ROOM_TO_RUN = 64 * MIB


def open_data_folder(data: Path) -> Path:
    """Make the data folder and its log folder; raises Problem when it cannot be reached or written."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / "log").mkdir(exist_ok=True)
        probe = data / "log" / ".write-probe"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except (FileExistsError, NotADirectoryError):
        raise Problem(f"{data} is not a folder.", "Give DATA= the path of a folder.") from None
    except OSError as error:
        raise from_os_error(error, data) from None
    return data


def require_room(folder: Path, needed: int) -> None:
    """Raise Problem unless the disk below `folder` has `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        problem = disk_full(folder)
        problem.sentence = (
            f"Only {free // MIB} MiB are free on the disk that holds {folder}; {needed // MIB} MiB are needed."
        )
        raise problem


@contextmanager
def hold(data: Path, **about: Any) -> Iterator[None]:
    """Hold the data folder while the block runs; raises Problem when another supervisor holds it.

    `about` is left in the lock file for other commands: they read it with `holder`.
    """
    handle = os.open(data / "running", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already_running(data) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), **about}).encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def holder(data: Path) -> dict[str, Any] | None:
    """Return what the supervisor that holds this data folder says of itself, or None when there is none."""
    try:
        handle = os.open(data / "running", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        return json.loads(os.pread(handle, 4096, 0) or b"{}")
    finally:
        os.close(handle)


def _already_running(data: Path) -> Problem:
    about = holder(data) or {}
    return Problem(
        f"Fenjin already runs from {data}: process {about.get('pid', '?')}, {about.get('url', 'address unknown')}.",
        "Use that one, stop it first, or start another with its own DATA= and PORT=.",
    )
