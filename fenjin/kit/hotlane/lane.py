"""The lane itself: finds the door of a request, and hands to the pages what no door answers."""

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from fenjin.kit.hotlane.database import CommittedHereOnly, Unavailable
from fenjin.kit.hotlane.gather import Busy
from fenjin.kit.hotlane.http import Answer, HotRequest, Receive, Send

log = logging.getLogger(__name__)
PATIENCE: Final = 15  # seconds for one request


class Opener(Protocol):
    """Answers a request to a door, or returns None for the pages to answer."""

    async def __call__(self, request: HotRequest, receive: Receive, number: int) -> Answer | None: ...


@dataclass(frozen=True, slots=True)
class Door:
    """Requests of one method whose path matches `path`, which has one group: the number in it.

    It may be asked a second time by somebody who got no answer, so whatever it does must be safe to repeat.
    """

    method: str
    path: re.Pattern[str]
    opens: Opener


_doors: list[Callable[[], list[Door]]] = []


def register_door(make: Callable[[], list[Door]]) -> None:
    """Sign the register: `make()` returns doors, asked once for each lane, in its event loop."""
    _doors.append(make)


def doors() -> list[Door]:
    """Return new doors of all who signed."""
    return [door for make in _doors for door in make()]


class Lane:
    """An ASGI application in front of another."""

    def __init__(self, pages: Callable[[Any, Receive, Send], Awaitable[None]]) -> None:
        self._pages = pages
        self._doors: list[Door] | None = None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            found = self._find(scope["method"], scope["path"])
            if found is not None:
                request = HotRequest(scope)
                answer = await self.answer(found, request, receive)
                if answer is not None:
                    await answer.send(send)
                    return
                receive = request.again(receive)
        await self._pages(scope, receive, send)

    async def answer(self, found: tuple[Opener, int], request: HotRequest, receive: Receive) -> Answer | None:
        """Return what the door answers; None: the pages shall."""
        opener, number = found
        try:
            async with asyncio.timeout(PATIENCE):
                return await opener(request, receive, number)
        except (Busy, Unavailable, CommittedHereOnly, TimeoutError) as error:
            if not isinstance(error, Busy):
                log.warning("A hot door could not answer: %s: %s", type(error).__name__, error)
            return later()
        except Exception:
            log.exception("A hot door failed at %s; the pages answer.", request.path)
            return None

    def _find(self, method: str, path: str) -> tuple[Opener, int] | None:
        if self._doors is None:
            self._doors = doors()
        for door in self._doors:
            if door.method == method:
                match = door.path.fullmatch(path)
                if match is not None:
                    return door.opens, int(match[1])
        return None


def later() -> Answer:
    """Return the answer of who cannot answer now: come again, not all in the same second."""
    wait = str(random.randint(1, 3)).encode()  # noqa: S311 - spreads a crowd, hides nothing
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", wait), (b"cache-control", b"no-store")]
    return Answer(503, headers, "现在人多，请过几秒再试。 / Busy. Please try again in a few seconds.\n".encode())
