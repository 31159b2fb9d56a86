"""Every phone page against WCAG 2.0–2.2 A and AA, by axe: light and dark, type scale 1 and 3, Chinese and English.

`make test` looks at two of the eight combinations, `make prove` at all. The pages are found by
asking every address: see pages.py.
"""

from itertools import product

import pytest
from django.template.loader import render_to_string

from fenjin.people.models import Account
from tests.accessibility import pages
from tests.accessibility.measures import NARROW, faults, frame_faults, large_type_faults, sideways
from tests.journeys.phone import Watch, sign_in
from tests.plugin import PROVE

ALL = list(product(("light", "dark"), (1, 3), ("zh-hans", "en")))
LOOKS = ALL if PROVE else [("light", 1, "zh-hans"), ("dark", 3, "en")]
PHONE = {"width": 390, "height": 844}


def all_faults(page, scale: int) -> list[str]:
    """Return everything that is wrong on the page that is open."""
    wrong = faults(page)
    if scale == 3:
        wrong += large_type_faults(page) + sideways(page, NARROW)
    return wrong + sideways(page)


@pytest.mark.parametrize(("theme", "scale", "language"), LOOKS)
def test_axe_finds_nothing_on_any_page(company, furnished, page, theme, scale, language):
    watch = Watch(page)
    watch.expected = {404, 403, 500}
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_default_timeout(30_000)  # cards and posters are drawn for the first time
    wrong, inside = [], pages.inside(furnished)
    for address in pages.outside():
        page.goto(address)
        wrong += faults(page) + frame_faults(page)
    sign_in(page, company.employee)
    Account.objects.filter(person__staff_number=company.employee).update(theme=theme, scale=scale, language=language)
    for address in inside:
        page.set_viewport_size(PHONE)
        page.goto(address)
        assert page.get_attribute("html", "data-scale") == str(scale)
        wrong += frame_faults(page) + all_faults(page, scale)
    for open_it in (glossary, filters, no_network, refused, broken):
        page.set_viewport_size(PHONE)
        open_it(page, furnished)
        wrong += all_faults(page, 1 if open_it is broken else scale)
    assert wrong == []
    watch.nothing_went_wrong()


def glossary(page, furnished):
    """Open the sheet that explains a word."""
    page.goto(f"/news/{furnished.article.pk}/")
    page.locator("a.term").first.click()
    page.wait_for_selector("dialog[open]")


def filters(page, furnished):
    """Open what narrows a search down."""
    page.goto("/search/?q=安全")
    page.click(".narrow summary")
    page.wait_for_selector(".narrow[open] .chip")


def no_network(page, furnished):
    """Lose the network on a page that is open."""
    page.goto("/inbox/")
    page.context.set_offline(True)
    page.wait_for_selector("fj-offline.off")
    page.context.set_offline(False)
    page.wait_for_selector("fj-offline:not(.off)", state="attached")
    page.evaluate("document.querySelector('fj-offline').classList.add('off')")


def refused(page, furnished):
    """Send a form that carries no proof of where it comes from."""
    page.goto("/complaints/")
    page.evaluate("document.querySelector('main form [name=csrfmiddlewaretoken]').remove()")
    page.evaluate("document.querySelector('main form').submit()")
    page.wait_for_selector(".oops")


def broken(page, furnished):
    """Open what is shown when nothing else can be: the page that needs no database."""
    answer = {"status": 500, "content_type": "text/html; charset=utf-8", "body": render_to_string("errors/500.html")}
    page.route("**/broken/", lambda route: route.fulfill(**answer))
    page.goto("/broken/")
    page.wait_for_selector(".oops")


def test_every_reason_names_an_address_that_is_there():
    names = {address.name for address in pages.phone_addresses()}
    assert set(pages.ELSEWHERE) - names == set()
    assert set(pages.OWN) - names == set()
