"""From ASGI to Django's WSGI by a2wsgi, with one change of threads for an answer instead of five.

a2wsgi hands the status line and every part of the body to the event loop one by one, and its thread
waits each time until that has happened. Nearly all our answers are one small part, so here they are
gathered in the thread and sent when it is done; only what is larger than HELD goes out meanwhile.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any, Final

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import Body, WSGIResponder, build_environ

HELD: Final = 256 * 1024  # bytes of an answer that wait for its end

type Send = Callable[[Any], Awaitable[None]]


class Pages(WSGIMiddleware):
    """a2wsgi's middleware with the responder below."""

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            await _Responder(self.app, self.executor, self.send_queue_size)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class _Responder(WSGIResponder):
    """Gathers what Django answers; `send` is called in Django's thread, `__call__` runs in the event loop."""

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Answer one request; raises what Django or the connection raised."""
        self.outside, self.held, self.size = send, list[Any](), 0
        run = contextvars.copy_context().run
        environ = build_environ(scope, Body(self.loop, receive))
        await self.loop.run_in_executor(self.executor, run, self.wsgi, environ, self.start_response)
        await self._pass_on()
        if self.exc_info is not None:
            raise self.exc_info[0].with_traceback(self.exc_info[1], self.exc_info[2])

    def send(self, message: Any) -> None:
        """Keep a part of the answer; when much is kept, wait until it has gone out."""
        self.held.append(message)
        self.size += len(message.get("body", b""))
        if self.size > HELD:
            asyncio.run_coroutine_threadsafe(self._pass_on(), self.loop).result()

    async def _pass_on(self) -> None:
        messages, self.held, self.size = self.held, [], 0
        for message in messages:
            await self.outside(message)
