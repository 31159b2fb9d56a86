"""SAML in a real browser: another site's page posts the answer, without our cookies, and the same browser comes in."""

import base64
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Installation, OutsideIdentity
from fenjin.people.services.installations import save_installation, switch_installation
from fenjin.people.testing import make_administrator, make_person, make_unit
from fenjin.people.tests.saml_stranger import LOGIN, Key, options, posted, response, sign
from tests.fixtures.browser import LiveApp
from tests.journeys.phone import Watch

PAGE = (
    '<!doctype html><title>idp</title><form id="f" method="post" action="{back}"><input type="hidden" name="SAMLResponse"'
    ' value="{answer}"></form><script>document.getElementById("f").submit()</script>'
)


@pytest.fixture
def key(live_app: LiveApp, page):
    """Set up a service, and let the browser find it at its own address, which is another site than ours."""
    key = Key()
    with every_space(Reason.TEST):
        zhang = make_person("张伟", unit=make_unit("启明集团"), number="00001234")
        system = make_administrator("system")
        about = {"name": "统一身份", "options": options(key), "secret": "", "match": Installation.Match.NUMBER}
        row = save_installation(actor=system, installation=None, kind="saml", numbering_id=zhang.numbering_id, **about)
        switch_installation(actor=system, installation=row, enabled=True)

    def answer(route):
        packed = parse_qs(urlsplit(route.request.url).query)["SAMLRequest"][0]
        asked = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        back = asked.get("AssertionConsumerServiceURL")
        entity = asked.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        root = sign(response(request=asked.get("ID"), back=back, entity=entity), key)
        route.fulfill(content_type="text/html", body=PAGE.format(back=back, answer=posted(root)))

    page.route(f"{LOGIN}**", answer)
    return key


def test_an_answer_posted_by_another_site_finds_its_browser(live_app: LiveApp, page, key):
    watch = Watch(page)
    page.goto("/sign-in/")
    page.click("text=统一身份")
    page.wait_for_url("**/confirm/")
    assert "张伟" in page.inner_text("main")
    page.click("main button.primary")
    page.wait_for_url(lambda address: "/confirm/" not in address)
    assert OutsideIdentity.objects.get().user_id == "00001234"
    watch.nothing_went_wrong()
