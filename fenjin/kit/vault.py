"""Small secrets at rest: sealed with a key of this installation, so that a copy of the database opens nothing.

Each purpose has a key of its own, made from SECRET_KEY: what was sealed for one opens for no other.
"""

import base64
import hashlib
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_ABOUT: Final = b"fenjin vault\0"


class Unreadable(ValueError):
    """What is stored was sealed with another key, was changed, or is too old."""


def seal(text: str, *, purpose: str) -> str:
    """Return the text encrypted and signed (Fernet: AES-128-CBC with HMAC-SHA256), as printable ASCII."""
    return _key(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str, seconds: int | None = None) -> str:
    """Return the text again; with `seconds` only if it was sealed that lately. Raises Unreadable."""
    try:
        return _key(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unreadable(purpose) from error


def _key(purpose: str) -> Fernet:
    digest = hashlib.sha256(_ABOUT + purpose.encode() + b"\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
