"""Me: every choice is a plain form and holds on the next page."""

import pytest

from fenjin.people.models import Session
from fenjin.people.testing import PASSWORD, make_account, make_administrator, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    company = make_unit("华东石化公司", parent=make_unit("启明集团"))
    return make_account(
        make_person("王海宁", unit=make_unit("检修一班", parent=company), title="钳工", number="QM000003")
    )


@pytest.fixture
def here(client, account):
    return sign_in(client, account)


@pytest.fixture
def me(client, here):
    return client


def test_the_profile_shows_number_post_and_the_units_above(me):
    page = me.get("/me/").content.decode()
    for words in ("王海宁", "QM000003", "检修一班", "钳工", "华东石化公司"):
        assert words in page


@pytest.mark.parametrize(
    ("choice", "sign"),
    [({"scale": "3"}, 'data-scale="3"'), ({"theme": "dark"}, 'data-theme="dark"'), ({"language": "en"}, 'lang="en"')],
)
def test_a_choice_holds_on_the_next_page(me, choice, sign):
    answer = me.post("/me/look/", choice)
    assert answer.headers["Location"] == "/me/#choices"
    assert sign in me.get("/me/").content.decode()


@pytest.mark.parametrize("choice", [{"scale": "9"}, {"scale": "big"}, {"theme": "pink"}, {"language": "tlh"}])
def test_a_choice_that_does_not_exist_is_refused(me, choice):
    assert me.post("/me/look/", choice).status_code == 400


def test_a_get_changes_nothing_and_says_where_the_button_is(me):
    answer = me.get("/me/look/?scale=3")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.text
    assert me.get("/me/look/", headers={"Accept": "application/json"}).json()["error"]["code"] == "only_by_press"


def test_devices_are_listed_and_ended(me, account, here):
    other = Session.objects.create(
        key_hash="x" * 64,
        account=account,
        device="Android, WeChat",
        last_seen_at=here.last_seen_at,
        expires_at=here.expires_at,
    )
    assert "安卓手机，微信" in me.get("/me/devices/").content.decode()
    me.post(f"/me/devices/{other.pk}/end/")
    other.refresh_from_db()
    assert other.revoked_at is not None


def test_all_others_end_and_this_one_stays(me, account, here):
    row = Session.objects.create(
        key_hash="y" * 64, account=account, last_seen_at=here.last_seen_at, expires_at=here.expires_at
    )
    me.post("/me/devices/end-others/")
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert me.get("/me/").status_code == 200


def test_nobody_ends_the_session_of_another(me, here):
    stranger = make_account(make_person("周远"))
    row = Session.objects.create(
        key_hash="z" * 64, account=stranger, last_seen_at=here.last_seen_at, expires_at=here.expires_at
    )
    assert me.post(f"/me/devices/{row.pk}/end/").status_code == 404


def test_a_new_password_holds_and_this_device_stays_signed_in(me, account):
    sent = {"old": PASSWORD, "new": "每一颗螺栓都摸一遍 27", "again": "每一颗螺栓都摸一遍 27"}
    assert me.post("/me/password/", sent).headers["Location"] == "/me/"
    account.refresh_from_db()
    assert account.check_password("每一颗螺栓都摸一遍 27")
    assert me.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"old": "not this one", "new": "每一颗螺栓都摸一遍 27", "again": "每一颗螺栓都摸一遍 27"},
        {"old": PASSWORD, "new": "每一颗螺栓都摸一遍 27", "again": "二十八颗螺栓 28"},
        {"old": PASSWORD, "new": "12345", "again": "12345"},
    ],
)
def test_a_password_that_cannot_be_changed_says_why(me, account, sent):
    answer = me.post("/me/password/", sent)
    assert answer.status_code == 422
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_an_operator_has_a_page_without_employment_and_no_home(client):
    sign_in(client, make_administrator("system"))
    assert client.get("/").headers["Location"] == "/me/"
    page = client.get("/me/").content.decode()
    assert "/studio/" in page
    assert "/inbox/" not in page
    assert client.get("/inbox/").status_code == 404
