"""Everybody opens and confirms, and is rung, while processes are killed.

What was acknowledged is there, once; what left the house left it once, and the outbox says no more than it knows.
"""

import asyncio
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from bench.crowd import Errand, People
from tests.crash.house import House, house
from tests.crash.letters import Letters, letters
from tests.plugin import PROVE

pytestmark = pytest.mark.machine
KILLS = 200 if PROVE else 5
SECRET = "a-secret-of-this-test"
# What is killed in turn: by a word of the command line. A killed backend makes PostgreSQL recover as a whole.
TARGETS = ("granian-worker", "postgres", "procrastinate", "granian", "postgres-backend")
LET_OUT = "UPDATE delivery_outbox SET not_before = now() WHERE message_id = %s AND ring = ANY(%s)"
CALL_WORKER = """
SELECT procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', 'delivery.outbox', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1])
"""


class Gate:
    """Counts the answers of a crowd, and stops it at given ones until the test has made ready what it kills."""

    def __init__(self, stops: list[int]) -> None:
        self._stops, self._value = stops, 0
        self._reached, self._go = threading.Semaphore(0), threading.Semaphore(0)

    @property
    def value(self) -> int:
        """How many answers came."""
        return self._value

    @value.setter
    def value(self, value: int) -> None:
        self._value = value
        if self._stops and value > self._stops[0]:
            self._stops.pop(0)
            self._reached.release()
            self._go.acquire(timeout=120)

    def reached(self) -> bool:
        """Return whether the crowd came to its next stop in time."""
        return self._reached.acquire(timeout=120)

    def open(self) -> None:
        """Let the crowd go on to its next stop."""
        self._go.release()


@pytest.fixture
def post() -> Iterator[Letters]:
    with letters() as post:
        yield post


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch, post: Letters) -> Iterator[House]:
    with house(monkeypatch, WORKPLACE="console", EMAIL_URL=f"smtp://127.0.0.1:{post.port}") as running:
        yield running


def _moments(rng: random.Random, people: int) -> list[tuple[int, str]]:
    """Return after how many answers of one message's crowd which part is killed: each part once."""
    return sorted(zip(rng.sample(range(people), k=len(TARGETS)), TARGETS, strict=True))


def _send_the_crowd_out(running: House, post: Letters, about: Any, message_id: int, rng: random.Random) -> set[int]:
    """Let everybody open and confirm one message, and be rung for it, while each part is killed once."""
    moments = _moments(rng, len(about.people))
    errand = Errand(running.port, message_id, about.sha256, SECRET, about.cookie_name, confirm=True, patience=120.0)
    gate = Gate([when for when, _target in moments])
    # Each person twice: phones repeat themselves, and double taps must not count.
    people = People(errand, [*about.people, *about.people[:20]], connections=8, done=gate)
    ended = threading.Event()

    def go() -> None:
        asyncio.run(people.run())
        ended.set()

    threading.Thread(target=go, daemon=True).start()
    for number, (_when, target) in enumerate(moments):
        assert gate.reached(), f"Nobody got an answer any more before {target}: {people.outcome.faults}"
        running.ask(LET_OUT, [message_id, [f"crash-{person}" for person in about.rung[number :: len(moments)]]])
        post.hold()
        running.ask(CALL_WORKER)
        assert post.has_one(within=120), f"Nobody was sent a letter any more before {target} was to be killed."
        gate.open()
        running.kill(target)
        post.let_go()
    assert ended.wait(180), f"The crowd of message {message_id} did not come to its end: {people.outcome.faults}"
    assert not [name for name in people.outcome.faults if name.startswith("another")]
    return set(people.outcome.answered)


def test_what_was_acknowledged_is_there_once_whatever_is_killed(running, post):
    rng = random.Random(7)  # noqa: S311
    count = KILLS // len(TARGETS)
    about = SimpleNamespace(**json.loads(running.call("-m", "tests.crash.prepare", SECRET, str(count))))
    answered = {message: _send_the_crowd_out(running, post, about, message, rng) for message in about.messages}
    assert answered == {message: set(about.people) for message in about.messages}
    receipts_are_there_once(running, about)
    kept = json.loads(running.call("-m", "tests.crash.settle"))
    assert len(kept["rows"]) == 2 * count * len(about.rung)
    letters_left_once(kept["rows"], post, deaths=count)
    cards_left_once(kept["rows"], kept["console"])


def receipts_are_there_once(running: House, about: Any) -> None:
    """Compare those who got an answer with the receipts, and these with the counters."""
    confirmed = running.ask(
        "SELECT message_id, person_id FROM delivery_receipt WHERE message_id = ANY(%s) AND confirmed_version = 1",
        [about.messages],
    )
    everybody = [(message, person) for message in about.messages for person in about.people]
    assert sorted(confirmed) == sorted(everybody)
    sums = running.ask(
        "SELECT message_id, sum(opened), sum(confirmed) FROM delivery_counter WHERE message_id = ANY(%s) GROUP BY 1",
        [about.messages],
    )
    assert {(opened, confirmed) for _message, opened, confirmed in sums} == {(len(about.people), len(about.people))}
    assert "0" in running.call("manage.py", "rebuild_counters").split()


def letters_left_once(rows: dict[str, Any], post: Letters, *, deaths: int) -> None:
    """Hold what the outbox says of letters, which nobody recognises when they come again, against those that came."""
    mail = {uid: row for uid, row in rows.items() if row["channel"] == "email"}
    came, to = post.copies(), post.to()
    assert {uid: copies for uid, copies in came.items() if copies > 1} == {}, "sent twice"
    assert set(came) <= set(mail)
    assert {uid for uid, row in mail.items() if row["state"] == "accepted"} <= set(came), "lost, and said to be there"
    assert all(to[uid] == json.loads(mail[uid]["body"])["to"] for uid in came)
    states = Counter(row["state"] for row in mail.values())
    assert set(states) == {"accepted", "unknown"}, states
    # Each time the job worker died, its letter had come and had no answer yet: only a human can settle that.
    assert len([uid for uid in came if mail[uid]["state"] == "unknown"]) >= deaths, states


def cards_left_once(rows: dict[str, Any], console: list[dict[str, Any]]) -> None:
    """Hold what the outbox says of cards against the console's files: it knows a repeated send, so all are there."""
    cards = {uid: row for uid, row in rows.items() if row["channel"] == "workplace"}
    came = Counter(send["key"] for send in console)
    assert {uid: row["state"] for uid, row in cards.items() if row["state"] != "accepted"} == {}
    assert came == dict.fromkeys(cards, 1)
    assert all(send["to"] == send["accepted"] == json.loads(cards[send["key"]]["body"])["to"] for send in console)
