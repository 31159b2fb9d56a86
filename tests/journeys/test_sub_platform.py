"""A sub-platform from its opening to a corrected article, as the people concerned would walk it.

The system administrator opens it, security names its editor and moderator and the way of its articles; the
editor brings a Word document with an iPhone's photo in, plans it, sends it for review; the approver judges
on a phone; a reader with large type in the dark reads, listens and comments; the editor corrects; and an
editor of another sub-platform finds none of it. Each step leaves its picture in tests/shots/sub-platform/.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.services.planning import keep_times
from fenjin.newsroom.tests.word import docx, drawn, paragraph, run
from fenjin.people.models import Person, Unit
from fenjin.people.testing import PASSWORD, make_account, make_administrator, make_person, make_unit
from fenjin.spaces.models import Space
from fenjin.spaces.testing import give_role, make_space
from tests.journeys.phone import add_second_factor, choose, sign_in
from tests.journeys.walk import DESKTOP, Walk

TITLE = "新站试车：三道阀门，三个人签字"
WRONG, RIGHT = "11 月 30 日", "12 月 5 日"
HELD = "代开发票"


@pytest.fixture
def walk(live_app, browser, browser_context_options):
    return Walk(browser, live_app.url, browser_context_options, "sub-platform")


@dataclass(frozen=True)
class Company:
    """The units and people of the story."""

    unit: Unit
    editor: Person
    moderator: Person
    approver: Person
    reader: Person
    foreign_editor: Person


@pytest.fixture
def company(live_app) -> Company:
    root = make_unit("启明集团")
    east, west, office = (make_unit(name, root) for name in ("东海液化气公司", "西山矿业公司", "安全监督部"))
    make_space("西山矿业", unit=west)
    west.refresh_from_db()
    people = [
        make_person(name, unit=unit)
        for name, unit in (
            ("顾晓岚", east),
            ("沈听雨", east),
            ("秦守正", office),
            ("方大海", east),
            ("邹远山", west),
        )
    ]
    for person in people:
        make_account(person)
    give_role(people[4], space_id=west.space_id)
    return Company(east, *people)


def photo_of_an_iphone() -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "iPhone 17"
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(made, "HEIF", quality=60, exif=exif)
    return made.getvalue()


def open_the_sub_platform(walk: Walk, page: Page, company: Company) -> None:
    page.goto(f"/studio/sub-platforms/open/?q={company.unit.name}")
    page.click(f"a[href$='/open/{company.unit.pk}/']")
    page.fill("[name=seal]", "海")
    walk.shot(page, "open")
    page.click(".desk form[method=post] button[type=submit]")
    page.wait_for_url("**/studio/**")
    assert Space.objects.get(root_unit=company.unit).seal == "海"


def give(walk: Walk, page: Page, person: Person, space: Space, role: str) -> None:
    page.goto(f"/studio/roles/give/{person.pk}/?space={space.pk}")
    page.select_option("[name=role]", role)
    walk.shot(page, f"role-{role}")
    page.click(".desk form[method=post] button[type=submit]")
    page.wait_for_url("**/studio/roles/")


def set_the_way(walk: Walk, page: Page, space: Space, approver: Person) -> None:
    page.goto(f"/studio/release-rules/{space.pk}/")
    page.select_option("[name=step1]", "person")
    page.fill("[name=person1]", approver.staff_number)
    page.check("[name=secrecy]")
    walk.shot(page, "release-rule")
    page.click(".desk form[method=post] button[type=submit]")
    page.wait_for_url("**/studio/release-rules/")
    assert approver.name in page.inner_text(".desk")


def bring_the_text_in(walk: Walk, page: Page, folder: Path) -> Article:
    document = docx(
        paragraph(run(TITLE), style="T"),
        paragraph(run(f"加气站的三道阀门，{WRONG}起由三个人先后签字。")),
        paragraph(drawn("photo.heic", alt="三个人站在阀门前")),
        paragraph(run("第一道", ""), style="1"),
        paragraph(run("先看压力，再看温度，最后看人。")),
        **{"photo.heic": photo_of_an_iphone()},
    )
    file = folder / document.name
    file.write_bytes(document.read())
    add_second_factor(page, "/studio/writing/import/")
    page.set_input_files("[name=word]", file)
    walk.shot(page, "bring-in")
    page.click(".desk form button[type=submit]")
    page.wait_for_url("**/studio/articles/edit/**")
    walk.shot(page, "draft")
    article: Article = Article._base_manager.get(title=TITLE)
    assert [part["type"] for part in article.get_latest_revision_as_object().body.raw_data].count("picture") == 1
    return article


def plan_and_send(walk: Walk, page: Page, article: Article) -> None:
    page.goto(f"/studio/articles/edit/{article.pk}/")
    page.click("[role=tab]:has-text('发布')")
    page.fill("[name=go_live_at]", (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    walk.shot(page, "planned")
    send_for_review(walk, page)


def send_for_review(walk: Walk, page: Page) -> None:
    page.wait_for_timeout(500)  # the studio's own script takes the form over
    toggle = page.locator("footer [data-w-dropdown-target=toggle]")
    if not page.locator("[name=action-review]").first.is_visible() and toggle.count():
        toggle.first.click()
    page.click("[name=action-review]")
    page.wait_for_url("**/studio/review/**")
    walk.shot(page, "sent-for-review")


def approve_on_the_phone(walk: Walk, page: Page, words: str) -> None:
    page.goto("/")
    walk.shot(page, "approver-home")
    page.click(f"main a:has-text('{TITLE}')")
    page.wait_for_url("**/news/to-judge/**")
    assert words in page.inner_text("main")
    walk.shot(page, "to-judge")
    page.check("[name=checked]")
    page.click("button[name=verdict][value=approved]")
    page.wait_for_selector("main .notice.done, main .notice:has-text('已')")
    walk.shot(page, "judged")


def read_listen_and_comment(walk: Walk, page: Page, article: Article) -> None:
    choose(page, "scale", "3")
    choose(page, "theme", "dark")
    page.goto("/")
    walk.shot(page, "reader-home")
    page.goto(f"/news/{article.pk}/")
    assert WRONG in page.inner_text("main")
    shown = page.locator(".prose img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert shown >= 360
    assert page.locator("fj-listen").count() == 1
    walk.shot(page, "reader-article")
    page.fill("[name=text]", f"谁要{HELD}找我，电话在这里。")
    page.click(".talk-form button[type=submit]")
    page.wait_for_load_state()
    walk.shot(page, "comment-waits")
    page.goto(f"/news/{article.pk}/")
    assert HELD in page.inner_text("#talk"), "the author sees what waits"


def watch_for_words(walk: Walk, page: Page, space: Space) -> None:
    page.goto(f"/studio/moderation/words/?space={space.pk}")
    page.fill("[name=words]", HELD)
    page.check("[name=lane][value=off_topic]")
    page.click("button[name=act][value=add]")
    page.wait_for_load_state()
    assert HELD in page.inner_text(".grid")
    walk.shot(page, "words")


def take_it_off(walk: Walk, page: Page) -> None:
    page.goto("/studio/moderation/")
    walk.shot(page, "queue")
    page.click(".desk a[href*='/studio/moderation/']:has-text('发票')")
    page.check("[name=lane][value=off_topic]")
    page.fill("[name=reason]", "这里不登代办广告，请到办事大厅办理。")
    walk.shot(page, "decide")
    page.click("button[name=verdict][value=remove]")
    page.wait_for_load_state()


def read_the_reason(walk: Walk, page: Page, article: Article) -> None:
    page.goto(f"/news/{article.pk}/")
    page.click("#talk .acts a")
    assert "这里不登代办广告" in page.inner_text("main")
    walk.shot(page, "reason")


def correct(walk: Walk, page: Page, article: Article) -> None:
    page.goto(f"/studio/articles/edit/{article.pk}/")
    page.fill("[name=lead]", f"签字从 {RIGHT} 开始。")
    page.click("[role=tab]:has-text('发布')")
    page.fill("[name=go_live_at]", "")
    page.fill("[name=correction]", f"签字从 {RIGHT} 开始，不是 {WRONG}。")
    walk.shot(page, "correction")
    send_for_review(walk, page)


def status_of(page: Page, address: str) -> int:
    """Ask as the page's own scripts would, with its cookie."""
    return int(page.evaluate("address => fetch(address).then(answer => answer.status)", address))


def finds_nothing(walk: Walk, page: Page, article: Article) -> None:
    walk.watches[-1].expected = {404}
    add_second_factor(page)
    page.goto("/studio/articles/?q=三道阀门")
    assert TITLE not in page.inner_text("body")
    walk.shot(page, "foreign-list")
    picture = article.picture_uses.get().picture
    for address in (
        f"/studio/articles/edit/{article.pk}/",
        f"/studio/articles/preview/{article.pk}/",
        f"/studio/review/{article.pk}/",
        f"/news/{article.pk}/",
        f"/news/{article.pk}/poster.pdf",
        f"/m/{picture.key.hex}/360.webp",
    ):
        assert status_of(page, address) == 404, address
    for address in ("/search/?q=三道阀门", "/studio/calendar/", "/studio/review/", "/studio/moderation/"):
        page.goto(address)
        assert TITLE not in page.inner_text("body"), address


def set_it_up(walk: Walk, company: Company) -> Space:
    system, security = make_administrator("system"), make_administrator("security")
    with walk.at(DESKTOP) as page:
        sign_in(page, system.operator_name, PASSWORD)
        add_second_factor(page)
        open_the_sub_platform(walk, page, company)
    space: Space = Space.objects.get(root_unit=company.unit)
    with walk.at(DESKTOP) as page:
        sign_in(page, security.operator_name, PASSWORD)
        add_second_factor(page)
        give(walk, page, company.editor, space, "editor")
        give(walk, page, company.moderator, space, "moderator")
        set_the_way(walk, page, space, company.approver)
    return space


def test_from_an_empty_company_to_a_corrected_article(walk, company, tmp_path):
    space = set_it_up(walk, company)
    with walk.at(DESKTOP) as desk, walk.at(DESKTOP) as moderation, walk.at(walk.phone) as phone:
        sign_in(moderation, company.moderator.staff_number)
        add_second_factor(moderation)
        watch_for_words(walk, moderation, space)
        sign_in(desk, company.editor.staff_number)
        article = bring_the_text_in(walk, desk, tmp_path)
        plan_and_send(walk, desk, article)
        sign_in(phone, company.approver.staff_number)
        approve_on_the_phone(walk, phone, WRONG)

        with walk.at(walk.phone | {"color_scheme": "dark"}) as reader:
            walk.watches[-1].expected = {404}
            sign_in(reader, company.reader.staff_number)
            assert status_of(reader, f"/news/{article.pk}/") == 404
            with clock.pretend(clock.now() + timedelta(days=2, minutes=2)):
                assert keep_times() == 1
            read_listen_and_comment(walk, reader, article)
            take_it_off(walk, moderation)
            read_the_reason(walk, reader, article)
            correct(walk, desk, article)
            approve_on_the_phone(walk, phone, WRONG)
            reader.goto(f"/news/{article.pk}/")
            assert f"不是 {WRONG}" in reader.inner_text(".corrected")
            walk.shot(reader, "corrected")

    with walk.at(DESKTOP) as page, every_space(Reason.TEST):
        sign_in(page, company.foreign_editor.staff_number)
        finds_nothing(walk, page, Article.objects.get(pk=article.pk))
    for watch in walk.watches:
        watch.nothing_went_wrong()
