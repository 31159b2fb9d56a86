"""Who lets people see a picture: each feature that shows pictures signs one question here.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable
from typing import Any

# (membership, picture id) → may this person see it, because of something of this feature they may read?
Shows = Callable[[Any, int], bool]
_shows: dict[str, Shows] = {}


def register_use(key: str, shows: Shows) -> None:
    """Sign the register; raises ValueError if the key is taken."""
    if key in _shows:
        raise ValueError(f"Two features want to show pictures as {key!r}.")
    _shows[key] = shows


def uses() -> tuple[Shows, ...]:
    """Return the questions of all features."""
    return tuple(_shows.values())
