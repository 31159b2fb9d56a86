"""Sets of people as bitmaps: the audience, who opened, and how far each channel got."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import ChannelPeople, Message
from fenjin.delivery.selectors.living import people_now
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors import contact

State = ChannelPeople.State
AT_ONCE: Final = 50_000  # people of whom one statement asks
_FEW: Final = 5_000


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


def batch(people: BitMap, after: int | None, size: int) -> tuple[BitMap, int | None]:
    """Return the next people of a set by id, and the last of them to go on after; None: nobody comes later."""
    begin = people.rank(after) if after is not None else 0
    part = people[begin : begin + size]
    return part, part.max() if begin + size < len(people) else None


def pieces(people: BitMap) -> Iterator[BitMap]:
    """Yield a set piece by piece: what is asked of the database of each person wants memory."""
    for begin in range(0, len(people), AT_ONCE):
        yield people[begin : begin + AT_ONCE]


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
    """Return who opened a message; `among`: only of these."""
    return _receipts(space_id, message_id, among)


def confirmed(message: Message, among: BitMap | None = None) -> BitMap:
    """Return whose confirmation counts; `among`: only of these."""
    return _receipts(message.space_id, message.pk, among, version=message.confirm_from)


def _receipts(space_id: int, message_id: int, among: BitMap | None, version: int = 0) -> BitMap:
    """Return who has a receipt: few people by their keys, many by the stretch of the key in which they lie."""
    sql = "SELECT person_id FROM delivery_receipt WHERE space_id = %s AND message_id = %s"
    parameters: list[Any] = [space_id, message_id]
    if version:
        sql += " AND confirmed_version >= %s"
        parameters.append(version)
    if among is not None and not among:
        return BitMap()
    if among is not None and len(among) <= _FEW:
        sql += " AND person_id = ANY(%s::bigint[])"
        parameters.append(list(among))
    elif among is not None:
        sql += " AND person_id BETWEEN %s AND %s"
        parameters += [among.min(), among.max()]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = bitmap_of(row[0] for row in cursor.fetchall())
    return found if among is None else found & among


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
    found = BitMap()
    for piece in pieces(people):
        found |= bitmap_of(contact.with_accounts(list(piece)))
    return found
