"""What people chose about messages: whose ordinary ones are muted, and their quiet hours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Final

from fenjin.delivery.models.habits import NIGHT_FROM, NIGHT_UNTIL
from fenjin.kit.db import ask

_HABITS: Final = """
SELECT person_id, quiet_from, quiet_until, muted_spaces, muted_senders FROM delivery_habits
WHERE person_id = ANY(%(people)s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class OwnHabits:
    """What one person chose. Times are of the clock on the person's own wall; both None: no quiet hours."""

    quiet_from: time | None = NIGHT_FROM
    quiet_until: time | None = NIGHT_UNTIL
    muted_spaces: frozenset[int] = frozenset()
    muted_senders: frozenset[int] = frozenset()  # accounts

    @property
    def mutes(self) -> bool:
        """Tell whether anything is muted."""
        return bool(self.muted_spaces or self.muted_senders)


USUAL: Final = OwnHabits()


def habits(person_ids: Collection[int]) -> dict[int, OwnHabits]:
    """Return what people chose, in one query; who chose nothing is not in it, and USUAL holds."""
    rows = ask(_HABITS, {"people": list(person_ids)})
    return {
        person: OwnHabits(since, until, frozenset(spaces), frozenset(who)) for person, since, until, spaces, who in rows
    }


def habits_of(person_id: int) -> OwnHabits:
    """Return what one person chose, or USUAL."""
    return habits([person_id]).get(person_id, USUAL)
