"""Who lets people see a picture or open a file: each feature that shows some signs one question here.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable
from typing import Any

# (membership, picture id) → may this person see it, because of something of this feature they may read?
Shows = Callable[[Any, int], bool]
# (picture id): it was withdrawn or came back; pages of this feature that are kept and show it are to be drawn anew.
Renew = Callable[[int], None]
_shows: dict[str, tuple[Shows, Renew]] = {}
_offers: dict[str, Shows] = {}


def register_use(key: str, shows: Shows, renew: Renew) -> None:
    """Sign the register; raises ValueError if the key is taken."""
    if key in _shows:
        raise ValueError(f"Two features want to show pictures as {key!r}.")
    _shows[key] = (shows, renew)


def uses() -> tuple[Shows, ...]:
    """Return the questions of all features."""
    return tuple(shows for shows, _renew in _shows.values())


def renew_all(picture_id: int) -> None:
    """Tell every feature that a picture was withdrawn or came back."""
    for _shows_it, renew in _shows.values():
        renew(picture_id)


def register_file_use(key: str, offers: Shows) -> None:
    """Sign the register of files: (membership, file id) → may this person open it? Raises ValueError if taken."""
    if key in _offers:
        raise ValueError(f"Two features want to offer files as {key!r}.")
    _offers[key] = offers


def file_uses() -> tuple[Shows, ...]:
    """Return the questions of all features about files."""
    return tuple(_offers.values())
