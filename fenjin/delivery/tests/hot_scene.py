"""One reader before one message, asked by the lane and by its twin."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from fenjin.delivery.models import Message
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import Due, confirm_message, open_message
from fenjin.delivery.testing import make_message
from fenjin.delivery.tests.lane import ORIGIN, cookies_of, ledger_rows, twin, wipe
from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.people.models import Account, Person, Session
from fenjin.people.testing import make_account, make_person, sign_in

SAME_HEADERS = (
    *("content-type", "cache-control", "content-language", "content-security-policy", "x-frame-options"),
    *("x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "location", "retry-after"),
)
PAGE = "/messages/{pk}/"


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


def case(table):
    def note(make):
        table[make.__name__] = make
        return make

    return note


def left(scene):
    scene.hot = False
    return scene


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
