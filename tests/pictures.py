"""Take the picture of the READMEs anew from a running demo: home, a message to confirm, and how far it got.

    .venv/bin/fenjin up --data ~/fenjin-pictures --port 8099 --employees 300
    .venv/bin/python -m tests.pictures --data ~/fenjin-pictures --port 8099

The demo is the same each time, so the picture changes only with the screens and the date. See docs/howto/pictures.md.
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

TARGET = Path(__file__).resolve().parent.parent / "docs" / "images" / "first-look.png"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1}
LOOK = {"scale": "1", "theme": "light", "language": "zh-hans"}
PAPER, HEIGHT, GAP, ROUND = (235, 228, 219), 620, 28, 14


def phone_pictures(browser: Browser, base: str, account: list[str]) -> list[Image.Image]:
    """Return home and the message to confirm, as the demo's employee sees them."""
    page = _page(browser, base, PHONE)
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


def desk_picture(browser: Browser, base: str, account: list[str]) -> Image.Image:
    """Return the coverage of the newest message that asks for confirmation, as the editor of the group sees it."""
    page = _page(browser, base, DESK)
    sign_in(page, *account[:2])
    page.goto("/studio/messages/")
    page.fill("[name=code]", account[2])
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url("**/studio/messages/")
    page.click("table a >> nth=0")
    page.wait_for_selector(".branches")
    return _shot(page)


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
    """Sign in with the accounts that the demo printed, look, and write the picture."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--data", type=Path, required=True, help="The data folder of the running demo.")
    wanted.add_argument("--port", type=int, default=8000)
    given = wanted.parse_args()
    accounts = {role: rest for role, *rest in json.loads((given.data / "first-accounts.json").read_text())}
    base = f"http://app.fenjin.localhost:{given.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.system_browser(), args=[*FLAGS, "--no-sandbox"])
        phone = phone_pictures(browser, base, accounts["employee"])
        desk = desk_picture(browser, base, accounts["editor of the group"])
        browser.close()
    lay_out([*phone, desk]).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
