"""The taps of "straight to each person", a function each: they need a page and what stands on it, no database.

So the same hands walk through the small company of a test and through a running demo of any size.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from playwright.sync_api import Locator, Page, expect

from tests.journeys.phone import read_to_the_end
from tests.journeys.walk import Walk

PATIENCE: Final = 90_000  # milliseconds: a running platform's worker begins a sending within a minute


@dataclass(frozen=True)
class Keys:
    """What opens the studio for somebody: the password, and what the second factor shows now."""

    password: str
    code: Callable[[], str]


@dataclass(frozen=True)
class Notice:
    """What is sent, and what it is corrected to."""

    title: str
    words: str
    right_words: str
    what_was_wrong: str
    why_withdrawn: str


def enter(page: Page, address: str, keys: Keys) -> None:
    """Go to a page of the studio, and show who one is if it asks: after hours it does, on the same session."""
    page.goto(address)
    for name, value in (("password", keys.password), ("code", "")):
        form = page.locator(f"main form:has([name={name}])")
        if "/confirm-identity/" in page.url and form.count():
            form.locator(f"[name={name}]").fill(value or keys.code())
            form.locator("button[type=submit]").click()
            page.wait_for_load_state()


def save_the_audience(walk: Walk, page: Page, *, units: list[str], post: str, name: str) -> int:
    """Say who is meant, as a sentence: people of these units who also hold such a post; return how many they are."""
    page.goto("/studio/")
    page.locator("a.start-desk", has_text="接收范围").click()
    page.get_by_role("link", name="新建接收范围").click()
    for unit in units:
        page.fill("#id_q", unit)
        page.keyboard.press("Enter")
        # The parts of the desk are swapped, and the address then holds what was asked.
        page.wait_for_url(lambda address, unit=unit: f"q={unit}" in unquote(address))
        row = page.locator("#add tr", has=page.locator(f"b:text-is('{unit}')")).first
        row.locator("[name=unit_any]").click()
        expect(page.locator(".rule-words")).to_contain_text(unit)
    page.locator(".kinds").get_by_role("link", name="岗位", exact=True).click()
    page.get_by_label(post, exact=True).check()
    walk.shot(page, "audience-post")
    page.get_by_role("button", name="还要符合").click()
    expect(page.locator(".rule-words")).to_contain_text(post)
    page.wait_for_selector(".who")
    walk.shot(page, "audience")
    people = number(page.locator("#counted .headcount b"))
    page.fill("#id_name", name)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/studio/audiences/")
    return people


def compose(walk: Walk, page: Page, notice: Notice, *, audience: str, morning_on: str) -> None:
    """Write a short text and choose to whom, how urgent and when."""
    page.goto("/studio/")
    page.locator("a.start-desk", has_text="发送消息").click()
    page.get_by_role("button", name="写一条短消息").click()
    page.fill("[name=title]", notice.title)
    page.fill("[name=words]", notice.words)
    walk.shot(page, "words")
    page.get_by_role("button", name="保存并选用").click()
    page.select_option("#id_audience", label=audience)
    page.get_by_role("button", name="使用", exact=True).click()
    page.wait_for_url(re.compile(r"audience=\d"))
    page.check("[name=importance][value=confirm]")
    page.check("[name=when][value=morning]")
    page.fill("[name=morning_on]", morning_on)
    walk.shot(page, "compose")


def look_it_over(walk: Walk, page: Page) -> tuple[int, list[str]]:
    """Go on to the review; return the head count, and the people named as examples."""
    page.get_by_role("button", name="核对", exact=True).click()
    page.wait_for_url("**/review/**")
    walk.shot(page, "review")
    return number(page.locator(".headcount b").first), page.locator(".grid tbody td:first-child > b").all_inner_texts()


def press(walk: Walk, page: Page) -> int:
    """Send it, or ask the second person whom so many people need; return the number of the message."""
    page.get_by_role("button", name=re.compile(r"^(发给 [\d,]+ 人|提交批准)$")).click()
    page.wait_for_url(re.compile(r"/studio/messages/\d+/"))
    walk.shot(page, "planned")
    return int(re.findall(r"/messages/(\d+)/", page.url)[0])


def agree(walk: Walk, page: Page, title: str) -> None:
    """As the second person: look at what waits, and let it go out."""
    page.goto("/studio/")
    page.locator("a.start-desk", has_text="待批准").click()
    page.locator(".line a.btn", has_text=title).click()
    walk.shot(page, "approval")
    page.get_by_role("button", name="批准并发送").click()
    page.wait_for_url("**/studio/messages/approvals/")


def wait_for(page: Page, title: str) -> None:
    """Look at home again and again, as who waits for something does, until it asks for this."""
    found = page.locator(".todo li:not(.done)", has_text=title)
    for _look in range(PATIENCE // 500):
        page.goto("/")
        if found.count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"“{title}” did not come to {page.url}.")


def has_nothing(page: Page, title: str) -> None:
    """Look at home and at the inbox: neither knows of it."""
    for address in ("/", "/inbox/"):
        page.goto(address)
        assert title not in page.inner_text("main"), address


def open_and_confirm(walk: Walk, page: Page, title: str) -> None:
    """From home to the message, read it to the end, press the button."""
    wait_for(page, title)
    walk.shot(page, "home")
    page.locator(".todo li", has_text=title).locator("a.btn").click()
    page.wait_for_url("**/messages/*/")
    assert " 08:00" in page.inner_text("main"), "since the own morning, by the own clock"
    walk.shot(page, "message")
    confirm(walk, page)


def confirm(walk: Walk, page: Page) -> None:
    """Read to the end and press the button."""
    read_to_the_end(page)
    page.click("[data-confirm]")
    page.wait_for_selector(".receipt")
    walk.shot(page, "confirmed")


def see_what_changed(walk: Walk, page: Page, notice: Notice, *, gone: str, new: str) -> None:
    """Find it among what is to be done again, with the difference to what one has confirmed."""
    wait_for(page, notice.title)
    page.locator(".todo li", has_text=notice.title).locator("a.btn").click()
    page.wait_for_url("**/messages/*/")
    assert "内容有更正" in page.inner_text("main")
    assert notice.what_was_wrong in page.inner_text(".difference")
    assert gone in "".join(page.locator(".difference del").all_inner_texts())
    assert new in "".join(page.locator(".difference ins").all_inner_texts())
    walk.shot(page, "difference")


def correct(walk: Walk, page: Page, notice: Notice, message: int) -> bool:
    """Change the words, then put them in the place of what was sent; return whether a second person has to agree."""
    page.goto(f"/studio/messages/{message}/")
    page.get_by_role("link", name="更正或撤回").click()
    page.get_by_role("link", name="修改文字").click()
    page.fill("[name=words]", notice.right_words)
    walk.shot(page, "new-words")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("[name=note]")
    page.fill("[name=note]", notice.what_was_wrong)
    page.check("[name=material]")
    walk.shot(page, "correct")
    page.get_by_role("button", name="发出更正").click()
    page.wait_for_selector("text=/现在所有人看到的是第 2 版|正在等第二个人批准/")
    walk.shot(page, "corrected")
    return "正在等第二个人批准" in page.inner_text("body")


def withdraw(walk: Walk, page: Page, notice: Notice, message: int) -> None:
    """Take it back everywhere."""
    page.goto(f"/studio/messages/{message}/")
    page.get_by_role("link", name="更正或撤回").click()
    page.fill("[name=why]", notice.why_withdrawn)
    page.get_by_role("button", name="对所有人撤回").click()
    page.wait_for_selector("text=已撤回，不再出现在任何人的列表里")
    walk.shot(page, "withdrawn-desk")


def is_gone(walk: Walk, page: Page, notice: Notice, message: int) -> None:
    """Find it in no list any more; whoever still has its address is told why, and reads none of its words."""
    has_nothing(page, notice.title)
    answer = page.goto(f"/messages/{message}/")
    assert answer is not None
    assert answer.status == 410
    said = page.inner_text("main")
    assert notice.why_withdrawn in said
    assert notice.right_words not in said
    walk.shot(page, "gone")


def figures(walk: Walk, page: Page, message: int) -> tuple[int, int, int]:
    """Return audience, opened and confirmed as the coverage page shows them."""
    page.goto(f"/studio/messages/{message}/")
    walk.shot(page, "coverage")
    told = page.locator(".stat:is(.lan, .jin, .qing) dd:not(.hint)")
    audience, opened, confirmed = told.evaluate_all("all => all.map(one => one.firstChild.textContent)")
    return (*(int(re.sub(r"\D", "", text)) for text in (audience, opened, confirmed)),)  # type: ignore[return-value]


def number(place: Locator) -> int:
    """Return the number that stands there."""
    return int(re.sub(r"\D", "", place.inner_text()))
