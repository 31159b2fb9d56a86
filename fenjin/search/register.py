"""What can be found: each feature signs its kind of entry here.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that the search finds.

    `readable(person_id, ids)`: of the entries for recipients only, those that were sent to this person.
    `reindex()`: write all entries of this kind anew, and return how many; for the command.
    `module`: the feature of the space that it belongs to; what is switched off is not found.
    """

    kind: str
    name: Any
    readable: Callable[[int, frozenset[int]], frozenset[int]]
    reindex: Callable[[], int]
    tone: str = "plain"
    module: str = ""


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Sign the register; raises ValueError if the kind is taken."""
    if source.kind in _sources:
        raise ValueError(f"Two features want to be found as {source.kind!r}.")
    _sources[source.kind] = source


def sources() -> tuple[Source, ...]:
    """Return all sources in the order in which they signed."""
    return tuple(_sources.values())


def source(kind: str) -> Source:
    """Return the source of this kind; raises KeyError if nobody signed it."""
    return _sources[kind]
