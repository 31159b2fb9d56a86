"""What happened to the account is told to its owner, on Me and beside the devices."""

import pytest

from fenjin.people import services
from fenjin.people.models import Session
from fenjin.people.testing import PASSWORD, make_account, make_administrator, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return make_account(make_person("王海宁", unit=make_unit("启明集团"), number="QM000003"))


def test_nothing_is_told_when_nothing_happened(client, account):
    sign_in(client, account)
    assert "密码已修改" not in client.get("/me/").text
    assert "账号动态" not in client.get("/me/devices/").text


def test_a_changed_password_is_told_with_time_and_device(client, account):
    sign_in(client, account)
    sent = {"old": PASSWORD, "new": "a path by the sea", "again": "a path by the sea"}
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8"}
    assert client.post("/me/password/", sent, headers=phone).status_code == 302
    assert "您的密码已修改" in client.get("/me/").text
    page = client.get("/me/devices/").text
    assert "账号动态" in page
    assert "安卓手机，微信" in page


def test_a_code_made_by_an_administrator_is_told(client, account):
    services.issue_claim_code(actor=make_administrator("security"), person=account.person)
    sign_in(client, account)
    assert "新的认领码" in client.get("/me/").text


def test_devices_are_called_as_people_call_them(client, account):
    row = sign_in(client, account)
    Session.objects.filter(pk=row.pk).update(device="iPhone, WeCom")
    assert "iPhone，企业微信" in client.get("/me/devices/").text
