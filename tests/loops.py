"""An event loop in a thread of its own: a browser under test keeps one running in the thread of the tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any


class OwnThread:
    """Runs coroutines one after another in one loop, with what the caller's context holds; `close` ends it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()

    def run[Result](self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what the coroutine returns."""
        return self._thread.submit(self._runner.run, work, context=copy_context()).result()

    def close(self) -> None:
        """End loop and thread."""
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


def run[Result](work: Coroutine[Any, Any, Result]) -> Result:
    """Run one coroutine in a loop of its own."""
    own = OwnThread()
    try:
        return own.run(work)
    finally:
        own.close()
