"""What the first page costs on a thin line: bytes as they travel, requests, and time of the processor."""

import time

import pytest

from tests.journeys.phone import sign_in

HOME_BYTES, HOME_REQUESTS = 97 * 1024, 10
BUDGETS = {"html": 12 * 1024, "css": 14 * 1024, "script": 20 * 1024, "icons": 6 * 1024, "images": 45 * 1024}
SIZES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(e => [e.name, e.initiatorType, e.transferSize, e.encodedBodySize])"""


def kind_of(name: str, how: str) -> str:
    """Return which budget a resource belongs to."""
    path = name.split("?")[0]
    if how == "navigation":
        return "html"
    for ending, kind in ((".css", "css"), (".js", "script"), ("icons", "icons"), ("seal", "icons")):
        if ending in path:
            return kind
    return "images"


def cold(browser, company, live_app, options):
    """Return what a phone fetches that comes to home for the first time: (kind, bytes, address)."""
    first = browser.new_context(base_url=live_app.url, **options)
    sign_in(first.new_page(), company.employee)
    cookies = first.cookies()
    first.close()
    profile = browser.new_context(base_url=live_app.url, **options)
    profile.add_cookies(cookies)
    page = profile.new_page()
    page.goto("/", wait_until="networkidle")
    fetched = [
        (kind_of(name, how), size, name) for name, how, size, _body in page.evaluate(SIZES) if name.startswith("http")
    ]
    profile.close()
    return fetched


def test_home_stays_within_its_budget_on_a_cold_phone(company, browser, live_app, browser_context_options, capsys):
    fetched = cold(browser, company, live_app, browser_context_options)
    total = sum(size for _kind, size, _name in fetched)
    with capsys.disabled():
        print(f"\nhome, cold: {total / 1024:.1f} KB in {len(fetched)} requests")
    assert len(fetched) <= HOME_REQUESTS, [name for _kind, _size, name in fetched]
    assert 0 < total <= HOME_BYTES
    for kind, most in BUDGETS.items():
        spent = sum(size for of_kind, size, _name in fetched if of_kind == kind)
        assert spent <= most, f"{kind}: {spent} bytes"


@pytest.mark.django_db
def test_home_costs_little_of_the_processor(client, capsys):
    from fenjin.people.models import Person
    from fenjin.people.testing import sign_in as sign_in_client
    from tests.journeys.conftest import make_company

    company = make_company()
    sign_in_client(client, Person.objects.get(staff_number=company.employee).account)
    for _warm in range(3):
        client.get("/")
    began = time.process_time()
    for _time in range(20):
        client.get("/")
    each = (time.process_time() - began) / 20 * 1000
    with capsys.disabled():
        print(f"\nhome: {each:.1f} ms of the processor, with the test client around it")
    assert each < 40  # a busy machine counts double; the honest figure is in the bench
