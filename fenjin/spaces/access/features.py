"""Which features the spaces have switched off: asked by rights, pages and the search; kept for some seconds.

A thing is there for a reader where its feature is on twice: in the space that owns the thing, and in the space
that the reader looks at (`selectors.looks.with_module`). What is off keeps its data.
"""

import time
from typing import Final

from fenjin.kit.memory import forgets
from fenjin.spaces.models import Space
from fenjin.spaces.register import modules

SECONDS: Final = 5.0
_kept: list[tuple[float, dict[int, frozenset[str]]]] = []  # when it was asked; space → keys it has switched on


def spaces_without(key: str) -> frozenset[int]:
    """Return the spaces that have switched a feature off, at most 5 seconds old; none where it is always there."""
    if not any(module.key == key and not module.always for module in modules()):
        return frozenset()
    return frozenset(space for space, on in _known().items() if key not in on)


def spaces_closed_to(permission: str) -> frozenset[int]:
    """Return the spaces in which a permission counts nothing, since the feature it belongs to is off."""
    homes = [
        module.key
        for module in modules()
        if any(permission in held for held in (*module.permissions.values(), *module.own.values()))
    ]
    return frozenset.intersection(*(spaces_without(key) for key in homes)) if homes else frozenset()


def _known() -> dict[int, frozenset[str]]:
    if not _kept or time.monotonic() - _kept[0][0] > SECONDS:
        rows = Space.objects.values_list("pk", "modules")
        _kept[:] = [(time.monotonic(), {space: frozenset(on) for space, on in rows})]
    return _kept[0][1]


@forgets
def forget_features() -> None:
    """Drop what is kept."""
    _kept.clear()
