"""Who is in a frozen audience. Bitmaps never change, so each process keeps the last ones it used."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from pyroaring import FrozenBitMap

from fenjin.delivery.models import Message
from fenjin.kit.memory import forgets
from fenjin.kit.scope import Reason, every_space

KEPT = 128  # of at most 125 KiB each, for a million people

_kept: OrderedDict[int, FrozenBitMap] = OrderedDict()
_lock = Lock()


@forgets
def _forget() -> None:
    with _lock:
        _kept.clear()


def bitmaps(message_ids: Iterable[int]) -> dict[int, FrozenBitMap]:
    """Return the bitmaps of messages, reading in one query those that are not kept."""
    wanted = list(dict.fromkeys(message_ids))
    with _lock:
        found = {message_id: _kept[message_id] for message_id in wanted if message_id in _kept}
        for message_id in found:
            _kept.move_to_end(message_id)
    missing = [message_id for message_id in wanted if message_id not in found]
    if missing:
        with every_space(Reason.DELIVERY):
            rows = list(Message.objects.filter(pk__in=missing).values_list("pk", "bitmap"))
        read = {message_id: FrozenBitMap.deserialize(bytes(stored)) for message_id, stored in rows}
        found |= read
        with _lock:
            _kept.update(read)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def is_member(person_id: int, message_id: int) -> bool:
    """Tell whether a message was sent to a person."""
    bitmap = bitmaps([message_id]).get(message_id)
    return bitmap is not None and person_id in bitmap


def members_only(person_id: int, message_ids: Iterable[int]) -> set[int]:
    """Return those of the messages that were sent to a person."""
    return {message_id for message_id, bitmap in bitmaps(message_ids).items() if person_id in bitmap}
