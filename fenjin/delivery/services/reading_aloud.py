"""Told by word of mouth: a supervisor read a message aloud. Kept apart from what people did themselves."""

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Message, Present, ReadAloud
from fenjin.delivery.selectors.told import UnitToTell, listeners, message_to_tell, unit_to_tell
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key

_TOLD = """
INSERT INTO delivery_told AS t (space_id, message_id, unit_id, people) VALUES (%s, %s, %s, %s)
ON CONFLICT (space_id, message_id, unit_id) DO UPDATE SET people = t.people + EXCLUDED.people
RETURNING people
"""
_UNTOLD = """
UPDATE delivery_told SET people = people - %s WHERE space_id = %s AND message_id = %s AND unit_id = %s
"""
# By the key of the table, which begins with the space.
_FORGET = """
DELETE FROM delivery_present present USING spaces_space space, delivery_message message
WHERE message.space_id = space.id
  AND (present.space_id, present.message_id, present.person_id) = (space.id, message.id, %s)
"""


class ToldRefusal(Refusal):
    """What a supervisor says cannot be so; nothing was written."""

    code = "told"
    status = 422


class NobodyTold(ToldRefusal):
    code = "told_nobody"
    sentence = _("Say to how many people you read it, or tick who was there.")


class MoreThanThereAre(ToldRefusal):
    code = "told_too_many"
    sentence = _("So many people of this unit are not in the audience, or were told before. Check the number.")


class NotThatDay(ToldRefusal):
    code = "told_day"
    sentence = _("The day lies before the sending, or ahead. Choose the day on which you read it.")


@transaction.atomic
def say_read_aloud(
    *,
    actor: Any,
    message_id: int,
    unit_id: int,
    told_on: date,
    people: int = 0,
    present: Collection[int] = (),
    key: str | None = None,
) -> ReadAloud:
    """Keep that a supervisor read a message aloud in a unit: to so many people, or to those who were `present`.

    Whoever was named before is not counted again; the same key says it once. Raises NotFound (no such message or unit
    for this account), NobodyTold, MoreThanThereAre, NotThatDay.
    """
    version = message_to_tell(actor.membership, message_id)
    unit = unit_to_tell(actor.membership, version.message, unit_id)
    said = client_key(key)
    before: ReadAloud | None = _readings(version.message).filter(key=said).first()
    if before is not None:
        return before
    zone = ZoneInfo(version.message.space.zone)
    if not version.message.sent_at.astimezone(zone).date() <= told_on <= clock.today(zone):
        raise NotThatDay
    new = _newly_present(version.message, unit, present)
    count = len(new) if present else people
    if count <= 0:
        raise NobodyTold
    reading = ReadAloud(
        space_id=version.space_id,
        message_id=version.message_id,
        key=said,
        unit_id=unit.unit_id,
        told_on=told_on,
        people=count,
        named=bool(present),
        version=version.number,
        account_id=actor.pk,
        said_at=clock.now(),
    )
    if _count(reading) > unit.people:
        raise MoreThanThereAre
    reading.save(force_insert=True)
    Present._base_manager.bulk_create(
        Present(space_id=version.space_id, message_id=version.message_id, person_id=person, key=said) for person in new
    )
    _record(actor, "delivery.read_aloud", reading)
    return reading


def _newly_present(message: Message, unit: UnitToTell, present: Collection[int]) -> list[int]:
    """Return those named who were not named before; raises NotFound for somebody who does not count in the unit."""
    if not present:
        return []
    there = {listener.person_id: listener for listener in listeners(message, unit.unit_id)}
    if not set(present) <= there.keys():
        raise NotFound
    return sorted(person for person in set(present) if not there[person].told)


@transaction.atomic
def take_back_reading(*, actor: Any, message_id: int, key: str) -> ReadAloud:
    """Take back what was said by mistake; a second time changes nothing. Raises NotFound."""
    version = message_to_tell(actor.membership, message_id)
    reading: ReadAloud | None = _readings(version.message).select_for_update().filter(key=key).first()
    if reading is None:
        raise NotFound
    unit_to_tell(actor.membership, version.message, reading.unit_id)
    if reading.taken_back_at is None:
        reading.taken_back_at = clock.now()
        reading.save(update_fields=["taken_back_at"])
        Present._base_manager.filter(space_id=version.space_id, message_id=version.message_id, key=key).delete()
        with connection.cursor() as cursor:
            cursor.execute(_UNTOLD, [reading.people, reading.space_id, reading.message_id, reading.unit_id])
        _record(actor, "delivery.take_back_reading", reading)
    return reading


def forget_presence(*, person_id: int) -> int:
    """Take a person's name off every reading, for an erasure; the numbers stay. Return from how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [person_id])
        return int(cursor.rowcount)


def _readings(message: Message) -> Any:
    return ReadAloud._base_manager.filter(space_id=message.space_id, message_id=message.pk)


def _count(reading: ReadAloud) -> int:
    """Step the counter of the unit, which holds others up until this is committed; return what it says now."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [reading.space_id, reading.message_id, reading.unit_id, reading.people])
        (people,) = cursor.fetchone()
    return int(people)


def _record(actor: Any, act: str, reading: ReadAloud) -> None:
    audit.record(
        actor=actor,
        act=act,
        target=("message", reading.message_id),
        space_id=reading.space_id,
        details={"unit": reading.unit_id, "people": reading.people, "named": reading.named},
    )
