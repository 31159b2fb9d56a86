"""Who leaves is out at once: at every door, on every open page, with every code that is still about."""

import pytest
from django.test import Client

from fenjin.kit.scope import GROUP_SPACE
from fenjin.people import services
from fenjin.people.models import Person, Session
from fenjin.people.selectors import contact
from fenjin.people.services.claim import WrongClaim
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.testing import PASSWORD, make_account, make_person, make_unit, sign_in
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.testing import give_role

PHONE = ["/", "/me/", "/inbox/", "/me/data/", "/me/devices/"]
STUDIO = ["/studio/", "/studio/articles/", "/studio/left-behind/", "/stay/"]


@pytest.fixture
def editor(world):
    account = make_account(make_person("王芳", unit=make_unit("启明集团"), number="00007777"))
    give_role(account.person, space_id=GROUP_SPACE)
    return account


def leave(account, how):
    """Leave as the roster does (access ended), or as a status alone would have it (nobody ended anything yet)."""
    Person.objects.filter(pk=account.person_id).update(status="left")
    if how == "ended":
        services.end_access(Person.objects.get(pk=account.person_id))


@pytest.mark.parametrize("how", ["ended", "status alone"])
def test_every_open_page_is_shut(editor, how):
    client = Client()
    sign_in(client, editor)
    assert client.get("/studio/articles/").status_code == 200
    assert client.get("/me/").status_code in (200, 302)
    leave(editor, how)
    for path in PHONE + STUDIO:
        answer = client.get(path)
        assert answer.status_code in (302, 404), path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/"), path


@pytest.mark.parametrize("how", ["ended", "status alone"])
@pytest.mark.parametrize("path", ["/studio/articles/add/", "/me/preferences/", "/stay/", "/confirm-identity/"])
def test_a_form_that_is_open_goes_nowhere(editor, how, path):
    client = Client()
    sign_in(client, editor)
    leave(editor, how)
    answer = client.post(path, {"title": "zu spät", "password": PASSWORD}, headers={"Accept": "text/html"})
    assert answer.status_code in (302, 403, 404, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("how", ["ended", "status alone"])
def test_nobody_counts_as_reached_through_an_account_that_opens_nothing(editor, how):
    stays = make_account(make_person("李娜"))
    people = [editor.person_id, stays.person_id]
    assert contact.with_accounts(people) == set(people)
    leave(editor, how)
    assert contact.with_accounts(people) == {stays.person_id}


@pytest.mark.parametrize("how", ["ended", "status alone"])
def test_the_password_and_old_codes_open_nothing(editor, security, how):
    other = make_person("赵敏", unit=make_unit("别处"), number="00008888")
    issued = services.issue_claim_code(actor=security, person=other)
    Person.objects.filter(pk=other.pk).update(status="left")
    if how == "ended":
        services.end_access(Person.objects.get(pk=other.pk))
    leave(editor, how)
    with pytest.raises(WrongSignIn):
        services.check_sign_in(name="00007777", password=PASSWORD, address="10.0.0.1")
    with pytest.raises(WrongClaim):
        services.check_claim(number="00008888", name="赵敏", code=issued.grouped, address="10.0.0.1")


def test_sessions_and_roles_end_in_the_same_transaction(editor):
    for _device in range(2):
        sign_in(Client(), editor)
    leave(editor, "ended")
    assert not Session.objects.filter(account=editor, revoked_at__isnull=True).exists()
    assert not RoleGrant.objects.filter(person=editor.person_id, ends_at__isnull=True).exists()
    editor.refresh_from_db()
    assert not editor.has_usable_password()


def test_others_stay_in(editor):
    stays = Client()
    other = make_account(make_person("李娜", unit=make_unit("别处")))
    sign_in(stays, other)
    leave(editor, "ended")
    assert stays.get("/me/").status_code == 200
