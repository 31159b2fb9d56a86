"""Coverage by post, by place and over time, as a job last divided it: for those who see the whole audience.

A sub-platform's part of a group message has no cuts: by post within one unit would be a cut crossed with another.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fenjin.delivery.models import Cut, Message
from fenjin.delivery.selectors.coverage.sources import named
from fenjin.delivery.suppression import Figures
from fenjin.kit.db import ask
from fenjin.kit.scope import EVERYTHING, current_scope

GONE: Final = "*gone"  # people who no longer hold the post under which they count
UNTITLED: Final = "*untitled"

_CUTS: Final = """
SELECT c.kind, c.value, c.at, c.people, c.opened, c.confirmed FROM delivery_cut c
WHERE c.space_id = %(space)s AND c.message_id = %(message)s ORDER BY c.kind, c.position
"""
_MADE: Final = "SELECT cuts_at FROM delivery_watch WHERE space_id = %(space)s AND message_id = %(message)s"


@dataclass(frozen=True, slots=True)
class CutLine:
    """One part of a cut: a title, a zone, or (`at`) everything until an instant. Empty: the small ones together."""

    value: str
    at: datetime | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cuts of one message and when they were made; None: not yet."""

    posts: tuple[CutLine, ...] = ()
    places: tuple[CutLine, ...] = ()
    times: tuple[CutLine, ...] = ()
    unreached: tuple[CutLine, ...] = ()  # `value`: a reason of selectors.outbox.reach
    at: datetime | None = None


def sees_whole_audience(message: Message) -> bool:
    """Tell whether all people of a message are the reader's: of the whole group, or of the space that sent it."""
    scope = current_scope()
    if scope.people is EVERYTHING:
        return True
    cut = {space for space, _unit in scope.branches}
    return message.space_id in scope.content - cut and message.space_id in scope.people - cut


def cuts_of(message: Message) -> Cuts:
    """Return the cuts of a message that the reader sees whole (`sees_whole_audience`), as they were last made."""
    made = ask(_MADE, named(message))
    if not made or made[0][0] is None:
        return Cuts()
    lines: dict[str, list[CutLine]] = {kind: [] for kind in Cut.Kind.values}
    for kind, value, at, *figures in ask(_CUTS, named(message)):
        lines[kind].append(CutLine(value, at, Figures(*figures)))
    posts, places, times, unreached = (
        tuple(lines[kind]) for kind in (Cut.Kind.POST, Cut.Kind.PLACE, Cut.Kind.TIME, Cut.Kind.REACH)
    )
    return Cuts(posts, places, times, unreached, at=made[0][0])
