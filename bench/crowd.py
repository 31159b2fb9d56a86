"""Phones of many people at once: a load generator of a few processes, each with many connections.

It speaks as much HTTP/1.1 as the platform answers. Every page is looked into: the body of the message
must be the version's, byte for byte. A phone that gets no answer asks again, as people do.
"""

import asyncio
import gzip
import hashlib
import multiprocessing
import re
import time
from array import array
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_BODY = re.compile(rb"data-body>(.*?)<span data-end>", re.DOTALL)
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
_KEY = re.compile(rb'name="client_key" value="(\w+)"')
PACKED = 8  # one phone of so many asks for gzip, so that most of the clients' CPU does not go into unpacking


def cookie_of(secret: str, person_id: int) -> str:
    """Return the cookie of a person's session; bench.delivery writes the same into the rows."""
    return hashlib.sha256(f"{secret}:{person_id}".encode()).hexdigest()


@dataclass(frozen=True)
class Errand:
    """What a crowd does: everybody opens one message, and confirms it if `confirm`."""

    port: int
    message_id: int
    sha256: str
    secret: str
    cookie_name: str
    confirm: bool = False
    patience: float = 3.0  # seconds without any answer after which nobody asks again


@dataclass
class Outcome:
    """What a crowd saw: who got an answer, after how many seconds each, and what went wrong."""

    answered: array[int] = field(default_factory=lambda: array("q"))
    seconds: array[float] = field(default_factory=lambda: array("f"))
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Outcome") -> None:
        """Take in what another process saw."""
        self.answered.extend(other.answered)
        self.seconds.extend(other.seconds)
        self.faults.update(other.faults)

    def percentile(self, share: float) -> float:
        """Return the seconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class Phone(asyncio.Protocol):
    """One connection: asks, reads the answer to its end, asks the next."""

    def __init__(self, crowd: "People") -> None:
        self.crowd, self.buffer = crowd, bytearray()
        self.person, self.began, self.pressed = 0, 0.0, False
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.next()

    def next(self) -> None:
        """Take the next person, or hang up when there is none."""
        if not self.crowd.people:
            self.person = 0
            self.transport.close()
            return
        self.person = self.crowd.people.popleft()
        self.ask()

    def ask(self) -> None:
        """Open the message for this person, or press the button again that got no answer."""
        self.began = time.perf_counter()
        press = self.crowd.presses.get(self.person)
        self.pressed = press is not None
        self.transport.write(press or self.crowd.opening(self.person))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self.buffer[: end + 2]).lower()
        if b"content-length:" not in head:
            # A page of distress, whose end is that of the connection: come back and ask again.
            self.transport.close()
            return
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        if len(self.buffer) < end + 4 + length:
            return
        body = bytes(self.buffer[end + 4 : end + 4 + length])
        head = bytes(self.buffer[: end + 2])
        self.buffer.clear()
        self.answer(int(head[9:12]), head, body)

    def answer(self, status: int, head: bytes, body: bytes) -> None:
        """Judge an answer and go on."""
        crowd = self.crowd
        if status >= 500:
            crowd.outcome.faults[f"answer {status}"] += 1
            asyncio.get_running_loop().call_later(0.5, self.again)
        elif self.pressed:
            crowd.presses.pop(self.person, None)
            kept = status == 302 and b"confirmed=1" in head
            crowd.note(self, "" if kept else f"confirm {status}")
            self.next()
        else:
            fault = crowd.look(head, body) if status == 200 else f"open {status}"
            if not fault and crowd.errand.confirm:
                self.open_done(head, body)
            else:
                crowd.note(self, fault)
                self.next()

    def open_done(self, head: bytes, body: bytes) -> None:
        """Press the button of the page, if it still has one: who taps twice has confirmed by the other tap."""
        press = self.crowd.pressing(self.person, head, body)
        if press:
            self.crowd.presses[self.person] = press
            self.ask()
        else:
            self.crowd.note(self, "")
            self.next()

    def again(self) -> None:
        """Ask once more for who was told to wait; if the connection went meanwhile, another asks."""
        if not self.transport.is_closing():
            self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.person:
            self.crowd.people.appendleft(self.person)
            self.crowd.outcome.faults["connection lost"] += 1
        self.crowd.left(lost=bool(self.person))


class People:
    """Those of one process, on so many connections; `done.value` counts the answers."""

    def __init__(self, errand: Errand, people: Sequence[int], connections: int, done: Any) -> None:
        self.errand, self.people, self.connections, self.done = errand, deque(people), connections, done
        self.outcome, self.presses = Outcome(), dict[int, bytes]()
        self.finished = asyncio.Event()
        self.here = connections
        self.coming = set[asyncio.Task[None]]()
        self.last_answer = time.monotonic()

    async def run(self) -> Outcome:
        """Send all out and return what they saw."""
        await asyncio.gather(*(self.connect() for _phone in range(self.connections)))
        await self.finished.wait()
        return self.outcome

    async def connect(self) -> None:
        """Open a connection, as often as it takes while the crowd has patience."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.create_connection(lambda: Phone(self), "127.0.0.1", self.errand.port)
            except OSError:
                if time.monotonic() - self.last_answer > self.errand.patience:
                    return self.left(lost=False)
                await asyncio.sleep(0.1)
            else:
                return None

    def left(self, *, lost: bool) -> None:
        """Note that a connection is gone; come back if there is still somebody who wants to read."""
        if lost and self.people and time.monotonic() - self.last_answer <= self.errand.patience:
            task = asyncio.ensure_future(self.connect())
            self.coming.add(task)
            task.add_done_callback(self.coming.discard)
            return
        self.here -= 1
        if self.here <= 0:
            self.finished.set()

    def note(self, phone: Phone, fault: str) -> None:
        """Keep what became of one person's turn."""
        self.last_answer = time.monotonic()
        if fault:
            self.outcome.faults[fault] += 1
        else:
            self.outcome.answered.append(phone.person)
            self.outcome.seconds.append(time.perf_counter() - phone.began)
            self.done.value += 1

    def look(self, head: bytes, body: bytes) -> str:
        """Return what is wrong with a page; nothing if its body is the version's."""
        page = gzip.decompress(body) if b"content-encoding: gzip" in head else body
        found = _BODY.search(page)
        right = found is not None and hashlib.sha256(found[1]).hexdigest() == self.errand.sha256
        return "" if right else "another body"

    def opening(self, person: int) -> bytes:
        """Return the request that opens the message."""
        packed = "Accept-Encoding: gzip\r\n" if person % PACKED == 0 else ""
        return (
            f"GET /messages/{self.errand.message_id}/ HTTP/1.1\r\nHost: 127.0.0.1:{self.errand.port}\r\n"
            f"Cookie: {self._cookie(person)}\r\nAccept-Language: zh-CN\r\n{packed}\r\n"
        ).encode()

    def pressing(self, person: int, head: bytes, page: bytes) -> bytes:
        """Return the request that confirms it, as the form on the page would; nothing if the page has no form."""
        page = gzip.decompress(page) if b"content-encoding: gzip" in head else page
        token, key, secret = _TOKEN.search(page), _KEY.search(page), re.search(rb"csrftoken=(\w+)", head)
        if not (token and key and secret):
            return b""
        form = f"csrfmiddlewaretoken={token[1].decode()}&client_key={key[1].decode()}&version=1"
        host = f"127.0.0.1:{self.errand.port}"
        return (
            f"POST /messages/{self.errand.message_id}/confirm/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nCookie: {self._cookie(person)}; csrftoken={secret[1].decode()}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
        ).encode()

    def _cookie(self, person: int) -> str:
        return f"{self.errand.cookie_name}={cookie_of(self.errand.secret, person)}"


def _work(errand: Errand, people: bytes, connections: int, done: Any, pipe: Any) -> None:
    asked = array("q")
    asked.frombytes(people)

    async def go() -> Outcome:
        return await People(errand, asked, connections, done).run()

    pipe.send(asyncio.run(go()))


class Crowd:
    """Processes that send their people out; `answered` tells how many have an answer by now."""

    def __init__(self, errand: Errand, people: Sequence[int], *, processes: int, connections: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.outcome, self.cpu = Outcome(), 0.0
        self._done = [context.Value("q", 0, lock=False) for _process in range(processes)]
        self._pipes, self.processes = [], []
        for number, done in enumerate(self._done):
            own, other = context.Pipe(duplex=False)
            share = array("q", people[number::processes]).tobytes()
            process = context.Process(target=_work, args=(errand, share, connections, done, other), daemon=True)
            process.start()
            other.close()
            self._pipes.append(own)
            self.processes.append(process)

    @property
    def answered(self) -> int:
        """Return how many answers came so far."""
        return sum(done.value for done in self._done)

    @property
    def busy(self) -> bool:
        """Tell whether somebody still asks."""
        return not all(pipe.poll() for pipe in self._pipes)

    def wait(self) -> Outcome:
        """Return what all saw, when all are done."""
        for pipe, process in zip(self._pipes, self.processes, strict=True):
            self.outcome.add(pipe.recv())
            process.join()
        return self.outcome
