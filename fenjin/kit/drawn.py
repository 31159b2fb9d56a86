"""What was drawn before and looks the same again: one memory for parts of pages, in each process."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString

MOST: Final = 4_000  # parts; a few hundred bytes each, and a page is never more than one part

_drawn: dict[object, SafeString] = {}


def drawn_once(key: object, draw: Callable[[], SafeString]) -> SafeString:
    """Return what was drawn under an equal key, else draw it; always afresh while templates are worked on."""
    if settings.DEBUG:
        return draw()
    found = _drawn.get(key)
    if found is None:
        found = draw()
        if len(_drawn) >= MOST:
            _drawn.clear()
        _drawn[key] = found
    return found


def looks(value: Any) -> object:
    """Return a key that is equal only for what is drawn alike.

    Types belong to it: text marked as safe is equal to the same text that must be escaped, and 1 to True.
    Words are compared as they read in the language of now. Raises TypeError for what cannot be hashed.
    """
    kind = value.__class__
    if kind is str or kind is bool or kind is int:
        return kind, value
    if kind is tuple:
        return tuple([looks(part) for part in value])
    if is_dataclass(value):
        return kind, tuple([looks(getattr(value, name)) for name in _names(kind)])
    if isinstance(value, Promise):
        return Promise, str(value)
    return kind, value


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
