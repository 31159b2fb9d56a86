"""Sign-in by CAS 3.0, against a small server that keeps the protocol's rules: a ticket once, for one service."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from fenjin.people.models import OutsideIdentity, Session
from fenjin.people.outside import cas
from fenjin.people.outside.common import OutsideFailed, Setup, fetch, require_safe
from fenjin.people.services import installations
from fenjin.people.services.installations import save_installation, switch_installation

BEGIN, CONFIRM = "/sign-in/with/cas-1/", "/sign-in/with/cas-1/confirm/"
YES = (
    f'<cas:serviceResponse xmlns:cas="{cas.NAMESPACE}"><cas:authenticationSuccess><cas:user>{{user}}</cas:user>'
    "<cas:attributes><cas:employeeNumber>00001234</cas:employeeNumber><cas:displayName>张伟</cas:displayName>"
    "</cas:attributes></cas:authenticationSuccess></cas:serviceResponse>"
)
NO = (
    f'<cas:serviceResponse xmlns:cas="{cas.NAMESPACE}"><cas:authenticationFailure code="INVALID_TICKET">no'
    "</cas:authenticationFailure></cas:serviceResponse>"
)


class Server(ThreadingHTTPServer):
    """Tickets in memory; `answers` may be set to something else than the truth."""

    tickets: dict[str, str]
    answer: bytes | None = None


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        parts = urlsplit(self.path)
        question = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path != "/cas/p3/serviceValidate":
            self.send_error(404)
            return
        fits = self.server.tickets.pop(question.get("ticket", ""), None) == question.get("service")
        body = (YES.format(user="ZhangWei") if fits else NO).encode()
        body = body if self.server.answer is None else self.server.answer
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with Server(("127.0.0.1", 0), Handler) as running:
        running.tickets = {}
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def address(server):
    return f"http://127.0.0.1:{server.server_address[1]}/cas"


@pytest.fixture
def row(address, system, zhang):
    made = save_installation(
        actor=system,
        installation=None,
        kind="cas",
        name="统一认证",
        options={"server": address, "user_attribute": "employeeNumber"},
        secret="",
        match="number",
        numbering_id=zhang.numbering_id,
    )
    switch_installation(actor=system, installation=made, enabled=True)
    return made


def go(client, server):
    """Leave us, sign in there, and return the address by which the server sends the browser back."""
    away = client.get(BEGIN)["Location"]
    service = parse_qs(urlsplit(away).query)["service"][0]
    server.tickets["ST-1"] = service
    parts = urlsplit(service)
    return f"{parts.path}?{parts.query}&{urlencode({'ticket': 'ST-1'})}"


def test_a_ticket_signs_in_whom_the_attribute_names(client, server, row, zhang):
    assert client.get(go(client, server))["Location"] == CONFIRM
    assert zhang.name in client.get(CONFIRM).content.decode()
    assert client.post(CONFIRM).status_code == 302
    assert Session.objects.get(account__isnull=False, revoked_at=None).account.person_id == zhang.pk
    assert OutsideIdentity.objects.get().user_id == "00001234"


def test_a_ticket_is_good_once_and_for_one_browser(client, server, row):
    back = go(client, server)
    other = Client()
    assert other.get(back).status_code == 422
    kept = client.cookies["fenjin_outside"].value
    assert client.get(back).status_code == 302
    client.cookies["fenjin_outside"] = kept
    assert client.get(back).status_code == 422


def test_a_ticket_for_another_service_is_refused(client, server, row):
    back = go(client, server)
    server.tickets["ST-1"] = "https://evil.example/"
    assert client.get(back).status_code == 422


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"yes",
        b"<html><body>Sign in</body></html>",
        YES.replace(cas.NAMESPACE, "urn:other").format(user="x").encode(),
        f'<!DOCTYPE a [<!ENTITY b "x">]>{YES}'.format(user="x").encode(),
        (YES.format(user="x") + NO).encode(),
        YES.replace("</cas:authenticationSuccess>", "</cas:authenticationSuccess>" + NO[60:-22])
        .format(user="x")
        .encode(),
        YES.replace("00001234", " ").format(user="x").encode(),
        b"x" * (1024 * 1024 + 1),
    ],
    ids=["empty", "words", "a page", "namespace", "document type", "two roots", "both", "nobody", "endless"],
)
def test_an_answer_in_another_form_signs_nobody_in(client, server, row, answer):
    back = go(client, server)
    server.answer = answer
    assert client.get(back).status_code == 422
    assert client.post(CONFIRM).status_code == 422


def test_trying_the_connection_tells_a_cas_server_from_a_page(row, server, system):
    assert installations.test_installation(actor=system, installation=row)
    server.answer = b"<html/>"
    with pytest.raises(OutsideFailed) as caught:
        installations.test_installation(actor=system, installation=row)
    assert "CAS 3.0" in caught.value.cure


def test_without_an_attribute_the_user_name_counts_whatever_its_capitals():
    assert cas.read(Setup("cas-1"), YES.format(user="ZhangWei").encode()).user_id == "zhangwei"


@pytest.mark.parametrize(
    "address", ["http://intranet.example/cas", "ftp://127.0.0.1/", "//127.0.0.1", "", "file:///etc/passwd"]
)
def test_only_https_or_this_machine_is_ever_called(address):
    with pytest.raises(OutsideFailed):
        require_safe(address)
    with pytest.raises(OutsideFailed):
        fetch(address)
