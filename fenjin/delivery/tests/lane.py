"""The hot lane in the test's own process, asked with the cookies of a Django client."""

import gzip
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection

from fenjin.delivery.hot import doors
from fenjin.delivery.hot.confirming import Confirmations
from fenjin.delivery.hot.ledger import Ledger
from fenjin.delivery.hot.opening import Openings
from fenjin.kit.hotlane import Door, Lane, lane
from tests.loops import OwnThread

HOST = "testserver"
ORIGIN = f"http://{HOST}"


@dataclass
class Seen:
    """An answer: of the lane, or of its twin. `hot` is False when the lane handed the request on."""

    status: int
    headers: dict
    body: bytes
    hot: bool = True
    cookies: list = field(default_factory=list)

    @property
    def text(self):
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def common(self):
        """The page without what is another one each time."""
        text = re.sub(r'(name="csrfmiddlewaretoken" value=")\w{64}"', r'\1TOKEN"', self.text)
        return re.sub(r'(name="client_key" value=")[0-9a-f]{32}"', r'\1KEY"', text)


class LaneClient:
    """Keeps an event loop and a lane; `close` ends both."""

    def __init__(self, monkeypatch):
        self.ledger = Ledger()
        self.openings = Openings(self.ledger)
        own = [
            Door(one.method, one.path, door.answer)
            for one, door in zip(doors(), (self.openings, Confirmations(self.ledger)), strict=True)
        ]
        monkeypatch.setattr(lane, "_doors", [lambda: own])
        self.handed_on = []
        self.lane = Lane(self._pages)
        self.runner = OwnThread()

    async def _pages(self, scope, receive, send):
        """Stand for Django: note what came, the body too."""
        message = await receive()
        self.handed_on.append(message.get("body", b""))

    def ask(self, method, path, *, cookies=None, headers=None, data=None):
        return self.runner.run(self.answer(method, path, cookies=cookies, headers=headers, data=data))

    async def answer(self, method, path, *, cookies=None, headers=None, data=None):
        body = urlencode(data).encode() if data is not None else b""
        given = {"host": HOST} | ({"cookie": cookies} if cookies else {})
        if data is not None:
            given |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
        given |= {name.lower(): value for name, value in (headers or {}).items()}
        address = urlsplit(path)
        scope = {
            "type": "http",
            "method": method,
            "path": address.path,
            "query_string": address.query.encode(),
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        sent = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        await self.lane(scope, receive, send)
        if not sent:
            assert self.handed_on[-1] == body
            return Seen(0, {}, b"", hot=False)
        start, content = sent
        pairs = [(name.decode(), value.decode()) for name, value in start["headers"]]
        cookies = [value for name, value in pairs if name == "set-cookie"]
        return Seen(start["status"], dict(pairs), content["body"], cookies=cookies)

    def close(self):
        self.runner.run(self.ledger.close())
        self.openings.close()
        self.runner.close()


def twin(client, method, path, *, headers=None, data=None):
    """Return what Django answers to the same request."""
    given = {name: value for name, value in (headers or {}).items() if name.lower() != "host"}
    host = (headers or {}).get("host", HOST)
    if data is not None:
        body = urlencode(data)
        answer = client.post(
            path, body, content_type="application/x-www-form-urlencoded", headers=given, HTTP_HOST=host
        )
    else:
        answer = client.generic(method, path, headers=given, HTTP_HOST=host)
    cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
    return Seen(
        answer.status_code,
        {name.lower(): value for name, value in answer.headers.items()},
        answer.content,
        hot=False,
        cookies=cookies,
    )


def cookies_of(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items() if morsel.value)


def session_cookie(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ledger_rows(message_id):
    """Return receipts and counters as they stand, without the times at which they were written."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT person_id, unit_id, opened_version, confirmed_at IS NOT NULL, confirmed_version, confirm_key
               FROM delivery_receipt WHERE message_id = %s ORDER BY 1""",
            [message_id],
        )
        receipts = cursor.fetchall()
        cursor.execute(
            "SELECT space_id, unit_id, opened, confirmed FROM delivery_counter WHERE message_id = %s ORDER BY 2",
            [message_id],
        )
        return receipts, cursor.fetchall()


def wipe(message_id):
    """Take the ledger of a message back to nothing."""
    with connection.cursor() as cursor:
        for table in ("receipt", "counter", "pastconfirmation", "safetyanswer", "pastsafetyanswer", "safetycounter"):
            cursor.execute(f"DELETE FROM delivery_{table} WHERE message_id = %s", [message_id])
