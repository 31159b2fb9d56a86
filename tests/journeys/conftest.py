"""The demo company as the place of most journeys, with known passwords."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from config import demo, demo_company
from fenjin.delivery.models import Message
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account
from tests.journeys.phone import PASSWORD, Watch


@dataclass(frozen=True)
class Company:
    """The demo company, and what the journeys need of it."""

    employee: str
    editor: str
    space_editor: str
    to_confirm: int
    ordinary: int


@pytest.fixture
def company(live_app: Any) -> Company:
    """Make the demo company in the database of the running platform."""
    return make_company()


def make_company(employees: int = 60) -> Company:
    """Make a small demo company whose accounts all have the same known password."""
    demo.load_administrators()
    accounts = demo_company.load(employees=employees, progress=lambda _line: None)
    for account in Account.objects.all():
        account.set_password(PASSWORD)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
    with every_space(Reason.TEST):
        confirm = Message.objects.filter(importance="confirm").latest("sent_at")
        ordinary = Message.objects.filter(importance="ordinary").latest("sent_at")
    return Company(*(account[1] for account in accounts[:3]), confirm.pk, ordinary.pk)


@pytest.fixture
def watch(page: Any) -> Iterator[Watch]:
    """Listen to the page and fail at the end if anything went wrong in it."""
    ear = Watch(page)
    yield ear
    ear.nothing_went_wrong()
