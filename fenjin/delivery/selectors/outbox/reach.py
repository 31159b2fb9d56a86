"""Whom a message reaches, and whom not: why, and what would help.

Reached is who has it within reach: opened it, or can sign in and so finds it in the inbox, or was taken on by a
channel. Everybody else of the audience is unreachable for now, for exactly one reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox import people as sets

GONE, WAITING, REFUSED, NO_WAY = "gone", "waiting", "refused", "no_way"
# Why, and the cure: for staff, about numbers of people.
WORDS: Final[dict[str, tuple[Any, Any]]] = {
    GONE: (_("Left the company"), _("Nothing to do: they hold no post any more.")),
    WAITING: (
        _("No account; a channel is still to ring"),
        _("Wait for the channel, or hand out sign-in codes."),
    ),
    REFUSED: (
        _("No account, and the channel refused them"),
        _("Correct member number or address in the roster, or hand out sign-in codes."),
    ),
    NO_WAY: (
        _("No account, and no channel to ring"),
        _("Hand out sign-in codes on paper; put up the poster; have it read aloud."),
    ),
}
_CURRENT = "SELECT DISTINCT person_id FROM people_post WHERE ended_on IS NULL AND person_id = ANY(%s::bigint[])"
_OF_UNITS = """
SELECT DISTINCT person_id FROM people_post post JOIN people_unit unit ON unit.id = post.unit_id
WHERE post.ended_on IS NULL AND unit.path && %s::bigint[] AND person_id = ANY(%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """People whom nothing reaches for now, for one reason. `label` and `cure` are for staff."""

    reason: str
    label: Any
    cure: Any
    people: BitMap

    @property
    def count(self) -> int:
        """Return how many they are."""
        return len(self.people)


def reached(message: Message, among: BitMap | None = None) -> BitMap:
    """Return who has a message within reach: opened it, can sign in, or was taken on by a channel.

    `among`: only these people of its audience. For a million people this takes seconds: a job's work.
    """
    meant = sets.audience(message) if among is None else sets.audience(message) & among
    found = sets.accepted(message) & meant
    for piece in sets.pieces(meant - found):
        opened = sets.opened(message.space_id, message.pk, piece)
        found |= opened | sets.with_accounts(piece - opened)
    return found


def unreachable(message: Message, units: Collection[int] | None = None) -> list[Unreachable]:
    """Return whom a message does not reach for now, by reason: the sets do not overlap, empty ones are left out.

    `units`: only people with a current post in or below one of these units.
    """
    meant = sets.audience(message)
    left = meant - reached(message)
    if units is not None:
        left &= _asked(_OF_UNITS, left, list(units))
    return _by_reason(message, left)


def unreachable_among(message: Message, people: BitMap) -> list[Unreachable]:
    """Return whom of some people nothing reaches, by reason, for a list of names.

    Whether they opened it is not asked, so that nothing here says who did.
    """
    left = people - sets.accepted(message)
    return _by_reason(message, left - sets.with_accounts(left))


def _by_reason(message: Message, left: BitMap) -> list[Unreachable]:
    found: dict[str, BitMap] = {GONE: left - _asked(_CURRENT, left)}
    left -= found[GONE]
    states = sets.on_channels(message)
    refused = BitMap()
    asked = BitMap()
    for (_channel, state), people in states.items():
        if state == sets.State.REJECTED:
            refused |= people
        if state in (sets.State.ASKED, sets.State.UNKNOWN):
            asked |= people
    found[REFUSED] = left & refused
    left -= found[REFUSED]
    found[WAITING] = left & asked
    found[NO_WAY] = left - asked
    return [Unreachable(reason, *WORDS[reason], people) for reason, people in found.items() if people]


def _asked(sql: str, people: BitMap, *before: Any) -> BitMap:
    found = BitMap()
    for piece in sets.pieces(people):
        with connection.cursor() as cursor:
            cursor.execute(sql, [*before, list(piece)])
            found |= sets.bitmap_of(row[0] for row in cursor.fetchall())
    return found
