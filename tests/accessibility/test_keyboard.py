"""The phone pages by keyboard: every stop is reached in order and seen, and nothing that opens keeps the focus."""

import pytest

from tests.journeys.phone import sign_in

STOP = """() => { const e = document.activeElement, s = getComputedStyle(e);
    return [e.getAttribute('href') || e.tagName, s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"""


def test_the_keyboard_reaches_everything_in_order(company, page):
    """Skip link first, then top bar, today's things, news and tabs; every stop shows where it is."""
    sign_in(page, company.employee)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    seen = []
    for _stop in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.getAttribute('href') || e.tagName, s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"""
        )
        if stop[0] == "BODY":
            break
        assert stop[1], f"{stop[0]} does not show that it is chosen"
        seen.append(stop[0])
    assert seen.index("/search/") < seen.index(f"/messages/{company.to_confirm}/") < seen.index("/me/")
    page.goto(f"/messages/{company.to_confirm}/")
    page.keyboard.press("End")
    page.wait_for_selector("[data-confirm]:not([disabled])")
    page.focus("[data-confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt")


@pytest.fixture
def reader(company, furnished, page):
    """Give a page on which the employee has signed in."""
    sign_in(page, company.employee)
    return page


def test_every_stop_of_every_kind_of_page_is_seen(furnished, reader):
    addresses = (f"/news/{furnished.article.pk}/", "/search/?q=安全", "/me/", "/complaints/")
    for address in addresses:
        reader.goto(address)
        for _stop in range(60):
            reader.keyboard.press("Tab")
            stop, seen = reader.evaluate(STOP)
            if stop == "BODY":
                break
            # The controls of a recording are the browser's own, and so is the ring on them.
            assert seen or stop == "AUDIO", f"{stop} on {address} does not show that it is chosen"


def test_escape_closes_what_explains_a_word_and_gives_the_focus_back(furnished, reader):
    """The page stays the one it was: it is not fetched anew, and what was typed is still there."""
    address = f"/news/{furnished.article.pk}/"
    reader.goto(address)
    reader.fill("#id_comment", "half a sen")
    reader.locator("a.term").first.focus()
    reader.keyboard.press("Enter")
    reader.wait_for_selector("dialog[open]")
    assert reader.evaluate("document.activeElement.closest('dialog') !== null")
    fetched = []
    reader.on("request", lambda request: fetched.append(request.url))
    reader.keyboard.press("Escape")
    reader.wait_for_selector("dialog:not([open])", state="attached")
    reader.wait_for_function("() => !history.state?.fjStep")
    reader.evaluate("() => fetch('/static/robots.txt').catch(() => null)")  # what was asked before it has been seen
    assert not [url for url in fetched if url.endswith(address)]
    assert reader.evaluate("document.activeElement.className") == "term"
    assert reader.input_value("#id_comment") == "half a sen"


def test_more_goes_on_at_the_first_new_row(reader):
    reader.goto("/news/")
    before = reader.locator("#stories > li").count()
    reader.focus(".more a")
    reader.keyboard.press("Enter")
    reader.wait_for_function("least => document.querySelectorAll('#stories > li').length > least", arg=before)
    reader.wait_for_function("document.activeElement !== document.body")
    here = "[...document.querySelectorAll('#stories > li')].indexOf(document.activeElement.closest('li'))"
    assert reader.evaluate(here) == before


def test_a_refused_form_takes_the_reader_to_what_is_wrong(furnished, reader):
    """An empty comment is refused by the browser, at the field."""
    reader.goto(f"/news/{furnished.article.pk}/")
    reader.focus(".talk-send button")
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "id_comment"
