"""Every act of a reader without JavaScript: plain links and forms."""

import pytest

from tests.journeys.phone import sign_in


@pytest.fixture
def browser_context_options(browser_context_options):
    """Switch scripts off."""
    return {**browser_context_options, "java_script_enabled": False}


def test_a_reader_without_scripts_misses_nothing(company, furnished, page):
    sign_in(page, company.employee)
    page.goto(f"/news/{furnished.article.pk}/")
    assert not page.locator("fj-listen [data-play]").is_visible()  # a voice needs a script; no dead button is drawn
    page.locator("a.term").first.click()
    assert page.locator(".terms div:target").is_visible()
    page.locator("details.qa summary").click()
    assert page.locator("details.qa p").is_visible()
    page.click(".talk .like")
    assert page.get_attribute(".talk .like", "aria-pressed") == "true"
    page.fill("#id_comment", "不用脚本也能说话。")
    page.click(".talk-send button")
    assert page.locator(".said-list", has_text="不用脚本也能说话。").count() == 1
    page.goto("/search/?q=安全")
    page.click(".narrow summary")
    page.locator(".narrow .chip").first.click()
    assert page.locator(".narrow .chip[aria-current]").is_visible()
    page.goto("/news/")
    page.click(".more a")
    assert page.locator("#stories > li").count() > 0
    page.goto(f"/messages/{company.to_confirm}/")
    page.click("[data-confirm]")
    assert page.locator(".receipt").is_visible()
