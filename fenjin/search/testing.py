"""Entries of the index for everybody's tests."""

from itertools import count
from typing import Any

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.search.models import SearchEntry
from fenjin.search.services import index_entry

_numbers = count(1)


def make_entry(title: str, *, kind: str = "article", space_id: int = GROUP_SPACE, **fields: Any) -> SearchEntry:
    """Return a new entry with a made-up object."""
    number = next(_numbers)
    values: dict[str, Any] = {"url": f"/news/{number}/", "published_at": clock.now()} | fields
    index_entry(space_id=space_id, kind=kind, object_id=number, title=title, **values)
    with every_space(Reason.TEST):
        entry: SearchEntry = SearchEntry.objects.get(kind=kind, object_id=number)
    return entry
