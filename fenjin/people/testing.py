"""Units, persons and posts for everybody's tests."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from fenjin.kit import clock, vault
from fenjin.people.models import (
    Account,
    Administrator,
    Factor,
    Numbering,
    Person,
    Post,
    PostEvent,
    PrivacyNotice,
    Session,
    Unit,
)
from fenjin.people.names import name_key
from fenjin.people.register import hash_of
from fenjin.people.selectors import notices
from fenjin.people.services import totp, tree
from fenjin.people.services.factors import SEALED_FOR

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def make_unit(name: str = "", parent: Unit | None = None, on: date = LONG_AGO) -> Unit:
    """Return a new unit under `parent`, or a new root."""
    return tree.add_unit(
        actor=None, name=name or f"单位{next(_numbers)}", parent_id=parent.pk if parent else None, on=on
    )


def make_person(
    name: str = "张伟", *, unit: Unit | None = None, number: str = "", title: str = "", **fields: object
) -> Person:
    """Return a new person, with a main post in `unit` if one is given."""
    numbering, _made = Numbering.objects.get_or_create(pk=1, defaults={"name": "集团统一编号"})
    person = Person.objects.create(
        numbering=numbering,
        staff_number=number or f"T{next(_numbers):07}",
        name=name,
        name_key=name_key(name),
        **fields,
    )
    if unit is not None:
        make_post(person, unit, title=title)
    return person


def make_post(person: Person, unit: Unit, *, main: bool = True, title: str = "", on: date = LONG_AGO) -> Post:
    """Return a new current post of a person in a unit, where the unit stands now."""
    unit.refresh_from_db(fields=["lft", "space_id"])
    post = Post._base_manager.create(
        space_id=unit.space_id, person=person, unit=unit, main=main, title=title, started_on=on, pos=unit.lft
    )
    PostEvent._base_manager.create(space_id=unit.space_id, post=post, kind=PostEvent.Kind.BEGUN, on=on)
    return post


PASSWORD = "a quiet harbour 7"


def make_account(person: Person | None = None, *, password: str = PASSWORD) -> Account:
    """Return the claimed account of a person; a new person with a post in a new unit if none is given."""
    if person is None:
        person = make_person(unit=make_unit())
    account = Account(person=person, privacy_notice_version=1)
    account.set_password(password)
    account.save()
    return account


def make_administrator(office: str, *, password: str = PASSWORD) -> Account:
    """Return an operator's account that holds one of the three offices."""
    account = Account(operator_name=f"{office}{next(_numbers)}")
    account.set_password(password)
    account.save()
    Administrator.objects.create(account=account, office=office, given_at=clock.now())
    return account


def publish_notice(**sections: str) -> PrivacyNotice:
    """Return a new privacy notice in force: the first one with other Chinese text in some sections."""
    first = PrivacyNotice.objects.get(number=1)
    number = PrivacyNotice.objects.filter(number__isnull=False).count() + 1
    now = clock.now()
    made = PrivacyNotice.objects.create(
        number=number,
        chinese=first.chinese | (sections or {"contact": "平台管理员"}),
        english=first.english,
        change="一处更新",
        written_at=now,
        published_at=now,
    )
    notices.forget_number()
    return made


def sign_in(client: Client, account: Account) -> Session:
    """Sign a test client in as an account, with a session that is strong enough for the studio."""
    client.force_login(account)
    row = Session.objects.get(key_hash=hash_of(client.cookies[settings.SESSION_COOKIE_NAME].value))
    row.strong_at = clock.now()
    row.save(update_fields=["strong_at"])
    return row


def give_app(account: Account) -> str:
    """Give an account an authenticator app and return its secret; `code_now` says what it shows."""
    secret = totp.new_secret()
    Factor.objects.create(
        account=account, kind=Factor.Kind.APP, secret=vault.seal(secret, purpose=SEALED_FOR), made_at=clock.now()
    )
    return secret


def code_now(secret: str, *, steps: int = 0) -> str:
    """Return the code that an app shows, or the one some steps of 30 seconds later."""
    return totp.code_at(secret, totp.step_now() + steps)


def make_strong(account: Account) -> None:
    """Let every session of an account into the studio, as if the second factor had just been given on it."""
    Session.objects.filter(account=account).update(strong_at=clock.now(), staff_seen_at=None)


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "people:privacy_version": lambda world: {"number": 1},
    "people:privacy_changes": lambda world: {"number": 1},
    "people_desk:person": lambda world: {"person_id": world.person.pk},
    "people_desk:person_change": lambda world: {"person_id": world.person.pk, "what": "name"},
    "people_desk:post_change": lambda world: {"person_id": world.person.pk, "post_id": 987654, "what": "end"},
    "people_desk:person_undo": lambda world: {"person_id": world.person.pk, "of": "post", "event_id": 987654},
    "people_desk:unit": lambda world: {"unit_id": world.unit.pk},
    "people_desk:branch": lambda world: {"unit_id": world.space.root_unit_id},
    "people_desk:unit_export": lambda world: {"unit_id": world.unit.pk, "form": "csv"},
    "people_desk:unit_change": lambda world: {"unit_id": world.unit.pk, "what": "rename"},
    "people_desk:unit_undo": lambda world: {"unit_id": world.unit.pk, "event_id": 987654},
    "people_desk:sessions_end": lambda world: {"person_id": world.person.pk},
    "people_desk:unit_codes": lambda world: {"unit_id": world.unit.pk},
    "people_desk:sheet_print": lambda world: {"unit_id": world.unit.pk},
    "people_desk:sheet_revoke": lambda world: {"sheet_id": 987654},
    "people_desk:case": lambda world: {"case_id": 987654},
    "people_desk:case_give_back": lambda world: {"case_id": 987654},
    "people_desk:case_close": lambda world: {"case_id": 987654},
    "people_desk:code_issue": lambda world: {"person_id": world.person.pk},
    "people_desk:code_revoke": lambda world: {"person_id": world.person.pk},
    "people:kept": lambda world: {"kept_id": 987654},
    "people_desk:handover_confirm": lambda world: {"handover_id": 987654},
    "people_desk:handover_cancel": lambda world: {"handover_id": 987654},
    "people_desk:administrator_end": lambda world: {"account_id": 987654},
    "people:outside_begin": lambda world: {"key": "none-such"},
    "people:outside_password": lambda world: {"key": "none-such"},
    "people:outside_back": lambda world: {"key": "none-such"},
    "people:outside_posted": lambda world: {"key": "none-such"},
    "people:outside_metadata": lambda world: {"key": "none-such"},
    "people:outside_confirm": lambda world: {"key": "none-such"},
    "people:outside_link": lambda world: {"key": "none-such"},
    "people:outside_leave": lambda world: {"key": "none-such"},
    "people_desk:installation": lambda world: {"installation_id": 987654},
    "people_desk:installation_add": lambda world: {"kind": "oidc"},
    "people_desk:installation_switch": lambda world: {"installation_id": 987654},
    "people_desk:installation_test": lambda world: {"installation_id": 987654},
    "people_desk:factor_reset": lambda world: {"account_id": 987654},
    "people_desk:upload_columns": lambda world: {"upload_id": 987654},
    "people_desk:import_columns": lambda world: {"import_id": 987654},
    "people_desk:columns_forget": lambda world: {"columns_id": 987654},
    "people_desk:import": lambda world: {"import_id": 987654},
    "people_desk:import_apply": lambda world: {"import_id": 987654},
    "people_desk:import_again": lambda world: {"import_id": 987654},
    "people_desk:import_cancel": lambda world: {"import_id": 987654},
    "people_desk:import_undo": lambda world: {"import_id": 987654},
    "people_desk:import_file": lambda world: {"import_id": 987654, "form": "csv"},
    "people_desk:stopped_import": lambda world: {"import_id": 987654},
    "people_desk:import_approve": lambda world: {"import_id": 987654},
}
