"""Each hot door against its twin, over everything that makes a request unusual."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fenjin.delivery.models import Message
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import confirm_message, open_message
from fenjin.delivery.services.send import Due
from fenjin.delivery.testing import make_message
from fenjin.delivery.tests.lane import ORIGIN, LaneClient, cookies_of, ledger_rows, twin, wipe
from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.people.models import Account, Person, Post, PostEvent, Session, Unit
from fenjin.people.testing import make_account, make_administrator, make_person, make_post, publish_notice, sign_in
from fenjin.spaces.models import Space

SAME_HEADERS = (
    *("content-type", "cache-control", "content-language", "content-security-policy", "x-frame-options"),
    *("x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "location", "retry-after"),
)
PAGE = "/messages/{pk}/"


@pytest.fixture
def lane(monkeypatch, lasting_world):
    client = LaneClient(monkeypatch)
    yield client
    client.close()


@dataclass
class Scene:
    """One reader before one message, and how the request differs from the plain one."""

    message: Message
    person: Person
    account: Account
    client: Client
    method: str = "GET"
    path: str = PAGE
    headers: dict = field(default_factory=dict)
    data: dict | None = None
    receipt: Any = None  # called before each of the two requests
    hot: bool = True

    def form(self, **changes):
        """Make it the press of the button on the page."""
        self.client.get(self.path.format(pk=self.message.pk), headers=self.headers)
        wipe(self.message.pk)
        token = self.client.cookies["csrftoken"].value if "csrftoken" in self.client.cookies else "x" * 64
        self.method, self.path = "POST", PAGE + "confirm/"
        self.headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
        self.data = {"csrfmiddlewaretoken": token, "client_key": "a-client-key", "version": "1"} | changes
        self.receipt = self.opened

    def opened(self):
        open_message(person_id=self.person.pk, message=get_message_for(self.person.pk, self.message.pk).message)

    def confirmed(self):
        found = get_message_for(self.person.pk, self.message.pk)
        confirm_message(person_id=self.person.pk, message=found.message, version=1, key="other-client-key")

    def account_is(self, **fields):
        Account.objects.filter(pk=self.account.pk).update(**fields)

    def session_is(self, **fields):
        Session.objects.filter(account=self.account).update(**fields)

    def message_is(self, **fields):
        Message._base_manager.filter(pk=self.message.pk).update(**fields)


def play(lane, scene):
    """Ask the twin, then the lane, from the same beginning; return what differs."""
    path = scene.path.format(pk=scene.message.pk)
    wipe(scene.message.pk)
    if scene.receipt:
        scene.receipt()
    before = ledger_rows(scene.message.pk)
    forget_all()
    cookies = cookies_of(scene.client)
    hot = lane.ask(scene.method, path, cookies=cookies, headers=scene.headers, data=scene.data)
    hot_rows = ledger_rows(scene.message.pk)
    wipe(scene.message.pk)
    if scene.receipt:
        scene.receipt()
    cold = twin(scene.client, scene.method, path, headers=scene.headers, data=scene.data)
    cold_rows = ledger_rows(scene.message.pk)
    if hot.hot is not scene.hot:
        return f"answered by the lane: {hot.hot} ({hot.status}, twin {cold.status})"
    if not hot.hot:
        # The twin will answer, so nothing that the twin does not write may have been written.
        return (
            None
            if hot_rows in (before, cold_rows)
            else f"handed on, but wrote {hot_rows} where the twin has {cold_rows}"
        )
    faults = []
    if hot.status != cold.status:
        faults.append(f"status {hot.status}, twin {cold.status}")
    if hot.common != cold.common:
        faults.append("another body")
    if hot_rows != cold_rows:
        faults.append(f"rows {hot_rows}, twin {cold_rows}")
    faults += [
        f"{name}: {hot.headers.get(name)!r}, twin {cold.headers.get(name)!r}"
        for name in SAME_HEADERS
        if hot.headers.get(name) != cold.headers.get(name)
    ]
    return ", ".join(faults) or None


def scene_of(world, *, confirm=True, unit="team", person=None, account=None, **fields):
    person = person or make_person("叶知秋", unit=getattr(world, unit))
    message = make_message(world.first, confirm=confirm, **fields)
    account = account or make_account(person)
    with_notice(account)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, account)
    return Scene(message, person, account, client)


def with_notice(account):
    Account.objects.filter(pk=account.pk).update(privacy_notice_version=9)
    return account


def due_in(days):
    due = timezone.localtime(clock.now() + timedelta(days=days))
    return Due(due.date(), due.time().replace(microsecond=0), settings.TIME_ZONE)


OPEN, CONFIRM = {}, {}


def case(table):
    def note(make):
        table[make.__name__] = make
        return make

    return note


# ---- what the lane answers ----------------------------------------------------------------------------


@case(OPEN)
def asks_for_confirmation(world):
    return scene_of(world)


@case(OPEN)
def ordinary(world):
    return scene_of(world, confirm=False)


@case(OPEN)
def with_a_deadline(world):
    return scene_of(world, due=due_in(1))


@case(OPEN)
def overdue(world):
    scene = scene_of(world, due=due_in(1))
    scene.message_is(due_on=clock.now().date() - timedelta(days=3))
    return scene


@case(OPEN)
def packed(world):
    scene = scene_of(world)
    scene.headers["accept-encoding"] = "gzip, deflate, br"
    return scene


@case(OPEN)
def in_english_dark_and_large(world):
    scene = scene_of(world)
    scene.account_is(language="en", theme="dark", scale=3)
    return scene


@case(OPEN)
def in_the_language_of_the_browser(world):
    scene = scene_of(world)
    scene.headers["accept-language"] = "en-GB,en;q=0.9,zh;q=0.5"
    return scene


@case(OPEN)
def with_a_watermark(world):
    Space.objects.filter(pk=1).update(watermark=True)
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(name="叶<b>&'知秋")
    return scene


@case(OPEN)
def in_another_zone(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(zone="Africa/Lagos")
    return scene


@case(OPEN)
def in_the_zone_of_the_place(world):
    Unit._base_manager.filter(pk=world.drilling.pk).update(zone="America/Caracas")
    return scene_of(world)


@case(OPEN)
def open_already(world):
    scene = scene_of(world)
    scene.receipt = scene.opened
    return scene


@case(OPEN)
def two_posts(world):
    person = make_person("兼职者", unit=world.team)
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    return scene_of(world, person=person)


@case(OPEN)
def meant_by_the_second_post(world):
    person = make_person("借调者", unit=world.second)
    make_post(person, world.team, main=False, on=date(2019, 1, 1))
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    return scene_of(world, person=person)


# ---- what it leaves to Django ---------------------------------------------------------------------------


def left(scene):
    scene.hot = False
    return scene


@case(OPEN)
def nobody_signed_in(world):
    scene = scene_of(world)
    scene.client.cookies.clear()
    return left(scene)


@case(OPEN)
def not_a_recipient(world):
    return left(scene_of(world, unit="second"))


@case(OPEN)
def no_such_message(world):
    scene = scene_of(world)
    scene.path = "/messages/{pk}999999/"
    return left(scene)


@case(OPEN)
def came_after_the_sending(world):
    scene = scene_of(world)
    late = make_person("后来者", unit=world.team)
    sign_in(scene.client, with_notice(make_account(late)))
    scene.person = late
    return left(scene)


@case(OPEN)
def a_leaver(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(status="left")
    return left(scene)


@case(OPEN)
def left_today(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(left_on=clock.now().date())
    return left(scene)


@case(OPEN)
def a_revoked_session(world):
    scene = scene_of(world)
    scene.session_is(revoked_at=clock.now())
    return left(scene)


@case(OPEN)
def an_ended_session(world):
    scene = scene_of(world)
    scene.session_is(expires_at=clock.now() - timedelta(seconds=1))
    return left(scene)


@case(OPEN)
def a_password_changed_since(world):
    scene = scene_of(world)
    scene.account_is(password="md5$new$hash")
    return left(scene)


@case(OPEN)
def a_closed_account(world):
    scene = scene_of(world)
    scene.account_is(is_active=False)
    return left(scene)


@case(OPEN)
def a_session_of_another_account(world):
    scene = scene_of(world)
    scene.session_is(account=make_account(make_person("别人", unit=world.team)))
    return left(scene)


@case(OPEN)
def a_first_password_to_be_changed(world):
    scene = scene_of(world)
    scene.account_is(must_change_password=True)
    return left(scene)


@case(OPEN)
def a_privacy_notice_not_yet_read(world):
    scene = scene_of(world)
    scene.account_is(privacy_notice_version=0)
    return left(scene)


@case(OPEN)
def an_operator_without_a_person(world):
    return left(scene_of(world, account=make_administrator("system")))


@case(OPEN)
def confirmed_already(world):
    scene = scene_of(world)
    scene.receipt = scene.confirmed
    return left(scene)


@case(OPEN)
def just_confirmed(world):
    scene = scene_of(world)
    scene.path = PAGE + "?confirmed=1"
    return left(scene)


@case(OPEN)
def another_unit_since_the_sending(world):
    scene = scene_of(world)
    Post.objects.filter(person=scene.person).update(ended_on=clock.now().date())
    make_post(scene.person, world.second)
    return left(scene)


@case(OPEN)
def another_main_post_since_the_sending(world):
    person = make_person("换岗者", unit=world.team)
    second = make_post(person, world.safety, main=False)
    scene = scene_of(world, person=person)
    first = Post.objects.get(person=person, main=True)
    for post, main in ((first, False), (second, True)):
        Post.objects.filter(pk=post.pk).update(main=main)
        PostEvent.objects.create(space_id=1, post=post, kind="main", on=clock.now().date(), old={"main": not main})
    return left(scene)


@case(OPEN)
def a_toast_waits(world):
    scene = scene_of(world)
    scene.client.cookies["messages"] = "anything"
    return left(scene)


@case(OPEN)
def only_looking_if_it_is_there(world):
    scene = scene_of(world)
    scene.method = "HEAD"
    return left(scene)


@case(OPEN)
def fetched_ahead(world):
    scene = scene_of(world)
    scene.headers["sec-purpose"] = "prefetch;prerender"
    return left(scene)


@case(OPEN)
def swapped_in_by_htmx(world):
    scene = scene_of(world)
    scene.headers["hx-request"] = "true"
    return left(scene)


@case(OPEN)
def at_a_strange_host(world):
    scene = scene_of(world)
    scene.headers["host"] = "evil.example"
    return left(scene)


@case(OPEN)
def stopped_before_it_began(world):
    scene = scene_of(world)
    scene.message_is(state="cancelled", stopped_at=scene.message.sent_at - timedelta(seconds=1))
    return left(scene)


@case(OPEN)
def withdrawn(world):
    scene = scene_of(world)
    scene.message_is(state="withdrawn", withdrawn_at=clock.now(), withdrawn_why="错了")
    return left(scene)


@case(OPEN)
def visible_tomorrow(world):
    scene = scene_of(world)
    scene.message_is(sent_at=clock.now() + timedelta(days=1))
    return left(scene)


@case(OPEN)
def an_older_version_seen(world):
    scene = scene_of(world)
    scene.receipt = scene.opened
    corrected(scene)
    return left(scene)


def corrected(scene):
    """Put a second version in the place of the first, for those who saw the first."""
    first = scene.message.versions.get(number=1)
    first.pk, first.uid, first.number, first.title = None, None, 2, "改正了的"
    first.uid = uuid.uuid4()
    first.save(force_insert=True)
    old = scene.opened

    def receipt():
        scene.message_is(current_version=1)
        old()
        scene.message_is(current_version=2)

    scene.receipt = receipt


# ---- confirming -------------------------------------------------------------------------------------------


def pressed(world, *, changes=None, **kinds):
    scene = scene_of(world, **kinds)
    scene.form(**(changes or {}))
    return scene


@case(CONFIRM)
def plain(world):
    return pressed(world)


@case(CONFIRM)
def plain_in_english(world):
    scene = pressed(world)
    scene.account_is(language="en")
    return scene


@case(CONFIRM)
def without_the_browsers_word_on_the_site(world):
    scene = pressed(world)
    del scene.headers["sec-fetch-site"]
    return scene


@case(CONFIRM)
def not_opened_before(world):
    scene = pressed(world)
    scene.receipt = None
    return left(scene)


@case(CONFIRM)
def confirmed_before(world):
    scene = pressed(world)
    scene.receipt = scene.confirmed
    return left(scene)


@case(CONFIRM)
def a_wrong_version(world):
    return left(pressed(world, changes={"version": "2"}))


@case(CONFIRM)
def no_number_for_a_version(world):
    return left(pressed(world, changes={"version": "x"}))


@case(CONFIRM)
def a_bad_client_key(world):
    return left(pressed(world, changes={"client_key": "no good!"}))


@case(CONFIRM)
def an_endless_client_key(world):
    return left(pressed(world, changes={"client_key": "k" * 65}))


@case(CONFIRM)
def no_client_key(world):
    return left(pressed(world, changes={"client_key": ""}))


@case(CONFIRM)
def from_another_site(world):
    scene = pressed(world)
    scene.headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    return left(scene)


@case(CONFIRM)
def from_a_neighbour_of_the_same_site(world):
    scene = pressed(world)
    scene.headers["sec-fetch-site"] = "same-site"
    return left(scene)


@case(CONFIRM)
def from_nowhere(world):
    scene = pressed(world)
    scene.headers = {}
    return left(scene)


@case(CONFIRM)
def without_a_token(world):
    return left(pressed(world, changes={"csrfmiddlewaretoken": ""}))


@case(CONFIRM)
def with_a_foreign_token(world):
    return left(pressed(world, changes={"csrfmiddlewaretoken": "A" * 64}))


@case(CONFIRM)
def without_the_cookie_of_the_form(world):
    scene = pressed(world)
    del scene.client.cookies["csrftoken"]
    return left(scene)


@case(CONFIRM)
def nothing_asked_for(world):
    scene = pressed(world)
    scene.message_is(importance="ordinary")
    return left(scene)


@case(CONFIRM)
def signed_out_meanwhile(world):
    scene = pressed(world)
    scene.session_is(revoked_at=clock.now())
    return left(scene)


@case(CONFIRM)
def not_sent_to_this_person(world):
    scene = pressed(world)
    stranger = make_person("外人", unit=world.second)
    sign_in(scene.client, with_notice(make_account(stranger)))
    return left(scene)


@case(CONFIRM)
def corrected_meanwhile(world):
    scene = pressed(world)
    corrected(scene)
    return left(scene)


@case(CONFIRM)
def withdrawn_meanwhile(world):
    scene = pressed(world)
    scene.message_is(state="withdrawn", withdrawn_at=clock.now(), withdrawn_why="错了")
    scene.receipt = None
    return left(scene)


@pytest.mark.parametrize("table", [OPEN, CONFIRM], ids=["open", "confirm"])
def test_each_door_answers_as_its_twin_or_leaves_the_answer_to_it(lane, lasting_world, table):
    publish_notice()
    faults = {name: play(lane, make(lasting_world)) for name, make in table.items()}
    assert {name: fault for name, fault in faults.items() if fault} == {}
