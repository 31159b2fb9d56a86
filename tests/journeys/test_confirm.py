"""Reading and confirming a must-read: with and without JavaScript, on a bad line, with an impatient thumb."""

from urllib.parse import parse_qs

import pytest

from fenjin.delivery.models import Counter
from fenjin.delivery.selectors import get_message_for
from fenjin.people.models import Person
from tests.journeys.phone import Watch, read_to_the_end, sign_in


def receipt(company):
    person = Person.objects.get(staff_number=company.employee)
    return get_message_for(person.pk, company.to_confirm).receipt


def confirmed_people(company):
    rows = Counter._base_manager.filter(message_id=company.to_confirm)
    return sum(rows.values_list("confirmed", flat=True))


def test_from_home_to_a_confirmed_must_read(company, page, watch):
    before = confirmed_people(company)
    sign_in(page, company.employee)
    page.click(".todo .btn.primary")
    page.wait_for_url(f"**/messages/{company.to_confirm}/")
    assert page.locator("[data-confirm]").is_disabled()
    read_to_the_end(page)
    page.click("[data-confirm]")
    page.wait_for_selector(".receipt")
    assert receipt(company).number in page.inner_text(".receipt")
    assert confirmed_people(company) == before + 1
    page.goto("/")
    assert page.locator(".ring").get_attribute("aria-label") is not None
    assert page.inner_text(".ring").strip() == "2/2"
    assert "都办完了" in page.inner_text(".todo")


def test_two_quick_taps_are_one_confirmation(company, page, watch):
    before = confirmed_people(company)
    sign_in(page, company.employee)
    page.goto(f"/messages/{company.to_confirm}/")
    read_to_the_end(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.dblclick("[data-confirm]")
    page.wait_for_selector(".receipt")
    assert len(sent) == 1
    assert confirmed_people(company) == before + 1


def test_a_lost_answer_can_be_sent_again_under_the_same_key(company, page, context):
    """The line breaks after the press; back on the network the same act is sent with the same key, once."""
    before = confirmed_people(company)
    watch = Watch(page)
    sign_in(page, company.employee)
    page.goto(f"/messages/{company.to_confirm}/")
    read_to_the_end(page)
    sent: list[str] = []
    page.on("request", lambda asked: sent.extend(parse_qs(asked.post_data or "").get("client_key", [])))
    key = page.input_value("[name=client_key]")
    context.set_offline(True)
    page.click("[data-confirm]", no_wait_after=True)
    page.wait_for_timeout(300)
    context.set_offline(False)
    page.goto(f"/messages/{company.to_confirm}/")
    read_to_the_end(page)
    assert page.input_value("[name=client_key]") != key, "the page itself is a new one"
    page.click("[data-confirm]")
    page.wait_for_selector(".receipt")
    assert sent == [key, key]
    assert confirmed_people(company) == before + 1
    # What the browser says of a broken line depends on when it broke: disconnected, changed, aborted.
    assert [problem for problem in watch.problems if "net::ERR_" not in problem] == []


class TestWithoutJavaScript:
    """The page is a form and a list; nothing is hidden behind a script."""

    @pytest.fixture
    def browser_context_options(self, browser_context_options):
        return {**browser_context_options, "java_script_enabled": False}

    def test_sign_in_read_confirm_search_and_choose(self, company, page):
        sign_in(page, company.employee)
        page.click(".todo .btn.primary")
        page.wait_for_url(f"**/messages/{company.to_confirm}/")
        assert page.locator("[data-confirm]").is_enabled()
        page.click("[data-confirm]")
        page.wait_for_selector(".receipt")
        assert receipt(company).number in page.inner_text(".receipt")
        page.goto("/search/")
        page.fill("[name=q]", "安全")
        page.click("[role=search] button")
        assert page.locator(".hit mark").count() >= 1
        page.goto("/me/")
        page.click("button[name=scale][value='3']")
        assert page.get_attribute("html", "data-scale") == "3"
        page.goto("/complaints/")
        page.fill("[name=text]", "东门的路灯坏了三天，夜班很黑。")
        page.click("main button[type=submit]")
        page.wait_for_url("**/complaints/*/")
        page.goto("/me/")
        page.click("main form[action='/sign-out/'] button")
        page.wait_for_url("**/sign-in/**")
