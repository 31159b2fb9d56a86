"""The messages that staff of a space have sent, and those of the group that reached their people.

Where somebody has to do with a branch alone: those that reached people of the branch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.totals import Totals, totals_of
from fenjin.delivery.suppression import Figures
from fenjin.kit.db import titled
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, current_scope
from fenjin.kit.wording import in_english

PAGE = 30

# `own`: the units whose people are the reader's, without which nothing is looked at when they are all.
_SENT = f"""
WITH own AS MATERIALIZED (
    SELECT u.id AS unit_id FROM people_unit u
    WHERE NOT %(everywhere)s AND (u.space_id = ANY(%(people)s::bigint[]) OR u.path && %(branches)s::bigint[])
), page AS MATERIALIZED (
    SELECT m.id, m.space_id, m.importance, m.sent_at, m.current_version, m.state, m.head_count, m.awaits_approval
    FROM delivery_message m
    WHERE m.id < %(before)s AND NOT m.rehearsal AND (m.space_id = ANY(%(content)s::bigint[])
        OR (m.space_id = ANY(%(partly)s::bigint[]) AND m.audience_mode <> 'living' AND EXISTS (
            SELECT 1 FROM own JOIN delivery_denominator d
                ON (d.space_id, d.message_id, d.unit_id) = (m.space_id, m.id, own.unit_id)))
        OR (m.space_id = ANY(%(partly)s::bigint[]) AND m.audience_mode = 'living' AND EXISTS (
            SELECT 1 FROM own JOIN delivery_livingcount d
                ON (d.space_id, d.message_id, d.unit_id) = (m.space_id, m.id, own.unit_id)))
        OR (m.sender_id = %(sender)s AND m.space_id = ANY(%(own)s::bigint[])))
    ORDER BY m.id DESC LIMIT %(limit)s
)
SELECT p.id, p.space_id, {titled("s")}, v.title, p.importance, p.sent_at, p.state, p.head_count, p.awaits_approval
FROM page p
JOIN spaces_space s ON s.id = p.space_id
JOIN delivery_messageversion v ON v.message_id = p.id AND v.number = p.current_version
ORDER BY p.id DESC
"""  # noqa: S608 - the names are ours


@dataclass(frozen=True, slots=True)
class SentRow:
    """A sent message with the figures of the reader's part of it."""

    message_id: int
    space_id: int
    space_name: str
    title: str
    asks_confirmation: bool
    sent_at: datetime
    state: Message.State
    head_count: int  # of all it is meant for
    awaits_approval: bool
    figures: Figures
    is_emergency: bool

    @property
    def waits(self) -> bool:
        """Tell whether a second person has to approve it first."""
        return self.state == Message.State.PLANNED and self.awaits_approval

    @property
    def planned(self) -> bool:
        """Tell whether nobody has been sent it yet, so that there is nothing to cover."""
        return not self.figures.people


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page of the list, newest first; `more`: the id to go on before. Its figures are as `totals` says."""

    rows: tuple[SentRow, ...]
    more: int | None
    totals: Totals


def sent_messages(before: int | None = None, limit: int = PAGE, *, sender: int = 0) -> SentPage:
    """Return a page of messages in the reader's scope. Whoever shows it has services.keep_totals keep its totals.

    `sender`: an account whose own ones, in the scope's spaces, are there from the press on: a plan has reached
    nobody yet, not even people of the branch that it is meant for.
    """
    scope = current_scope()
    everywhere, cut = scope.people is EVERYTHING, {space for space, _unit in scope.branches}
    parameters: dict[str, Any] = {
        "before": before or 2**62,
        "content": sorted(scope.content - cut),
        "partly": sorted((scope.content & cut) | {GROUP_SPACE}),
        "own": sorted(scope.content),
        "sender": sender,
        "people": [] if everywhere else sorted(scope.people - cut),
        "branches": sorted(unit for _space, unit in scope.branches),
        "everywhere": everywhere,
        "limit": limit + 1,
        "english": in_english(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SENT, parameters)
        found = cursor.fetchall()
    more = found[limit - 1][0] if len(found) > limit else None
    totals = totals_of([row[0] for row in found[:limit]])
    return SentPage(tuple(_row(row, totals.by_message) for row in found[:limit]), more, totals)


def _row(row: tuple[Any, ...], figures: Mapping[int, Figures]) -> SentRow:
    message_id, space_id, space_name, title, importance, sent_at, state, head_count, awaits = row
    asks, emergency = importance == Message.Importance.CONFIRM, importance == Message.Importance.EMERGENCY
    kept, counted = Message.State(state), figures.get(message_id, Figures())
    return SentRow(message_id, space_id, space_name, title, asks, sent_at, kept, head_count, awaits, counted, emergency)
