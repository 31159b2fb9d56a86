"""Names for things that must not be guessed or doubled."""

import re
import secrets
import uuid

from fenjin.kit import clock

_CLIENT_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


def client_key(text: str | None) -> str:
    """Return the key under which a phone may repeat a write, or a fresh one if it sent none usable."""
    return text if text and _CLIENT_KEY.fullmatch(text) else uuid.uuid4().hex


def ordered_id() -> int:
    """Return a number for a row of a ledger that no sequence gives: it fits a bigint and grows with time.

    Milliseconds in front, twenty random bits behind; the unique key of the table catches the rest.
    """
    return int(clock.now().timestamp() * 1000) << 20 | secrets.randbits(20)
