"""Sessions: one row decides; strength and idle time open the studio, not the phone."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.people import services
from fenjin.people.models import Account, ClaimCode, Session
from fenjin.people.selectors.accounts import list_sessions
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.sessions import SessionStore
from fenjin.people.testing import PASSWORD, make_account, make_person, sign_in

SIGNED_IN_PAGE = "/confirm-identity/"
STUDIO = "/studio/people/"


def test_a_session_revoked_elsewhere_stops_the_next_request(client, account):
    row = sign_in(client, account)
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    services.end_session(account=account, session_id=row.pk)
    assert client.get(SIGNED_IN_PAGE)["Location"].startswith("/sign-in/")


def test_nobody_ends_the_session_of_somebody_else(client, account, security):
    row = sign_in(client, account)
    with pytest.raises(NotFound):
        services.end_session(account=security, session_id=row.pk)
    row.refresh_from_db()
    assert row.revoked_at is None
    assert not AuditEvent.objects.filter(act="people.session_end").exists()


def test_ending_the_others_keeps_this_one(client, account, client_two):
    here, there = sign_in(client, account), sign_in(client_two, account)
    assert {row.pk for row in list_sessions(account)} == {here.pk, there.pk}
    assert services.end_other_sessions(account=account, session_id=here.pk) == 1
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    assert client_two.get(SIGNED_IN_PAGE).status_code == 302
    assert [row.pk for row in list_sessions(account)] == [here.pk]


@pytest.fixture
def client_two():
    return Client()


def test_the_session_slides_for_thirty_days_of_use_and_ends_without(client, account, later):
    sign_in(client, account)
    later(days=29)
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    later(days=58)
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    later(days=89)
    assert client.get(SIGNED_IN_PAGE).status_code == 302


def test_last_seen_is_written_at_most_hourly(client, account, later, django_assert_num_queries):
    row = sign_in(client, account)
    later(minutes=50)
    client.get(SIGNED_IN_PAGE)
    unchanged = Session.objects.get(pk=row.pk)
    assert unchanged.last_seen_at == row.last_seen_at
    later(minutes=70)
    client.get(SIGNED_IN_PAGE)
    assert Session.objects.get(pk=row.pk).last_seen_at > row.last_seen_at


@pytest.mark.parametrize("span", [{"minutes": 31}, {"hours": 8, "minutes": 1}])
def test_an_idle_or_old_session_asks_in_the_studio_and_leaves_the_phone_alone(client, security, later, span):
    row = sign_in(client, security)
    assert client.get(STUDIO).status_code == 200
    later(**span)
    response = client.get(STUDIO + "?q=zhang")
    assert response["Location"] == "/confirm-identity/?next=%2Fstudio%2Fpeople%2F%3Fq%3Dzhang"
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    row.refresh_from_db()
    assert row.revoked_at is None


def test_working_in_the_studio_keeps_it_open_for_eight_hours(client, security, later):
    sign_in(client, security)
    for minutes in range(25, 8 * 60, 25):
        later(minutes=minutes)
        assert client.get(STUDIO).status_code == 200
    later(minutes=8 * 60 + 1)
    assert client.get(STUDIO).status_code == 302


def test_staff_seen_is_written_at_most_once_a_minute(client, security, later):
    row = sign_in(client, security)
    client.get(STUDIO)
    first = Session.objects.get(pk=row.pk).staff_seen_at
    later(seconds=50)
    client.get(STUDIO)
    assert Session.objects.get(pk=row.pk).staff_seen_at == first
    later(seconds=70)
    client.get(STUDIO)
    assert Session.objects.get(pk=row.pk).staff_seen_at > first


def test_phone_pages_do_not_keep_the_studio_open(client, security, later):
    sign_in(client, security)
    for minutes in (20, 40):
        later(minutes=minutes)
        client.get(SIGNED_IN_PAGE)
    assert client.get(STUDIO).status_code == 302


def test_leaving_ends_sessions_codes_and_password_in_one_transaction(client, account, zhang, security):
    sign_in(client, account)
    other = make_person("李娜")
    code = services.issue_claim_code(actor=security, person=other)
    services.end_access_of(person_ids=[zhang.pk, other.pk])
    assert client.get(SIGNED_IN_PAGE).status_code == 302
    assert ClaimCode.objects.get(pk=code.row.pk).revoked_at is not None
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert AuditEvent.objects.get(act="people.access_end").target_id == zhang.pk


def test_a_session_of_a_leaver_opens_nothing_even_if_its_row_is_open(client, account, zhang):
    sign_in(client, account)
    type(zhang).objects.filter(pk=zhang.pk).update(status="left")
    assert client.get(SIGNED_IN_PAGE).status_code == 302


def test_a_new_password_ends_every_session(client, account):
    sign_in(client, account)
    services.change_password(account=account, old=PASSWORD, new="another harbour 8", address="10.0.0.1")
    assert client.get(SIGNED_IN_PAGE).status_code == 302
    account.refresh_from_db()
    assert account.check_password("another harbour 8")


@pytest.mark.parametrize(
    ("old", "new", "error"), [("wrong one 123", "another harbour 8", WrongSignIn), (PASSWORD, "short", WeakPassword)]
)
def test_a_refused_password_change_changes_nothing(client, account, old, new, error):
    sign_in(client, account)
    with pytest.raises(error):
        services.change_password(account=account, old=old, new=new, address="10.0.0.1")
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    assert not AuditEvent.objects.filter(act="people.password_change").exists()


def test_preferences_are_kept_and_strange_ones_refused(account):
    services.change_preferences(account=account, theme="dark", scale=3, language="en")
    account.refresh_from_db()
    assert (account.theme, account.scale, account.language) == ("dark", 3, "en")
    for wrong in ({"theme": "pink"}, {"scale": 4}, {"language": "tlh"}):
        with pytest.raises(BadRequest):
            services.change_preferences(account=account, **wrong)
    account.refresh_from_db()
    assert (account.theme, account.scale, account.language) == ("dark", 3, "en")


def test_expired_rows_are_kept_180_days_as_a_record(client, account, later):
    sign_in(client, account)
    later(days=200)
    SessionStore.clear_expired()
    assert Session.objects.exists()
    later(days=211)
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_two_accounts_never_share_a_person(account, zhang):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(zhang)
