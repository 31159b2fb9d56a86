"""Every phone screen against WCAG 2.0–2.2 A and AA, by axe: light and dark, type scale 1 and 3, Chinese and English.

`make test` looks at three of the eight combinations, `make prove` (FENJIN_PROVE=1) at all.
"""

import os
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from fenjin.newsroom.models import Article
from fenjin.people.models import Account
from fenjin.shell.testing import make_complaint
from tests.journeys.phone import Watch, sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
FEW = [("light", 1, "zh-hans"), ("dark", 3, "zh-hans"), ("light", 3, "en")]
ALL = list(product(("light", "dark"), (1, 3), ("zh-hans", "en")))
LOOKS = ALL if os.environ.get("FENJIN_PROVE") == "1" else FEW
OUTSIDE = (
    *("/sign-in/", "/claim/", "/password-lost/", "/password-lost/new/", "/account-taken/", "/privacy/", "/privacy/1/"),
    *("/complaints/", "/nowhere/"),
)
OWN_DATA = (
    *("/me/data/", "/me/data/stored/", "/me/data/stored/posts/", "/me/data/looks/", "/me/data/retention/"),
    *("/me/data/corrections/", "/me/data/copies/", "/me/data/consents/", "/me/data/erasure/"),
    *("/me/data/erasure/optional/", "/me/data/erasure/account/", "/confirm-identity/?next=/me/"),
)


def faults(page, wide=390):
    """Return what axe found on the page that is open: rule, help and the first place."""
    # The whole page at once: else the tab bar covers what merely stands below the fold, and axe measures the rest.
    high = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": wide, "height": max(844, high + 80)})
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{page.url} {rule['id']}: {rule['help']} at {rule['nodes'][0]['target']}" for rule in found]


def screens(company):
    """Return the addresses of every phone screen that a signed-in employee can open."""
    account = Account.objects.get(person__staff_number=company.employee)
    complaint = make_complaint(account.person)
    article = Article._base_manager.filter(readers="everybody", live=True).latest("first_published_at")
    plain = Article._base_manager.get(title__startswith="食堂意见")
    return (
        *("/", "/inbox/", "/inbox/?before=1-1", "/me/", "/me/devices/", "/me/password/", "/search/", "/search/?q=安全"),
        *("/search/?q=量子纠缠", "/complaints/", f"/complaints/{complaint.pk}/", "/news/", f"/news/{article.pk}/"),
        *(f"/news/{plain.pk}/", f"/messages/{company.to_confirm}/", f"/messages/{company.ordinary}/", "/nowhere/"),
        *(f"/news/{plain.pk}/card/", f"/news/{plain.pk}/poster/", "/search/?q=安全&kind=article", "/search/?q=王海凝"),
        *(f"/news/{plain.pk}/comments/", "/moderation/"),
        *OWN_DATA,
    )


@pytest.mark.parametrize(("theme", "scale", "language"), LOOKS)
def test_axe_finds_nothing_on_any_screen(company, page, theme, scale, language):
    watch = Watch(page)
    watch.expected = {404}
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    wrong = []
    for address in OUTSIDE:
        page.goto(address)
        wrong += faults(page)
    sign_in(page, company.employee)
    Account.objects.filter(person__staff_number=company.employee).update(theme=theme, scale=scale, language=language)
    for address in screens(company):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        assert page.get_attribute("html", "data-scale") == str(scale)
        wrong += faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{page.url} scrolls sideways")
    assert wrong == []
    watch.nothing_went_wrong()


def test_nothing_scrolls_sideways_on_a_narrow_phone_with_the_largest_type(company, page):
    sign_in(page, company.employee)
    Account.objects.filter(person__staff_number=company.employee).update(scale=3, language="en")
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for address in screens(company):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


def test_the_keyboard_reaches_everything_in_order(company, page):
    """Skip link first, then top bar, today's things, news and tabs; every stop shows where it is."""
    sign_in(page, company.employee)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    seen = []
    for _stop in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.getAttribute('href') || e.tagName, s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"""
        )
        if stop[0] == "BODY":
            break
        assert stop[1], f"{stop[0]} does not show that it is chosen"
        seen.append(stop[0])
    assert seen.index("/search/") < seen.index(f"/messages/{company.to_confirm}/") < seen.index("/me/")
    page.goto(f"/messages/{company.to_confirm}/")
    page.keyboard.press("End")
    page.wait_for_selector("[data-confirm]:not([disabled])")
    page.focus("[data-confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt")
