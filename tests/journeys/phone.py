"""What a person does on a phone, and what the phone must never see: an error in its console."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from fenjin.people.services import totp

PASSWORD = "a quiet harbour 7"


class Watch:
    """Listens to a page: what went wrong in it, and what it fetched."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        self.expected: set[int] = set()
        self.fetched: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("response", lambda answer: self.fetched.append(urlsplit(answer.url).path))

    def _said(self, message: Any) -> None:
        # The browser reports a status that a test asked for (404, 422) as an error of the page.
        expected = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in ("error", "warning") and not expected:
            self.problems.append(f"{self.page.url}: {message.text} ({message.location['url']})")

    def nothing_went_wrong(self) -> None:
        """Fail with what the console said, if it said anything (a broken content policy is an error there)."""
        assert not self.problems, self.problems


def sign_in(page: Page, number: str, password: str = PASSWORD) -> None:
    """Sign in by the door that everybody uses."""
    page.goto("/sign-in/")
    page.fill("[name=number]", number)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def add_second_factor(page: Page, address: str = "/studio/") -> None:
    """Enter the studio for the first time: take the secret into an app, type its code, write down the codes."""
    page.goto(address)
    assert "/second-factor/" in page.url, page.url
    secret = (page.locator(".factor-secret").text_content() or "").replace(" ", "")
    page.fill("[name=code]", totp.code_at(secret, totp.step_now()))
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_selector(".factor-codes")
    page.click("main a.btn.primary")
    page.wait_for_url(f"**{address}")


def choose(page: Page, name: str, value: str) -> None:
    """Choose type size, appearance or language under Me."""
    page.goto("/me/")
    page.click(f"button[name={name}][value='{value}']")
    page.wait_for_load_state()


def read_to_the_end(page: Page) -> None:
    """Scroll a must-read down until its button opens."""
    page.locator("[data-end]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-confirm]:not([disabled])")


def new_page(context: BrowserContext, remember: Callable[[Watch], None] | None = None) -> tuple[Page, Watch]:
    """Return a page that is watched."""
    page = context.new_page()
    watch = Watch(page)
    if remember is not None:
        remember(watch)
    return page, watch
