"""Setting up SAML 2.0: what an administrator pastes or types, and the cure for what does not do."""

from datetime import UTC, datetime

import pytest

from fenjin.kit import clock
from fenjin.people.forms.installations import InstallationForm
from fenjin.people.models import Installation
from fenjin.people.outside import saml_setup
from fenjin.people.outside.common import OutsideFailed
from fenjin.people.services import installations
from fenjin.people.tests.saml_stranger import ENTITY, LOGIN, NAMES, Key, options


@pytest.fixture(scope="module")
def key():
    return Key()


def described(key, *, binding=saml_setup.REDIRECT, more="", use='use="signing"'):
    return f"""<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">{more}
<md:IDPSSODescriptor protocolSupportEnumeration="{NAMES["p"]}"><md:KeyDescriptor {use}><d:KeyInfo
 xmlns:d="{NAMES["d"]}"><d:X509Data><d:X509Certificate>{key.base64}</d:X509Certificate></d:X509Data></d:KeyInfo>
</md:KeyDescriptor><md:SingleSignOnService Binding="{binding}" Location="{LOGIN}"/></md:IDPSSODescriptor>
</md:EntityDescriptor>"""


def test_metadata_says_all_there_is_to_say(key):
    for use in ('use="signing"', ""):
        found = saml_setup.read_metadata(described(key, use=use))
        assert (found["entity_id"], found["sso_url"]) == (ENTITY, LOGIN)
        assert found["certificates"] == key.certificate.strip()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: f"<!DOCTYPE a>{text}",
        lambda text: text.replace("IDPSSODescriptor", "SPSSODescriptor"),
        lambda text: text.replace("HTTP-Redirect", "SOAP"),
        lambda text: text.replace("https://idp.example.com/saml/sso", "http://idp.example.com/sso"),
        lambda text: text.replace('use="signing"', 'use="encryption"'),
        lambda text: text.replace("MII", "AAA"),
        lambda text: text.replace(f'entityID="{ENTITY}"', ""),
    ],
)
def test_metadata_that_does_not_do_is_refused_with_its_cure(key, spoil):
    with pytest.raises(OutsideFailed) as caught:
        saml_setup.read_metadata(spoil(described(key)))
    assert caught.value.cure


def form_of(**typed):
    data = {"name": "统一身份", "match": "link"} | {f"option_{name}": value for name, value in typed.items()}
    return InstallationForm(data, kind="saml", numberings=[], kept=False)


def test_pasted_metadata_fills_the_fields_and_is_not_kept(key):
    form = form_of(metadata=described(key), entity_id="https://old.example/", sso_url="", certificates="")
    assert form.is_valid()
    assert form.options() == options(key, certificates=key.certificate.strip(), user_attribute="")


def test_fields_typed_by_hand_are_checked_each_with_its_cure(key):
    assert form_of(entity_id=ENTITY, sso_url=LOGIN, certificates=key.base64).is_valid()
    form = form_of(entity_id="", sso_url="http://idp.example.com/", certificates="abc")
    assert set(form.errors) == {"option_entity_id", "option_sso_url", "option_certificates"}
    assert set(form_of(metadata="<html/>").errors) == {"option_metadata"}


@pytest.mark.parametrize("text", ["", "abc", "-----BEGIN CERTIFICATE-----", "张"])
def test_what_is_no_certificate_is_refused_with_its_cure(text):
    with pytest.raises(OutsideFailed):
        saml_setup.read_certificates(text)


def test_a_short_key_is_refused():
    with pytest.raises(OutsideFailed) as caught:
        saml_setup.read_certificates(Key(bits=1024).certificate)
    assert "2048" in caught.value.cure


def test_trying_it_names_a_certificate_that_ran_out(system, key):
    row = Installation(kind="saml", key="saml-1", options=options(key), changed_at=clock.now())
    assert ENTITY in installations.test_installation(actor=system, installation=row)
    old = Key(days=1)
    assert datetime(2026, 1, 3, tzinfo=UTC) < clock.now()
    row.options = options(old)
    with pytest.raises(OutsideFailed) as caught:
        installations.test_installation(actor=system, installation=row)
    assert "2026-01-02" in caught.value.cure
