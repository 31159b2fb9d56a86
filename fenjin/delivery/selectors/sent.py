"""The messages that staff of a space have sent, and those of the group that reached their people.

Where somebody has to do with a branch alone: those that reached people of the branch.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from fenjin.delivery.models import Message
from fenjin.delivery.suppression import Figures
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, current_scope

PAGE = 30

_SENT = """
WITH page AS (
    SELECT m.id, m.space_id, m.kind, m.content_id, m.importance, m.sent_at, m.current_version,
           m.state, m.head_count, m.awaits_approval
    FROM delivery_message m
    WHERE m.id < %(before)s AND NOT m.rehearsal AND (m.space_id = ANY(%(content)s::bigint[])
        OR (m.space_id = ANY(%(partly)s::bigint[]) AND EXISTS (
            SELECT 1 FROM (
                SELECT unit_id FROM delivery_denominator d WHERE d.space_id = m.space_id AND d.message_id = m.id
                UNION ALL
                SELECT unit_id FROM delivery_livingcount d WHERE d.space_id = m.space_id AND d.message_id = m.id
            ) d JOIN people_unit u ON u.id = d.unit_id
            WHERE (u.space_id = ANY(%(people)s::bigint[]) OR u.path && %(branches)s::bigint[])))
        OR (m.sender_id = %(sender)s AND m.space_id = ANY(%(own)s::bigint[])))
    ORDER BY m.id DESC LIMIT %(limit)s
)
SELECT p.id, p.space_id, s.name, v.title, p.importance, p.sent_at, p.state, p.head_count, p.awaits_approval,
       f.people, f.opened, f.confirmed
FROM page p
JOIN spaces_space s ON s.id = p.space_id
JOIN delivery_messageversion v ON v.message_id = p.id AND v.number = p.current_version
CROSS JOIN LATERAL (
    SELECT coalesce(sum(counted.people), 0)::bigint AS people, coalesce(sum(counted.opened), 0)::bigint AS opened,
           coalesce(sum(counted.confirmed), 0)::bigint AS confirmed
    FROM (
        SELECT d.unit_id, d.people, c.opened, c.confirmed FROM delivery_denominator d
        LEFT JOIN delivery_counter c ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
        WHERE d.space_id = p.space_id AND d.message_id = p.id
        UNION ALL
        SELECT l.unit_id, l.people, l.opened, l.confirmed FROM delivery_livingcount l
        WHERE l.space_id = p.space_id AND l.message_id = p.id
    ) counted
    LEFT JOIN people_unit u ON u.id = counted.unit_id
    WHERE %(everywhere)s OR u.space_id = ANY(%(people)s::bigint[]) OR u.path && %(branches)s::bigint[]
) f
ORDER BY p.id DESC
"""


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

    @property
    def waits(self) -> bool:
        """Tell whether a second person has to approve it first."""
        return self.state == Message.State.PLANNED and self.awaits_approval

    @property
    def planned(self) -> bool:
        """Tell whether nobody has been sent it yet, so that there is nothing to cover."""
        return not self.figures.people


def sent_messages(before: int | None = None, limit: int = PAGE, *, sender: int = 0) -> tuple[list[SentRow], int | None]:
    """Return a page of messages in the reader's scope, newest first, and the id to go on before.

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
    }
    with connection.cursor() as cursor:
        cursor.execute(_SENT, parameters)
        rows = [_row(row) for row in cursor.fetchall()]
    more = rows[limit - 1].message_id if len(rows) > limit else None
    return rows[:limit], more


def _row(row: tuple[Any, ...]) -> SentRow:
    message_id, space_id, space_name, title, importance, sent_at, state, head_count, awaits, *figures = row
    asks = importance == Message.Importance.CONFIRM
    kept = Message.State(state)
    return SentRow(message_id, space_id, space_name, title, asks, sent_at, kept, head_count, awaits, Figures(*figures))
