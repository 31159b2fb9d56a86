"""The one door of a node: the hot lane, and behind it Django's pages in a thread pool.

Django runs as WSGI inside a2wsgi because its own ASGI path costs several times more CPU for
synchronous views (docs/decisions/0003-granian-and-a2wsgi.md).
"""

import gc
from collections.abc import Awaitable, Callable
from typing import Any

from config.bridge import Pages
from config.wsgi import application as django
from fenjin.kit.hotlane import Lane
from fenjin.kit.runtime.lifeline import end_with_web_server

end_with_web_server()

# What is loaded stays: the collector need not walk through it again and again.
gc.collect()
gc.freeze()

pages = Pages(django, workers=4)  # type: ignore[arg-type]  # Django says less than it does


async def _django(scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """Let Django answer.

    Granian's `receive` returns an awaitable that is no coroutine, and a2wsgi hands what it gets to
    asyncio.run_coroutine_threadsafe, which takes coroutines only; so it is wrapped into one.
    """

    async def receive_as_coroutine() -> Any:
        return await receive()

    await pages(scope, receive_as_coroutine, send)


application = Lane(_django)
