"""PostgreSQL's own pg_dump and pg_restore: found, run, and fed piece by piece."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from fenjin.kit.runtime import programs
from fenjin.kit.runtime.problem import NO_SPACE, Problem

PIECE = 8 * 1024 * 1024
# The one word of pg_restore that a server before 17 does not know; it changes nothing there.
_UNKNOWN_TO_OLDER = 'unrecognized configuration parameter "transaction_timeout"'


def program(name: str, server: int) -> Path:
    """Return pg_dump or pg_restore for a server of that version: ours, else the system's when it is new enough."""
    if server <= programs.MAJOR:
        return programs.shipped() / "bin" / name
    found = shutil.which(name)
    if found and _version(Path(found)) >= server:
        return Path(found)
    raise Problem(
        f"The database runs PostgreSQL {server}; Fenjin's own {name} is {programs.MAJOR}.",
        f"Install the client programs of PostgreSQL {server}, for example: apt-get install postgresql-client-{server}",
    )


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\b(\d+)[.\w]*\s*$|\) (\d+)", said)
    return int(next(filter(None, found.groups()))) if found else 0


def read(url: str, snapshot: str, server: int) -> Iterator[bytes]:
    """Yield pg_dump's output in pieces, as the named snapshot sees the database."""
    command = [str(program("pg_dump", server)), "--format=custom", "--compress=gzip:3", f"--snapshot={snapshot}"]
    with TemporaryFile() as errors:
        process = subprocess.Popen(command, env=_environment(url), stdout=subprocess.PIPE, stderr=errors)
        try:
            assert process.stdout is not None  # noqa: S101 (for the type checker: it is a pipe)
            while piece := process.stdout.read(PIECE):
                yield piece
            if process.wait():
                raise Problem("pg_dump could not read the database.", "It says:", _said(errors))
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@contextmanager
def writing(url: str, server: int) -> Iterator[IO[bytes]]:
    """Give a pipe into pg_restore, which fills the empty database at `url` in one transaction.

    Raises Problem when the database did not take all of it.
    """
    # Before 17 one harmless error would end the whole transaction.
    whole = ["--single-transaction"] if server >= 17 else []
    command = [str(program("pg_restore", server)), "--no-owner", "--no-privileges", *whole]
    name = str(conninfo_to_dict(url).get("dbname", ""))
    with TemporaryFile() as errors:
        process = subprocess.Popen(
            [*command, f"--dbname={name}"], env=_environment(url), stdin=subprocess.PIPE, stderr=errors
        )
        try:
            assert process.stdin is not None  # noqa: S101 (for the type checker: it is a pipe)
            with suppress(BrokenPipeError):
                yield process.stdin
                process.stdin.close()
            process.wait()
            _require_no_errors(process.returncode, _said(errors))
        finally:
            process.kill()
            process.wait()


def _require_no_errors(code: int, said: str) -> None:
    errors = [line for line in said.splitlines() if "error: " in line]
    serious = [line for line in errors if _UNKNOWN_TO_OLDER not in line]
    if NO_SPACE in said:
        raise Problem("The disk of the database is full; nothing was restored.", "Free some space there.")
    if serious or (code and not errors):
        raise Problem("pg_restore could not write the database.", "It says:", "\n".join(said.splitlines()[:12]))


def _said(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace").strip()


def _environment(url: str) -> dict[str, str]:
    """Return the address as variables, so that no password stands in the list of processes."""
    variables = {
        option.envvar.decode(): option.val.decode()
        for option in pq.Conninfo.parse(url.encode())
        if option.envvar and option.val
    }
    return os.environ | variables | {"LC_ALL": "C"}
