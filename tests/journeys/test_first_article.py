"""A new editor publishes a first article, with the taps that docs/howto/first-article.md writes down.

Each press is by the word that stands on the screen, and each of these words must stand in the page: whoever renames a
button has to change the instructions too.
"""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, Route

from fenjin.newsroom.models import Article
from fenjin.people.models import Account
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.testing import give_role, make_space
from tests.journeys.phone import add_second_factor, sign_in
from tests.journeys.walk import DESKTOP, Walk
from tests.plugin import PROVE

INSTRUCTIONS = Path(__file__).resolve().parents[2] / "docs/howto/first-article.md"
TITLE = "新装的三台充电桩今天开用"
TEXT = "车棚北侧的三台充电桩今天早上开始用。每度电八角，扫码就能充。"
WORDS = {
    "zh-hans": ("写文章", "选择图片", "上传", "发布", "看读者看到的页面"),
    "en": ("New article", "Choose a picture", "Upload", "Publish", "See it as readers do"),
}
ADDING = "**/studio/articles/add/"
# The studio looks at the form two seconds after it came, and saves by itself only what is different from then on.
WATCHED = "addEventListener('w-unsaved:watch-edits', () => (window.watched = true))"
LANGUAGES = ("zh-hans", "en") if PROVE else ("zh-hans",)


@pytest.fixture
def walk(live_app: Any, browser: Any, browser_context_options: Any) -> Walk:
    return Walk(browser, live_app.url, browser_context_options, "first-article")


@pytest.fixture
def editor(live_app: Any) -> Account:
    unit = make_unit("东海液化气公司", make_unit("启明集团"))
    space = make_space("东海液化气", unit=unit)
    person = make_person("顾晓岚", unit=unit)
    give_role(person, space_id=space.pk)
    return make_account(person)


def photo() -> dict[str, Any]:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(made, "JPEG")
    return {"name": "充电桩.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def choose_the_cover(walk: Walk, page: Page, choose: str, upload: str) -> None:
    page.get_by_role("button", name=choose).first.click()
    page.get_by_role("tab", name=upload).click()
    page.set_input_files(".modal input[type=file]", photo())
    walk.shot(page, "cover")
    page.locator(".modal").get_by_role("button", name=upload).click()
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_selector("text=充电桩")


KEPT = "text => [...document.querySelectorAll('form input[type=hidden]')].some(field => field.value.includes(text))"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_article_takes_the_taps_that_are_written_down(walk, editor, language):
    new, choose, upload, publish, look = WORDS[language]
    Account.objects.filter(pk=editor.pk).update(language=language)
    with walk.at(DESKTOP) as page:
        sign_in(page, editor.person.staff_number)
        add_second_factor(page)
        walk.shot(page, "start")
        page.get_by_role("link", name=new, exact=True).click()
        page.fill("[name=title]", TITLE)
        choose_the_cover(walk, page, choose, upload)
        page.locator("[contenteditable=true]").first.click()
        page.keyboard.type(TEXT)
        # The editor puts what is typed into the form a quarter of a second later: no hand is as fast as this one.
        page.wait_for_function(KEPT, arg=TEXT)
        walk.shot(page, "written")
        # The list of parts opens beside the studio's menu, not below it: each can be pressed.
        page.locator(".c-sf-add-button:visible").last.click()
        for part in page.locator("[role=option]:visible").all():
            part.click(trial=True)
        page.keyboard.press("Escape")
        page.get_by_role("button", name=publish, exact=True).click()
        page.get_by_role("link", name=look).click()
        page.wait_for_url("**/news/**")
        walk.shot(page, "published")
        assert page.locator("h1").inner_text().replace("\n", "") == TITLE
        assert TEXT in page.inner_text("main")
    article = Article._base_manager.filter(title=TITLE).latest("pk")
    assert article.live
    assert article.cover is not None
    assert article.cover.title == "充电桩"
    for watch in walk.watches:
        watch.nothing_went_wrong()


def writes(request: Request) -> bool:
    return request.method == "POST" and TITLE.encode() in (request.post_data_buffer or b"")


def test_a_press_that_meets_the_automatic_saving_publishes_one_article(walk, editor):
    new, choose, upload, publish, look = WORDS["zh-hans"]
    held: list[Route] = []
    with walk.at(DESKTOP) as page:
        sign_in(page, editor.person.staff_number)
        add_second_factor(page)
        page.add_init_script(WATCHED)
        page.get_by_role("link", name=new, exact=True).click()
        choose_the_cover(walk, page, choose, upload)
        page.wait_for_function("() => window.watched")
        # The first saving of what is written is on its way until this test lets it go.
        page.route(ADDING, lambda route: route.continue_() if held or not writes(route.request) else held.append(route))
        with page.expect_request(writes):
            page.fill("[name=title]", TITLE)
            page.locator("[contenteditable=true]").first.click()
            page.keyboard.type(TEXT)
            page.wait_for_function(KEPT, arg=TEXT)
        page.get_by_role("button", name=publish, exact=True).click()
        held.pop().continue_()
        page.get_by_role("link", name=look).click()
        page.wait_for_url("**/news/**")
        assert TEXT in page.inner_text("main")
    assert [article.live for article in Article._base_manager.filter(title=TITLE)] == [True]


@pytest.mark.parametrize("language", WORDS)
def test_the_instructions_say_what_stands_on_the_buttons(language):
    page = INSTRUCTIONS.read_text()
    assert [word for word in WORDS[language] if f"**{word}**" not in page] == []
