"""Django's own check of forms (django.middleware.csrf), for doors that are not behind its middleware.

A door of the hot lane asks for more than Django does: the token of the form, and an Origin that is ours.
"""

import os
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.middleware import csrf as django_csrf

csrf: Any = django_csrf  # what is asked of it here has no public name
_SIGNS: Final = csrf.CSRF_ALLOWED_CHARS
_PLACE: Final = {sign: place for place, sign in enumerate(_SIGNS)}
_EVEN: Final = 256 - 256 % len(_SIGNS)  # a byte above it would favour the first signs


def secret_of(cookies: Mapping[str, str]) -> str | None:
    """Return the secret that a browser's cookie holds, or None if there is none or it is not of today's form."""
    secret = cookies.get(settings.CSRF_COOKIE_NAME, "")
    return secret if len(secret) == csrf.CSRF_SECRET_LENGTH and _is_well_formed(secret) else None


def new_secret() -> str:
    """Return a secret for a browser that has none."""
    return "".join(_some_signs(csrf.CSRF_SECRET_LENGTH))


def masked_token(secret: str) -> str:
    """Return the token of a form: another one each time, for the same secret.

    It is that of Django (`_mask_cipher_secret`): a mask and the secret shifted by it. Django draws each sign of a mask
    with a call of the kernel of its own, which was a tenth of what a page of the hot lane cost.
    """
    mask = _some_signs(csrf.CSRF_SECRET_LENGTH)
    shifted = [_SIGNS[(_PLACE[sign] + _PLACE[other]) % len(_SIGNS)] for sign, other in zip(secret, mask, strict=True)]
    return "".join([*mask, *shifted])


def token_matches(token: str, secret: str) -> bool:
    """Tell whether the token of a form was made for a secret."""
    return _is_well_formed(token) and bool(csrf._does_token_match(token, secret))


def is_ours(origin: str, own: str) -> bool:
    """Tell whether the Origin of a request is the address it was sent to, or one that the operator trusts."""
    return origin == own or origin in settings.CSRF_TRUSTED_ORIGINS


def _is_well_formed(token: str) -> bool:
    try:
        csrf._check_token_format(token)
    except csrf.InvalidTokenFormat:
        return False
    return True


def _some_signs(many: int) -> list[str]:
    """Return so many signs of a token's alphabet, each as likely as any other."""
    found: list[str] = []
    while len(found) < many:
        found += [_SIGNS[byte % len(_SIGNS)] for byte in os.urandom(many + 16) if byte < _EVEN]
    return found[:many]
