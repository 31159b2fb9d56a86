"""The studio shuts after a while: it says so before, and what was typed is not lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from fenjin.kit import clock
from fenjin.people.models import KeptForm, Session
from fenjin.people.services.kept_forms import clear_kept_forms
from fenjin.people.testing import make_administrator, sign_in
from fenjin.people.views.kept_words import words_of

FORM = {"operator_name": "li.wei", "office": "system"}
PAGE = {"Accept": "text/html,*/*"}


@pytest.fixture
def inside(client, security, later):
    sign_in(client, security)
    client.get("/studio/administrators/")
    return client


def test_how_long_it_holds_is_told_and_asking_extends_nothing(inside, later):
    first = inside.get("/stay/").json()
    assert 1700 < first["seconds"] <= 1800
    assert first["can_extend"]
    later(minutes=20)
    assert inside.get("/stay/").json()["seconds"] <= 600
    later(minutes=25)
    assert inside.get("/stay/").json()["seconds"] <= 300


def test_staying_extends_the_idle_time(inside, later):
    later(minutes=25)
    assert inside.post("/stay/").json()["seconds"] > 1700
    later(minutes=50)
    assert inside.get("/studio/administrators/").status_code == 200


def test_nothing_extends_beyond_eight_hours(inside, later):
    for minutes in range(25, 8 * 60, 25):
        later(minutes=minutes)
        left = inside.post("/stay/").json()
    assert not left["can_extend"] or left["seconds"] < 1800
    later(hours=8, minutes=1)
    assert inside.post("/stay/").json() == {"seconds": 0, "can_extend": False}
    assert inside.get("/studio/administrators/").status_code == 302


def test_what_is_shut_is_not_opened_by_staying(inside, later):
    later(minutes=31)
    assert inside.post("/stay/").json()["seconds"] == 0
    assert inside.get("/studio/administrators/")["Location"].startswith("/confirm-identity/")


def test_a_form_sent_too_late_comes_back_whole_after_the_factor(inside, later, security):
    later(minutes=31)
    fields = FORM | {"csrfmiddlewaretoken": "x", "password": "never kept", "note": ["one", "two"]}
    answer = inside.post("/studio/administrators/add/", fields, headers=PAGE)
    assert answer.status_code == 302
    kept = KeptForm.objects.get()
    goal = f"/stay/kept/{kept.pk}/"
    assert answer["Location"] == f"/confirm-identity/?next={goal.replace('/', '%2F')}"
    assert inside.get(goal)["Location"].startswith("/confirm-identity/")
    Session.objects.filter(account=security).update(strong_at=clock.now(), staff_seen_at=clock.now())
    page = inside.get(goal)
    assert page.status_code == 200
    assert kept.fields == [["operator_name", "li.wei"], ["office", "system"], ["note", "one"], ["note", "two"]]
    for text in ('action="/studio/administrators/add/"', 'value="li.wei"', 'name="csrfmiddlewaretoken"', 'value="two"'):
        assert text in page.text
    assert "never kept" not in page.text
    assert inside.post("/studio/administrators/add/", dict(FORM)).status_code == 200


def test_what_was_kept_is_shown_in_the_words_of_its_form(inside, later, security):
    fields = {
        "operator_name": "li.wei",
        "office": "audit",
        "ends_on": "2026-12-01",
        "key": "c0ffee",
        "why": "他 休假了",
    }
    later(minutes=31)
    inside.post("/studio/administrators/add/", fields, headers=PAGE)
    Session.objects.filter(account=security).update(strong_at=clock.now(), staff_seen_at=clock.now())
    shown = inside.get(f"/stay/kept/{KeptForm.objects.get().pk}/").context["shown"]
    with translation.override("zh-hans"):
        assert shown == [
            (gettext("Name for signing in"), "li.wei"),
            (gettext("Office"), gettext("Audit administrator")),
            (gettext("The old term ends on"), "2026-12-01"),
            (gettext("What you typed"), "他 休假了"),
        ]


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/studio/snippets/newsroom/article/add/", [["title", "春季安全月"]], {"春季安全月"}),
        (
            "/studio/articles/add/",
            [["title", "春季安全月"], ["readers", "everybody"]],
            {"春季安全月", "本平台全体员工"},
        ),
        ("/studio/nowhere/at/all/", [["title", "春季 安全月"], ["pk", "3"]], {"春季 安全月"}),
    ],
)
def test_pages_of_others_and_pages_that_are_gone_show_no_names_of_fields(path, fields, words):
    shown = words_of(path, fields)
    assert {value for _label, value in shown} == words
    assert not {label for label, _value in shown} & {name for name, _value in fields}


def test_nobody_else_sees_what_was_kept(inside, later, security, client):
    later(minutes=31)
    inside.post("/studio/administrators/add/", FORM, headers=PAGE)
    kept = KeptForm.objects.get()
    for who in (make_administrator("security"), security):
        other = Client()
        sign_in(other, who)
        assert other.get(f"/stay/kept/{kept.pk}/").status_code == 404


def test_scripts_are_told_no_and_nothing_is_kept(inside, later):
    later(minutes=31)
    for headers in (
        {"Accept": "application/json"},
        {**PAGE, "X-Requested-With": "XMLHttpRequest"},
        {**PAGE, "HX-Request": "true"},
    ):
        assert inside.post("/studio/administrators/add/", FORM, headers=headers).status_code == 403
    assert not KeptForm.objects.exists()


def test_a_file_is_not_kept_and_the_page_says_so(inside, later, client, system, tmp_path):
    later(minutes=31)
    file = SimpleUploadedFile("a.xlsx", b"secret content")
    inside.post("/studio/administrators/add/", FORM | {"file": file}, headers=PAGE)
    kept = KeptForm.objects.get()
    assert kept.lost_files
    assert "secret" not in str(kept.fields)


def test_what_is_too_long_is_refused_as_before(inside, later):
    later(minutes=31)
    answer = inside.post("/studio/administrators/add/", FORM | {"note": "x" * 1_000_001}, headers=PAGE)
    assert answer.status_code == 403


def test_an_ended_session_keeps_nothing(inside, later, security):
    Session.objects.filter(account=security).delete()
    assert inside.post("/studio/administrators/add/", FORM, headers=PAGE).status_code == 403
    assert not KeptForm.objects.exists()


def test_kept_forms_are_forgotten_after_an_hour(inside, later):
    later(minutes=31)
    inside.post("/studio/administrators/add/", FORM, headers=PAGE)
    assert clear_kept_forms() == 0
    later(minutes=95)
    assert inside.get(f"/stay/kept/{KeptForm.objects.get().pk}/").status_code in (302, 404)
    assert clear_kept_forms() == 1


def test_an_employee_has_no_such_pages(client, account):
    sign_in(client, account)
    assert client.get("/stay/").status_code == 404
    assert client.get("/stay/kept/1/").status_code == 404
