"""What supervisors read aloud: to whom they may, who could be there, and what was said so far.

A supervisor holds a role for a unit's branch, or for its sub-platform. Who opened or confirmed is never shown here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from fenjin.delivery.access import READ_ALOUD
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.bitmaps import audiences
from fenjin.delivery.selectors.coverage.sources import named, source_of
from fenjin.delivery.selectors.living import Living, places_of
from fenjin.kit.db import titled
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.kit.wording import in_english
from fenjin.spaces.access import Membership, grants_with

PAGE: Final = 30
MOST_UNITS: Final = 200

_OWN: Final = """
    (%(everywhere)s OR u.space_id = ANY(%(whole)s::bigint[]) OR u.path && %(branches)s::bigint[])
"""
# Messages of the own sub-platforms and of the group that count somebody in the own units.
_MESSAGES: Final = f"""
SELECT m.id, v.title, {titled("s")}, m.sent_at, m.importance FROM delivery_message m
JOIN spaces_space s ON s.id = m.space_id
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
WHERE m.space_id = ANY(%(spaces)s::bigint[]) AND m.state IN ('sending', 'sent') AND m.id < %(before)s
  AND NOT m.rehearsal
  AND (EXISTS (SELECT 1 FROM people_unit u JOIN delivery_denominator d
               ON (d.space_id, d.message_id, d.unit_id) = (m.space_id, m.id, u.id) WHERE {_OWN})
       OR (m.audience_mode = 'living' AND EXISTS (
           SELECT 1 FROM people_unit u JOIN delivery_livingcount d
               ON (d.space_id, d.message_id, d.unit_id) = (m.space_id, m.id, u.id) WHERE {_OWN})))
ORDER BY m.id DESC LIMIT %(limit)s
"""  # noqa: S608 - the parts are ours
_UNITS: Final = f"""
SELECT u.id, {titled("u")}, coalesce((SELECT string_agg({titled("a")}, ' / ' ORDER BY a.depth) FROM people_unit a
                               WHERE a.id = ANY(u.path) AND a.id <> u.id AND a.depth > 0), ''), d.people, d.told
FROM people_unit u CROSS JOIN LATERAL ({{source}} AND d.unit_id = u.id OFFSET 0) d
WHERE {_OWN} AND (%(unit)s::bigint IS NULL OR u.id = %(unit)s)
  AND (%(words)s = '' OR u.name LIKE %(like)s OR u.name_en ILIKE %(like)s)
ORDER BY u.lft LIMIT %(limit)s
"""  # noqa: S608 - the parts are ours
_POSTS: Final = """
SELECT w.id, w.name, p.title, EXISTS (
    SELECT 1 FROM delivery_present b
    WHERE b.space_id = %(space)s AND b.message_id = %(message)s AND b.person_id = w.id)
FROM people_post p JOIN people_person w ON w.id = p.person_id
WHERE p.unit_id = %(unit)s AND p.ended_on IS NULL
ORDER BY w.name_key, w.id
"""
_SAID: Final = f"""
SELECT r.key, r.unit_id, {titled("u")}, r.told_on, r.people, r.named, r.said_at, r.account_id
FROM delivery_readaloud r JOIN people_unit u ON u.id = r.unit_id
WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.unit_id = %(unit)s AND r.taken_back_at IS NULL
ORDER BY r.said_at DESC LIMIT 50
"""  # noqa: S608 - the names are ours


@dataclass(frozen=True, slots=True)
class MessageToTell:
    """A message that counts people of the supervisor's units."""

    message_id: int
    title: str
    space_name: str
    sent_at: datetime
    importance: str


@dataclass(frozen=True, slots=True)
class UnitToTell:
    """A unit in which a supervisor may read a message aloud. `people`: those of the audience who count there."""

    unit_id: int
    name: str
    place: str
    people: int
    told: int

    @property
    def left(self) -> int:
        """Return how many have not been told."""
        return max(0, self.people - self.told)


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody of the unit who may have been there."""

    person_id: int
    name: str
    title: str
    told: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said, and still stands."""

    key: str
    unit_id: int
    unit_name: str
    told_on: date
    people: int
    named: bool
    said_at: datetime
    account_id: int


def messages_to_tell(membership: Membership, before: int | None = None) -> tuple[list[MessageToTell], int | None]:
    """Return a page of messages under way or sent that count people of a supervisor's units, newest first."""
    own = _own(membership)
    spaces = sorted({grant.space_id for grant in grants_with(membership, READ_ALOUD)} | {GROUP_SPACE})
    rows = _rows(_MESSAGES, own | {"spaces": spaces, "before": before or 2**62, "limit": PAGE + 1})
    found = [MessageToTell(*row) for row in rows]
    return found[:PAGE], found[PAGE - 1].message_id if len(found) > PAGE else None


def message_to_tell(membership: Membership, message_id: int) -> MessageVersion:
    """Return the current version, with its message, if it counts people of a supervisor's units; raises NotFound."""
    spaces = {grant.space_id for grant in grants_with(membership, READ_ALOUD)}
    with every_space(Reason.DELIVERY):
        versions = MessageVersion.objects.select_related("message", "message__space").defer(
            "message__bitmap", "message__elsewhere"
        )
        version: MessageVersion | None = versions.filter(message=message_id).order_by("-number").first()
    if version is None or version.message.rehearsal or version.space_id not in spaces | {GROUP_SPACE}:
        raise NotFound
    under_way = version.message.state in (Message.State.SENDING, Message.State.SENT)
    if not under_way or not units_to_tell(membership, version.message, limit=1):
        raise NotFound
    return version


def units_to_tell(
    membership: Membership, message: Message, words: str = "", limit: int = MOST_UNITS
) -> list[UnitToTell]:
    """Return the units of a supervisor that count people of a message, in the order of the tree."""
    return _units(membership, message, words=words, limit=limit)


def unit_to_tell(membership: Membership, message: Message, unit_id: int) -> UnitToTell:
    """Return one of those units; raises NotFound."""
    found = _units(membership, message, unit=unit_id)
    if not found:
        raise NotFound
    return found[0]


def _units(
    membership: Membership, message: Message, *, unit: int | None = None, words: str = "", limit: int = 1
) -> list[UnitToTell]:
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    more = {"unit": unit, "words": words, "like": f"%{escaped}%", "limit": limit}
    rows = _rows(_UNITS.format(source=source_of(message)), named(message) | _own(membership) | more)
    return [UnitToTell(*row) for row in rows]


def listeners(message: Message, unit_id: int) -> list[Listener]:
    """Return the people with a post in a unit to whom a message was sent: those who may have been there."""
    rows = [Listener(*row) for row in _rows(_POSTS, named(message) | {"unit": unit_id})]
    audience = audiences([message.uid]).get(message.uid)
    if isinstance(audience, Living):
        places = places_of([row.person_id for row in rows], audience)
        return [row for row in rows if places.get(row.person_id) == unit_id]
    return [row for row in rows if audience is not None and row.person_id in audience]


def readings(message: Message, unit_id: int) -> list[Reading]:
    """Return what was said of a unit and still stands, the newest first."""
    return [Reading(*row) for row in _rows(_SAID, named(message) | {"unit": unit_id, "english": in_english()})]


def _own(membership: Membership) -> dict[str, Any]:
    """Return the parameters of _OWN, how far somebody may speak for units, and in which language units are called."""
    held = grants_with(membership, READ_ALOUD)
    whole = {grant.space_id for grant in held if grant.unit_id is None}
    return {
        "everywhere": GROUP_SPACE in whole,
        "whole": sorted(whole),
        "branches": sorted({grant.unit_id for grant in held if grant.unit_id is not None}),
        "english": in_english(),
    }


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
