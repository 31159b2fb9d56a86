"""The first slice, whole, as new users would walk it: from a roster to a confirmed message, unit by unit.

System administrator, security administrator and editor sit at desktops, employees hold phones. The
roster is the October file. Each step leaves its picture in tests/shots/first-slice/.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import Page

from fenjin.delivery.models import Message
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.people.models import Person, Post, Unit
from fenjin.people.testing import PASSWORD, make_administrator
from tests.journeys.phone import add_second_factor, read_to_the_end, sign_in
from tests.journeys.walk import DESKTOP, Walk, apply_roster, claim, issue_code, preview_roster

TITLE, FIRST_LINE = "检修停车前，请看完这六条", "停车不是关机，是一群人一起把一座厂慢慢放下来。"


@pytest.fixture
def walk(live_app, browser, browser_context_options):
    return Walk(browser, live_app.url, browser_context_options, "first-slice")


@dataclass(frozen=True)
class Roster:
    """Whom the story needs, found in the imported roster."""

    editor: Person
    readers: list[Person]
    outsider: Person
    companies: list[Unit]
    left_out: Unit
    audience: int


def look_into_the_roster() -> Roster:
    """Choose two companies, a department of the first that is left out, three readers and an outsider."""
    with every_space(Reason.TEST):
        assert Person.objects.count() == 3000
        root = Unit.objects.get(parent=None)
        companies = list(Unit.objects.filter(parent=root).order_by("lft"))
        assert len(companies) == 40
        first, second, elsewhere = companies[1], companies[2], companies[5]
        left_out = Unit.objects.filter(parent=first, posts__ended_on=None).order_by("lft").distinct()[1]
        posts = Post.objects.filter(ended_on=None, person__status="on_duty")
        meant = posts.filter(unit__path__overlap=[first.pk, second.pk]).exclude(unit__path__contains=[left_out.pk])
        everybody = set(meant.values_list("person_id", flat=True))
        single = posts.exclude(person__posts__main=False)
        readers = [
            *single.filter(person_id__in=everybody, unit__path__contains=[first.pk]).order_by("pk")[:2],
            *single.filter(person_id__in=everybody, unit__path__contains=[second.pk]).order_by("pk")[:1],
        ]
        all_meant = Post.objects.filter(ended_on=None, unit__path__overlap=[first.pk, second.pk])
        audience = all_meant.exclude(unit__path__contains=[left_out.pk]).values("person_id").distinct().count()
        return Roster(
            editor=single.filter(unit__path__contains=[elsewhere.pk]).order_by("pk")[0].person,
            readers=[post.person for post in readers],
            outsider=single.filter(unit__path__contains=[left_out.pk]).order_by("pk")[0].person,
            companies=[first, second],
            left_out=left_out,
            audience=audience,
        )


def make_editor(walk: Walk, page: Page, person: Person) -> None:
    page.goto(f"/studio/roles/give/?q={person.staff_number}")
    page.click(f"a[href='/studio/roles/give/{person.pk}/']")
    page.wait_for_selector("[name=role]")
    walk.shot(page, "role")
    page.click(".desk form[method=post] button[type=submit]")
    page.wait_for_url("**/studio/roles/")
    assert person.name in page.inner_text(".desk")


def write_the_article(walk: Walk, page: Page, picture: Path) -> Article:
    add_second_factor(page, "/studio/articles/add/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=lead]", "六条都是去年的人写给今年的人的。")
    choose_cover(walk, page, picture)
    page.click(".public-DraftEditor-content >> nth=0")
    page.keyboard.type(FIRST_LINE)
    page.check("[name=readers][value=recipients]")
    walk.shot(page, "article-written")
    page.wait_for_timeout(500)
    page.click("[name=action-publish]")
    page.wait_for_selector("text=" + TITLE)
    walk.shot(page, "article-published")
    article: Article = Article._base_manager.get(title=TITLE)
    assert (article.live, article.readers) == (True, "recipients")
    assert article.cover_id is not None
    return article


def choose_cover(walk: Walk, page: Page, picture: Path) -> None:
    page.click("#id_cover-chooser [data-chooser-action-choose] >> nth=0")
    page.click(".modal [role=tab] >> nth=1")
    page.set_input_files(".modal input[type=file]", picture)
    page.fill(".modal [name$=title]", "放空的管线")
    walk.shot(page, "picture-upload")
    page.click(".modal .tab-content [type=submit]:visible")
    page.wait_for_selector(".modal", state="detached")


def send_the_message(walk: Walk, page: Page, article: Article, roster: Roster) -> Message:
    page.goto(f"/studio/messages/send/?kind=article&id={article.pk}")
    for unit in roster.companies:
        search_unit(page, unit.name)
        page.click(f"button[name=add][value='{unit.pk}']")
        address_has(page, f"add={unit.pk}")
    search_unit(page, roster.left_out.name)
    page.click(f"button[name=cut][value='{roster.left_out.pk}']")
    address_has(page, f"cut={roster.left_out.pk}")
    page.check("[name=importance][value=confirm]")
    assert page.inner_text(".headcount b").replace(",", "") == str(roster.audience)
    walk.shot(page, "audience")
    page.click("button[name=look]")
    walk.shot(page, "review")
    page.click("form[action$='/press/'] button[type=submit]")
    page.wait_for_url("**/studio/messages/*/")
    walk.shot(page, "coverage-before")
    return Message._base_manager.latest("sent_at")


def search_unit(page: Page, name: str) -> None:
    page.fill("#id_q", name)
    page.keyboard.press("Enter")
    address_has(page, f"q={name}")


def address_has(page: Page, part: str) -> None:
    """Wait until the desk has taken a choice in: its parts are swapped, and the address then holds what was chosen."""
    page.wait_for_url(lambda address: part in unquote(address))


def read_and_confirm(walk: Walk, page: Page, message: Message) -> None:
    page.goto("/")
    walk.shot(page, "home")
    page.click(".todo .btn.primary")
    page.wait_for_url(f"**/messages/{message.pk}/")
    assert FIRST_LINE in page.inner_text("main")
    shown = page.locator(".prose img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert shown >= 360, "the picture of the article came along"
    walk.shot(page, "message")
    read_to_the_end(page)
    page.click("[data-confirm]")
    page.wait_for_selector(".receipt")
    walk.shot(page, "confirmed")


def figures(walk: Walk, page: Page, message: Message) -> list[int]:
    """Return audience, opened and confirmed as the coverage page shows them."""
    page.goto(f"/studio/messages/{message.pk}/")
    walk.shot(page, "coverage")
    numbers = page.locator(".stat:is(.lan, .jin, .qing) dd:not(.hint)").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)"
    )
    return [int(number.replace(",", "")) for number in numbers]


def nothing_there(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


def test_from_a_roster_to_a_confirmed_message(walk, tmp_path):
    system, security = make_administrator("system"), make_administrator("security")
    picture = tmp_path / "cover.png"
    Image.linear_gradient("L").resize((1600, 800)).convert("RGB").save(picture)

    with walk.at(DESKTOP) as page:
        sign_in(page, system.operator_name, PASSWORD)
        add_second_factor(page)
        assert preview_roster(walk, page, "roster-2026-10.xlsx")["joins"] == 3000
        apply_roster(walk, page)
    roster = look_into_the_roster()

    with walk.at(DESKTOP) as page:
        sign_in(page, security.operator_name, PASSWORD)
        add_second_factor(page)
        make_editor(walk, page, roster.editor)
        people = [roster.editor, *roster.readers, roster.outsider]
        codes = {person.pk: issue_code(walk, page, person) for person in people}

    with walk.at(DESKTOP) as page:
        claim(walk, page, roster.editor, codes[roster.editor.pk])
        article = write_the_article(walk, page, picture)
        message = send_the_message(walk, page, article, roster)
        assert figures(walk, page, message) == [roster.audience, 0, 0]

        for done, person in enumerate(roster.readers, start=1):
            with walk.at(walk.phone) as phone:
                claim(walk, phone, person, codes[person.pk])
                read_and_confirm(walk, phone, message)
            assert figures(walk, page, message) == [roster.audience, done, done]

    with walk.at(walk.phone) as phone:
        walk.watches[-1].expected = {404}
        claim(walk, phone, roster.outsider, codes[roster.outsider.pk])
        nothing_there(phone, f"/messages/{message.pk}/")
        nothing_there(phone, f"/news/{article.pk}/")
        walk.shot(phone, "outsider")
        phone.goto("/search/?q=检修停车")
        assert TITLE not in phone.inner_text("main")
    for watch in walk.watches:
        watch.nothing_went_wrong()
