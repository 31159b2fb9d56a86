"""Rounds of a job over many things: each by itself, so that one that fails stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger

from django.db import connection


@contextmanager
def by_itself(log: Logger, what: object) -> Iterator[None]:
    """Let what goes wrong inside be logged instead of ending a round; `what` says of what, without personal words.

    What is inside opens a transaction of its own. Where the database itself is gone, nothing else of the round would
    work either: then what was raised goes on.
    """
    try:
        yield
    except Exception:
        if not connection.is_usable():
            raise
        log.exception("%s: it failed, the others go on", what)
