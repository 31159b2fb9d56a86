"""The register of what can be sent: each feature signs the kinds of content it has.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Frozen:
    """Content as it stands at the moment of sending: all that a reader will ever be shown.

    `assets` are the keys of the pictures inside; `reading_seconds` is an honest estimate.
    """

    title: str
    lead: str
    html: str
    text: str
    assets: tuple[str, ...] = ()
    reading_seconds: int = 0

    def with_title(self, title: str) -> "Frozen":
        """Return the same under another title."""
        return replace(self, title=title)


@dataclass(frozen=True, slots=True)
class ContentKind:
    """A kind of content, such as an article.

    `choose(request)` lists what the one who asks may send, newest first: (id, title).
    `freeze(content_id)` raises a Refusal when the content may not go out as it is.
    `may_send(membership, content_id)` says whether that account may send this very content.
    `opened(person_id, content_id)` is told of each time a recipient opens a message of it, after the receipt is kept.
    `follows(content_id)` says whether that has anything to note: the hot lane asks every few seconds, not each time.
    """

    key: str
    name: Any
    choose: Callable[[Any], Sequence[tuple[int, str]]]
    freeze: Callable[[int], Frozen]
    may_send: Callable[[Any, int], bool]
    opened: Callable[[int, int], None] | None = None
    follows: Callable[[int], bool] = lambda content_id: True


_kinds: dict[str, ContentKind] = {}


def register_kind(kind: ContentKind) -> None:
    """Sign the register; raises ValueError if the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"Two kinds of content want the key {kind.key!r}.")
    _kinds[kind.key] = kind


def kind(key: str) -> ContentKind:
    """Return the kind of this key; raises KeyError if nobody signed it."""
    return _kinds[key]


def follower(key: str, content_id: int) -> Callable[[int, int], None] | None:
    """Return what is to be told of each open of a message, or None: there is nothing to note, or the kind is gone."""
    found = _kinds.get(key)
    return found.opened if found is not None and found.opened is not None and found.follows(content_id) else None


def kinds() -> tuple[ContentKind, ...]:
    """Return all kinds in the order in which they signed."""
    return tuple(_kinds.values())
