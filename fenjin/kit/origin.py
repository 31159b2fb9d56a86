"""Django's own check of forms (django.middleware.csrf), for doors that are not behind its middleware.

A door of the hot lane asks for more than Django does: the token of the form, and an Origin that is ours.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.middleware import csrf as django_csrf

csrf: Any = django_csrf  # what is asked of it here has no public name


def secret_of(cookies: Mapping[str, str]) -> str | None:
    """Return the secret that a browser's cookie holds, or None if there is none or it is not of today's form."""
    secret = cookies.get(settings.CSRF_COOKIE_NAME, "")
    return secret if len(secret) == csrf.CSRF_SECRET_LENGTH and _is_well_formed(secret) else None


def new_secret() -> str:
    """Return a secret for a browser that has none."""
    return str(csrf._get_new_csrf_string())


def masked_token(secret: str) -> str:
    """Return the token of a form: another one each time, for the same secret."""
    return str(csrf._mask_cipher_secret(secret))


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
