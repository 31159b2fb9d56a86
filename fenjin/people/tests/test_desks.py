"""The desks over people: who gets in, and what they do."""

import pytest
from django.urls import reverse

from fenjin.people.models import Account, Administrator, ClaimCode, RosterImport
from fenjin.people.services import issue_claim_code
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in

OCTOBER = "tests/data/roster/roster-2026-10.xlsx"
READ = {"system", "security"}
# view, method, who may
DESKS = [
    ("people", "get", READ),
    ("person", "get", READ),
    ("code_issue", "post", {"security"}),
    ("code_revoke", "post", {"security"}),
    ("administrators", "get", {"system", "security", "audit"}),
    ("administrator_make", "post", {"security"}),
    ("administrator_end", "post", {"security"}),
    ("imports", "get", {"system"}),
    ("import_upload", "post", {"system"}),
    ("import", "get", {"system"}),
    ("import_apply", "post", {"system"}),
]


def address(view, person, account):
    keys = {"person": person.pk, "code_issue": person.pk, "code_revoke": person.pk}
    if view in keys:
        return reverse(f"people_desk:{view}", args=[keys[view]])
    if view == "administrator_end":
        return reverse("people_desk:administrator_end", args=[account.pk])
    if view in ("import", "import_apply"):
        return reverse(f"people_desk:{view}", args=[987654])
    return reverse(f"people_desk:{view}")


@pytest.mark.parametrize(("view", "method", "allowed"), DESKS, ids=[desk[0] for desk in DESKS])
@pytest.mark.parametrize("who", ["employee", "system", "security", "audit", "anonymous"])
def test_each_desk_opens_for_its_office_only(client, zhang, security, view, method, allowed, who):
    if who == "employee":
        sign_in(client, make_account())
    elif who != "anonymous":
        sign_in(client, make_administrator(who))
    url = address(view, zhang, security)
    before = Account.objects.count(), ClaimCode.objects.count(), Administrator.objects.count()
    response = getattr(client, method)(url)
    if who in allowed:
        # 404 of an import that does not exist and 422 of an empty form are answers of the desk itself.
        assert response.status_code in ((404,) if "import" in view and "987654" in url else (200, 302, 404, 409, 422))
        return
    if who == "anonymous":
        assert response.status_code == (302 if method == "get" else 403)
    else:
        assert response.status_code == 404
    assert (Account.objects.count(), ClaimCode.objects.count(), Administrator.objects.count()) == before


def test_the_employee_gets_no_studio_at_all(client, account):
    sign_in(client, account)
    for url in ("/studio/", "/studio/people/", "/studio/roles/", "/studio/audit/", "/studio/users/", "/studio/pages/"):
        assert client.get(url).status_code == 404, url


@pytest.mark.parametrize("text", ["张", "张伟", "zhang", "zhang w", "zhangwei", "zw", "ZhangWei", "00001", "00001234"])
def test_people_are_found_as_one_types(client, security, zhang, text):
    make_person("李娜", unit=make_unit("别处"), number="90000001")
    sign_in(client, security)
    found = client.get("/studio/people/", {"q": text}).context["found"]
    assert [row.person.pk for row in found.rows] == [zhang.pk]


@pytest.mark.parametrize("text", ["wei", "%", "_", "\\", "1234", "zh.ng", "（", "x" * 80])
def test_other_texts_find_nobody_and_break_nothing(client, security, zhang, text):
    sign_in(client, security)
    response = client.get("/studio/people/", {"q": text})
    assert response.status_code == 200
    assert not response.context["found"].rows


def test_the_list_is_cut_to_a_company_and_to_pages(client, security, world):
    root = make_unit("启明集团")
    one, two = make_unit("一公司", root), make_unit("二公司", root)
    team = make_unit("一班", one)
    for number in range(51):
        make_person("王芳", unit=team, number=f"1{number:04}")
    make_person("赵敏", unit=two, number="20000")
    sign_in(client, security)
    first = client.get("/studio/people/", {"company": one.pk})
    assert len(first.context["found"].rows) == 50
    assert first.context["found"].has_next
    second = client.get("/studio/people/", {"company": one.pk, "after": first.context["found"].next})
    assert len(second.context["found"].rows) == 1
    assert not second.context["found"].has_next
    assert first.context["found"].rows[0].where == "一公司 / 一班"
    shown = {row.person.pk for page in (first, second) for row in page.context["found"].rows}
    assert len(shown) == 51
    assert len(client.get("/studio/people/", {"unit": two.pk}).context["found"].rows) == 1


def test_the_list_is_cut_to_a_status_and_to_how_far_the_account_is(client, security, world):
    unit = make_unit("启明集团")
    claimed, out, _none = (make_person(name, unit=unit) for name in ("王芳", "赵敏", "李娜"))
    make_account(claimed)
    issue_claim_code(actor=security, person=out)
    make_person("孙敏", unit=unit, status="early_retired")
    sign_in(client, security)

    def names(**cut):
        return [row.person.name for row in client.get("/studio/people/", cut).context["found"].rows]

    assert names(account="claimed") == ["王芳"]
    assert names(account="code") == ["赵敏"]
    assert names(account="none") == ["李娜", "孙敏"]
    assert names(status="early_retired") == ["孙敏"]
    assert names(status="early_retired", account="claimed") == []
    assert names(q="敏") == ["孙敏", "赵敏"]  # nobody is called so from the first character on
    file = client.post("/studio/people/export/", {"status": "early_retired"}).content.decode("utf-8-sig")
    assert "孙敏" in file
    assert "王芳" not in file


def test_a_code_is_shown_once_on_the_page_that_made_it(client, security, zhang):
    sign_in(client, security)
    page = client.post(reverse("people_desk:code_issue", args=[zhang.pk]))
    shown = page.context["issued"].grouped
    assert shown in page.text
    assert "no-store" in page["Cache-Control"]
    person_page = client.get(reverse("people_desk:person", args=[zhang.pk]))
    assert person_page.context["state"].key == "waiting"
    assert shown not in person_page.text


def test_the_system_administrator_sees_no_way_to_codes(client, system, zhang):
    sign_in(client, system)
    page = client.get(reverse("people_desk:person", args=[zhang.pk]))
    assert page.status_code == 200
    assert "/code/" not in page.text


def test_a_new_administrator_gets_a_first_password_that_opens_the_door(client, security):
    sign_in(client, security)
    page = client.post("/studio/administrators/add/", {"operator_name": "li.wei", "office": "audit"})
    account = Account.objects.get(operator_name="li.wei")
    assert account.check_password(page.context["password"])
    assert page.context["password"] in page.text
    assert client.post("/studio/administrators/add/", {"operator_name": "li.wei", "office": "audit"}).status_code == 422


def test_each_office_sees_its_own_desks_in_menu_and_on_the_start_page(client, world):
    seen = {}
    for office in ("system", "security", "audit"):
        sign_in(client, make_administrator(office))
        page = client.get("/studio/")
        seen[office] = {
            name
            for name in ("people/", "roster/", "administrators/", "roles/", "sub-platforms/", "audit/")
            if f'href="/studio/{name}"' in page.text
        }
        client.logout()
    assert seen["system"] == {"people/", "roster/", "administrators/", "sub-platforms/"}
    assert seen["security"] == {"people/", "administrators/", "roles/"}
    assert seen["audit"] == {"audit/", "administrators/"}


def test_the_october_roster_goes_in_at_the_desk_and_twice_is_once(client, system, settings, tmp_path):
    settings.FENJIN_DATA = tmp_path
    sign_in(client, system)
    with open(OCTOBER, "rb") as file:
        response = client.post("/studio/roster/upload/", {"file": file})
    roster = RosterImport.objects.get()
    page = client.get(response["Location"])
    assert page.context["preview"]["counts"]["joins"] == 3000
    url = reverse("people_desk:import_apply", args=[roster.pk])
    assert client.post(url, {"key": str(roster.uid)}).status_code == 302
    assert client.post(url, {"key": str(roster.uid)}).status_code == 302
    roster.refresh_from_db()
    assert roster.state == "applied"
    done = client.get(response["Location"])
    assert done.status_code == 200
    found = client.get("/studio/people/", {"q": "1000"}).context["found"]
    assert all(len(row.person.staff_number) == 8 for row in found.rows)


def test_a_file_that_is_no_workbook_is_refused_in_words(client, system, tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    sign_in(client, system)
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"no workbook")
    with file.open("rb") as content:
        response = client.post("/studio/roster/upload/", {"file": content})
    page = client.get(response["Location"])
    assert page.context["roster"].state == "refused"
    assert page.context["preview"]["sentence"] in page.text
