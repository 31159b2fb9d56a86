"""My own data on a phone: the raised notice, a consent, a correction, a copy; with JavaScript and without."""

import pytest

from fenjin.people.models import Account, Consent, Correction, DataExport, NoticeReading
from fenjin.people.services.exports import pack_export
from fenjin.people.testing import publish_notice
from tests.journeys.phone import sign_in


def go_through(company, page):
    """Read the new notice, allow one use, ask for a correction, and take a copy along."""
    account = Account.objects.get(person__staff_number=company.employee)
    sign_in(page, company.employee)
    publish_notice(contact="联系人：王芳")
    # The running server may believe its last look at the number for five seconds: any number is above none.
    Account.objects.filter(pk=account.pk).update(privacy_notice_version=0)
    page.goto("/news/")
    page.wait_for_url("**/privacy/?next=*")
    assert "王芳" in page.inner_text("main")
    page.click("main form[action='/privacy/'] button")
    page.wait_for_url("**/news/")
    assert NoticeReading.objects.filter(account=account, number=2).exists()
    page.goto("/me/data/consents/")
    page.click("form[action$='/email_help/'] button")
    page.wait_for_load_state()
    assert Consent.objects.get(person=account.person_id).purpose == "email_help"
    page.goto("/me/data/corrections/")
    page.select_option("[name=field]", "title")
    page.fill("[name=wanted]", "高级工程师")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".rows .tag.jin")
    assert Correction._base_manager.get(person=account.person_id).wanted == "高级工程师"
    page.goto("/me/data/copies/")
    page.click("main form button")
    page.wait_for_load_state()
    wish = DataExport.objects.get(account=account)
    pack_export(export_id=wish.pk)
    page.goto("/me/data/copies/")
    with page.expect_download() as taken:
        page.click(f"a[href$='/copies/{wish.pk}/']")
    assert taken.value.suggested_filename.endswith(".zip")


def test_notice_consent_correction_and_copy(company, page, watch):
    go_through(company, page)


class TestWithoutJavaScript:
    """Every page of it is a form or a list."""

    @pytest.fixture
    def browser_context_options(self, browser_context_options):
        return {**browser_context_options, "java_script_enabled": False}

    def test_the_same_without_javascript(self, company, page):
        go_through(company, page)
