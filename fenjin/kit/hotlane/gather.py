"""Many small questions become one statement: gathered for a moment, asked together, answered one by one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from fenjin.kit.hotlane.database import CommittedHereOnly, Unavailable

WAIT: Final = 0.002  # seconds in which questions come together
MOST: Final = 256  # questions of one statement
ROOM: Final = 1_024  # questions that wait or are being answered, in one process


class Busy(Exception):
    """More wait than can be answered soon; asking again in a moment is the cure."""


class Gatherer[Question, Reply]:
    """Asks `ask(questions)` for many at once; it returns one reply for each, in order.

    Made and used within one event loop.
    """

    def __init__(
        self,
        ask: Callable[[Sequence[Question]], Awaitable[Sequence[Reply]]],
        *,
        wait: float = WAIT,
        most: int = MOST,
        room: int = ROOM,
    ) -> None:
        self._ask, self._wait, self._most, self._room = ask, wait, most, room
        self._waiting: list[tuple[Question, asyncio.Future[Reply]]] = []
        self._asked = 0
        self._work: asyncio.Task[None] | None = None

    async def put(self, question: Question) -> Reply:
        """Return the reply to one question; raises Busy, or whatever asking this very question raised."""
        if len(self._waiting) + self._asked >= self._room:
            raise Busy
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        self._waiting.append((question, reply))
        if self._work is None:
            self._work = loop.create_task(self._serve())
        return await reply

    async def _serve(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < self._most:
                    await asyncio.sleep(self._wait)
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                self._asked = len(batch)
                await self._answer(batch)
                self._asked = 0
        finally:
            self._work, self._asked = None, 0

    async def _answer(self, batch: Sequence[tuple[Question, asyncio.Future[Reply]]]) -> None:
        """Answer a batch; when it fails, its halves are asked alone, so that one bad row fails only itself."""
        try:
            replies = await self._ask([question for question, _reply in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to who asked
            if len(batch) == 1 or isinstance(error, Unavailable | CommittedHereOnly):
                for _question, reply in batch:
                    if not reply.done():
                        reply.set_exception(error)
                return
            half = len(batch) // 2
            await self._answer(batch[:half])
            await self._answer(batch[half:])
            return
        for (_question, reply), answer in zip(batch, replies, strict=True):
            if not reply.done():  # who asked may have gone
                reply.set_result(answer)
