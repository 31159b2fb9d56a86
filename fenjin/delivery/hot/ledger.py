"""What the doors ask the database: who comes, what the message shows now, and the receipts to be kept."""

import time
from asyncio import Future, ensure_future, shield
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from fenjin.delivery.models import Message
from fenjin.delivery.selectors import bitmaps
from fenjin.delivery.selectors.pointer import AUDIENCE, NOW, SECONDS, Shown, read_now
from fenjin.delivery.services import gathered
from fenjin.delivery.services.gathered import Confirming, Opened, Opening
from fenjin.delivery.timing import visible_from
from fenjin.kit import clock
from fenjin.kit.hotlane import Database, Gatherer, HotRequest
from fenjin.people.register import hash_of
from fenjin.spaces.selectors.guests import GUESTS, Guest, guests_asked, guests_found

MOST_POINTERS: Final = 1_000


class Ledger:
    """Three connections of one process: for those who come, for receipts, and for looks at messages."""

    def __init__(self) -> None:
        self._guests, self._receipts, self._messages = Database(), Database(), Database()
        self._who = Gatherer[str, Guest | None](self._ask_who)
        self._opens = Gatherer[Opening, Opened | None](self._ask_opens)
        self._confirms = Gatherer[Confirming, bool](self._ask_confirms)
        self._shown: dict[int, tuple[float, Future[Shown | None]]] = {}

    async def guest(self, request: HotRequest) -> Guest | None:
        """Return the employee who asks; None: not plainly one, so Django decides."""
        key = request.cookies.get(settings.SESSION_COOKIE_NAME)
        if not key or "messages" in request.cookies or "hx-request" in request.headers or not request.known_host:
            return None
        return await self._who.put(hash_of(key))

    async def shown_to(self, guest: Guest, message_id: int) -> Shown | None:
        """Return a message that was sent to a guest who sees it; None: not plainly so, so Django decides."""
        shown = await self._now(message_id)
        if shown is None or not shown.plain or guest.person_id not in shown.audience:
            return None
        table = shown.message.timetable
        visible = visible_from(table, guest.person_id, ZoneInfo(guest.zone) if table.needs_zone else None)
        return shown if visible is not None and visible <= clock.now() else None

    async def open(self, guest: Guest, shown: Shown) -> Opened | None:
        """Keep that a guest opened a message; when this returns it is committed. None: it was not kept."""
        return await self._opens.put(Opening(shown.message, guest.person_id))

    async def confirm(self, confirming: Confirming) -> bool:
        """Keep a confirmation; when this returns True it is committed."""
        return await self._confirms.put(confirming)

    async def close(self) -> None:
        """Close the connections."""
        for database in (self._guests, self._receipts, self._messages):
            await database.close()

    async def _ask_who(self, keys: Sequence[str]) -> Sequence[Guest | None]:
        rows = await self._guests.ask(GUESTS, guests_asked(keys, clock.now()))
        return guests_found(rows, len(keys))

    async def _ask_opens(self, openings: Sequence[Opening]) -> Sequence[Opened | None]:
        rows = await self._receipts.ask(gathered.OPEN, gathered.opens_asked(openings, clock.now()))
        return gathered.opens_done(rows, openings)

    async def _ask_confirms(self, pressed: Sequence[Confirming]) -> Sequence[bool]:
        rows = await self._receipts.ask(gathered.CONFIRM, gathered.confirmations_asked(pressed, clock.now()))
        return gathered.confirmations_done(rows, pressed)

    async def _now(self, message_id: int) -> Shown | None:
        """Return what a message shows, at most SECONDS old; all who come meanwhile wait for one look."""
        at, look = self._shown.get(message_id, (0.0, None))
        now = time.monotonic()
        if look is None or now - at >= SECONDS or (look.done() and (look.cancelled() or look.exception())):
            if len(self._shown) >= MOST_POINTERS:
                self._shown.clear()
            look = ensure_future(self._look(message_id))
            self._shown[message_id] = (now, look)
        # Who gives up must not end what others wait for.
        return await shield(look)

    async def _look(self, message_id: int) -> Shown | None:
        found = read_now(await self._messages.ask(NOW, {"message": message_id}))
        if found is None:
            return None
        message, version = found
        if message.audience_mode == Message.AudienceMode.LIVING:
            return None  # who is meant is asked of each reader, in Django
        audience = bitmaps.kept(message.uid)
        if audience is None:
            rows = await self._messages.ask(AUDIENCE, {"uid": message.uid})
            audience = bitmaps.keep(message.uid, bytes(rows[0][0]))
        return Shown(message, version, audience)
