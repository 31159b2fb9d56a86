"""A month of real names: two rosters, one cut short, an undo, a slip of paper, a lost password, a leaver.

The administrators sit at desktops, the employees hold phones. Pictures go to tests/shots/real-names/.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, RosterImport, Unit
from fenjin.people.testing import PASSWORD, make_administrator
from tests.journeys.phone import add_second_factor, sign_in
from tests.journeys.walk import DESKTOP, OWN_PASSWORD, Walk, apply_roster, claim, issue_code, preview_roster

OTHER_PASSWORD = "换班以后去江边走一走 31"
SEND = """address => {
    const form = document.querySelector("form[method=post]").cloneNode(true);
    form.action = address;
    document.body.append(form);
    form.submit();
}"""
NOVEMBER = {"joins": 60, "leaves": 24, "moves": 42, "renames": 1, "mergers": 1}


@pytest.fixture
def walk(live_app, browser, browser_context_options):
    return Walk(browser, live_app.url, browser_context_options, "real-names")


def state() -> dict[str, Any]:
    """Return who is where, and which units are open: what an import may change and an undo must bring back."""
    with every_space(Reason.TEST):
        return {
            "people": set(Person.objects.values_list("staff_number", "name", "status", "left_on")),
            "posts": set(
                Post.objects.filter(ended_on=None).values_list("person__staff_number", "unit", "main", "title")
            ),
            "units": set(Unit.objects.filter(closed_on=None).values_list("pk", "name", "parent")),
        }


def upload_the_cut_file(walk: Walk, page: Page) -> RosterImport:
    before = state()
    assert preview_roster(walk, page, "roster-2026-truncated.xlsx")["leaves"] > 900
    assert page.locator("form[action$='/apply/']").count() == 0, "a stopped roster offers no button"
    stopped: RosterImport = RosterImport.objects.latest("pk")
    assert stopped.state == "stopped"
    # Whoever sends the request without the button is refused as well.
    with page.expect_navigation():
        page.evaluate(SEND, f"/studio/roster/{stopped.pk}/apply/")
    walk.shot(page, "sent-all-the-same")
    assert state() == before
    return stopped


def look_and_leave_it(walk: Walk, page: Page, stopped: RosterImport) -> None:
    """The security administrator sees what would happen, and rightly does not approve."""
    page.goto("/studio/roster/stopped/")
    page.click(f"a[href$='/stopped/{stopped.pk}/']")
    assert int(re.sub(r"\D", "", page.inner_text(".stats .zhu dd >> nth=0"))) > 900
    walk.shot(page, "stopped")


def scan_and_claim(walk: Walk, page: Page, person: Person, code: str, password: str) -> None:
    """Open the address in the square on the slip: the code is there already."""
    page.goto("/claim/#" + code.replace(" ", ""))
    assert page.input_value("[name=code]").replace(" ", "") == code.replace(" ", "")
    assert "#" not in page.url
    page.fill("[name=number]", person.staff_number)
    page.fill("[name=name]", person.name)
    walk.shot(page, "slip")
    page.keyboard.press("Enter")
    page.fill("[name=password]", password)
    page.fill("[name=again]", password)
    if page.locator("[name=notice]").count():
        page.check("[name=notice]")
    walk.shot(page, "is-it-you")
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: "/claim/" not in url)


def is_out(page: Page) -> bool:
    """Tell whether the next tap leads to the door."""
    page.goto("/inbox/")
    return "/sign-in/" in page.url


def lose_the_password(walk: Walk, desk: Page, first: Page, person: Person) -> None:
    """A new code for a lost password ends the old phone; from the new one another device is ended."""
    assert not is_out(first)
    with walk.at(walk.phone) as second:
        scan_and_claim(walk, second, person, issue_code(walk, desk, person), OTHER_PASSWORD)
        assert is_out(first), "whoever was signed in with the old password is out"
        sign_in(first, person.staff_number, OTHER_PASSWORD)
        second.goto("/me/devices/")
        walk.shot(second, "devices")
        second.click("form[action$='/end-others/'] button[type=submit]")
        second.wait_for_load_state()
        assert is_out(first), "a revoked session is out"
        assert not is_out(second)


def two_people() -> tuple[Person, Person]:
    """Return somebody who stays, and somebody who leaves in November; call it after November was applied."""
    stays = Person.objects.filter(status="on_duty", staff_number__startswith="0001").order_by("pk")[0]
    leaves = Person.objects.filter(status="left").order_by("pk")[0]
    return stays, leaves


def test_a_month_of_real_names(walk):
    system, security = make_administrator("system"), make_administrator("security")
    with walk.at(DESKTOP) as page, walk.at(DESKTOP) as desk, walk.at(walk.phone) as phone, walk.at(walk.phone) as old:
        for administrator, screen in ((system, page), (security, desk)):
            sign_in(screen, administrator.operator_name, PASSWORD)
            add_second_factor(screen)

        assert preview_roster(walk, page, "roster-2026-10.xlsx")["joins"] == 3000
        apply_roster(walk, page)
        october = state()
        assert preview_roster(walk, page, "roster-2026-11.xlsx") == NOVEMBER
        apply_roster(walk, page)
        stays, leaves = two_people()

        look_and_leave_it(walk, desk, upload_the_cut_file(walk, page))

        november = RosterImport.objects.get(original_name="roster-2026-11.xlsx")
        page.goto(f"/studio/roster/{november.pk}/")
        page.click("form[action$='/undo/'] button[type=submit]")
        page.wait_for_load_state()
        walk.shot(page, "undone")
        assert state() == october

        scan_and_claim(walk, phone, stays, issue_code(walk, desk, stays), OWN_PASSWORD)
        claim(walk, old, leaves, issue_code(walk, desk, leaves))
        assert not is_out(phone)
        assert not is_out(old)

        assert preview_roster(walk, page, "roster-2026-11.xlsx") == NOVEMBER
        apply_roster(walk, page)
        assert is_out(old), "who has left is out at once"
        walk.shot(old, "leaver")
        lose_the_password(walk, desk, phone, stays)
    for watch in walk.watches:
        watch.nothing_went_wrong()
