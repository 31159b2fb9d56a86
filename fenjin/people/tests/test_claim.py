"""Claiming: a one-time code, a password of one's own, and nothing learnt by guessing."""

from datetime import timedelta
from importlib import import_module

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.people import services
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, AccountCase, ClaimCode, Session
from fenjin.people.services.claim import WrongClaim
from fenjin.people.services.codes import ALPHABET, AccountClosed, HasLeft
from fenjin.people.services.leaving import end_access
from fenjin.people.testing import PASSWORD, make_account, make_person

DOOR = "/claim/"
WORDS = "a path by the sea"


@pytest.fixture
def code(security, zhang):
    return services.issue_claim_code(actor=security, person=zhang)


def first(client, code, number="00001234", name="张伟"):
    return client.post(DOOR, {"number": number, "name": name, "code": code})


def second(client, page, password=WORDS, again=None, **more):
    data = {
        "token": page.context["token"],
        "version": page.context["version"],
        "password": password,
        "again": again or password,
        "notice": "on",
    }
    return client.post(DOOR, data | more)


def test_number_name_and_code_make_an_account_and_sign_in(client, zhang, code):
    page = first(client, code.grouped)
    assert page.status_code == 200
    assert "a path by the sea" not in page.text
    response = second(client, page)
    assert response.status_code == 302
    account = Account.objects.get(person=zhang)
    assert account.check_password("a path by the sea")
    assert account.privacy_notice_version == 1
    assert account.notice_readings.get().number == 1
    assert Session.objects.filter(account=account, revoked_at=None).count() == 1
    assert AuditEvent.objects.get(act="people.claim").target_id == zhang.pk


def test_spaces_small_letters_and_a_dotted_name_do_not_matter(client, code):
    assert "token" in first(client, f" {code.plain.lower()} ", name=" 张 伟").context


@pytest.mark.parametrize("case", ["code", "name", "number", "expired", "used", "revoked", "left", "another person's"])
def test_every_wrong_combination_gets_the_same_sentence(client, security, zhang, code, later, case):
    number, name, typed = "00001234", "张伟", code.plain
    match case:
        case "code":
            typed = "2222 2222"
        case "name":
            name = "张三"
        case "number":
            number = "00009999"
        case "expired":
            later(days=7, seconds=1)
        case "used":
            ClaimCode.objects.update(used_at=code.row.made_at)
        case "revoked":
            services.revoke_claim_code(actor=security, person=zhang)
        case "left":
            type(zhang).objects.filter(pk=zhang.pk).update(status="left")
        case _:
            other = make_person("李娜", number="00005555")
            services.issue_claim_code(actor=security, person=other)
            number, name = "00005555", "李娜"
    response = first(client, typed, number=number, name=name)
    assert response.status_code == 422
    assert response.context["refusal"].code == "wrong_claim"
    assert not Account.objects.filter(person__isnull=False).exists()


def test_wrong_tries_from_elsewhere_do_not_spoil_the_code_of_its_owner(client, code):
    for number in range(60):
        with pytest.raises(WrongClaim):
            services.check_claim(number="00001234", name="张伟", code="2222 2222", address=f"10.0.0.{number}")
    assert ClaimCode.objects.get().failures == 60
    assert second(client, first(client, code.plain)).status_code == 302


def test_a_hundred_wrong_tries_lock_the_code_for_the_right_one_too(client, code):
    ClaimCode.objects.update(failures=99)
    assert first(client, "2222 2222").status_code == 422
    assert first(client, code.plain).status_code == 422
    assert not Account.objects.filter(person__isnull=False).exists()


def test_one_address_has_ten_tries_and_reads_when_it_goes_on(client, code):
    for _try in range(10):
        assert first(client, "2222 2222").status_code == 422
    page = first(client, code.plain)
    assert page.status_code == 429
    assert page.context["refusal"].code == "too_many"


def test_the_second_page_says_who_this_is_and_where(client, code):
    page = first(client, code.plain)
    assert "张伟" in page.text
    assert "启明集团" in page.text


def test_this_is_not_me_stops_the_code_and_tells_the_administrators(client, code, zhang):
    page = first(client, code.plain)
    assert client.post("/claim/not-me/", {"token": page.context["token"]}).status_code == 200
    assert second(client, page).status_code == 422
    assert first(client, code.plain).status_code == 422
    case = AccountCase.objects.get()
    assert (case.person_id, case.kind, case.closed_at) == (zhang.pk, "not_me", None)
    assert AuditEvent.objects.filter(act="people.claim_refuse", target_id=zhang.pk).count() == 1
    assert client.post("/claim/not-me/", {"token": page.context["token"]}).status_code == 422
    assert client.post("/claim/not-me/", {"token": "made up"}).status_code == 422
    assert AccountCase.objects.count() == 1


def test_a_code_for_somebody_with_an_account_gives_a_new_password(client, security, zhang):
    account = make_account(zhang)
    Session.objects.create(
        key_hash="z" * 64, account=account, last_seen_at=clock.now(), expires_at=clock.now() + timedelta(days=1)
    )
    code = services.issue_claim_code(actor=security, person=zhang)
    assert account.notes.get().kind == "code"
    account.refresh_from_db()
    assert account.check_password(PASSWORD), "the old password holds until the code is used"
    page = first(client, code.plain)
    assert page.context["again"]
    assert "notice" not in page.context["form"].fields
    assert second(client, page).status_code == 302
    account.refresh_from_db()
    assert account.check_password(WORDS)
    assert [note.kind for note in account.notes.order_by("pk")] == ["code", "password"]
    assert Session.objects.get(key_hash="z" * 64).revoked_at is not None
    assert Session.objects.filter(account=account, revoked_at=None).count() == 1


def test_a_code_works_once(client, code):
    page = first(client, code.plain)
    assert second(client, page).status_code == 302
    password = Account.objects.get(person__isnull=False).password
    assert second(client, page, password="somebody else's words").status_code == 422
    assert first(client, code.plain).status_code == 422
    assert Account.objects.get(person__isnull=False).password == password


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "qwertyuiop"])
def test_a_weak_password_is_refused_and_the_code_stays(client, code, password):
    page = first(client, code.plain)
    response = second(client, page, password=password)
    assert response.status_code == 422
    assert response.context["form"].errors["password"]
    assert not Account.objects.filter(person__isnull=False).exists()
    assert second(client, response).status_code == 302


def test_two_different_passwords_are_refused(client, code):
    response = second(client, first(client, code.plain), again="a path by the lake")
    assert response.status_code == 422
    assert not Account.objects.filter(person__isnull=False).exists()


def test_without_the_notice_there_is_no_account(client, code):
    page = first(client, code.plain)
    data = {"token": page.context["token"], "password": "a path by the sea", "again": "a path by the sea"}
    assert client.post(DOOR, data).status_code == 422
    assert not Account.objects.filter(person__isnull=False).exists()


def test_a_made_up_or_old_token_opens_nothing(client, code, monkeypatch):
    page = first(client, code.plain)
    token = page.context["token"]
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert second(client, page, token=forged).status_code == 422
    monkeypatch.setattr(import_module("fenjin.people.views.claim"), "CLAIM_SECONDS", -1)
    assert second(client, page).status_code == 422
    assert not Account.objects.filter(person__isnull=False).exists()


def test_the_code_is_shown_once_and_only_its_hash_is_kept(code):
    assert len(code.plain) == 8
    assert set(code.plain) <= set(ALPHABET)
    assert not set("0O1IL") & set(ALPHABET)
    row = ClaimCode.objects.get()
    assert code.plain not in row.code_hash
    assert len(row.code_hash) == 64
    assert code.plain not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_a_new_code_stops_the_old_one(client, security, zhang, code):
    fresh = services.issue_claim_code(actor=security, person=zhang)
    assert first(client, code.plain).status_code == 422
    assert first(client, fresh.plain).status_code == 200


def test_only_the_security_administrator_issues_and_revokes(system, zhang, code):
    before = ClaimCode.objects.values().get()
    with pytest.raises(NotYourOffice):
        services.issue_claim_code(actor=system, person=zhang)
    with pytest.raises(NotYourOffice):
        services.revoke_claim_code(actor=system, person=zhang)
    assert ClaimCode.objects.values().get() == before
    assert AuditEvent.objects.filter(act__startswith="people.code").count() == 1


def test_no_code_for_a_closed_account_or_who_has_left(security, zhang):
    account = make_account(zhang)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(AccountClosed):
        services.issue_claim_code(actor=security, person=zhang)
    gone = make_person("李娜", status="left")
    with pytest.raises(HasLeft):
        services.issue_claim_code(actor=security, person=gone)
    assert not ClaimCode.objects.exists()


def test_who_comes_back_claims_the_same_account_with_a_new_code(client, security, zhang):
    account = make_account(zhang)
    end_access(zhang)
    code = services.issue_claim_code(actor=security, person=zhang)
    assert second(client, first(client, code.plain)).status_code == 302
    assert Account.objects.get(person=zhang).pk == account.pk


def test_a_code_that_ran_out_between_the_two_pages_makes_no_account(code, later):
    later(days=8)
    with pytest.raises(WrongClaim):
        services.claim_account(code_id=code.row.pk, password="a path by the sea", notice_version=1)
    assert not Account.objects.filter(person__isnull=False).exists()
