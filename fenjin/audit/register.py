"""What upper rooms tell the log about itself: how acts are called, and who stands behind an id.

The log keeps plain ids and knows no tables; it imports nothing of the platform here.
"""

from collections.abc import Callable
from typing import Any

Namer = Callable[[set[int]], dict[int, str]]

_acts: dict[str, Any] = {}
_kinds: dict[str, tuple[Any, Namer | None]] = {}


def register_acts(names: dict[str, Any]) -> None:
    """Add the words for acts: "people.claim" → "Account claimed"."""
    _acts.update(names)


def register_kind(kind: str, label: Any, names: Namer | None = None) -> None:
    """Say how a kind of target is called, and how to find the names of its rows by their ids."""
    _kinds[kind] = (label, names)


def acts() -> dict[str, Any]:
    """Return the words of all acts that somebody has named."""
    return dict(_acts)


def word_of(act: str) -> Any:
    """Return the words of an act; the act itself if nobody has named it."""
    return _acts.get(act, act)


def label_of(kind: str) -> Any:
    """Return how a kind of target is called."""
    return _kinds.get(kind, (kind, None))[0]


def names_of(kind: str, ids: set[int]) -> dict[int, str]:
    """Return the names behind ids of one kind, as far as they are known."""
    namer = _kinds.get(kind, ("", None))[1]
    return namer(ids) if namer and ids else {}
