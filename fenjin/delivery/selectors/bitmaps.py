"""Who is in a frozen audience. Bitmaps never change, so each process keeps the last ones it used.

They are kept under the message's `uid` and not its number: after a copy of the database is restored,
a number may belong to another message, and a stale bitmap would show it to the wrong people.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from uuid import UUID

from pyroaring import FrozenBitMap

from fenjin.delivery.models import Message
from fenjin.kit.scope import Reason, every_space

KEPT = 128  # of at most 125 KiB each, for a million people

_kept: OrderedDict[UUID, FrozenBitMap] = OrderedDict()
_lock = Lock()


def bitmaps(uids: Iterable[UUID]) -> dict[UUID, FrozenBitMap]:
    """Return the bitmaps of messages, reading in one query those that are not kept."""
    wanted = list(dict.fromkeys(uids))
    with _lock:
        found = {uid: _kept[uid] for uid in wanted if uid in _kept}
        for uid in found:
            _kept.move_to_end(uid)
    missing = [uid for uid in wanted if uid not in found]
    if missing:
        with every_space(Reason.DELIVERY):
            rows = list(Message.objects.filter(uid__in=missing).values_list("uid", "bitmap"))
        read = {uid: FrozenBitMap.deserialize(bytes(stored)) for uid, stored in rows}
        found |= read
        with _lock:
            _kept.update(read)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def is_member(person_id: int, uid: UUID) -> bool:
    """Tell whether a message was sent to a person."""
    bitmap = bitmaps([uid]).get(uid)
    return bitmap is not None and person_id in bitmap


def members_only(person_id: int, uids: Iterable[UUID]) -> set[UUID]:
    """Return those of the messages that were sent to a person."""
    return {uid for uid, bitmap in bitmaps(uids).items() if person_id in bitmap}


def kept(uid: UUID) -> FrozenBitMap | None:
    """Return the bitmap of a message if this process has it, without a query."""
    with _lock:
        found = _kept.get(uid)
        if found is not None:
            _kept.move_to_end(uid)
    return found


def keep(uid: UUID, stored: bytes) -> FrozenBitMap:
    """Keep the bitmap of a message as it stands in its row, and return it."""
    bitmap = FrozenBitMap.deserialize(stored)
    with _lock:
        _kept[uid] = bitmap
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return bitmap
