"""A mail server of one class: it speaks enough SMTP (RFC 5321) to take letters, refuse, or hang up."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What the server got, and how it behaves: `refuses` addresses, answers letters with `answer`, or not at all.

    `before_answer` is called when a letter is there and has no answer yet.
    """

    port: int = 0
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    answer: str = "250 OK"
    hangs_up: bool = False
    before_answer: Callable[[], None] = lambda: None


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        to: list[str] = []
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                self._say("250 test")
            elif verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                if address in post.refuses:
                    self._say("550 no such mailbox")
                else:
                    to.append(address)
                    self._say("250 OK")
            elif verb == "DATA":
                self._say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                if post.answer.startswith("250"):
                    post.letters.append((to, message_from_bytes(letter, policy=policy.default)))
                post.before_answer()
                if post.hangs_up:
                    return
                self._say(post.answer)
                to = []
            else:
                self._say("221 bye" if verb == "QUIT" else "250 OK")
                if verb == "QUIT":
                    return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Post]:
    """Run a mail server on a free port of this machine for the block."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        post = Post(port=server.server_address[1])
        server.post = post  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
