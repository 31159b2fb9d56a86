"""Emergencies: what one person has answered, and what the duty desk sees of those who have.

The desk's reach comes from the scope in force: a role for a branch sees that branch, one of a space its people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from fenjin.delivery.models import Message
from fenjin.kit.db import ask, titled
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import EVERYTHING, Reason, current_scope, every_space
from fenjin.kit.wording import in_english

PAGE: Final = 50
# Of a unit: whether it lies in the reach of the one who asks.
IN_REACH: Final = """(%(everywhere)s OR u.space_id = ANY(%(people)s::bigint[]) OR u.path && %(branches)s::bigint[])"""
_OWN = """
SELECT needs_help, words, place, answered_at, taken_at FROM delivery_safetyanswer
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
"""
_REACHED = f"""
SELECT 1 FROM delivery_denominator d JOIN people_unit u ON u.id = d.unit_id
WHERE d.space_id = %(space)s AND d.message_id = %(message)s AND {IN_REACH} LIMIT 1
"""  # noqa: S608 - the condition is ours
_ASKED_FOR_HELP = f"""
SELECT 1 FROM delivery_safetyanswer a JOIN people_unit u ON u.id = a.unit_id
WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.person_id = %(person)s AND a.needs_help AND {IN_REACH}
"""  # noqa: S608 - the condition is ours
_ANSWERS = f"""
SELECT a.person_id, p.name, a.unit_id, {titled("u")}, a.needs_help, a.words, a.place, a.answered_at, a.taken_at,
       taker.name, coalesce(nullif(own.mobile, ''), own.email, '')
FROM delivery_safetyanswer a
JOIN people_unit u ON u.id = a.unit_id
JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_personprivate own ON own.person_id = a.person_id
LEFT JOIN people_account account ON account.id = a.taken_by
LEFT JOIN people_person taker ON taker.id = account.person_id
WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND {IN_REACH}
  AND (%(unit)s::bigint IS NULL OR %(unit)s = ANY(u.path))
  AND (%(help)s::boolean IS NULL OR a.needs_help = %(help)s)
ORDER BY a.needs_help DESC, a.answered_at DESC, a.person_id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 - the condition is ours
_EMERGENCIES = f"""
SELECT m.id, {titled("s")}, v.title, m.sent_at, m.ended_at, m.drill, m.state
FROM delivery_message m
JOIN spaces_space s ON s.id = m.space_id
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
WHERE m.importance = 'emergency' AND EXISTS (
    SELECT 1 FROM delivery_denominator d JOIN people_unit u ON u.id = d.unit_id
    WHERE d.space_id = m.space_id AND d.message_id = m.id AND {IN_REACH})
ORDER BY m.ended_at IS NOT NULL, m.sent_at DESC, m.id DESC LIMIT %(limit)s
"""  # noqa: S608 - the condition is ours


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What a person has answered last; `taken_at` tells since when somebody takes care."""

    needs_help: bool
    words: str
    place: str
    answered_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the duty desk: who answered what, where, and whom to call."""

    person_id: int
    name: str
    unit_id: int
    unit_name: str
    needs_help: bool
    words: str
    place: str
    answered_at: datetime
    taken_at: datetime | None
    taken_by: str
    contact: str


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """An emergency that reached people of the desk."""

    message_id: int
    space_name: str
    title: str
    sent_at: datetime
    ended_at: datetime | None
    drill: bool
    state: str

    @property
    def active(self) -> bool:
        """Tell whether people are still asked."""
        return self.ended_at is None and self.state != Message.State.WITHDRAWN


def answer_to(person_id: int, space_id: int, message_id: int) -> OwnAnswer | None:
    """Return what a person has answered to an emergency, or None."""
    rows = ask(_OWN, {"space": space_id, "message": message_id, "person": person_id})
    return OwnAnswer(*rows[0]) if rows else None


def reach_parameters() -> dict[str, Any]:
    """Return the scope in force as IN_REACH asks for it, and in which language units are called."""
    scope = current_scope()
    everywhere, cut = scope.people is EVERYTHING, {space for space, _unit in scope.branches}
    return {
        "everywhere": everywhere,
        "people": [] if everywhere else sorted(scope.people - cut),
        "branches": sorted(unit for _space, unit in scope.branches),
        "english": in_english(),
    }


def emergency_for_desk(message_id: int, *, person_id: int | None = None) -> Message:
    """Return an emergency that reached people of the desk; `person_id`: somebody of them who asked for help.

    Raises NotFound.
    """
    with every_space(Reason.DELIVERY):
        rows = Message.objects.filter(pk=message_id, importance=Message.Importance.EMERGENCY)
        message: Message | None = rows.select_related("space").defer("bitmap", "elsewhere").first()
    if message is None or message.state == Message.State.PLANNED:
        raise NotFound
    asked = {"space": message.space_id, "message": message.pk} | reach_parameters()
    found = ask(_REACHED, asked) if person_id is None else ask(_ASKED_FOR_HELP, asked | {"person": person_id})
    if not found:
        raise NotFound
    return message


def answers_for_desk(
    message: Message, *, unit_id: int | None = None, needs_help: bool | None = None, page: int = 0, size: int = PAGE
) -> tuple[Sequence[Answered], bool]:
    """Return a page of those who answered within the desk's reach, who needs help first, and whether more follow."""
    asked = {"space": message.space_id, "message": message.pk, "unit": unit_id, "help": needs_help}
    asked |= {"limit": size + 1, "offset": page * size} | reach_parameters()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, asked)
        rows = [_answered(row) for row in cursor.fetchall()]
    return rows[:size], len(rows) > size


def _answered(row: Sequence[Any]) -> Answered:
    *answer, taken_by, contact = row
    return Answered(*[*answer, taken_by or "", contact or ""])


def emergencies_for_desk(limit: int = PAGE) -> list[EmergencyRow]:
    """Return the emergencies that reached people of the desk: those that go on first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(_EMERGENCIES, reach_parameters() | {"limit": limit})
        return [EmergencyRow(*row) for row in cursor.fetchall()]
