"""A passkey in a real browser: Chromium's own virtual authenticator makes and uses it."""

import pytest

from fenjin.people.models import Factor, Session
from fenjin.people.testing import make_administrator
from tests.fixtures.browser import LiveApp
from tests.journeys.phone import PASSWORD, Watch, sign_in


@pytest.fixture
def authenticator(page):
    """Give the browser a security key, by its developer protocol."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})


def test_a_passkey_opens_the_studio(live_app: LiveApp, page, authenticator):
    system = make_administrator("system")
    watch = Watch(page)
    sign_in(page, system.operator_name, PASSWORD)
    page.goto("/studio/")
    page.click("fj-passkey button")
    page.wait_for_selector(".factor-codes")
    page.click("main a.btn.primary")
    page.wait_for_url("**/studio/")
    assert Factor.objects.get().kind == "passkey"
    Session.objects.update(strong_at=None)
    page.goto("/studio/")
    assert "/confirm-identity/" in page.url
    page.click("fj-passkey button")
    page.wait_for_url("**/studio/")
    watch.nothing_went_wrong()
