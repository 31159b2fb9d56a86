"""An emergency: two people send it, it takes over the home pages, somebody needs help, the duty desk sees it, all clear.

What each of them taps, counted from their first page:

* **The sender**: *发送消息* → *写一条短消息* → title and words → *保存并选用* → search the unit → *选入* → *紧急* → *核对* →
  *提交批准*. Nobody has it yet.
* **The second person**, another editor: *待批准* → *看一看* → *批准并发送*.
* **Two at the plant** find nothing on their home page but the call. One: *我平安*. The other: where and what → *我需要帮助*.
* **The duty officer**: *值班台* → the emergency: who needs help, where, how many are silent → *我来跟进*; at the end what
  everybody reads → *解除警报*. The home pages say so, and whoever was helped sees who looked.

Each step leaves its picture in tests/shots/emergency/.
"""

import re
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from fenjin.people.models import Person
from fenjin.people.testing import PASSWORD, code_now, give_app, make_account, make_person, make_unit
from fenjin.spaces.testing import give_role
from tests.journeys import everybody as taps
from tests.journeys.everybody import Keys
from tests.journeys.phone import sign_in
from tests.journeys.walk import DESKTOP, Walk

TITLE = "裂解车间泄漏，请立即撤到东门外"
WORDS = "裂解车间发现气体泄漏。请放下手里的活，逆着风走到东门外集合，不要回更衣室。"
PLACE, NEED = "二层平台楼梯口", "脚扭了，走不快"
OVER = "泄漏已堵住，可以回到岗位。"
PEOPLE = 7


@pytest.fixture
def walk(live_app, browser, browser_context_options):
    return Walk(browser, live_app.url, browser_context_options, "emergency")


class Staff:
    """Somebody with a role and a second factor, at a desk of the own."""

    def __init__(self, name: str, role: str, unit: Any) -> None:
        self.person: Person = make_person(name, unit=unit)
        give_role(self.person, role)
        secret = give_app(make_account(self.person))
        self.keys = Keys(PASSWORD, lambda: code_now(secret))

    def sit_down(self, walk: Walk, stack: ExitStack) -> Page:
        """Return the studio's first page, in a browser of one's own."""
        page: Page = stack.enter_context(walk.at(DESKTOP))
        sign_in(page, self.person.staff_number)
        taps.enter(page, "/studio/", self.keys)
        return page


def ask_for_it(walk: Walk, page: Page, unit: Any) -> None:
    page.locator("a.start-desk", has_text="发送消息").click()
    page.get_by_role("button", name="写一条短消息").click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=words]", WORDS)
    page.get_by_role("button", name="保存并选用").click()
    page.fill("#id_q", unit.name)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: f"q={unit.name}" in unquote(address))
    page.click(f"button[name=add][value='{unit.pk}']")
    expect(page.locator(".headcount b")).to_have_text(str(PEOPLE))
    page.check("[name=importance][value=emergency]")
    walk.shot(page, "compose")
    page.get_by_role("button", name="核对", exact=True).click()
    page.wait_for_url("**/review/**")
    walk.shot(page, "review")
    page.get_by_role("button", name="提交批准").click()
    page.wait_for_url(re.compile(r"/studio/messages/\d+/"))


def taken_over(walk: Walk, page: Page) -> None:
    """The home page holds the call, and nothing else before it is answered."""
    page.goto("/")
    assert TITLE in page.inner_text(".alarm").replace("\n", "")
    assert page.locator(".todo, .news").count() == 0
    walk.shot(page, "call")


def answer(walk: Walk, page: Page, press: str, **told: str) -> None:
    if told:
        page.click(".alarm details.words summary")
    for name, value in told.items():
        page.fill(f".alarm [name={name}]", value)
    page.get_by_role("button", name=press).click()
    page.wait_for_selector(".alarm .own")
    walk.shot(page, "answered")


def board(walk: Walk, page: Page) -> list[int]:
    """Return who needs help, is silent, is safe, and was asked, as the duty desk's board shows it."""
    page.goto("/studio/")
    page.locator("a.start-desk", has_text="值班台").click()
    page.get_by_role("link", name=TITLE).click()
    walk.shot(page, "board")
    return [int(text) for text in page.locator("#board .stat dd:not(.hint)").all_inner_texts()]


def test_an_emergency_from_the_press_to_the_all_clear(walk, live_app):
    plant = make_unit("华东石化公司", make_unit("启明集团"))
    office = make_unit("安全监督部", plant.parent)
    here = [make_person(f"韩师傅{turn}", unit=plant, title="操作工") for turn in range(PEOPLE)]
    safe, needy = here[:2]
    first, second = Staff("林晓舟", "editor", office), Staff("赵一帆", "editor", office)
    officer = Staff("钱值班", "duty_officer", office)
    with ExitStack() as stack:
        phones = []
        for person in (safe, needy):
            make_account(person)
            phones.append(stack.enter_context(walk.at(walk.phone)))
            sign_in(phones[-1], person.staff_number)
        ask_for_it(walk, first.sit_down(walk, stack), plant)
        taps.has_nothing(phones[0], TITLE)
        taps.agree(walk, second.sit_down(walk, stack), TITLE)
        for page in phones:
            taken_over(walk, page)
        answer(walk, phones[0], "我平安")
        answer(walk, phones[1], "我需要帮助", place=PLACE, words=NEED)

        duty = officer.sit_down(walk, stack)
        assert board(walk, duty) == [1, PEOPLE - 2, 1, PEOPLE]
        asked = duty.inner_text("#board")
        assert [word for word in (needy.name, PLACE, NEED) if word not in asked] == []
        assert not [person.name for person in here[2:] if person.name in asked], "nobody silent is named"
        duty.get_by_role("button", name="我来跟进").click()
        duty.wait_for_load_state()
        phones[1].goto("/")
        assert "值班台" in phones[1].inner_text(".alarm .own")
        walk.shot(phones[1], "looked-after")

        board(walk, duty)
        duty.fill("[name=words]", OVER)
        duty.get_by_role("button", name="解除警报").click()
        duty.wait_for_load_state()
        walk.shot(duty, "all-clear")
        for page in phones:
            page.goto("/")
            assert OVER in page.inner_text(".alarm")
            assert page.get_by_role("button", name="我平安").count() == 0
            walk.shot(page, "over")
    for watch in walk.watches:
        watch.nothing_went_wrong()
