"""Sign-in by OpenID Connect, against a real provider in a process of its own: django-allauth's."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from django.core.cache import cache
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock, vault
from fenjin.kit.runtime import ports
from fenjin.people.models import Account, Installation, Numbering, OutsideIdentity, OutsideTicket, Person, Session
from fenjin.people.services import outside
from fenjin.people.services.installations import save_installation, switch_installation
from fenjin.people.testing import PASSWORD, make_account, make_person, make_unit, sign_in
from fenjin.people.tests import provider_site

BEGIN = "/sign-in/with/oidc-1/"
CONFIRM, LINK = f"{BEGIN}confirm/", f"{BEGIN}link/"
REDIRECT = "http://app.fenjin.localhost:8000/sign-in/with/oidc-1/back/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The provider's address, as long as its process runs."""
    port = ports.free_port()
    folder = tmp_path_factory.mktemp("provider")
    command = [sys.executable, str(Path(provider_site.__file__)), str(folder), str(port), REDIRECT]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def add(provider, system):
    """Return a function that adds and enables the provider as the system administrator would."""
    cache.clear()

    def make(match="link", numbering=None, **options):
        given = {"issuer": provider, "client_id": provider_site.CLIENT, "user_claim": "preferred_username"} | options
        row = save_installation(
            actor=system,
            installation=None,
            kind="oidc",
            name="统一认证",
            options=given,
            secret=options.pop("secret", provider_site.SECRET),
            match=match,
            numbering_id=numbering,
        )
        switch_installation(actor=system, installation=row, enabled=True)
        row.refresh_from_db()
        return row

    return make


class Browser:
    """One browser: our site by the test client, the provider over the wire."""

    def __init__(self):
        self.ours = Client()
        self.theirs = httpx.Client(trust_env=False)

    def leave_us(self, **question):
        answer = self.ours.get(BEGIN, question)
        assert answer.status_code == 302, answer.content
        return answer["Location"]

    def sign_in_there(self, address, name="00001234"):
        """Follow the provider's pages until it sends the browser back, and return that address."""
        page = self.theirs.get(address)
        for _step in range(6):
            if page.is_redirect:
                target = urljoin(str(page.url), page.headers["Location"])
                if target.startswith(REDIRECT):
                    return target
                page = self.theirs.get(target)
                continue
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text).group(1)
            form = {"csrfmiddlewaretoken": token, "login": name, "password": provider_site.PASSWORD}
            page = self.theirs.post(page.url, data=form, headers={"Referer": str(page.url)})
        raise AssertionError(page.text)

    def come_back(self, address):
        parts = urlsplit(address)
        return self.ours.get(f"{parts.path}?{parts.query}")

    def whole_way(self, name="00001234", **question):
        return self.come_back(self.sign_in_there(self.leave_us(**question), name))


@pytest.fixture
def browser():
    return Browser()


def signed_in():
    return Session.objects.filter(account__isnull=False, revoked_at=None)


# ---- by number ------------------------------------------------------------------------------------------


def test_who_is_known_by_number_is_asked_and_signed_in(browser, add, zhang):
    add("number", zhang.numbering_id)
    answer = browser.whole_way(next="/news/7/")
    assert answer["Location"] == CONFIRM
    page = browser.ours.get(CONFIRM)
    assert zhang.name in page.content.decode()
    assert not signed_in().exists()
    Account.objects.update(privacy_notice_version=9)
    assert "next=%2Fnews%2F7%2F" in browser.ours.post(CONFIRM)["Location"]
    row = signed_in().get()
    assert row.account.person_id == zhang.pk
    assert row.strong_at is None
    assert not row.account.has_usable_password()
    identity = OutsideIdentity.objects.get()
    assert (identity.user_id, identity.account_id) == ("00001234", row.account_id)
    assert AuditEvent.objects.get(act="people.outside_link").details["how"] == "number"


def test_the_second_time_the_same_account_opens(browser, add, account, zhang):
    add("number", zhang.numbering_id)
    for one in (browser, Browser()):
        one.whole_way()
        assert one.ours.post(CONFIRM).status_code == 302
    assert signed_in().filter(account=account).count() == 2
    assert OutsideIdentity.objects.get().account == account


def test_a_number_of_another_numbering_is_nobody(browser, add, zhang):
    other = Numbering.objects.create(name="海外公司")
    add("number", other.pk)
    browser.whole_way()
    assert "people/outside_unknown.html" in [one.name for one in browser.ours.get(CONFIRM).templates]


def test_without_the_administrators_word_a_number_proves_nothing(browser, add, account, zhang):
    add("link")
    browser.whole_way()
    page = browser.ours.get(CONFIRM)
    assert zhang.name not in page.content.decode()
    browser.ours.post(CONFIRM)
    assert not signed_in().exists()


def test_a_leaver_is_told_and_stays_out(browser, add, account, zhang):
    add("number", zhang.numbering_id)
    browser.whole_way()
    browser.ours.post(CONFIRM)
    Person.objects.filter(pk=zhang.pk).update(status="left")
    other = Browser()
    other.whole_way()
    page = other.ours.get(CONFIRM)
    assert (page.status_code, page.context["refusal"].code) == (403, "outsider_closed")
    assert other.ours.post(CONFIRM).status_code in (403, 422)
    assert signed_in().count() == 1


def test_a_leaver_who_never_came_by_this_way_is_no_new_account(browser, add, zhang):
    Person.objects.filter(pk=zhang.pk).update(status="left")
    add("number", zhang.numbering_id)
    browser.whole_way()
    assert browser.ours.get(CONFIRM).status_code == 403
    assert not Account.objects.filter(person=zhang).exists()


# ---- by a link of one's own -----------------------------------------------------------------------------


def test_an_unknown_outsider_signs_in_here_once_and_is_linked(browser, add, account):
    add("link")
    browser.whole_way("Stranger")
    page = browser.ours.get(CONFIRM).content.decode()
    assert "stranger" in page
    assert "/claim/" in page
    answer = browser.ours.post("/sign-in/", {"number": "00001234", "password": PASSWORD, "next": LINK})
    assert answer["Location"] == LINK
    assert "stranger" in browser.ours.get(LINK).content.decode()
    assert browser.ours.post(LINK).status_code == 302
    assert OutsideIdentity.objects.get().account == account
    other = Browser()
    other.whole_way("Stranger")
    assert other.ours.post(CONFIRM).status_code == 302
    assert signed_in().filter(account=account).count() == 2


def test_nobody_links_what_somebody_else_has_linked(add, account):
    row = add("link")
    who = outside.Outsider("stranger")
    outside.link(account=account, installation=row, who=who)
    second = make_person("李娜", unit=make_unit())
    for person, name in ((make_account(second), "stranger"), (account, "somebody else")):
        with pytest.raises(outside.LinkTaken):
            outside.link(account=person, installation=row, who=outside.Outsider(name))
    assert OutsideIdentity.objects.count() == 1


def test_administrators_are_never_linked(add, security):
    with pytest.raises(outside.NoLinkForOffices):
        outside.link(account=security, installation=add("link"), who=outside.Outsider("root"))


def test_the_same_user_id_at_two_installations_is_two_people(add, account):
    first, second = add("link"), add("link")
    outside.link(account=account, installation=first, who=outside.Outsider("00001234"))
    assert outside.recognise(installation=second, who=outside.Outsider("00001234")) is None
    assert outside.recognise(installation=first, who=outside.Outsider("00001234", corp="other")) is None
    assert outside.recognise(installation=first, who=outside.Outsider("00001234")) == account


# ---- what an attacker tries -----------------------------------------------------------------------------


def test_an_answer_for_another_browser_signs_nobody_in(browser, add, zhang):
    add("number", zhang.numbering_id)
    back = browser.sign_in_there(browser.leave_us())
    victim = Browser()
    assert victim.come_back(back).status_code == 422
    victim.leave_us()
    assert victim.come_back(back).status_code == 422
    assert victim.ours.post(CONFIRM).status_code == 422
    assert not signed_in().exists()


def test_an_answer_is_used_once(browser, add, zhang):
    add("number", zhang.numbering_id)
    kept = browser.leave_us(), browser.ours.cookies["fenjin_outside"].value
    back = browser.sign_in_there(kept[0])
    assert browser.come_back(back).status_code == 302
    cookie_of_the_answer = browser.ours.cookies["fenjin_outside"].value
    assert browser.ours.post(CONFIRM).status_code == 302
    again = Browser()
    again.ours.cookies["fenjin_outside"] = cookie_of_the_answer
    answer = again.ours.post(CONFIRM)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "already_used")
    thief = Browser()
    thief.ours.cookies["fenjin_outside"] = kept[1]
    assert thief.come_back(back).status_code == 422  # the provider knows that the code was spent
    assert signed_in().count() == 1


def test_a_code_without_the_verifier_is_worth_nothing(browser, add, provider, zhang):
    add("number", zhang.numbering_id)
    code = parse_qs(urlsplit(browser.sign_in_there(browser.leave_us())).query)["code"][0]
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": "x" * 64}
    answer = httpx.post(
        f"{provider}/identity/o/api/token",
        data=data,
        auth=(provider_site.CLIENT, provider_site.SECRET),
        trust_env=False,
    )
    assert answer.status_code == 400


def test_the_way_back_leads_only_to_own_pages(browser, add, account, zhang):
    add("number", zhang.numbering_id)
    browser.whole_way(next="//evil.example/")
    assert "evil" not in browser.ours.post(CONFIRM)["Location"]


def test_a_cookie_grown_old_or_changed_is_none(browser, add, zhang, later):
    add("number", zhang.numbering_id)
    browser.whole_way()
    value = browser.ours.cookies["fenjin_outside"].value
    browser.ours.cookies["fenjin_outside"] = value[:-2] + "AA"
    assert browser.ours.post(CONFIRM).status_code == 422


@pytest.mark.parametrize("wrong", ["secret", "issuer"])
def test_a_wrong_description_signs_nobody_in_and_the_cure_names_it(browser, add, provider, zhang, system, wrong):
    row = add("number", zhang.numbering_id)
    if wrong == "secret":
        row.secret = vault.seal("not it", purpose="people.installation")
    else:
        row.options["issuer"] = f"{provider}/not-here"
    row.changed_at = clock.now() + timedelta(seconds=1)
    row.save()
    if wrong == "secret":
        assert browser.whole_way().status_code == 422
    else:
        assert browser.ours.get(BEGIN).status_code == 422
    assert not signed_in().exists()


def test_a_closed_installation_is_not_there(browser, add, system, zhang):
    row = add("number", zhang.numbering_id)
    address = browser.sign_in_there(browser.leave_us())
    switch_installation(actor=system, installation=row, enabled=False)
    assert browser.come_back(address).status_code == 404
    assert browser.ours.get(BEGIN).status_code == 404
    assert "统一认证" not in Client().get("/sign-in/").content.decode()


def test_the_door_shows_a_button_and_says_what_a_shared_phone_needs(browser, add, zhang, account):
    add("number", zhang.numbering_id)
    assert "统一认证" in browser.ours.get("/sign-in/").content.decode()
    browser.whole_way()
    browser.ours.post(CONFIRM)
    answer = browser.ours.post("/sign-out/")
    assert answer["Location"] == "/sign-in/?left=oidc-1"
    assert f"{BEGIN}leave/" in browser.ours.get(answer["Location"]).content.decode()
    assert "/identity/o/logout?" in browser.ours.get(f"{BEGIN}leave/")["Location"]


def test_not_me_asks_the_provider_to_look_again(browser, add):
    add("link")
    assert parse_qs(urlsplit(browser.leave_us(again="1")).query)["prompt"] == ["login"]


def test_spent_tickets_are_forgotten_after_their_time(db, later):
    outside.spend("one")
    with pytest.raises(outside.AlreadyUsed):
        outside.spend("one")
    later(minutes=11)
    assert outside.clear_tickets() == 1
    assert not OutsideTicket.objects.exists()


def test_secrets_are_sealed_and_never_shown(add, provider, client, system):
    row = Installation.objects.get(pk=add("link").pk)
    assert provider_site.SECRET not in row.secret
    sign_in(client, system)
    page = client.get(f"/studio/sign-in-services/{row.pk}/").content.decode()
    assert provider_site.SECRET not in page
    assert row.secret not in page
    form = {"name": "统一认证", "match": "link", "option_issuer": f"{provider}/", "option_client_id": "other"}
    form |= {"option_user_claim": "sub", "option_scope": "openid", "secret": ""}
    assert client.post(f"/studio/sign-in-services/{row.pk}/", form).status_code == 302
    changed = Installation.objects.get(pk=row.pk)
    assert changed.secret == row.secret
    assert changed.options["issuer"] == provider
    assert provider_site.SECRET not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_the_system_administrator_adds_tries_and_enables(client, system, security, provider):
    sign_in(client, system)
    assert client.get("/studio/sign-in-services/").status_code == 200
    form = {"name": "统一认证", "match": "number", "numbering": "", "option_issuer": provider, "option_client_id": "x"}
    form |= {"option_user_claim": "sub", "option_scope": "openid", "secret": "s"}
    assert client.post("/studio/sign-in-services/add/oidc/", form).status_code == 422
    added = client.post("/studio/sign-in-services/add/oidc/", form | {"match": "link"})["Location"]
    assert provider in client.post(f"{added}test/").content.decode()
    Installation.objects.update(options={"issuer": f"{provider}/wrong", "client_id": "x"}, changed_at=clock.now())
    assert "404" in client.post(f"{added}test/").context["cure"]
    client.post(f"{added}switch/", {"enabled": "yes"})
    assert Installation.objects.get().enabled
    sign_in(client, security)
    for address in ("/studio/sign-in-services/", added, "/studio/sign-in-services/add/oidc/"):
        assert client.get(address).status_code == 404
