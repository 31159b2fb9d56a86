"""What nobody opened below /studio/ is not there; and without a role nothing is."""

import pytest
from django.test import Client
from django.urls import reverse

from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.register import opened_namespaces
from fenjin.spaces.testing import make_editor
from tests.studio.addresses import path_of, studio

pytestmark = pytest.mark.django_db

ADDRESSES = studio()
OPEN = [address for address in ADDRESSES if address.is_open or address.is_ours]
CLOSED = [address for address in ADDRESSES if not address.is_open and not address.is_ours]


def test_there_is_something_to_ask_for():
    names = {address.name for address in OPEN}
    assert {"articles:list", "articles:edit", "articles:unpublish", "pictures:edit", "picture_chooser:chosen"} <= names
    assert {"wagtailadmin_editing_sessions:ping"} <= names
    assert len(CLOSED) > 100
    for namespace in opened_namespaces():
        assert any(name.startswith(f"{namespace}:") for name in names), f"{namespace} is opened and does not exist"


def test_what_nobody_opened_is_not_there():
    client, wrong = Client(raise_request_exception=False), []
    sign_in(client, make_editor(1))
    for address in CLOSED:
        path = path_of(address, dict.fromkeys(address.parameters, 1))
        for method in (client.get, client.post):
            answer = method(path)
            leads_out = answer.get("Location", "").startswith(reverse("shell:me"))  # the own account
            if answer.status_code not in (404, 405) and not leads_out:
                wrong.append(f"{address.name} {path}: {answer.status_code}")
    assert wrong == []


def test_an_account_without_a_role_sees_no_studio():
    client = Client()
    sign_in(client, make_account(make_person(unit=make_unit())))
    seen = {
        address.name: client.get(path_of(address, dict.fromkeys(address.parameters, 1))).status_code for address in OPEN
    }
    assert {name: status for name, status in seen.items() if status not in (404, 405)} == {}
