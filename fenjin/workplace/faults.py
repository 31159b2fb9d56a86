"""Faults that the console connector makes on demand.

The setting WORKPLACE_FAULTS is a list of `kind:every`, such as `busy:5,lost_after:20`: every fifth send fails, every
twentieth is carried out and gets no answer. Kinds: busy, rate, lost_before, lost_after, off, refused. `nobody:NUMBER`
is a member whom the messenger does not know. Tests queue single faults with `inject`.
"""

from collections import deque
from itertools import count

from django.conf import settings

from fenjin.kit.memory import forgets

KINDS = ("busy", "rate", "lost_before", "lost_after", "off", "refused")
_queued: deque[str] = deque()
_nobody: set[str] = set()
_turns = count(1)


@forgets
def clear() -> None:
    """Forget what was injected."""
    _queued.clear()
    _nobody.clear()


def inject(*kinds: str, nobody: tuple[str, ...] = ()) -> None:
    """Let the next sends of this process fail in these ways, and these members be unknown. Raises ValueError."""
    if set(kinds) - {*KINDS, ""}:
        raise ValueError(f"Faults are {', '.join(KINDS)}.")
    _queued.extend(kinds)
    _nobody.update(nobody)


def _set_up() -> list[tuple[str, str]]:
    pairs = (pair.partition(":") for pair in settings.WORKPLACE_FAULTS)
    return [(kind.strip(), value.strip()) for kind, _colon, value in pairs]


def next_fault() -> str:
    """Return how the next send fails, or an empty text."""
    if _queued:
        return _queued.popleft()
    turn = next(_turns)
    for kind, every in _set_up():
        if kind in KINDS and every.isdecimal() and int(every) and turn % int(every) == 0:
            return kind
    return ""


def unknown_members() -> set[str]:
    """Return the members whom the messenger does not know."""
    return _nobody | {value for kind, value in _set_up() if kind == "nobody"}
