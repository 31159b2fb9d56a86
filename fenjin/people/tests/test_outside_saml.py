"""Sign-in by SAML 2.0, against answers that another library has signed: what comes in, and all that must not."""

import base64
import copy
import zlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import etree

from fenjin.people.models import Installation, OutsideIdentity, OutsideTicket, Person, Session
from fenjin.people.outside import saml
from fenjin.people.outside.common import OutsideFailed, Setup
from fenjin.people.services.installations import save_installation, switch_installation
from fenjin.people.tests.saml_stranger import LOGIN, NAMES, Key, options, posted, response, sign, when

BEGIN = "/sign-in/with/saml-1/"
BACK, CONFIRM = f"{BEGIN}back/", f"{BEGIN}confirm/"
POSTED = f"{BEGIN}posted/"
OURS = {"back": f"{settings.PUBLIC_URL}{POSTED}", "entity": f"{settings.PUBLIC_URL}{BEGIN}metadata/"}


@pytest.fixture(scope="session")
def key():
    return Key()


@pytest.fixture(scope="session")
def other_key():
    return Key()


@pytest.fixture
def row(system, zhang, key):
    made = save_installation(
        actor=system,
        installation=None,
        kind="saml",
        name="统一身份",
        options=options(key),
        secret="",
        match="number",
        numbering_id=zhang.numbering_id,
    )
    switch_installation(actor=system, installation=made, enabled=True)
    return made


def begin(client, address=BEGIN):
    """Leave us; return the request's id as the other system reads it."""
    packed = parse_qs(urlsplit(client.get(address)["Location"]).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15)).get("ID")


def post(root, **more):
    """Post a response as the page of another site does: by a browser that brings no cookie of ours."""
    stranger = Client(enforce_csrf_checks=True, headers={"origin": "https://idp.example.com"})
    answer = stranger.post(POSTED, {"SAMLResponse": posted(root), **more})
    assert answer.status_code == 303
    assert not answer.cookies
    return answer["Location"]


def arrive(client, root, **more):
    return client.get(post(root, **more))


def nobody_came_in(client):
    return client.post(CONFIRM).status_code == 422 and not Session.objects.filter(account__isnull=False).exists()


# ---- the way in ------------------------------------------------------------------------------------------


def test_a_signed_answer_signs_in_whom_it_names(client, row, zhang, key):
    root = sign(response(request=begin(client), **OURS), key)
    assert arrive(client, root)["Location"] == CONFIRM
    assert zhang.name in client.get(CONFIRM).content.decode()
    assert client.post(CONFIRM).status_code == 302
    assert Session.objects.get(account__isnull=False, revoked_at=None).account.person_id == zhang.pk
    assert OutsideIdentity.objects.get().user_id == "00001234"


def test_an_answer_signed_as_a_whole_too_is_fine(client, row, key):
    root = sign(sign(response(request=begin(client), **OURS), key), key, what="")
    assert arrive(client, root).status_code == 302


def test_a_key_of_a_curve_and_the_old_key_beside_the_new_are_fine(client, row, key):
    new = Key(curve=True)
    both = options(key, certificates=f"{key.certificate}\n{new.certificate}")
    Installation.objects.filter(pk=row.pk).update(options=both)
    for one, name in ((key, "_a1"), (new, "_a2")):
        assert arrive(client, sign(response(request=begin(client), name=name, **OURS), one)).status_code == 302


def test_an_attribute_may_name_the_person_by_its_friendly_name_too(client, row, key):
    for wanted in ("urn:oid:0.9", "mail"):
        who = saml.arrive(
            Setup("saml-1", options(key, user_attribute=wanted)),
            back=OURS["back"],
            answer={"SAMLResponse": posted(sign(response(request="_q", **OURS), key))},
            kept={"state": "_q"},
        )
        assert (who.user_id, who.name) == ("zhangwei", "张伟")


def test_two_minutes_between_the_clocks_are_forgiven(client, row, key):
    late = {"since": when(seconds=100), "until": when(minutes=5)}
    assert arrive(client, sign(response(request=begin(client), **OURS, **late), key)).status_code == 302
    old = {"name": "_a2", "until": when(seconds=-100), "bearer_until": when(seconds=-100)}
    assert arrive(client, sign(response(request=begin(client), **OURS, **old), key)).status_code == 302


def test_the_request_says_who_asks_and_where_to_answer(client, row):
    away = urlsplit(client.get(f"{BEGIN}?again=1")["Location"])
    assert f"{away.scheme}://{away.netloc}{away.path}" == LOGIN
    question = parse_qs(away.query)
    assert set(question) == {"SAMLRequest"}
    root = etree.fromstring(zlib.decompress(base64.b64decode(question["SAMLRequest"][0]), -15))
    assert root.get("AssertionConsumerServiceURL") == OURS["back"]
    assert root.get("ForceAuthn") == "true"
    assert root.findtext("a:Issuer", namespaces=NAMES) == OURS["entity"]


def test_our_metadata_says_the_same_before_anybody_can_sign_in(client, row, system):
    switch_installation(actor=system, installation=row, enabled=False)
    answer = client.get(f"{BEGIN}metadata/")
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == OURS["entity"] == saml.entity_id(OURS["back"])
    assert root[0].get("WantAssertionsSigned") == "true"
    assert root[0][0].get("Location") == OURS["back"]
    assert client.post(POSTED, {"SAMLResponse": "x"}).status_code == 404


# ---- what must not come in -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "https://other.example/metadata/"},
        {"audience": ""},
        {"destination": "https://other.example/acs"},
        {"destination": f"{OURS['back']}more"},
        {"recipient": "https://other.example/acs"},
        {"recipient": f"{OURS['back']}more"},
        {"until": timedelta(minutes=-3)},
        {"bearer_until": timedelta(minutes=-3)},
        {"since": timedelta(minutes=3)},
        {"until": "2126-01-01T00:00:00"},
        {"answers": "_another"},
        {"answers": ""},
        {"around": "_another"},
        {"issuer": "https://other.example/"},
        {"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {"user": " "},
        {"status": "Responder"},
    ],
    ids=str,
)
def test_a_signed_answer_for_others_or_another_time_signs_nobody_in(client, row, key, wrong):
    wrong = {
        name: when(seconds=value.total_seconds()) if isinstance(value, timedelta) else value
        for name, value in wrong.items()
    }
    root = sign(response(request=begin(client), **(OURS | wrong)), key)
    assert arrive(client, root).status_code == 422
    assert nobody_came_in(client)


@pytest.mark.parametrize("path", ["a:Conditions", "a:AuthnStatement", "a:Subject/a:SubjectConfirmation", "a:Issuer"])
def test_an_assertion_that_lacks_a_part_signs_nobody_in(client, row, key, path):
    root = response(request=begin(client), **OURS)
    part = root.find("a:Assertion", NAMES).find(path, NAMES)
    part.getparent().remove(part)
    assert arrive(client, sign(root, key)).status_code == 422


def test_conditions_that_nobody_knows_sign_nobody_in(client, row, key):
    root = response(request=begin(client), **OURS)
    etree.SubElement(root.find("a:Assertion/a:Conditions", NAMES), f"{{{NAMES['a']}}}Condition")
    assert arrive(client, sign(root, key)).status_code == 422


def test_who_is_signed_out_over_there_already_stays_out(client, row, key):
    root = response(request=begin(client), **OURS)
    root.find("a:Assertion/a:AuthnStatement", NAMES).set("SessionNotOnOrAfter", when(minutes=-3))
    assert arrive(client, sign(root, key)).status_code == 422


def test_an_answer_that_nobody_signed_is_not_even_kept(client, row):
    request = begin(client)
    assert arrive(client, response(request=request, **OURS)).status_code == 422
    assert not OutsideTicket.objects.exists()
    assert nobody_came_in(client)


def test_a_signature_around_is_none_of_the_assertion(client, row, key):
    root = sign(response(request=begin(client), **OURS), key, what="")
    assert arrive(client, root).status_code == 422


def test_another_key_signs_nobody_in_though_its_certificate_comes_along(client, row, other_key):
    root = sign(response(request=begin(client), **OURS), other_key)
    assert b"X509Certificate" in etree.tostring(root)
    assert arrive(client, root).status_code == 422
    assert not OutsideTicket.objects.exists()


@pytest.mark.parametrize("weak", ["method", "digest"])
def test_weak_hashes_sign_nobody_in(client, row, key, weak):
    more = {"method": xmlsec.Transform.RSA_SHA1} if weak == "method" else {"digest": xmlsec.Transform.SHA1}
    assert arrive(client, sign(response(request=begin(client), **OURS), key, **more)).status_code == 422


def test_one_letter_changed_after_signing_signs_nobody_in(client, row, key):
    text = etree.tostring(sign(response(request=begin(client), **OURS), key))
    assert arrive(client, text.replace(b">00001234<", b">00001235<")).status_code == 422


def test_an_answer_is_good_once(client, row, key):
    root = sign(response(request=begin(client), **OURS), key)
    address = post(root)
    kept = client.cookies["fenjin_outside"].value
    assert client.get(address).status_code == 302
    for again in (lambda: client.get(address), lambda: arrive(client, root)):
        client.cookies["fenjin_outside"] = kept
        assert again().status_code == 422
    assert nobody_came_in(client)


def test_an_assertion_is_good_once_in_whatever_response_it_comes(client, row, key):
    root = sign(response(request=begin(client), **OURS), key)
    kept = client.cookies["fenjin_outside"].value
    assert arrive(client, root).status_code == 302
    client.cookies["fenjin_outside"] = kept
    root.set("ID", "_r2")
    assert arrive(client, root).status_code == 422


def test_an_answer_waits_for_two_minutes(client, row, key, later):
    address = post(sign(response(request=begin(client), **OURS, until=when(hours=1), bearer_until=when(hours=1)), key))
    later(minutes=3)
    assert client.get(address).status_code == 422


# ---- whose sign-in it is ---------------------------------------------------------------------------------


def test_an_answer_belongs_to_the_browser_that_asked(client, row, key):
    """Somebody sends a victim the own answer, so that the victim works in the sender's account (login CSRF)."""
    root = sign(response(request=begin(client), **OURS), key)
    bare = Client()
    assert arrive(bare, root).status_code == 422
    victim = Client()
    begin(victim)
    assert arrive(victim, root).status_code == 422
    assert nobody_came_in(victim)


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, row, key):
    root = response(request="", **OURS)
    del root.attrib["InResponseTo"]
    del root.find(".//a:SubjectConfirmationData", NAMES).attrib["InResponseTo"]
    root = sign(root, key)
    assert arrive(Client(), root).status_code == 422
    begin(client)
    assert arrive(client, root).status_code == 422


def test_what_the_other_site_says_of_where_to_go_is_not_heard(client, row, key):
    root = sign(response(request=begin(client), **OURS), key)
    assert arrive(client, root, RelayState="https://evil.example/", next="//evil.example/")["Location"] == CONFIRM
    assert "evil" not in client.post(CONFIRM)["Location"]


def test_the_page_that_was_asked_for_comes_after_and_another_site_never(client, row, key):
    for number, (goal, kept) in enumerate(
        [("/inbox/", True), ("https://evil.example/", False), ("//evil.example", False)]
    ):
        browser = Client()
        request = begin(browser, f"{BEGIN}?next={goal}")
        arrive(browser, sign(response(request=request, name=f"_a{number}", **OURS), key))
        where = browser.post(CONFIRM)["Location"]
        assert "evil" not in where
        assert ("inbox" in where) is kept


def test_who_has_left_stays_out(client, row, key, zhang):
    Person.objects.filter(pk=zhang.pk).update(status="left")
    assert arrive(client, sign(response(request=begin(client), **OURS), key))["Location"] == CONFIRM
    assert client.post(CONFIRM).status_code == 403
    assert not Session.objects.filter(account__isnull=False).exists()


def test_who_is_unknown_here_is_led_to_the_own_door(client, row, key):
    root = sign(response(request=begin(client), user="00009999", **OURS), key)
    assert arrive(client, root)["Location"] == CONFIRM
    assert "/sign-in/?next=" in client.post(CONFIRM).content.decode()
    assert not OutsideIdentity.objects.exists()


# ---- signature wrapping: Somorovsky et al., "On Breaking SAML" (2012) -----------------------------------


def _forged(root, name="_evil"):
    """Return a copy of the assertion without signature, for another person."""
    evil = copy.deepcopy(root.find("a:Assertion", NAMES))
    evil.set("ID", name)
    evil.remove(evil.find("d:Signature", NAMES))
    evil.find("a:Subject/a:NameID", NAMES).text = "00000001"
    return evil


def _beside(root, real, evil):
    root.insert(2, evil)


def _after(root, real, evil):
    root.append(evil)


def _real_in_evil(root, real, evil):
    root.replace(real, evil)
    evil.append(real)


def _real_in_signature_of_evil(root, real, evil):
    signature = real.find("d:Signature", NAMES)
    root.replace(real, evil)
    evil.insert(1, signature)
    etree.SubElement(signature, f"{{{NAMES['d']}}}Object").append(real)


def _real_in_extensions(root, real, evil):
    root.replace(real, evil)
    box = etree.Element(f"{{{NAMES['p']}}}Extensions")
    box.append(real)
    root.insert(1, box)
    evil.insert(1, copy.deepcopy(real.find("d:Signature", NAMES)))


def _same_id(root, real, evil):
    evil.set("ID", real.get("ID"))
    root.insert(2, evil)


def _evil_with_the_signature(root, real, evil):
    evil.insert(1, real.find("d:Signature", NAMES))
    root.replace(real, evil)


def _evil_with_the_signature_and_name(root, real, evil):
    evil.set("ID", real.get("ID"))
    _evil_with_the_signature(root, real, evil)


def _real_under_another_name(root, real, evil):
    evil.set("ID", real.get("ID"))
    evil.insert(1, real.find("d:Signature", NAMES))
    root.replace(real, evil)
    real.tag = f"{{{NAMES['a']}}}Advice"
    evil.append(real)


def _response_in_response(root, real, evil):
    inner = copy.deepcopy(root)
    root.replace(real, evil)
    root.append(inner)


def _evil_in_object_of_the_real(root, real, evil):
    etree.SubElement(real.find("d:Signature", NAMES), f"{{{NAMES['d']}}}Object").append(evil)


WRAPPINGS = [
    _beside,
    _after,
    _real_in_evil,
    _real_in_signature_of_evil,
    _real_in_extensions,
    _same_id,
    _evil_with_the_signature,
    _evil_with_the_signature_and_name,
    _real_under_another_name,
    _response_in_response,
    _evil_in_object_of_the_real,
]


@pytest.mark.parametrize("wrap", WRAPPINGS, ids=lambda wrap: wrap.__name__)
def test_a_wrapped_signature_signs_nobody_in(client, row, key, wrap):
    root = sign(response(request=begin(client), **OURS), key)
    wrap(root, root.find("a:Assertion", NAMES), _forged(root))
    assert arrive(client, root).status_code == 422
    assert nobody_came_in(client)


def test_a_second_signature_by_a_stranger_beside_the_real_one_signs_nobody_in(client, row, key, other_key):
    root = sign(sign(response(request=begin(client), **OURS), other_key), key)
    assert arrive(client, root).status_code == 422


# ---- hostile XML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"",
        lambda text: b"yes",
        lambda text: b'<!DOCTYPE p [<!ENTITY b "00000001">]>' + text,
        lambda text: b'<!DOCTYPE p SYSTEM "http://127.0.0.1:1/evil.dtd">' + text,
        lambda text: ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE p>' + text.decode()).encode("utf-16"),
        lambda text: text.replace(b">00001234<", b">0000<!-- -->1234<"),
        lambda text: text.replace(b">00001234<", b">0000<?x y?>1234<"),
        lambda text: text.replace(b"</p:Response>", b""),
        lambda text: b"<a:b xmlns:a='urn:x'/>",
        lambda text: text.replace(b"_r1", b"r" * 300_000),
    ],
    ids=["empty", "words", "entity", "external", "utf-16", "comment", "instruction", "cut", "other", "endless"],
)
def test_hostile_xml_is_refused_in_words(client, row, key, spoil):
    text = etree.tostring(sign(response(request=begin(client), **OURS), key))
    assert arrive(client, spoil(text)).status_code == 422
    assert not OutsideTicket.objects.exists()


def test_an_encrypted_assertion_says_what_would_cure_it(key):
    root = response(request="_q", **OURS)
    root.find("a:Assertion", NAMES).tag = f"{{{NAMES['a']}}}EncryptedAssertion"
    with translation.override("en"), pytest.raises(OutsideFailed) as caught:
        saml.require_signed(Setup("saml-1", options(key)), posted(root))
    assert "encrypted" in caught.value.cure


@pytest.mark.parametrize("form", [{}, {"SAMLResponse": "%%%"}, {"SAMLResponse": "张"}])
def test_a_form_without_an_answer_leads_back_in_words(client, row, form):
    answer = client.post(POSTED, form)
    assert (answer.status_code, answer["Location"]) == (303, BACK)
    assert client.get(BACK).status_code == 422
