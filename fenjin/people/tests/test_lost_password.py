"""A forgotten password: a code by mail or phone, the same answer for everybody, and a word afterwards."""

import re
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail

from config.mail import mail_settings
from fenjin.kit.errors import TooMany
from fenjin.people import services
from fenjin.people.models import ContactCode, PersonPrivate, Session
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.lost import WrongContactCode
from fenjin.people.testing import PASSWORD, make_person, sign_in

NEW = "a path by the sea"
ASKED = {"number": "00001234", "name": "张伟", "way": "mail"}


@pytest.fixture
def known(account, settings):
    settings.EMAIL_URL = "smtp://localhost"
    PersonPrivate.objects.create(person=account.person, email="zhang@example.test", mobile="13800001111")
    return account


def code_in(text):
    return re.search(r"([2-9A-Z]{4}) ([2-9A-Z]{4})", text).group(0)


def send(account, way="mail"):
    assert services.send_contact_code(account_id=account.pk, way=way)
    return code_in(mail.outbox[-1].body)


def test_a_code_by_mail_gives_a_new_password_and_ends_every_session(client, known):
    sign_in(client, known)
    code = send(known)
    assert mail.outbox[-1].to == ["zhang@example.test"]
    assert PASSWORD not in mail.outbox[-1].body
    account = services.reset_password(
        number="00001234", code=code.lower(), password=NEW, address="10.0.0.1", device="iPhone"
    )
    assert account == known
    assert client.get("/me/").status_code == 302
    known.refresh_from_db()
    assert known.check_password(NEW)
    assert known.notes.get().device == "iPhone"
    with pytest.raises(WrongContactCode):
        services.reset_password(number="00001234", code=code, password=NEW + " again", address="10.0.0.1")


def test_the_owner_is_told_by_mail_when_and_from_where(known):
    services.reset_password(number="00001234", code=send(known), password=NEW, address="10.0.0.1", device="iPhone")
    assert services.tell_of_password(account_id=known.pk)
    told = mail.outbox[-1]
    assert "iPhone" in told.body
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", told.body)


@pytest.mark.parametrize("case", ["old", "wrong", "another's", "locked"])
def test_what_does_not_fit_opens_nothing(known, later, case):
    code, number = send(known), "00001234"
    if case == "old":
        later(minutes=31)
    elif case == "wrong":
        code = "2222 2222"
    elif case == "another's":
        number = make_person("李娜", number="00005678").staff_number
    else:
        ContactCode.objects.update(failures=100)
    with pytest.raises(WrongContactCode):
        services.reset_password(number=number, code=code, password=NEW, address="10.0.0.1")
    known.refresh_from_db()
    assert known.check_password(PASSWORD)


def test_a_weak_password_leaves_the_code(known):
    code = send(known)
    with pytest.raises(WeakPassword):
        services.reset_password(number="00001234", code=code, password="zhangwei1234", address="10.0.0.1")
    assert services.reset_password(number="00001234", code=code, password=NEW, address="10.0.0.1")


def test_no_more_than_three_codes_an_hour_and_earlier_ones_stay(known, later):
    codes = [send(known) for _try in range(3)]
    assert not services.send_contact_code(account_id=known.pk, way="mail")
    assert services.reset_password(number="00001234", code=codes[0], password=NEW, address="10.0.0.1")
    later(hours=1, minutes=1)
    assert services.send_contact_code(account_id=known.pk, way="mail")


@pytest.mark.parametrize("why", ["no mail", "withheld", "left", "closed", "no account"])
def test_nothing_goes_out_where_nothing_may(known, why):
    if why in ("no mail", "withheld"):
        PersonPrivate.objects.update(**({"email": ""} if why == "no mail" else {"withheld": True}))
    elif why == "left":
        type(known.person).objects.filter(pk=known.person_id).update(status="left")
    elif why == "closed":
        type(known).objects.update(is_active=False)
    else:
        known.set_unusable_password()
        known.save()
    assert not services.send_contact_code(account_id=known.pk, way="mail")
    assert mail.outbox == []
    assert not ContactCode.objects.exists()


class Sender:
    """Stands for a provider of text messages."""

    sent: list = []

    def send(self, number, text):
        self.sent.append((number, text))


def test_a_code_by_text_message_goes_through_the_sender_of_the_settings(known, settings):
    settings.SMS_SENDER = f"{__name__}.Sender"
    Sender.sent.clear()
    assert services.send_contact_code(account_id=known.pk, way="phone")
    [(number, text)] = Sender.sent
    assert number == "13800001111"
    assert services.reset_password(number="00001234", code=code_in(text), password=NEW, address="10.0.0.1")


@pytest.fixture
def queue(monkeypatch):
    """Collect what goes to the worker, so that a test sees it and sends nothing."""
    asked = []
    monkeypatch.setattr("fenjin.people.tasks.send_contact_codes.defer", lambda **job: asked.append(job))
    monkeypatch.setattr("fenjin.people.tasks.tell_of_password.defer", lambda **job: asked.append(job))
    return asked


@pytest.mark.parametrize("what", ["known", "unknown", "wrong name"])
def test_the_answer_is_the_same_whether_the_account_is_known(client, known, queue, what):
    asked = {"known": ASKED, "unknown": ASKED | {"number": "99999999"}, "wrong name": ASKED | {"name": "王五"}}[what]
    page = client.post("/password-lost/", asked)
    assert page.status_code == 200
    assert page.context["asked"]
    other = client.post("/password-lost/", ASKED | {"number": "88888888"})
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one.text) for one in (page, other)]
    assert plain[0].replace(asked["number"], "N") == plain[1].replace("88888888", "N")
    assert [job["accounts"] for job in queue] == [[known.pk] if what == "known" else [], []]


def test_asking_is_throttled_by_name_wherever_it_comes_from(known):
    for number in range(5):
        services.ask_for_code(number="00001234", name="张伟", address=f"10.0.0.{number}")
    with pytest.raises(TooMany):
        services.ask_for_code(number="00001234", name="张伟", address="10.0.0.99")


def test_the_page_with_the_code_signs_in_on_this_device_alone(client, known, queue):
    code = send(known)
    sent = {"number": "00001234", "code": code, "password": NEW, "again": NEW}
    assert client.post("/password-lost/new/", sent).status_code == 302
    assert Session.objects.filter(account=known, revoked_at=None).count() == 1
    assert queue == [{"account_id": known.pk}]


def test_without_mail_and_phone_the_page_offers_the_administrators_code_only(client, account):
    page = client.get("/password-lost/")
    assert page.context["offered"] == []
    assert "/claim/" in page.text
    assert 'name="way"' not in page.text
    assert client.post("/password-lost/", ASKED).status_code == 422


class _Mailbox(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one client needs to leave a letter."""

    def handle(self):
        self.wfile.write(b"220 mailbox\r\n")
        letter, reading = [], False
        for line in self.rfile:
            if reading:
                reading = line != b".\r\n"
                letter.append(line)
                if not reading:
                    self.server.letters.append(b"".join(letter))
                    self.wfile.write(b"250 kept\r\n")
            elif line.upper().startswith(b"DATA"):
                reading = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


def test_a_mail_leaves_by_a_real_mail_server(known, settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, value in mail_settings(f"smtp://127.0.0.1:{server.server_address[1]}").items():
            setattr(settings, name, value)
        assert services.send_contact_code(account_id=known.pk, way="mail")
        server.shutdown()
    [letter] = server.letters
    assert b"To: zhang@example.test" in letter


@pytest.mark.parametrize("wrong", ["http://mail.example.test", "smtp:", "mail.example.test:25"])
def test_an_address_of_mail_that_means_nothing_is_refused_at_the_start(wrong):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail_settings(wrong)


def test_the_address_of_mail_is_understood():
    found = mail_settings("smtp+tls://me%40corp:p%2Fw@mail.example.test")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@corp", "p/w")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)
    assert timedelta(seconds=found["EMAIL_TIMEOUT"]) <= timedelta(minutes=1)
