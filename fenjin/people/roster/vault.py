"""Uploaded rosters, encrypted on disk piece by piece: they hold a whole company's phone numbers.

A file is a header (mark, salt) and pieces of 1 MiB, each sealed by AES-256-GCM (NIST SP 800-38D)
under a key of its own file: HKDF-SHA256 (RFC 5869) of the secret key, the salt, and a purpose that
no other key of the platform has. The nonce of a piece is its number and whether it is the last, so
that pieces cannot be swapped, left out or cut off without being seen.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PIECE = 1024 * 1024
_MARK, _SALT, _TAG = b"FJR1", 16, 16
_PURPOSE = b"fenjin roster uploads"


class Unsealed(ValueError):
    """A stored file is not what was stored: another key, or changed bytes."""


def _cipher(salt: bytes) -> AESGCM:
    key = HKDF(SHA256(), 32, salt, _PURPOSE).derive(settings.SECRET_KEY.encode())
    return AESGCM(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if last else b"\0")


def _folder() -> Path:
    folder: Path = settings.FENJIN_DATA / "rosters"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def put(content: bytes | Path, suffix: str) -> str:
    """Store bytes, or a file piece by piece, and return the name it now has."""
    name = secrets.token_hex(16) + (suffix if suffix.isascii() and len(suffix) <= 6 else "")
    salt = os.urandom(_SALT)
    cipher = _cipher(salt)
    path = _folder() / name
    with open(path, "xb", opener=_private) as sealed:
        sealed.write(_MARK + salt)
        for number, (piece, last) in enumerate(_mark_last(_pieces(content))):
            sealed.write(cipher.encrypt(_nonce(number, last=last), piece, _MARK))
        sealed.flush()
        os.fsync(sealed.fileno())
    return name


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + PIECE] for start in range(0, len(content), PIECE))
        return
    with content.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _mark_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    before = b""
    for number, piece in enumerate(pieces):
        if number:
            yield before, False
        before = piece
    yield before, True


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """Give the file in plain for as long as the block runs, to this process alone.

    The plain file never has a name in a folder, so a process that is killed leaves none behind.
    Raises FileNotFoundError if it is gone, Unsealed if it is not what was stored.
    """
    if not name:
        raise FileNotFoundError(name)
    with (_folder() / name).open("rb") as sealed, TemporaryFile(dir=_folder()) as plain:
        _unseal(sealed, plain)
        plain.flush()
        yield Path(f"/proc/self/fd/{plain.fileno()}")


def _unseal(sealed: IO[bytes], plain: Any) -> None:
    begin = sealed.read(len(_MARK) + _SALT)
    if begin[: len(_MARK)] != _MARK or len(begin) != len(_MARK) + _SALT:
        raise Unsealed
    cipher = _cipher(begin[len(_MARK) :])
    pieces = iter(lambda: sealed.read(PIECE + _TAG), b"")
    try:
        for number, (piece, last) in enumerate(_mark_last(pieces)):
            plain.write(cipher.decrypt(_nonce(number, last=last), piece, _MARK))
    except InvalidTag as error:
        raise Unsealed from error


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(name: str) -> int:
    """Return how many bytes a stored file has, 0 for one that is gone."""
    path = _folder() / name
    return path.stat().st_size if name and path.is_file() else 0


def drop(name: str) -> None:
    """Delete the file; one that is gone already is fine."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def sweep(known: set[str], older_than: float) -> int:
    """Delete what no import names any more, left by a process that was killed; return how many.

    `older_than` is a time in seconds since 1970: what is younger may be in the making.
    """
    gone = 0
    for path in _folder().iterdir():
        if path.name not in known and path.is_file() and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
