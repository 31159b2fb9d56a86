"""Take the pictures of READMEs and how-tos anew from a running demo.

    .venv/bin/fenjin up --data ~/fenjin-pictures --port 8099 --employees 300
    .venv/bin/python -m tests.pictures --data ~/fenjin-pictures --port 8099

The demo is the same each time, so a picture changes only with its screens and the date. See docs/howto/pictures.md.
"""

import argparse
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from config import browser as browsers
from tests.fixtures.browser import FLAGS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1}
SENT, COMPOSE = "/studio/messages/", "/studio/messages/send/"
LOOK = {"scale": "1", "theme": "light", "language": "zh-hans"}
ALARM = ("北站罐区着火，请立刻撤离", "沿二号通道走到东门集合点，不要回去取东西。到了以后点一下，让我们知道您平安。")
PAPER, HEIGHT, GAP, ROUND = (235, 228, 219), 620, 28, 14


def phone_pictures(page: Page, account: list[str]) -> list[Image.Image]:
    """Return home and the message to confirm, as the demo's employee sees them."""
    sign_in(page, *account[:2])
    for name, value in LOOK.items():
        page.goto("/me/")
        page.click(f"button[name={name}][value='{value}']")
        page.wait_for_load_state()
    page.goto("/")
    home = _shot(page)
    page.click(".todo .btn.primary")
    page.wait_for_selector("[data-confirm]")
    return [home, _shot(page)]


def at_the_desk(browser: Browser, base: str, account: list[str]) -> Page:
    """Return the list of sent messages, as somebody sees it who has just come into the studio."""
    page = _page(browser, base, DESK)
    sign_in(page, *account[:2])
    page.goto(SENT)
    page.fill("[name=code]", account[2])
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url(f"**{SENT}")
    return page


def coverage_picture(page: Page) -> Image.Image:
    """Return how far the newest message that asks for confirmation got."""
    page.goto(SENT)
    page.click("table a >> nth=0")
    page.wait_for_selector(".branches")
    return _shot(page)


def review_picture(page: Page) -> Image.Image:
    """Return what is said before the press: an article for everybody, to be confirmed."""
    page.goto(COMPOSE)
    page.select_option("#id_content", index=1)
    _choose_everybody(page, "confirm")
    return _shot(page)


def alarm_pictures(writer: Page, second: Page, phone: Page) -> list[Image.Image]:
    """Send an emergency with two people; return the home page that it takes over, and the board of the duty desk."""
    writer.goto(COMPOSE)
    writer.click("[name=write][value=text]")
    writer.fill("[name=title]", ALARM[0])
    writer.fill("[name=words]", ALARM[1])
    writer.click("form:has([name=words]) .btn.primary")
    writer.wait_for_url(f"**{COMPOSE}?**")
    _choose_everybody(writer, "emergency")
    writer.click("fj-submit-once .btn.primary")
    second.goto("/studio/messages/approvals/")
    second.click(".line .btn")
    second.click(".panel .btn.primary")
    phone.goto("/")
    home = _shot(phone)
    phone.click(".alarm .btn.safe")
    second.goto("/studio/messages/emergencies/")
    second.click("table a >> nth=0")
    second.wait_for_selector("#board")
    return [home, _shot(second)]


def _choose_everybody(page: Page, importance: str) -> None:
    page.click("[name=add] >> nth=0")
    page.wait_for_selector("[name=drop]")
    page.check(f"[name=importance][value={importance}]")
    page.click("[name=look]")
    page.wait_for_selector("form[action$='/press/']")


def sign_in(page: Page, number: str, password: str) -> None:
    """Sign in by the door that everybody uses (this command knows no Django)."""
    page.goto("/sign-in/")
    page.fill("[name=number]", number)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def _page(browser: Browser, base: str, options: dict[str, Any]) -> Page:
    context = browser.new_context(base_url=base, locale="zh-CN", reduced_motion="reduce", **options)
    context.set_default_timeout(60_000)
    return context.new_page()


def _shot(page: Page) -> Image.Image:
    page.wait_for_load_state("networkidle")
    return Image.open(io.BytesIO(page.screenshot()))


def lay_out(pictures: list[Image.Image]) -> Image.Image:
    """Return the pictures side by side on paper, as high as each other, with round corners."""
    scaled = [one.convert("RGB").resize((round(one.width * HEIGHT / one.height), HEIGHT)) for one in pictures]
    wide = sum(one.width for one in scaled) + GAP * (len(scaled) + 1)
    sheet = Image.new("RGB", (wide, HEIGHT + 2 * GAP), PAPER)
    left = GAP
    for one in scaled:
        mask = Image.new("L", one.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, *one.size), ROUND, fill=255)
        sheet.paste(one, (left, GAP), mask)
        left += one.width + GAP
    return sheet


def main() -> None:
    """Sign in with the accounts that the demo printed, look, and write the pictures."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--data", type=Path, required=True, help="The data folder of the running demo.")
    wanted.add_argument("--port", type=int, default=8000)
    given = wanted.parse_args()
    accounts = {role: rest for role, *rest in json.loads((given.data / "first-accounts.json").read_text())}
    base = f"http://app.fenjin.localhost:{given.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.system_browser(), args=[*FLAGS, "--no-sandbox"])
        phone = _page(browser, base, PHONE)
        on_the_phone = phone_pictures(phone, accounts["employee"])
        writer = at_the_desk(browser, base, accounts["editor of the group"])
        second = at_the_desk(browser, base, accounts["publisher and duty desk of the group"])
        sheets = {
            "first-look": [*on_the_phone, coverage_picture(writer)],
            "before-the-press": [review_picture(writer)],
            "emergency": alarm_pictures(writer, second, phone),
        }
        browser.close()
    for name, pictures in sheets.items():
        lay_out(pictures).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
