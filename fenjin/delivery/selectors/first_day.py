"""Which spaces have sent something, for the checklist of their first day."""

from fenjin.kit.db import ask


def spaces_that_sent(spaces: frozenset[int]) -> frozenset[int]:
    """Return those of the spaces from which a message was sent."""
    found = ask("SELECT DISTINCT space_id FROM delivery_message WHERE space_id = ANY(%(ids)s)", {"ids": list(spaces)})
    return frozenset(space for (space,) in found)
