"""Every connector keeps the one contract; mail is given to a real server."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from config.mail import mail_settings
from fenjin.kit import clock
from fenjin.workplace import health, services
from fenjin.workplace.connectors.base import Standalone
from fenjin.workplace.connectors.console import Console
from fenjin.workplace.connectors.mail import Mail
from fenjin.workplace.connectors.texts import Texts
from fenjin.workplace.register import (
    Amended,
    BadContent,
    Card,
    CardUpdate,
    NotConfigured,
    OutcomeUnknown,
    RawRequest,
    Recall,
    Receipt,
    Transient,
    WorkplaceError,
)
from fenjin.workplace.testing import inject_faults, sent_on_console
from fenjin.workplace.tests.mail_server import mail_server

CARD = Card("冬季安全十条", "请打开阅读并确认。", "https://fenjin.example/messages/7/")
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
PEOPLE = ("wang@example.com", "li@example.com")


class Gateway:
    """Takes text messages; the second one breaks."""

    taken: list[str] = []

    def send(self, number, text):
        if number == "+8613900000002":
            raise TimeoutError
        self.taken.append(f"{number} {text}")


@pytest.fixture(autouse=True)
def quiet_place(settings, tmp_path):
    settings.FENJIN_DATA = tmp_path


@pytest.fixture
def post(settings):
    with mail_server() as server:
        for name, value in mail_settings(f"smtp://127.0.0.1:{server.port}").items():
            setattr(settings, name, value)
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.mark.parametrize("connector", [Standalone(), Console(), Mail(), Texts()], ids=lambda made: type(made).__name__)
def test_whoever_asks_gets_an_answer_to_each_of_the_eight_questions(connector):
    """By capabilities alone: what a platform does not have is a value or a fault of the contract, never a surprise."""
    assert next(iter(connector.directory())).complete
    assert connector.reads(Receipt()) is None
    assert connector.page_config("https://fenjin.example/") == {}
    assert connector.on_callback(RawRequest("POST", {}, {}, b"<xml/>")).events == ()
    for ask in (lambda: connector.login_url(redirect_uri="/", state="s"), lambda: connector.identify("code")):
        with pytest.raises(WorkplaceError):
            ask()
    if not connector.caps.recall_hours:
        assert connector.amend(Receipt(remote_id="x", at=NOW), (), Recall()) == Amended.NOT_SUPPORTED
    if not connector.caps.rings:
        with pytest.raises(NotConfigured):
            connector.send(CARD, ("1",), key="k")


def test_a_letter_goes_to_people_who_do_not_see_each_other_and_holds_a_way_and_no_words(post):
    post.refuses.add("gone@example.com")
    receipt = Mail().send(CARD, (*PEOPLE, "gone@example.com"), key="abc")
    assert (receipt.accepted, receipt.rejected) == (PEOPLE, {"gone@example.com": "bad_address"})
    [(to, letter)] = post.letters
    assert to == list(PEOPLE)
    assert (letter["Subject"], letter["To"], letter["Message-ID"]) == (
        CARD.title,
        "undisclosed-recipients:;",
        "<abc@fenjin>",
    )
    assert not any(address in str(letter) for address in PEOPLE)
    assert letter.get_content().split() == [*CARD.text.split(), CARD.url]


def test_mail_tells_whether_anybody_was_reached(post):
    post.refuses.update(PEOPLE)
    assert set(Mail().send(CARD, PEOPLE, key="a").rejected) == set(PEOPLE)
    post.refuses.clear()
    for answer, fault in (("451 later", Transient), ("554 no", BadContent)):
        post.answer = answer
        with pytest.raises(fault):
            Mail().send(CARD, PEOPLE, key="b")
    post.answer, post.hangs_up = "250 OK", True
    with pytest.raises(OutcomeUnknown):
        Mail().send(CARD, PEOPLE, key="c")
    assert len(post.letters) == 1  # it was taken, and nobody said so


def test_a_mail_server_that_is_not_there_reached_nobody(settings):
    for name, value in mail_settings("smtp://127.0.0.1:9").items():
        setattr(settings, name, value)
    with pytest.raises(Transient):
        Mail().send(CARD, PEOPLE, key="d")


def test_text_messages_end_at_the_first_failure_and_say_who_was_not_tried(settings):
    settings.SMS_SENDER = f"{__name__}.Gateway"
    numbers = ("+8613900000001", "+8613900000002", "+8613900000003")
    receipt = Texts().send(CARD, numbers, key="e")
    assert (receipt.accepted, receipt.unsure, receipt.left) == (numbers[:1], numbers[1:2], numbers[2:])
    assert Gateway.taken == [f"+8613900000001 {CARD.title} {CARD.url}"]


def test_the_console_carries_a_key_once_and_the_same_bytes_each_time():
    inject_faults("lost_after")
    with pytest.raises(OutcomeUnknown):
        Console().send(CARD, ("1", "2"), key="f")
    before = json.dumps(sent_on_console())
    receipt = Console().send(CARD, ("1", "2"), key="f")
    assert receipt.accepted == ("1", "2")
    assert json.dumps(sent_on_console()) == before


def test_the_console_changes_and_takes_back_as_long_as_it_says():
    with clock.pretend(NOW):
        receipt = Receipt.from_json(Console().send(CARD, ("1",), key="g").as_json())
        assert Console().amend(receipt, ("1",), CardUpdate(Card("新", "", ""))) == Amended.UPDATED
        assert sent_on_console()[0]["card"]["title"] == "新"
    with clock.pretend(NOW + timedelta(hours=25)):
        assert Console().amend(receipt, ("1",), Recall()) == Amended.TOO_LATE


def test_faults_can_be_set_up_by_a_list(settings):
    settings.WORKPLACE_FAULTS = ["busy:1", "nobody:7"]
    with pytest.raises(Transient):
        Console().send(CARD, ("1",), key="h")
    settings.WORKPLACE_FAULTS = ["nobody:7"]
    assert Console().send(CARD, ("1", "7"), key="i").rejected == {"7": "unknown_there"}
    with pytest.raises(ValueError, match="Faults are"):
        inject_faults("thunder")


def test_what_is_set_up_is_offered_and_the_doctor_says_what_is_not(settings):
    settings.WORKPLACE, settings.EMAIL_URL, settings.SMS_SENDER = "standalone", "", ""
    assert services.available() == ()
    settings.WORKPLACE, settings.EMAIL_URL, settings.SMS_SENDER = "console", "smtp://mail", f"{__name__}.Gateway"
    assert services.available() == ("workplace", "email", "sms")
    assert health.channels() is None
    settings.WORKPLACE = "nowhere.Nobody"
    assert services.available() == ("email", "sms")
    assert "nowhere.Nobody" in str(health.channels())
