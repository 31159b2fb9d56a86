"""Cases: an account in wrong hands is reported, closed to everybody and given back."""

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound, TooMany
from fenjin.people import services
from fenjin.people.access import NotYourOffice, Reach
from fenjin.people.models import AccountCase, Session
from fenjin.people.selectors.cases import get_case, list_cases
from fenjin.people.services.cases import CaseClosed
from fenjin.people.testing import PASSWORD, make_person, make_unit, sign_in
from fenjin.people.tests.test_sheets import unit_administrator

DOOR = "/account-taken/"
TOLD = {"number": "00001234", "name": "张伟", "phone": "138 0000 1111", "note": "我没有领过账号"}


@pytest.fixture
def case(account):
    services.report_taken(number="00001234", name="张伟", note_text="mine", phone="138", address="10.0.0.1")
    return AccountCase.objects.get()


@pytest.mark.parametrize("what", ["known", "wrong name", "unknown", "no account"])
def test_the_door_answers_the_same_whatever_is_typed(client, account, what):
    make_person("李娜", number="00005678")
    told = {
        "known": TOLD,
        "wrong name": TOLD | {"name": "王五"},
        "unknown": TOLD | {"number": "99999999"},
        "no account": TOLD | {"number": "00005678", "name": "李娜"},
    }[what]
    answer = client.post(DOOR, told)
    assert answer.status_code == 200
    # What varies is the token against forgery alone, and this page has no form.
    assert answer.text == client.post(DOOR, TOLD | {"number": "88888888"}).text
    assert AccountCase.objects.count() == (1 if what in ("known", "no account") else 0)


def test_the_door_is_throttled_by_name_and_by_address(account):
    for _try in range(3):
        services.report_taken(number="00001234", name="张伟", note_text="", phone="", address="10.0.0.1")
    with pytest.raises(TooMany):
        services.report_taken(number="00001234", name="张伟", note_text="", phone="", address="10.0.0.2")
    assert AccountCase.objects.count() == 1


def test_giving_back_ends_everything_and_makes_a_new_code(client, security, account, case):
    sign_in(client, account)
    issued = services.give_back(actor=security, case=case)
    assert client.get("/me/").status_code == 302
    account.refresh_from_db()
    assert not account.has_usable_password()
    with pytest.raises(services.sign_in.WrongSignIn):
        services.check_sign_in(name="00001234", password=PASSWORD, address="10.0.0.1")
    assert services.check_claim(number="00001234", name="张伟", code=issued.plain, address="10.0.0.1")
    assert next(note.kind for note in account.notes.order_by("pk")) == "secured"
    case.refresh_from_db()
    assert (case.outcome, case.note, case.phone, case.closed_by_id) == ("secured", "", "", security.pk)
    assert AuditEvent.objects.get(act="people.case_close").details["outcome"] == "secured"
    with pytest.raises(CaseClosed):
        services.give_back(actor=security, case=case)


def test_closing_changes_nothing_about_the_account(client, security, account, case):
    sign_in(client, account)
    services.close_case(actor=security, case=case)
    assert client.get("/me/").status_code == 200
    case.refresh_from_db()
    assert case.outcome == "unfounded"


def test_a_unit_administrator_sees_and_closes_cases_of_the_own_branch_only(account, case, world):
    near = unit_administrator(account.person.posts.get().unit)
    far = unit_administrator(make_unit("海外公司"))
    reach = Reach(everybody=False, units=near.membership.units_with("unit_administrator"))
    foreign = Reach(everybody=False, units=far.membership.units_with("unit_administrator"))
    assert list(list_cases(reach)) == [case]
    assert list(list_cases(foreign)) == []
    with pytest.raises(NotFound):
        get_case(foreign, case.pk)
    with pytest.raises(NotYourOffice):
        services.give_back(actor=far, case=case)
    assert services.give_back(actor=near, case=case).plain


def test_the_desk_shows_the_case_and_the_new_code_once(client, security, case):
    sign_in(client, security)
    assert "张伟" in client.get("/studio/cases/").text
    assert "mine" in client.get(f"/studio/cases/{case.pk}/").text
    page = client.post(f"/studio/cases/{case.pk}/give-back/")
    assert page.context["issued"].grouped in page.text
    assert "mine" not in client.get(f"/studio/cases/{case.pk}/").text


def test_the_security_administrator_ends_all_sessions_and_the_owner_reads_it(client, security, account):
    sign_in(client, account)
    assert services.end_sessions_of(actor=security, person=account.person) == 1
    assert client.get("/me/").status_code == 302
    assert account.notes.get().kind == "sessions"
    assert AuditEvent.objects.get(act="people.sessions_end").details == {"ended": 1}
    assert services.end_sessions_of(actor=security, person=account.person) == 0


def test_a_leaver_is_out_with_the_next_request_on_every_device(client, account, world):
    """Whatever the roster does to the person, a session that is under way does not outlive it."""
    sign_in(client, account)
    assert client.get("/me/").status_code == 200
    services.end_access(account.person)
    assert client.get("/me/").status_code == 302
    assert not Session.objects.filter(account=account, revoked_at=None).exists()


def test_a_leaver_is_out_even_if_only_the_person_says_so(client, account, world):
    sign_in(client, account)
    type(account.person).objects.filter(pk=account.person_id).update(status="left")
    assert client.get("/me/").status_code == 302
