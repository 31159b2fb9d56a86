"""Who has not confirmed a message whose sender stated a reason: for the administrator of the own unit.

Only of a message that everybody has, that still stands, and until `Message.names_until`. Who has opened it is never
told, here or by leaving somebody out: the opened and the unopened stand together. `services.naming` writes each look
down.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pyroaring import BitMap

from fenjin.delivery.access import OwnUnits
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.naming import NAMED_FOR
from fenjin.delivery.selectors.counted import counted_units
from fenjin.delivery.selectors.near import people_near
from fenjin.delivery.selectors.outbox.reach import unreachable_among
from fenjin.delivery.selectors.safety import IN_REACH
from fenjin.kit import clock
from fenjin.kit.db import ask, titled
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import in_english
from fenjin.people.selectors.branches import unit_places

PAGE: Final = 50
MOST: Final = 20_000  # people of an audience who are looked through for one page
LISTED: Final = 50

# Of a message `m`: whether it counts somebody in the own units.
_COUNTS_OWN: Final = f"""
EXISTS (SELECT 1 FROM delivery_denominator d JOIN people_unit u ON u.id = d.unit_id
        WHERE d.space_id = m.space_id AND d.message_id = m.id AND {IN_REACH})
OR EXISTS (SELECT 1 FROM delivery_livingcount d JOIN people_unit u ON u.id = d.unit_id
           WHERE d.space_id = m.space_id AND d.message_id = m.id AND {IN_REACH})
"""  # noqa: S608 - the condition is ours
_MESSAGES: Final = f"""
SELECT m.id FROM delivery_message m
WHERE m.reason_kind <> '' AND m.due_on >= %(earliest)s::date AND m.state = 'sent' AND NOT m.rehearsal
  AND ({_COUNTS_OWN})
ORDER BY m.sent_at DESC, m.id DESC LIMIT %(limit)s
"""  # noqa: S608 - the condition is ours
_REACHED: Final = f"SELECT 1 FROM delivery_message m WHERE m.id = %(message)s AND ({_COUNTS_OWN})"  # noqa: S608 - ours
_RECEIPTS: Final = """
SELECT person_id, unit_id, coalesce(confirmed_version >= %(confirm_from)s, false) FROM delivery_receipt
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = ANY(%(persons)s::bigint[])
"""
_IN_ORDER: Final = f"""
SELECT n.id, n.name, {titled("u")} FROM unnest(%(persons)s::bigint[], %(units)s::bigint[]) AS open(person_id, unit_id)
JOIN people_unit u ON u.id = open.unit_id AND u.path @> ARRAY[%(unit)s]::bigint[] AND {IN_REACH}
JOIN people_person n ON n.id = open.person_id
ORDER BY u.lft, n.name_key, n.id
"""  # noqa: S608 - the condition is ours
_TOLD: Final = """
SELECT b.person_id, max(r.told_on) FROM delivery_present b
JOIN delivery_readaloud r ON (r.space_id, r.message_id, r.key) = (b.space_id, b.message_id, b.key)
WHERE b.space_id = %(space)s AND b.message_id = %(message)s AND b.person_id = ANY(%(persons)s::bigint[]) GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class NamedMessage:
    """A message whose sender stated a reason, and until when those are named who have not confirmed."""

    message: Message
    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody who has not confirmed. `told_on`: heard it read aloud; `why`, `cure`: nothing reaches that person."""

    person_id: int
    name: str
    unit_name: str
    told_on: date | None = None
    why: Any = ""
    cure: Any = ""


def messages_with_names(own: OwnUnits) -> list[NamedMessage]:
    """Return the messages of which those are named now who have not confirmed, newest first; no names, no numbers."""
    now = clock.now()
    earliest = (now - NAMED_FOR - timedelta(days=1)).date()  # a day more: the deadline is of another zone
    found = [pk for (pk,) in ask(_MESSAGES, own.as_parameters() | {"earliest": earliest, "limit": LISTED})]
    with every_space(Reason.DELIVERY):
        versions = MessageVersion.objects.select_related("message", "message__space").filter(message__in=found)
        rows = versions.defer("html", "text", "message__bitmap", "message__elsewhere", "message__rule")
        shown = {row.message_id: row for row in rows.order_by("number")}
    listed = [(shown[pk].message, shown[pk].title) for pk in found]
    return [NamedMessage(sent, title, sent.names_until) for sent, title in listed
            if sent.names_until is not None and sent.names_until > now]  # fmt: skip


def message_with_names(own: OwnUnits, message_id: int) -> MessageVersion:
    """Return the current version, with its message, if a reason was stated and it counts people of the own units.

    Whether those are named now, `names_are_open` tells. Raises NotFound.
    """
    with every_space(Reason.DELIVERY):
        versions = MessageVersion.objects.select_related("message", "message__space")
        rows = versions.filter(message=message_id, message__rehearsal=False).exclude(message__reason_kind="")
        rows = rows.exclude(message__state=Message.State.PLANNED)
        version: MessageVersion | None = (
            rows.defer("html", "text", "message__bitmap", "message__elsewhere").order_by("-number").first()
        )
    if version is None or not ask(_REACHED, own.as_parameters() | {"message": message_id}):
        raise NotFound
    return version


def names_are_open(message: Message) -> bool:
    """Tell whether those are named now who have not confirmed: everybody has it, it stands, and it is not too late."""
    until = message.names_until
    return until is not None and clock.now() < until and message.state == Message.State.SENT and not message.rehearsal


def own_unit(own: OwnUnits, unit_id: int) -> int:
    """Return the id of a unit that is one's own; raises NotFound."""
    place = unit_places([unit_id]).get(unit_id)
    if place is None or not own.hold(place.space_id, place.path):
        raise NotFound
    return unit_id


def unconfirmed(message: Message, own: OwnUnits, unit_id: int) -> list[Open] | None:
    """Return who in and below an own unit has not confirmed: by unit in the order of the tree, then by name.

    None: more than MOST people would have to be looked through. It costs as much as the people of the unit.
    """
    near = people_near(message, own, unit_id, most=MOST)
    if near is None:
        return None
    named = {"space": message.space_id, "message": message.pk}
    places: dict[int, int] = {}
    for person, unit, confirmed in ask(
        _RECEIPTS, named | {"persons": list(near), "confirm_from": message.confirm_from}
    ):
        near.discard(person)
        if not confirmed:
            places[person] = unit
    places |= counted_units(message, list(near))
    asked = {"persons": list(places), "units": list(places.values()), "unit": unit_id, "english": in_english()}
    return [Open(*row) for row in ask(_IN_ORDER, own.as_parameters() | asked)]


def with_remarks(message: Message, people: Collection[Open]) -> Sequence[Open]:
    """Return people with what is known besides: that they heard it read aloud, or why nothing reaches them."""
    ids = [one.person_id for one in people]
    told = dict(ask(_TOLD, {"space": message.space_id, "message": message.pk, "persons": ids}))
    why = {person: group for group in unreachable_among(message, BitMap(ids)) for person in group.people}
    return [
        Open(
            one.person_id,
            one.name,
            one.unit_name,
            told.get(one.person_id),
            why[one.person_id].label if one.person_id in why else "",
            why[one.person_id].cure if one.person_id in why else "",
        )
        for one in people
    ]
