"""The one door of a node: Django's pages behind a thread pool (the hot lane joins here later).

Django runs as WSGI inside a2wsgi because its own ASGI path costs several times more CPU for
synchronous views (docs/decisions/0003-granian-and-a2wsgi.md).
"""

import gc
from collections.abc import Awaitable, Callable
from typing import Any

from config.bridge import Pages
from config.wsgi import application as django
from fenjin.kit.runtime.lifeline import end_with_web_server

end_with_web_server()

# What is loaded stays: the collector need not walk through it again and again.
gc.collect()
gc.freeze()

pages = Pages(django, workers=4)  # type: ignore[arg-type]  # Django says less than it does


async def application(
    scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Answer one request.

    Granian's `receive` returns an awaitable that is no coroutine, and a2wsgi hands what it gets to
    asyncio.run_coroutine_threadsafe, which takes coroutines only; so it is wrapped into one.
    """

    async def receive_as_coroutine() -> Any:
        return await receive()

    await pages(scope, receive_as_coroutine, send)
