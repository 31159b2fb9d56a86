"""Sets of people as bitmaps: the audience, who opened, and how far each channel got."""

from array import array
from collections.abc import Iterable
from typing import Any

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import ChannelPeople, Message
from fenjin.delivery.selectors.living import people_now
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors import contact

State = ChannelPeople.State


def bitmap_of(ids: Iterable[int]) -> BitMap:
    """Return ids as a bitmap."""
    return BitMap(array("I", ids))


def stored(people: BitMap) -> bytes:
    """Return a bitmap as a row keeps it."""
    people.run_optimize()
    return bytes(people.serialize())


def read(kept: bytes | memoryview) -> BitMap:
    """Return the bitmap that a row keeps; an empty one for an empty field."""
    return BitMap.deserialize(bytes(kept)) if kept else BitMap()


def audience(message: Message) -> BitMap:
    """Return everybody to whom a message was sent, or whom a living one means now."""
    with every_space(Reason.DELIVERY):
        rows = Message.objects.filter(pk=message.pk).values_list("audience_mode", "bitmap", "rule", "reach")
        mode, bitmap, rule, reach = rows.get()
        return people_now(rule, reach) if mode == Message.AudienceMode.LIVING else read(bitmap)


def muting(message: Message) -> BitMap:
    """Return who wants to hear nothing of ordinary messages of this one's sender or sub-platform."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM delivery_habits WHERE %s = ANY(muted_spaces) OR %s = ANY(muted_senders)",
            [message.space_id, message.sender_id],
        )
        return bitmap_of(row[0] for row in cursor.fetchall())


def opened(space_id: int, message_id: int, among: BitMap | None = None) -> BitMap:
    """Return who opened a message; `among`: only of these, asked one by one, for few."""
    sql = "SELECT person_id FROM delivery_receipt WHERE space_id = %s AND message_id = %s"
    parameters: list[Any] = [space_id, message_id]
    if among is not None:
        sql += " AND person_id = ANY(%s::bigint[])"
        parameters.append(list(among))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return bitmap_of(row[0] for row in cursor.fetchall())


def confirmed(message: Message, among: BitMap) -> BitMap:
    """Return those of some people whose confirmation counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT person_id FROM delivery_receipt WHERE space_id = %s AND message_id = %s
               AND person_id = ANY(%s::bigint[]) AND confirmed_version >= %s""",
            [message.space_id, message.pk, list(among), message.confirm_from],
        )
        return bitmap_of(row[0] for row in cursor.fetchall())


def on_channels(message: Message) -> dict[tuple[str, str], BitMap]:
    """Return who is in which state on which channel: (channel, state) → people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT channel, state, people FROM delivery_channelpeople WHERE space_id = %s AND message_id = %s",
            [message.space_id, message.pk],
        )
        return {(channel, state): read(people) for channel, state, people in cursor.fetchall()}


def accepted(message: Message) -> BitMap:
    """Return whom some channel took on."""
    found = BitMap()
    for (_channel, state), people in on_channels(message).items():
        if state == State.ACCEPTED:
            found |= people
    return found


def with_accounts(people: BitMap) -> BitMap:
    """Return those who can sign in, and so find everything in the platform itself."""
    return bitmap_of(contact.with_accounts(list(people)))
