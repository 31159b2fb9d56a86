"""What Django answers goes out whole, in order, with little changing of threads, and never hangs."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from config.bridge import HELD, Pages

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "POST",
    "path": "/",
    "query_string": b"",
    "headers": [(b"content-length", b"5")],
}


class Closing:
    """A body that remembers whether it was closed, as Django's responses must be."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts, self.closed = iter(parts), False

    def __iter__(self) -> "Closing":
        return self

    def __next__(self) -> bytes:
        return next(self.parts)

    def close(self) -> None:
        self.closed = True


def answer(application: Callable[..., Any], *, gone_after: int | None = None) -> list[tuple[dict[str, Any], bool]]:
    """Return what was sent, each with whether it was sent while Django's thread was at work."""
    sent: list[tuple[dict[str, Any], bool]] = []
    working = threading.Event()

    def watched(environ: Any, start_response: Any) -> Iterable[bytes]:
        working.set()
        yield from application(environ, start_response)
        working.clear()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"hello", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if gone_after is not None and len(sent) >= gone_after:
            raise ConnectionResetError
        sent.append((message, working.is_set()))

    async def run() -> None:
        await asyncio.wait_for(Pages(watched, workers=1)(SCOPE, receive, send), 30)  # type: ignore[arg-type]

    with ThreadPoolExecutor(max_workers=1) as own_thread:  # the browser tests leave a loop running in this one
        own_thread.submit(lambda: asyncio.run(run())).result()
    return sent


def test_small_answer_goes_out_when_the_thread_is_done() -> None:
    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("201 Created", [("X-Kept", "yes")])
        yield b"said: " + environ["wsgi.input"].read(5)

    (start, early), *parts = answer(application)
    assert (start["status"], start["headers"], early) == (201, [(b"x-kept", b"yes")], False)
    assert b"".join(part["body"] for part, _early in parts) == b"said: hello"
    assert not any(early for _part, early in parts)
    assert [part.get("more_body", False) for part, _early in parts][-1] is False


def test_large_answer_goes_out_piece_by_piece_in_order() -> None:
    pieces = [bytes([number]) * (HELD // 3) for number in range(20)]

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        yield from pieces

    sent = answer(application)
    assert b"".join(part["body"] for part, _early in sent[1:]) == b"".join(pieces)
    assert sent[0][1], "the beginning waited for the end"
    assert sum(early for _part, early in sent) >= 15


def test_reader_who_has_gone_ends_the_work_and_closes_the_body() -> None:
    body = Closing(b"x" * HELD for _unused in range(1_000))

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        try:
            yield from body
        finally:
            body.close()

    with pytest.raises(ConnectionResetError):
        answer(application, gone_after=3)
    assert body.closed
    assert next(body.parts, None) is not None, "all of it was made for nobody"


def test_error_of_the_application_is_not_swallowed() -> None:
    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        answer(application)
