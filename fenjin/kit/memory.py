"""What a process remembers of the database: it must be able to forget when the database is another.

That happens when a copy is restored under a running process, and between tests.
"""

from collections.abc import Callable

_forgetters: list[Callable[[], None]] = []


def forgets(forget: Callable[[], None]) -> Callable[[], None]:
    """Note how one memory is emptied; use as a decorator."""
    _forgetters.append(forget)
    return forget


def forget_all() -> None:
    """Empty every memory of this process."""
    for forget in _forgetters:
        forget()
