"""What several people do on one platform, each with a browser of their own; every step leaves its picture."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from fenjin.people.models import Person
from tests.fixtures.browser import SHOTS
from tests.journeys.phone import Watch

ROSTERS = Path(__file__).resolve().parents[1] / "data" / "roster"
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
OWN_PASSWORD = "每一颗螺栓都摸一遍 27"


@dataclass
class Walk:
    """Browsers of several people on one platform, and what was seen on the way."""

    browser: Browser
    url: str
    phone: dict[str, Any]
    story: str
    watches: list[Watch] = field(default_factory=list)
    steps: int = 0

    @contextmanager
    def at(self, device: dict[str, Any]) -> Any:
        """Give a fresh browser of one person."""
        context = self.browser.new_context(base_url=self.url, **device)
        context.set_default_timeout(30_000)
        page = context.new_page()
        self.watches.append(Watch(page))
        try:
            yield page
        except BaseException:
            self.shot(page, "failed")
            raise
        finally:
            context.close()

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture of a step."""
        folder = SHOTS / self.story
        folder.mkdir(parents=True, exist_ok=True)
        self.steps += 1
        page.wait_for_load_state()
        page.screenshot(path=folder / f"{self.steps:02d}-{name}.png")


def preview_roster(walk: Walk, page: Page, file: str) -> dict[str, int]:
    """Upload a roster and return the figures of its dry run: joins, leaves, moves, renames, mergers."""
    page.goto("/studio/roster/")
    walk.shot(page, "roster-upload")
    page.set_input_files("#id_file", ROSTERS / file)
    page.click(".desk form[enctype] button[type=submit]")
    page.wait_for_url(re.compile(r"/studio/roster/\d+/$"), timeout=120_000)
    walk.shot(page, "roster-preview")
    told = [words.replace(",", "") for words in page.locator(".stats dd:not(.hint)").all_inner_texts()]
    renames, mergers = map(int, re.findall(r"\d+", told[3]))
    joins, leaves, moves = map(int, told[:3])
    return {"joins": joins, "leaves": leaves, "moves": moves, "renames": renames, "mergers": mergers}


def apply_roster(walk: Walk, page: Page) -> None:
    """Apply the dry run on the page."""
    page.click("form[action$='/apply/'] button[type=submit]", timeout=120_000)
    page.wait_for_selector(".steps li.done:nth-child(3)", timeout=180_000)
    walk.shot(page, "roster-applied")


def issue_code(walk: Walk, page: Page, person: Person) -> str:
    """Make a one-time code for a person and return it as it stands on the page."""
    page.goto(f"/studio/people/{person.pk}/")
    page.click("form[action$='/code/'] button[type=submit]")
    code = page.inner_text("[data-code]")
    walk.shot(page, "code")
    return code


def claim(walk: Walk, page: Page, person: Person, code: str) -> None:
    """Claim an account on a phone: number, name, code, then a password of one's own."""
    page.goto("/claim/")
    page.fill("[name=number]", person.staff_number)
    page.fill("[name=name]", person.name)
    page.fill("[name=code]", code)
    walk.shot(page, "claim")
    page.click("main button[type=submit]")
    page.fill("[name=password]", OWN_PASSWORD)
    page.fill("[name=again]", OWN_PASSWORD)
    page.check("[name=notice]")
    walk.shot(page, "password")
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: "/claim/" not in url)
