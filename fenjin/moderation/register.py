"""What people write and may be looked at: each feature signs its kind here.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """Something written earlier, for trying words out: its text, and whether it stands there for everybody."""

    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that moderation looks at.

    `decided(space_id=, object_id=, shown=)` shows or hides it (None: it waits again for a look), and
    `answered(space_id=, object_id=, text=)` puts the answer of the one in charge under it (empty: takes it away);
    both run in the caller's transaction and are safe to repeat. `recent(space_id, count)` returns what was written
    last, newest first. `module`: the feature of the space that it belongs to, if a space may switch it off.
    """

    key: str
    name: Any
    decided: Callable[..., None]
    answered: Callable[..., None]
    recent: Callable[[int, int], list[Sample]]
    module: str = ""


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Sign the register; raises ValueError if the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"Two features want to be moderated as {kind.key!r}.")
    _kinds[kind.key] = kind


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order in which they signed."""
    return tuple(_kinds.values())


def kind_of(key: str) -> Kind:
    """Return one kind; raises KeyError if nobody signed it."""
    return _kinds[key]
