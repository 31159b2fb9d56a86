"""Opens and confirmations of many people in one statement, for the hot lane.

They keep the promises of services.receipts: once for each person, under the unit that was counted, with
the counter in the same transaction; receipts first and in order, counters last and in order, so that
writers never wait for each other in a circle. Only the plain case is done; whoever is not named in the
answer is left to the services there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from fenjin.delivery.models import Message

# Nearly everybody holds the posts of the freezing still: the first one with a denominator (main, then by age) counts.
# Of whom anything was written since then, or of whom it is known that another post counts, services.receipts decides.
OPEN: Final = """
WITH asked AS (
    SELECT DISTINCT * FROM unnest(%(spaces)s::bigint[], %(messages)s::bigint[], %(persons)s::bigint[],
        %(frozen)s::timestamptz[], %(versions)s::smallint[]) AS a (space_id, message_id, person_id, frozen_at, version)
), seen AS (
    SELECT r.message_id, r.person_id, r.confirmed_version, r.opened_version, EXISTS (
        SELECT 1 FROM delivery_pastconfirmation p
        WHERE (p.space_id, p.message_id, p.person_id) = (r.space_id, r.message_id, r.person_id)) AS taken_back
    FROM asked a JOIN delivery_receipt r USING (space_id, message_id, person_id)
), held AS (
    SELECT a.space_id, a.message_id, a.person_id, a.version, a.frozen_at, array_agg(p.id) AS posts, (
        array_agg(p.unit_id ORDER BY NOT p.main, p.started_on, p.id)
        FILTER (WHERE d.unit_id IS NOT NULL AND p.ended_on IS NULL))[1] AS unit_id
    FROM asked a JOIN people_post p ON p.person_id = a.person_id AND p.created_at <= a.frozen_at
    LEFT JOIN delivery_denominator d
        ON d.space_id = a.space_id AND d.message_id = a.message_id AND d.unit_id = p.unit_id
    WHERE NOT EXISTS (SELECT 1 FROM seen s WHERE s.message_id = a.message_id AND s.person_id = a.person_id)
    GROUP BY 1, 2, 3, 4, 5
    HAVING bool_and(p.ended_on IS NULL OR p.ended_on <= (a.frozen_at AT TIME ZONE %(zone)s)::date)
), counted AS (
    SELECT space_id, message_id, person_id, version, unit_id FROM held
    WHERE unit_id IS NOT NULL AND (cardinality(posts) = 1 OR NOT EXISTS (
        SELECT 1 FROM people_postevent e WHERE e.post_id = ANY(posts) AND e.created_at > held.frozen_at)
        AND NOT EXISTS (
        SELECT 1 FROM delivery_message m WHERE m.id = held.message_id AND m.elsewhere ? held.person_id::text))
), opened AS (
    INSERT INTO delivery_receipt (space_id, message_id, person_id, unit_id, opened_at, opened_version)
    SELECT space_id, message_id, person_id, unit_id, %(now)s::timestamptz, version FROM counted ORDER BY 1, 2, 3
    ON CONFLICT (space_id, message_id, person_id) DO NOTHING
    RETURNING space_id, message_id, person_id, unit_id
), steps AS (
    INSERT INTO delivery_counter AS c (space_id, message_id, unit_id, opened, confirmed)
    SELECT space_id, message_id, unit_id, count(*), 0 FROM opened GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (space_id, message_id, unit_id) DO UPDATE SET opened = c.opened + EXCLUDED.opened
)
SELECT message_id, person_id, confirmed_version, opened_version, taken_back FROM seen
UNION ALL SELECT message_id, person_id, NULL, NULL, false FROM opened
"""
CONFIRM: Final = """
WITH asked AS (
    SELECT DISTINCT ON (space_id, message_id, person_id) * FROM unnest(%(spaces)s::bigint[], %(messages)s::bigint[],
        %(persons)s::bigint[], %(versions)s::smallint[], %(keys)s::text[])
        AS a (space_id, message_id, person_id, version, key)
), wanted AS (
    SELECT r.space_id, r.message_id, r.person_id, a.version, a.key
    FROM asked a JOIN delivery_receipt r USING (space_id, message_id, person_id)
    JOIN delivery_message m ON m.id = a.message_id
    WHERE r.confirmed_at IS NULL AND m.current_version = a.version AND m.state IN ('sending', 'sent')
      AND NOT EXISTS (SELECT 1 FROM delivery_pastconfirmation p
                      WHERE p.space_id = a.space_id AND p.person_id = a.person_id AND p.confirm_key = a.key)
    ORDER BY 1, 2, 3 FOR UPDATE OF r
), confirmed AS (
    UPDATE delivery_receipt r
    SET confirmed_at = %(now)s::timestamptz, confirmed_version = wanted.version, confirm_key = wanted.key
    FROM wanted
    WHERE (r.space_id, r.message_id, r.person_id) = (wanted.space_id, wanted.message_id, wanted.person_id)
    RETURNING r.space_id, r.message_id, r.person_id, r.unit_id
), steps AS (
    INSERT INTO delivery_counter AS c (space_id, message_id, unit_id, opened, confirmed)
    SELECT space_id, message_id, unit_id, count(*), count(*) FROM confirmed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (space_id, message_id, unit_id) DO UPDATE SET confirmed = c.confirmed + EXCLUDED.confirmed
)
SELECT message_id, person_id FROM confirmed
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One person opens one message; the caller has seen that it was sent to that person, and is visible."""

    message: Message
    person_id: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What the ledger now holds: the versions confirmed and seen before (None: not before), and if one was taken back.

    Who took one back confirms anew, under another key: under the first one it would be a repetition.
    """

    confirmed_version: int | None
    opened_version: int | None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Confirming:
    """One person confirms one version of a message that asks for it; `key` is that of the ledger."""

    message: Message
    person_id: int
    version: int
    key: str


def opens_asked(openings: Sequence[Opening], now: datetime) -> dict[str, Any]:
    """Return the parameters of OPEN."""
    return _of(openings, now) | {
        "frozen": [one.message.frozen_at for one in openings],
        "versions": [one.message.current_version for one in openings],
        "zone": settings.TIME_ZONE,
    }


def opens_done(rows: Sequence[Sequence[Any]], openings: Sequence[Opening]) -> list[Opened | None]:
    """Return for each opening what is kept of it; None: it was not kept."""
    found = {(message_id, person_id): Opened(*seen) for message_id, person_id, *seen in rows}
    return [found.get((one.message.pk, one.person_id)) for one in openings]


def confirmations_asked(pressed: Sequence[Confirming], now: datetime) -> dict[str, Any]:
    """Return the parameters of CONFIRM."""
    return _of(pressed, now) | {"versions": [one.version for one in pressed], "keys": [one.key for one in pressed]}


def confirmations_done(rows: Sequence[Sequence[Any]], pressed: Sequence[Confirming]) -> list[bool]:
    """Tell for each confirmation whether it is kept."""
    kept = {(message_id, person_id) for message_id, person_id in rows}
    return [(one.message.pk, one.person_id) in kept for one in pressed]


def _of(asked: Sequence[Opening] | Sequence[Confirming], now: datetime) -> dict[str, Any]:
    return {
        "spaces": [one.message.space_id for one in asked],
        "messages": [one.message.pk for one in asked],
        "persons": [one.person_id for one in asked],
        "now": now,
    }
