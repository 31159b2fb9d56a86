"""Which spaces have sent something, for the checklist of their first day."""

from typing import Final

from fenjin.kit.db import ask

_SENT: Final = """
SELECT id FROM unnest(%(ids)s::bigint[]) AS space(id)
WHERE EXISTS (SELECT 1 FROM delivery_message m WHERE m.space_id = space.id)
"""


def spaces_that_sent(spaces: frozenset[int]) -> frozenset[int]:
    """Return those of the spaces from which a message was sent."""
    found = ask(_SENT, {"ids": list(spaces)})
    return frozenset(space for (space,) in found)
