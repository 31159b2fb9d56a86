"""What is measured on a page that is open in a browser; each returns what is wrong in words."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
PHONE, NARROW = 390, 320
# With the largest type nothing is below 18 px, and what fingers press is 60 px high (less a hair of rounding).
SMALLEST, LOWEST = 18, 59.5

SMALL_TYPE = """least => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('.vh, .skip, svg, dialog:not([open])'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.outerHTML.slice(0, 120))"""
LOW_TARGETS = """least => [...document.querySelectorAll(
    '.btn, .iconbtn, .tabs a, a.row, button.row, .seg button, .input, .chip, .chips a, .tickbox, summary, .foot a, .section a')]
  .filter(e => e.checkVisibility() && !e.closest('dialog:not([open])'))
  .filter(e => e.getBoundingClientRect().height < least).map(e => e.outerHTML.slice(0, 120))"""

# What fades in is measured as it will stand, also where a slow machine is still at it.
STANDING_STILL = """document.getAnimations()
  .filter(a => a.effect.getComputedTiming().endTime !== Infinity).forEach(a => a.finish())"""


def faults(page: Any, wide: int = PHONE) -> list[str]:
    """Return what axe finds on the page that is open: rule, help and the first place."""
    # The whole page at once: else the tab bar covers what merely stands below the fold, and axe measures the rest.
    high = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": wide, "height": max(844, high + 80)})
    page.evaluate(STANDING_STILL)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{page.url} {rule['id']}: {rule['help']} at {rule['nodes'][0]['target']}" for rule in found]


def large_type_faults(page: Any) -> list[str]:
    """Return what is too small on a page with the largest type."""
    small = page.evaluate(SMALL_TYPE, SMALLEST)
    low = page.evaluate(LOW_TARGETS, LOWEST)
    return [f"{page.url} is below {SMALLEST} px: {one}" for one in small] + [
        f"{page.url} is too low for a finger: {one}" for one in low
    ]


def sideways(page: Any, wide: int = PHONE) -> list[str]:
    """Return the page if it scrolls sideways at this width."""
    page.set_viewport_size({"width": wide, "height": 844})
    return [f"{page.url} scrolls sideways at {wide}"] * page.evaluate(
        "+(document.documentElement.scrollWidth > innerWidth)"
    )


def frame_faults(page: Any) -> list[str]:
    """Return what a page lacks that every page has: one heading, whom to call, the complaint door."""
    wrong = []
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.url} has {page.locator('h1').count()} first headings")
    if page.locator(".foot .whom").count() != 1 or page.locator(".foot a[href='/complaints/']").count() != 1:
        wrong.append(f"{page.url} does not say whom to call and where to complain")
    return wrong
