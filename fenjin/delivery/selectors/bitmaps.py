"""Who is in an audience. Bitmaps of frozen ones never change, nor do rules of living ones: each process keeps the last.

They are kept under the message's `uid` and not its number: after a copy of the database is restored,
a number may belong to another message, and a stale bitmap would show it to the wrong people.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any
from uuid import UUID

from pyroaring import FrozenBitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.living import Living, living_of, units_now
from fenjin.kit.scope import Reason, every_space

KEPT = 128  # of at most 125 KiB each, for a million people

type Audience = FrozenBitMap | Living

_kept: OrderedDict[UUID, Audience] = OrderedDict()
_lock = Lock()


def audiences(uids: Iterable[UUID]) -> dict[UUID, Audience]:
    """Return the audiences of messages, reading in one query those that are not kept."""
    wanted = list(dict.fromkeys(uids))
    with _lock:
        found = {uid: _kept[uid] for uid in wanted if uid in _kept}
        for uid in found:
            _kept.move_to_end(uid)
    missing = [uid for uid in wanted if uid not in found]
    if missing:
        with every_space(Reason.DELIVERY):
            rows = list(
                Message.objects.filter(uid__in=missing).values_list("uid", "audience_mode", "bitmap", "rule", "reach")
            )
        read = {uid: _read(*stored) for uid, *stored in rows}
        found |= read
        with _lock:
            _kept.update(read)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def _read(mode: str, bitmap: bytes, rule: Any, reach: Any) -> Audience:
    if mode == Message.AudienceMode.LIVING:
        return living_of(rule, reach)
    return FrozenBitMap.deserialize(bytes(bitmap))


def is_member(person_id: int, uid: UUID) -> bool:
    """Tell whether a message was sent to a person, or means that person now."""
    return uid in members_only(person_id, [uid])


def members_only(person_id: int, uids: Iterable[UUID]) -> set[UUID]:
    """Return those of the messages that were sent to a person, or mean that person now."""
    found = audiences(uids)
    living = {uid: audience for uid, audience in found.items() if isinstance(audience, Living)}
    frozen = {uid for uid, audience in found.items() if not isinstance(audience, Living) and person_id in audience}
    return frozen | units_now(person_id, living).keys()


def living_unit(person_id: int, uid: UUID) -> int | None:
    """Return the unit under which a person counts now in a living audience; None: not meant."""
    living = {key: audience for key, audience in audiences([uid]).items() if isinstance(audience, Living)}
    return units_now(person_id, living).get(uid)


def kept(uid: UUID) -> FrozenBitMap | None:
    """Return the bitmap of a frozen message if this process has it, without a query."""
    with _lock:
        found = _kept.get(uid)
        if found is not None:
            _kept.move_to_end(uid)
    return None if isinstance(found, Living) else found


def keep(uid: UUID, stored: bytes) -> FrozenBitMap:
    """Keep the bitmap of a message as it stands in its row, and return it."""
    bitmap = FrozenBitMap.deserialize(stored)
    with _lock:
        _kept[uid] = bitmap
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return bitmap
