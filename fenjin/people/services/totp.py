"""Codes that an authenticator app shows: RFC 6238 with SHA-1, six digits, steps of 30 seconds.

These are the values that every app understands; with others some apps silently show wrong codes.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final
from urllib.parse import quote, urlencode

from fenjin.kit import clock

STEP_SECONDS: Final = 30
DIGITS: Final = 6
# One step before and after the present one: for clocks that differ, and for slow fingers.
DRIFT: Final = 1
ISSUER: Final = "Fenjin"


def new_secret() -> str:
    """Return 160 random bits in Base32, as RFC 4226 asks, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(secret: str, step: int) -> str:
    """Return the code of one time step (RFC 4226, section 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_now() -> int:
    """Return the present time step."""
    return int(clock.now().timestamp()) // STEP_SECONDS


def matching_step(secret: str, code: str, *, after: int = 0) -> int | None:
    """Return the time step whose code this is, or None; only steps later than `after` count, so no code works twice."""
    now = step_now()
    # All are compared, whichever fits, so that the time taken says nothing.
    fitting = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after
    ]
    return fitting[0] if fitting else None


def address_for_apps(secret: str, name: str) -> str:
    """Return the otpauth:// address that a QR code carries; `name` is how the app lists the account."""
    label = quote(f"{ISSUER}:{name}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"
