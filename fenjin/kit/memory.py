"""What a process remembers of the database: it must be able to forget when the database is another.

That happens when a copy is restored under a running process, and between tests. And what one request
remembers, so that two parts of a page do not ask the same thing twice.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

_forgetters: list[Callable[[], None]] = []


def forgets(forget: Callable[[], None]) -> Callable[[], None]:
    """Note how one memory is emptied; use as a decorator."""
    _forgetters.append(forget)
    return forget


def forget_all() -> None:
    """Empty every memory of this process."""
    for forget in _forgetters:
        forget()


def once[Found](request: HttpRequest, find: Callable[..., Found], *arguments: Any) -> Found:
    """Return find(*arguments), asked at most once during this request."""
    kept: dict[Any, Any] = request.__dict__.setdefault("_found_once", {})
    key = (find, arguments)
    if key not in kept:
        kept[key] = find(*arguments)
    return kept[key]  # type: ignore[no-any-return]
