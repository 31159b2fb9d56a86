"""The file itself: a tar archive that is closed while it is written and opened while it is read.

Nothing of it is kept in memory but a piece at a time, and nothing of it ever lies open on a disk.
"""

import hashlib
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from fenjin.kit.runtime.problem import Problem

SUMS = "SHA256SUMS"
_BLOCK = tarfile.BLOCKSIZE


class Member:
    """One file in the archive: its name, its size in bytes, and where its bytes come from."""

    def __init__(self, name: str, size: int, pieces: Iterable[bytes], mode: int = 0o600, changed_at: float = 0) -> None:
        self.info = tarfile.TarInfo(name)
        self.info.size, self.info.mode, self.info.mtime = size, mode, int(changed_at)
        self.pieces = pieces

    @classmethod
    def of(cls, name: str, content: bytes) -> "Member":
        """Return a member whose content is at hand."""
        return cls(name, len(content), [content])


def write(path: Path, key: Any, members: Iterable[Member]) -> None:
    """Write the members to a new file, closed with `key`, and wait until the disk has it.

    The last member holds the SHA-256 of all others. Raises what reading a member or writing the file
    raises; a half-written file is left to the caller.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        source, target = _Source(_tar(members)), _Target(file)
        try:
            pyrage.encrypt_io(source, target, [key])
        except (pyrage.EncryptError, OSError) as error:
            raise source.error or target.error or error from None
        if source.error:
            raise source.error
        file.flush()
        os.fsync(file.fileno())


def _tar(members: Iterable[Member]) -> Iterator[bytes]:
    sums = []
    for member in members:
        digest = hashlib.sha256()
        yield from _as_tar(member, digest)
        sums.append(f"{digest.hexdigest()}  {member.info.name}\n")
    yield from _as_tar(Member.of(SUMS, "".join(sums).encode()), hashlib.sha256())
    yield b"\0" * (2 * _BLOCK)


def _as_tar(member: Member, digest: Any) -> Iterator[bytes]:
    """Yield a member as tar has it: a head, the content, and zeros up to a whole block."""
    yield member.info.tobuf(tarfile.PAX_FORMAT)
    left = member.info.size
    for piece in member.pieces:
        left -= len(piece)
        digest.update(piece)
        yield piece
    if left:
        raise Problem(f"{member.info.name} changed while it was read.", "Make the backup again.")
    yield b"\0" * (-member.info.size % _BLOCK)


class _Source:
    """Gives pieces of any size as a file to be read; keeps what went wrong."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)


class _Target:
    """Takes bytes as a file to be written; keeps what went wrong."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: BaseException | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._file.write(piece)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def opened(path: Path, key: Any) -> Iterator[tarfile.TarFile]:
    """Give the archive, opened piece by piece as it is read; what is given is proved to be whole and unchanged.

    Raises Problem when the key is another, or the file is cut, changed or no backup. All members must be
    read before the block ends, since the end of the file is checked last.
    """
    reading, writing = os.pipe()
    opener = _Opener(path, key, writing)
    opener.start()
    finished = False
    try:
        with os.fdopen(reading, "rb") as stream:
            try:
                with tarfile.open(fileobj=stream, mode="r|") as tar:
                    yield tar
                    finished = True
                while stream.read(1 << 20):
                    pass
            except tarfile.ReadError:
                opener.join()
                raise opener.problem() or _no_backup(path) from None
    finally:
        opener.join()
    if finished and (problem := opener.problem()):
        raise problem


class _Opener(threading.Thread):
    """Opens the file into a pipe."""

    def __init__(self, path: Path, key: Any, writing: int) -> None:
        super().__init__(name="opens the backup", daemon=True)
        self._path, self._key, self._writing = path, key, writing
        self._error: Exception | None = None

    def run(self) -> None:
        with os.fdopen(self._writing, "wb", buffering=0) as target:
            try:
                with self._path.open("rb") as source:
                    pyrage.decrypt_io(source, _Whole(target), [self._key])
            except (OSError, pyrage.DecryptError) as error:
                self._error = error

    def problem(self) -> Problem | None:
        """Return what was wrong with the file, if anything."""
        if self._error is None:
            return None
        words = str(self._error)
        if "No matching keys" in words:
            return Problem(
                f"This key does not open {self._path}.", "Give --key the secret half of the key it was closed with."
            )
        if isinstance(self._error, pyrage.DecryptError) and "decryption" not in words:
            return _no_backup(self._path)
        return damaged(self._path)


class _Whole:
    """Writes all it is given to a pipe."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe

    def write(self, piece: bytes) -> int:
        rest = memoryview(piece)
        while rest:
            rest = rest[self._pipe.write(rest) :]
        return len(piece)

    def flush(self) -> None:
        pass


def damaged(path: Path) -> Problem:
    """Return the problem to raise for a backup that is cut off or changed."""
    return Problem(f"{path} is cut off or damaged: it was not made or copied to its end.", "Use another copy of it.")


def _no_backup(path: Path) -> Problem:
    return Problem(f"{path} is no backup of Fenjin.", "Give the file that fenjin backup made (….tar.age).")
