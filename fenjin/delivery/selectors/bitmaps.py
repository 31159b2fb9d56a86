"""Who is in an audience. Bitmaps of frozen ones never change, nor do rules of living ones: each process keeps the last.

They are kept under the message's `uid` and not its number: after a copy of the database is restored,
a number may belong to another message, and a stale bitmap would show it to the wrong people.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any, Final
from uuid import UUID

from pyroaring import FrozenBitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.living import Living, living_of, units_now
from fenjin.kit.scope import Reason, every_space

KEPT_BYTES: Final = 16 * 2**20  # of a million people: between a few bytes (everybody) and 125 KiB (every other one)
_BESIDE: Final = 512  # bytes that an audience costs beside its bitmap

type Audience = FrozenBitMap | Living


class _Memory:
    """The audiences that were asked for last, as many as find room."""

    def __init__(self) -> None:
        self._found: OrderedDict[UUID, tuple[Audience, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, uid: UUID) -> Audience | None:
        """Return an audience if it is here."""
        with self._lock:
            found = self._found.get(uid)
            if found is not None:
                self._found.move_to_end(uid)
        return found[0] if found is not None else None

    def put(self, uid: UUID, audience: Audience, size: int) -> None:
        """Keep an audience whose bitmap has so many bytes, and let go of those longest not asked for."""
        with self._lock:
            _before, weight = self._found.pop(uid, (None, 0))
            self._found[uid] = audience, size + _BESIDE
            self._bytes += size + _BESIDE - weight
            while self._bytes > KEPT_BYTES and len(self._found) > 1:
                _uid, (_audience, weight) = self._found.popitem(last=False)
                self._bytes -= weight


_memory = _Memory()


def audiences(uids: Iterable[UUID]) -> dict[UUID, Audience]:
    """Return the audiences of messages, reading in one query those that are not kept."""
    found: dict[UUID, Audience] = {}
    missing = []
    for uid in dict.fromkeys(uids):
        here = _memory.get(uid)
        if here is None:
            missing.append(uid)
        else:
            found[uid] = here
    if missing:
        with every_space(Reason.DELIVERY):
            rows = list(
                Message.objects.filter(uid__in=missing).values_list("uid", "audience_mode", "bitmap", "rule", "reach")
            )
        for uid, *stored in rows:
            found[uid] = _read(*stored)
            _memory.put(uid, found[uid], len(stored[1]))
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


def kept(uid: UUID) -> FrozenBitMap | None:
    """Return the bitmap of a frozen message if this process has it, without a query."""
    found = _memory.get(uid)
    return None if isinstance(found, Living) else found


def keep(uid: UUID, stored: bytes) -> FrozenBitMap:
    """Keep the bitmap of a message as it stands in its row, and return it."""
    bitmap = FrozenBitMap.deserialize(stored)
    _memory.put(uid, bitmap, len(stored))
    return bitmap
