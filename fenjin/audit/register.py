"""What upper rooms tell the log about itself: how acts are called, and who stands behind an id.

The log keeps plain ids and knows no tables; it imports nothing of the platform here.
"""

from collections.abc import Callable
from typing import Any

Namer = Callable[[set[int]], dict[int, str]]
Finder = Callable[[str], list[int]]

_acts: dict[str, Any] = {}
_kinds: dict[str, tuple[Any, Namer | None, Finder | None]] = {}
_details: dict[str, Any] = {}


def register_acts(names: dict[str, Any]) -> None:
    """Add the words for acts: "people.claim" → "Account claimed"."""
    _acts.update(names)


def register_kind(kind: str, label: Any, names: Namer | None = None, find: Finder | None = None) -> None:
    """Say how a kind of target is called, how to name its rows by their ids, and how to find ids by a typed name."""
    _kinds[kind] = (label, names, find)


def register_details(names: dict[str, Any]) -> None:
    """Add the words for what details say: "office" → "Office"."""
    _details.update(names)


def acts() -> dict[str, Any]:
    """Return the words of all acts that somebody has named."""
    return {act: word for act, word in _acts.items() if not act.startswith("door.")}


def kinds() -> dict[str, Any]:
    """Return how each kind of target is called."""
    return {kind: label for kind, (label, _names, _find) in _kinds.items()}


def word_of(act: str) -> Any:
    """Return the words of an act (or, as "door.sign_in", of a door); the act itself if nobody has named it."""
    return _acts.get(act, act.removeprefix("door."))


def word_of_detail(name: str) -> Any:
    """Return the words for what a detail says; its own name if nobody has given it one."""
    return _details.get(name, name)


def label_of(kind: str) -> Any:
    """Return how a kind of target is called."""
    return _kinds.get(kind, (kind, None, None))[0]


def names_of(kind: str, ids: set[int]) -> dict[int, str]:
    """Return the names behind ids of one kind, as far as they are known."""
    namer = _kinds.get(kind, ("", None, None))[1]
    return namer(ids) if namer and ids else {}


def ids_called(kind: str, text: str) -> list[int]:
    """Return the ids of one kind that somebody means who types `text`: a number, or a name that can be looked up."""
    text = text.strip()
    finder = _kinds.get(kind, ("", None, None))[2]
    found = [int(text)] if text.isascii() and text.isdigit() and len(text) < 19 else []
    return found + [pk for pk in (finder(text) if finder and text else []) if pk not in found]
