"""An account without e-mail, on a phone: claimed by a slip, lost, given back, and ended on another device."""

import re

import pytest
from django.core import mail

from fenjin.kit.scope import Reason, every_space
from fenjin.people import services
from fenjin.people.models import Person, PersonPrivate, Session
from fenjin.people.services.codes import claim_path
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit
from tests.journeys.phone import PASSWORD, sign_in

NEW = "a path by the sea"


@pytest.fixture
def zhang(live_app):
    with every_space(Reason.TEST):
        return make_person("张伟", unit=make_unit("检修一班", parent=make_unit("启明集团")), number="00001234")


@pytest.fixture
def code(zhang):
    return services.issue_claim_code(actor=make_administrator("security"), person=zhang).plain


class Taps:
    """Counts what a thumb does: taps on buttons, and fields that are filled."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def fill(self, name, text):
        self.count += 1
        self.page.fill(f"[name={name}]", text)

    def press(self, where="main form button.primary"):
        self.count += 1
        self.page.click(where)


def choose_password(taps, notice=True):
    taps.fill("password", NEW)
    taps.fill("again", NEW)
    if notice:
        taps.count += 1
        taps.page.check("[name=notice]")
    taps.press("main form.form button.primary")


def test_a_slip_is_scanned_and_the_account_is_there(zhang, code, page, watch):
    taps = Taps(page)
    page.goto(f"/claim/{claim_path(code)}")
    assert page.input_value("[name=code]") == f"{code[:4]} {code[4:]}"
    assert code not in page.url
    assert not any(code in path for path in watch.fetched), "the code was not sent before the form was"
    taps.fill("number", "00001234")
    taps.fill("name", "张伟")
    taps.press()
    page.wait_for_selector(".is-it-you")
    assert "检修一班" in page.inner_text(".is-it-you")
    choose_password(taps)
    page.wait_for_url("**/")
    assert taps.count == 7
    assert Person.objects.get(pk=zhang.pk).account.check_password(NEW)


def test_the_meter_answers_while_one_types(zhang, code, page, watch):
    page.goto(f"/claim/{claim_path(code)}")
    page.fill("[name=number]", "00001234")
    page.fill("[name=name]", "张伟")
    page.click("main form button.primary")
    page.fill("[name=password]", "zhangwei1234")
    page.wait_for_selector("fj-strength:not([hidden])")
    page.wait_for_selector("fj-strength [data-said]:not(:empty)")
    assert int(page.get_attribute("fj-strength meter", "value")) < 3
    page.fill("[name=password]", NEW)
    page.wait_for_selector("fj-strength meter[value='4']")


def test_a_wrong_code_keeps_what_was_typed_and_says_the_cure(zhang, code, page, watch):
    watch.expected.add(422)
    page.goto("/claim/")
    page.fill("[name=number]", "00001234")
    page.fill("[name=name]", "张伟")
    page.fill("[name=code]", "2222 2222")
    page.click("main form button.primary")
    page.wait_for_selector(".notice.bad")
    assert page.input_value("[name=number]") == "00001234"
    page.fill("[name=code]", code)
    page.click("main form button.primary")
    page.wait_for_selector(".is-it-you")


def test_this_is_not_me_stops_the_code(zhang, code, page, watch):
    page.goto(f"/claim/{claim_path(code)}")
    page.fill("[name=number]", "00001234")
    page.fill("[name=name]", "张伟")
    page.click("main form button.primary")
    page.click(".is-it-you button")
    page.wait_for_url("**/claim/not-me/")
    assert zhang.account_cases.get().kind == "not_me"


def test_a_lost_password_by_a_new_code(zhang, page, watch):
    make_account(zhang)
    code = services.issue_claim_code(actor=make_administrator("security"), person=zhang).plain
    taps = Taps(page)
    page.goto("/sign-in/")
    taps.press('a[href="/password-lost/"]')
    taps.press('a[href="/claim/"]')
    taps.fill("number", "00001234")
    taps.fill("name", "张伟")
    taps.fill("code", code)
    taps.press()
    page.wait_for_selector(".is-it-you")
    assert page.locator("[name=notice]").count() == 0
    choose_password(taps, notice=False)
    page.wait_for_url("**/")
    assert taps.count == 9
    assert Person.objects.get(pk=zhang.pk).account.check_password(NEW)


def test_a_lost_password_by_mail(zhang, page, watch):
    account = make_account(zhang)
    PersonPrivate.objects.create(person=zhang, email="zhang@example.test")
    assert services.send_contact_code(account_id=account.pk, way="mail")
    code = re.search(r"([2-9A-Z]{4} [2-9A-Z]{4})", mail.outbox[-1].body).group(0)
    taps = Taps(page)
    page.goto("/password-lost/new/")
    taps.fill("number", "00001234")
    taps.fill("code", code)
    choose_password(taps, notice=False)
    page.wait_for_url("**/")
    assert taps.count == 5
    page.goto("/me/devices/")
    assert page.locator("text=您的密码已修改").count() == 1


def test_a_revoked_session_is_out_with_the_next_tap(zhang, page, browser, live_app, browser_context_options):
    account = make_account(zhang)
    sign_in(page, "00001234")
    other = browser.new_context(base_url=live_app.url, **browser_context_options)
    try:
        second = other.new_page()
        sign_in(second, "00001234", PASSWORD)
        assert Session.objects.filter(account=account, revoked_at=None).count() == 2
        second.goto("/me/devices/")
        second.click(".rows form button")
        second.wait_for_url("**/me/devices/")
        page.goto("/me/")
        assert "/sign-in/" in page.url
        second.goto("/me/")
        assert "/me/" in second.url
    finally:
        other.close()


def test_without_scripts_everything_is_typed_and_works(zhang, code, browser, live_app, browser_context_options):
    plain = browser.new_context(base_url=live_app.url, java_script_enabled=False, **browser_context_options)
    try:
        page = plain.new_page()
        page.goto(f"/claim/{claim_path(code)}")
        page.fill("[name=number]", "00001234")
        page.fill("[name=name]", "张伟")
        page.fill("[name=code]", code)
        page.click("main form button.primary")
        page.fill("[name=password]", "zhangwei1234")
        page.fill("[name=again]", "zhangwei1234")
        page.check("[name=notice]")
        page.click("main form.form button.primary")
        assert page.locator(".field .error").count() == 1
        page.fill("[name=password]", NEW)
        page.fill("[name=again]", NEW)
        page.check("[name=notice]")
        page.click("main form.form button.primary")
        page.wait_for_url("**/")
    finally:
        plain.close()
