"""Names for things that must not be guessed or doubled."""

import re
import uuid

_CLIENT_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


def client_key(text: str | None) -> str:
    """Return the key under which a phone may repeat a write, or a fresh one if it sent none usable."""
    return text if text and _CLIENT_KEY.fullmatch(text) else uuid.uuid4().hex
