"""A mail server that keeps what came, and can hold a letter in its hand while something is killed."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fenjin.workplace.tests.mail_server import Post, mail_server

PATIENCE = 15.0  # seconds: less than the sender waits for an answer


class Letters:
    """What came, by the key of its send; `hold` keeps the next letter without an answer until `let_go`."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._wanted, self._held, self._go = threading.Event(), threading.Event(), threading.Event()
        post.before_answer = self._before_answer

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self._post.port

    def _before_answer(self) -> None:
        if self._wanted.is_set():
            self._wanted.clear()
            self._held.set()
            self._go.wait(PATIENCE)

    def hold(self) -> None:
        """Keep the next letter that comes."""
        self._held.clear()
        self._go.clear()
        self._wanted.set()

    def has_one(self, within: float) -> bool:
        """Return whether a letter lies in the hand in time."""
        return self._held.wait(within)

    def let_go(self) -> None:
        """Answer it that it was taken."""
        self._wanted.clear()
        self._go.set()

    def copies(self) -> Counter[str]:
        """Return how often the letter of each row came: the row's key stands in the letter."""
        return Counter(str(letter["Message-ID"]).strip("<> ").partition("@")[0] for _to, letter in self._post.letters)

    def to(self) -> dict[str, list[str]]:
        """Return to whom the letter of each row went."""
        return {str(letter["Message-ID"]).strip("<> ").partition("@")[0]: to for to, letter in self._post.letters}


@contextmanager
def letters() -> Iterator[Letters]:
    """Run the server for the block."""
    with mail_server() as post:
        yield Letters(post)
