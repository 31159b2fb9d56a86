"""The style page: closed to employees, every sample drawn, and in a browser no fault in any look."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in
from fenjin.shell.style_page import PAGES
from fenjin.spaces.testing import give_role
from tests.plugin import PROVE

LOOKS = [(theme, scale, lang) for theme in ("light", "dark") for scale in ("1", "3") for lang in ("zh", "en")]
# Widths in CSS pixels: the usual phone, and the narrowest with the largest type.
PHONE, NARROW = 390, 320

SMALLEST_TYPE = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('.vh, dialog, .skip, svg'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
LOW_TARGETS = """() => [...document.querySelectorAll('.btn, .tabs a, .row[href], .seg button, .input')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 59.5).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.django_db
def test_every_page_is_drawn_for_staff(client):
    sign_in(client, make_administrator("system"))
    for page in ("", *(f"{name}/" for name in PAGES)):
        response = client.get(f"/_ui/{page}", {"theme": "dark", "scale": "3", "lang": "en"})
        assert response.status_code == 200, page
    assert client.get("/_ui/nothing/").status_code == 404


@pytest.mark.django_db
def test_it_is_closed_to_everybody_else(client):
    assert client.get("/_ui/").status_code == 302
    sign_in(client, make_account(make_person(unit=make_unit())))
    assert client.get("/_ui/").status_code == 404


def _open(page: Any, client: Any, live_app: Any) -> None:
    account = make_account(make_person(unit=make_unit()))
    give_role(account.person)
    sign_in(client, account)
    page.context.add_cookies([{"name": "fenjin", "value": client.cookies["fenjin"].value, "url": live_app.url}])


def _look_at(page: Any, path: str) -> list[str]:
    """Open a page, return what axe finds; the window is as tall as the page, so that no bar lies over it."""
    page.goto(path)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": max(844, height)})
    page.wait_for_timeout(250)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found.response["violations"]]


def _pages_for(theme: str, scale: str, lang: str) -> list[str]:
    """Every page in two looks, in all of them under `make prove`; the page of all components in each look."""
    every = PROVE or (theme, scale, lang) in (("light", "1", "zh"), ("dark", "3", "en"))
    return ["", *(f"{sample}/" for sample in PAGES if sample != "desk" and every)]


@pytest.mark.parametrize(("theme", "scale", "lang"), LOOKS)
def test_no_look_has_a_fault(page, client, live_app, theme, scale, lang):
    _open(page, client, live_app)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for name in _pages_for(theme, scale, lang):
        page.set_viewport_size({"width": PHONE, "height": 844})
        assert _look_at(page, f"/_ui/{name}?theme={theme}&scale={scale}&lang={lang}") == [], name
    assert said == []


def test_the_largest_type_fits_the_narrowest_phone(page, client, live_app):
    _open(page, client, live_app)
    page.set_viewport_size({"width": NARROW, "height": 700})
    for name in ("", *(f"{sample}/" for sample in PAGES if sample != "desk")):
        page.goto(f"/_ui/{name}?scale=3&lang=en")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, name
        assert page.evaluate(SMALLEST_TYPE) >= 18, name
        assert page.evaluate(LOW_TARGETS) == [], name


def test_a_desk_has_no_fault(page, client, live_app):
    _open(page, client, live_app)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert _look_at(page, "/_ui/desk/") == []
