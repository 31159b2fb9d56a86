"""The sign-in door: who gets in, what a wrong try learns, and where `next` may lead."""

import time

import pytest
from django.urls import reverse

from fenjin.audit.models import AuditEvent
from fenjin.people import services
from fenjin.people.models import Attempt, Numbering, Session
from fenjin.people.services import limiter
from fenjin.people.testing import PASSWORD, make_account, make_person, make_unit

DOOR = "/sign-in/"


def sign_in(client, number="00001234", password=PASSWORD, **more):
    return client.post(DOOR, {"number": number, "password": password, **more})


def test_employee_signs_in_and_gets_one_session_that_is_not_strong(client, account):
    response = sign_in(client, next="/")
    assert (response.status_code, response["Location"]) == (302, "/")
    row = Session.objects.get(account=account, revoked_at=None)
    assert row.identified_at is not None
    assert row.strong_at is None
    assert row.staff_seen_at is None
    cookie = response.cookies["fenjin"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in row.key_hash


def test_the_row_names_the_device_and_not_the_browser_string(client, account):
    client.post(
        DOOR,
        {"number": "00001234", "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0"},
    )
    assert Session.objects.get(account=account).device == "Android, WeChat"


def test_lost_zeros_and_small_letters_still_find_the_number(client, account, zhang):
    Numbering.objects.filter(pk=zhang.numbering_id).update(width=8)
    assert sign_in(client, number=" 1234 ").status_code == 302


def test_operator_signs_in_by_name_and_lands_in_the_studio(client, system):
    response = sign_in(client, number=system.operator_name.upper())
    assert response["Location"] == reverse("wagtailadmin_home")
    assert AuditEvent.objects.filter(act="people.sign_in", actor_id=system.pk).count() == 1


@pytest.mark.parametrize("case", ["unknown", "wrong password", "unclaimed", "inactive", "left", "left last week"])
def test_every_wrong_combination_gets_the_same_answer(client, account, zhang, later, case):
    if case == "inactive":
        account.is_active = False
        account.save()
    if case == "left":
        type(zhang).objects.update(status="left")
    if case == "left last week":
        type(zhang).objects.update(left_on="2020-01-01")
    if case == "unclaimed":
        make_person("李娜", number="00009999")
    number = {"unknown": "77777777", "unclaimed": "00009999"}.get(case, "00001234")
    response = sign_in(client, number=number, password="wrong one 123" if case == "wrong password" else PASSWORD)
    assert response.status_code == 422
    assert response.context["refusal"].code == "wrong_sign_in"
    assert not Session.objects.filter(account__isnull=False).exists()
    assert "password" not in response.context["form"].initial


def test_unknown_number_costs_a_hash_like_a_known_one(account, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account.set_password(PASSWORD)
    account.save()

    def seconds(name):
        begin = time.perf_counter()
        with pytest.raises(services.sign_in.WrongSignIn):
            services.check_sign_in(name=name, password="wrong one 123", address="10.0.0.1")
        return time.perf_counter() - begin

    known, unknown = (sorted(seconds(name) for _ in range(3))[1] for name in ("00001234", "55555555"))
    assert unknown > known / 3


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "evil", "/\t/evil.example"],
)
def test_next_never_leads_away(client, account, wanted):
    response = sign_in(client, next=wanted)
    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert not response["Location"].startswith("javascript")


def test_next_leads_back_to_an_own_page(client, account):
    assert sign_in(client, next="/news/7/?page=2")["Location"] == "/news/7/?page=2"


def test_who_is_signed_in_already_is_sent_on(client, account):
    sign_in(client)
    response = client.get(DOOR, {"next": "/news/"})
    assert (response.status_code, response["Location"]) == (302, "/news/")


def test_a_cookie_brought_along_is_never_the_cookie_of_the_session(client, account):
    sign_in(client)
    planted = client.cookies["fenjin"].value
    client.cookies["fenjin"] = planted
    sign_in(client)
    assert client.cookies["fenjin"].value != planted
    assert Session.objects.filter(account=account, revoked_at=None).count() == 1


def test_unread_notice_is_shown_first(client, account):
    account.privacy_notice_version = 0
    account.save()
    response = sign_in(client, next="/news/")
    assert response["Location"] == "/privacy/?next=%2Fnews%2F"
    assert client.get(response["Location"]).context["pending"]
    assert client.post("/privacy/", {"next": "/news/", "version": "1"})["Location"] == "/news/"
    account.refresh_from_db()
    assert account.privacy_notice_version == 1


def test_the_company_is_asked_only_when_a_number_exists_twice(client, account, zhang):
    other = Numbering.objects.create(name="海外公司")
    twin = make_person("王芳", unit=make_unit("海外公司"), number="X00001234")
    type(twin).objects.filter(pk=twin.pk).update(numbering=other, staff_number="00001234")
    other_account = make_account(twin, password="another harbour 8")
    response = sign_in(client)
    assert response.status_code == 422
    assert [name for _key, name in response.context["form"].fields["company"].choices] == ["海外公司", "集团统一编号"]
    assert sign_in(client, password="another harbour 8", company=zhang.numbering_id).status_code == 422
    assert sign_in(client, password="another harbour 8", company=other.pk).status_code == 302
    assert Session.objects.get(revoked_at=None, account__isnull=False).account_id == other_account.pk


def test_too_many_tries_stop_even_the_right_password_for_a_quarter_of_an_hour(client, account, later):
    for _try in range(limiter.TRIES["pair"]):
        assert sign_in(client, password="wrong one 123").status_code == 422
    assert sign_in(client).status_code == 429
    assert sign_in(client).status_code == 429
    shut = AuditEvent.objects.get(act="people.door_shut")
    assert (shut.actor_id, shut.target_id, shut.details) == (None, None, {"door": "sign_in"})
    later(minutes=16)
    assert sign_in(client).status_code == 302


def test_a_right_password_clears_the_count_and_nobody_else_is_stopped(client, account):
    for _try in range(limiter.TRIES["pair"] - 1):
        sign_in(client, password="wrong one 123")
    assert sign_in(client).status_code == 302
    for _try in range(limiter.TRIES["pair"] - 1):
        assert sign_in(client, password="wrong one 123").status_code == 422


def test_the_limiter_keeps_no_address_and_no_name(client, account, later):
    sign_in(client, password="wrong one 123")
    kept = " ".join(Attempt.objects.values_list("pk", flat=True))
    assert "127.0.0.1" not in kept
    assert "1234" not in Attempt.objects.values_list("pk", flat=True)
    later(minutes=16)
    assert limiter.clear_attempts() == 3
    assert not Attempt.objects.exists()


def test_a_forwarded_header_is_not_believed(client, account):
    for number in range(limiter.TRIES["pair"]):
        client.post(
            DOOR,
            {"number": "00001234", "password": "wrong one 123"},
            headers={"X-Forwarded-For": f"10.1.1.{number}"},
        )
    assert sign_in(client).status_code == 429


def test_sign_out_revokes_and_needs_a_post(client, account):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == DOOR
    row = Session.objects.get(account=account)
    assert row.revoked_at is not None
    assert client.get("/confirm-identity/").status_code == 302
