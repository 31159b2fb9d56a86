"""Uploaded rosters, encrypted on disk: they hold a whole company's phone numbers."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet
from django.conf import settings


def _key() -> Fernet:
    digest = hashlib.sha256(b"fenjin roster uploads\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _folder() -> Path:
    folder: Path = settings.FENJIN_DATA / "rosters"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def put(content: bytes, suffix: str) -> str:
    """Store the file and return the name it now has."""
    name = secrets.token_hex(16) + (suffix if suffix.isascii() and len(suffix) <= 6 else "")
    path = _folder() / name
    path.touch(mode=0o600)
    path.write_bytes(_key().encrypt(content))
    return name


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """Give the file in plain for as long as the block runs; raises FileNotFoundError if it is gone."""
    content = _key().decrypt((_folder() / name).read_bytes())
    with NamedTemporaryFile(dir=_folder(), suffix=Path(name).suffix) as plain:  # 0600
        plain.write(content)
        plain.flush()
        yield Path(plain.name)


def drop(name: str) -> None:
    """Delete the file; one that is gone already is fine."""
    if name:
        (_folder() / name).unlink(missing_ok=True)
