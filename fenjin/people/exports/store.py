"""Packed data on disk: encrypted with a key of this installation, and only until they are fetched or too old."""

import base64
import hashlib
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def put(content: bytes) -> str:
    """Encrypt and store a file; return the name it now has."""
    name = secrets.token_hex(16)
    path = _folder() / name
    path.touch(mode=0o600)
    path.write_bytes(_key().encrypt(content))
    return name


def read(name: str) -> bytes | None:
    """Return the file in plain, or None if it is gone or was sealed with another key."""
    try:
        return _key().decrypt((_folder() / name).read_bytes())
    except (OSError, InvalidToken):
        return None


def drop(name: str) -> None:
    """Delete the file; one that is gone already is fine."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def _key() -> Fernet:
    digest = hashlib.sha256(b"fenjin own data\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _folder() -> Path:
    folder: Path = settings.FENJIN_DATA / "own-data"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
