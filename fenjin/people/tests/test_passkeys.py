"""Passkeys: only the right key, for this site, on a fresh page, once; a copied key betrays itself."""

import hashlib
import json
import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from fenjin.people.models import Factor
from fenjin.people.services import factors, passkeys
from fenjin.people.testing import PASSWORD, give_app, make_administrator

GATE, ADD, STUDIO = "/confirm-identity/", "/second-factor/", "/studio/people/"
ORIGIN, RP = "http://app.fenjin.localhost:8000", "app.fenjin.localhost"
HOST = {"HTTP_HOST": "app.fenjin.localhost:8000"}
PRESENT = AuthenticatorData.FLAG.UP


class Key:
    """A security key made of software: P-256, attestation "none" (WebAuthn Level 2, 6.5 and 8.7)."""

    def __init__(self, counter=0):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.counter = counter

    def create(self, options, origin=ORIGIN, rp=RP):
        said = CollectedClientData.create("webauthn.create", self._challenge(options), origin)
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = PRESENT | AuthenticatorData.FLAG.AT
        authenticator = AuthenticatorData.create(hashlib.sha256(rp.encode()).digest(), flags, self.counter, data)
        made = AttestationObject.create("none", authenticator, {})
        return self._answer({"clientDataJSON": said, "attestationObject": made})

    def get(self, options, origin=ORIGIN, rp=RP):
        said = CollectedClientData.create("webauthn.get", self._challenge(options), origin)
        self.counter += bool(self.counter)
        authenticator = AuthenticatorData.create(hashlib.sha256(rp.encode()).digest(), PRESENT, self.counter)
        signature = self.private.sign(authenticator + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": said, "authenticatorData": authenticator, "signature": signature})

    @staticmethod
    def _challenge(options):
        return json.loads(options)["publicKey"]["challenge"]

    def _answer(self, response):
        name = websafe_encode(self.id)
        parts = {part: websafe_encode(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})


@pytest.fixture
def known(client, security):
    """A browser in which the password was given."""
    client.defaults |= HOST
    client.post("/sign-in/", {"number": security.operator_name, "password": PASSWORD})
    return client


def add(client, key, **wrong):
    ceremony = client.get(ADD).context["passkey"]
    credential = key.create(ceremony.options, **wrong)
    return client.post(ADD, {"token": ceremony.token, "credential": credential, "next": STUDIO})


def ask(client):
    return client.get(GATE).context["passkey"]


def prove(client, key, ceremony=None, **wrong):
    ceremony = ceremony or ask(client)
    return client.post(
        GATE, {"token": ceremony.token, "credential": key.get(ceremony.options, **wrong), "next": STUDIO}
    )


def test_a_passkey_is_added_at_the_first_entry_and_opens_the_studio_later(known, later, security):
    key = Key()
    assert len(add(known, key).context["codes"]) == 10
    assert known.get(STUDIO).status_code == 200
    later(minutes=31)
    assert known.get(STUDIO).status_code == 302
    assert prove(known, key)["Location"] == STUDIO
    assert known.get(STUDIO).status_code == 200
    stored = Factor.objects.get(account=security)
    assert websafe_encode(key.id) not in stored.secret


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"rp": "evil.example"}])
def test_a_key_made_or_used_on_another_site_is_refused(known, wrong):
    assert add(known, Key(), **wrong).status_code == 422
    assert not Factor.objects.exists()
    key = Key()
    add(known, key)
    assert prove(known, key, **wrong).status_code == 422


def test_another_key_opens_nothing(known):
    add(known, Key())
    assert prove(known, Key()).status_code == 422


def test_an_answer_opens_once(known):
    key = Key()
    add(known, key)
    ceremony = ask(known)
    assert prove(known, key, ceremony).status_code == 302
    assert prove(known, key, ceremony).status_code == 422


def test_a_copied_key_betrays_itself_by_its_counter(known):
    key = Key(counter=5)
    add(known, key)
    assert prove(known, key).status_code == 302
    key.counter = 5
    assert prove(known, key).status_code == 422


def test_a_page_of_somebody_else_does_not_count(known, security):
    other = make_administrator("security")
    key = Key()
    add(known, key)
    theirs = passkeys.offer_passkey(other)
    with pytest.raises(passkeys.WrongPasskey):
        passkeys.add_passkey(
            session=known.session.row,
            account=security,
            token=theirs.token,
            credential=Key().create(theirs.options),
            strong=True,
        )


def test_a_thief_with_the_password_cannot_add_a_passkey(known, security):
    give_app(security)
    mine = passkeys.offer_passkey(security)
    answer = known.post(ADD, {"token": mine.token, "credential": Key().create(mine.options)})
    assert answer["Location"].startswith(GATE)
    with pytest.raises(factors.NotYetProven):
        passkeys.add_passkey(
            session=known.session.row,
            account=security,
            token=mine.token,
            credential=Key().create(mine.options),
            strong=False,
        )


def test_nonsense_is_refused_in_words(known):
    add(known, Key())
    for credential in ("", "[]", "{}", '{"id": 1}', "null", "x" * 30_000):
        ceremony = ask(known)
        assert known.post(GATE, {"token": ceremony.token, "credential": credential}).status_code == 422


def test_by_address_no_passkey_is_offered(client, security):
    client.post("/sign-in/", {"number": security.operator_name, "password": PASSWORD}, HTTP_HOST="127.0.0.1:8000")
    assert client.get(ADD, HTTP_HOST="127.0.0.1:8000").context["passkey"] is None
