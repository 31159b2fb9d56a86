"""From the press of a correction, and of a withdrawal, until no page anywhere shows what stood there before.

People who have the page and people who open it for the first time ask in turn, each over a connection of its own, so
that both web workers and both ways to the page (hot lane and Django) are asked.
"""

import http.client
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from bench.crowd import cookie_of
from bench.reach import cookie_name, with_session
from fenjin.kit.runtime.problem import Problem

SURE, LONGEST = 2.5, 10.0  # seconds without an old page after which there are none; and when to give up
LOOKS = 40
OLD, NEW = "演练在十四点开始", "演练在十五点开始"
KIND = "bench-everywhere"


def measure(port: int, secret: str) -> dict[str, Any]:
    """Send, correct and withdraw a message to everybody; return milliseconds. Raises Problem if an old page stays."""
    from pyroaring import BitMap

    from fenjin.delivery import register
    from fenjin.delivery.services import correct_message, withdraw_message
    from fenjin.delivery.testing import make_message, sender
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.models import Unit

    said = {"now": OLD}
    register.register_kind(
        register.ContentKind(KIND, "Note", lambda _reader: [], lambda _pk: _frozen(said["now"]), lambda *_who: True)
    )
    with every_space(Reason.COMMAND):
        actor = sender()
        message = make_message(Unit.objects.get(parent=None), actor=actor, kind=KIND)
        people = with_session(list(BitMap.deserialize(bytes(message.bitmap)))[:2_000])
        readers = _by_turns(people)
        for _look in range(10):
            if OLD not in _page(port, secret, next(readers), message.pk)[1]:
                raise Problem("A page does not show what was sent.")
        said["now"] = NEW
        corrected = _last_old(
            lambda: correct_message(actor=actor, message_id=message.pk, note="时间写错了", material=True),
            lambda: NEW in _page(port, secret, next(readers), message.pk)[1],
        )
        withdrawn = _last_old(
            lambda: withdraw_message(actor=actor, message_id=message.pk, why="取消了"),
            lambda: _page(port, secret, next(readers), message.pk)[0] == 410,
        )
    return {"corrected_everywhere_ms": corrected, "withdrawn_everywhere_ms": withdrawn}


def _frozen(words: str) -> Any:
    from fenjin.delivery.register import Frozen

    return Frozen("演练通知", "", f"<p>{words}</p>", words, reading_seconds=30)


def _by_turns(people: list[int]) -> Iterator[int]:
    """Yield by turns one of a few who come again and again, and somebody new."""
    for old, new in zip(cycle(people[:5]), cycle(people[5:])):
        yield old
        yield new


def _page(port: int, secret: str, person: int, message_id: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "GET", f"/messages/{message_id}/", headers={"Cookie": f"{cookie_name()}={cookie_of(secret, person)}"}
    )
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def _last_old(press: Callable[[], object], is_new: Callable[[], bool]) -> int:
    """Press, and return after how many milliseconds the last old page was asked for."""
    began = time.monotonic()
    press()
    last, looks = time.monotonic(), 0
    while looks < LOOKS or time.monotonic() - last < SURE:
        asked = time.monotonic()
        looks += 1
        if not is_new():
            last, looks = asked, 0
            if asked - began > LONGEST:
                raise Problem("An old page is still shown ten seconds after the press.")
    return round((last - began) * 1000)
