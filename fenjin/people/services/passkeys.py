"""Passkeys as second factor: WebAuthn Level 2, verified by the fido2 library.

What the server must remember of a ceremony travels in the page, sealed, for five minutes and for one use.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from fenjin.audit.services import record
from fenjin.kit import clock, vault
from fenjin.kit.errors import Refusal
from fenjin.people.models import Account, Factor, Session
from fenjin.people.services.factors import (
    SEALED_FOR,
    NotYetProven,
    first_recovery_codes,
    is_identified,
    lock_for_enrolment,
    make_strong,
)
from fenjin.people.services.limiter import count_attempt, forgive
from fenjin.people.services.outside import AlreadyUsed, spend

SECONDS: Final = 5 * 60
MOST: Final = 10
_CEREMONY: Final = "people.passkey.ceremony"


class WrongPasskey(Refusal):
    """The passkey proves nothing here: another key, another site, an old page, or a copy."""

    code = "wrong_passkey"
    status = 422
    sentence = _("This passkey did not work. Load the page again and try once more, or type a code.")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is asked (JSON), and the server's memory of it, sealed."""

    options: str
    token: str


def works_on(host: str) -> bool:
    """Tell whether passkeys work under this host name: they belong to the platform's own."""
    return host.partition(":")[0] == _host()


def offer_passkey(account: Account) -> Ceremony:
    """Begin the adding of a passkey."""
    user = PublicKeyCredentialUserEntity(
        id=account.uid.bytes,
        name=account.operator_name or account.get_full_name(),
        display_name=account.get_full_name(),
    )
    options, state = _server().register_begin(
        user=user,
        credentials=[data for _factor, data in _held(account)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _ceremony(account, dict(options), state)


def ask_passkey(account: Account) -> Ceremony | None:
    """Begin the proof by a passkey; None when the account has none."""
    held = [data for _factor, data in _held(account)]
    if not held:
        return None
    options, state = _server().authenticate_begin(held, user_verification=UserVerificationRequirement.PREFERRED)
    return _ceremony(account, dict(options), state)


def add_passkey(*, session: Session, account: Account, token: str, credential: str, strong: bool) -> list[str]:
    """Keep a new passkey and make the session strong; return recovery codes when there were none.

    Raises WrongPasskey, NotYetProven.
    """
    state = _remembered(account, token)
    try:
        response = RegistrationResponse.from_dict(json.loads(credential[:20_000]))
        made = _server().register_complete(state, response)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongPasskey from error
    data = made.credential_data
    if data is None or Factor.objects.filter(credential_hash=_hash(data.credential_id)).exists():
        raise WrongPasskey
    with transaction.atomic():
        lock_for_enrolment(session, account, strong=strong)
        if Factor.objects.filter(account=account, kind=Factor.Kind.PASSKEY).count() >= MOST:
            raise WrongPasskey
        Factor.objects.create(
            account=account,
            kind=Factor.Kind.PASSKEY,
            label=session.device,
            secret=vault.seal(websafe_encode(data), purpose=SEALED_FOR),
            credential_hash=_hash(data.credential_id),
            counter=made.counter,
            made_at=clock.now(),
        )
        record(actor=account, act="people.factor_add", target=("account", account.pk), details={"kind": "passkey"})
        codes = first_recovery_codes(account)
        make_strong(session, account, by="passkey")
    return codes


def give_passkey(*, session: Session, account: Account, token: str, credential: str) -> None:
    """Make the session strong by a passkey; raises WrongPasskey, NotYetProven, TooMany."""
    if not is_identified(session):
        raise NotYetProven
    name = f"account {account.pk}"
    count_attempt(door="factor", name=name, address=name)
    state, held = _remembered(account, token), _held(account)
    try:
        response = AuthenticationResponse.from_dict(json.loads(credential[:20_000]))
        used = _server().authenticate_complete(state, [data for _factor, data in held], response)
        counter = response.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongPasskey from error
    with transaction.atomic():
        factor = Factor.objects.select_for_update().get(
            account=account, kind=Factor.Kind.PASSKEY, credential_hash=_hash(used.credential_id)
        )
        # A counter that does not grow betrays a copy of the key (WebAuthn, 7.2, step 22); 0 means it has none.
        if (counter or factor.counter) and counter <= factor.counter:
            raise WrongPasskey
        factor.counter, factor.used_at = counter, clock.now()
        factor.save(update_fields=["counter", "used_at"])
        make_strong(session, account, by="passkey")
    forgive(door="factor", name=name, address=name)


def _held(account: Account) -> list[tuple[Factor, AttestedCredentialData]]:
    rows = Factor.objects.filter(account=account, kind=Factor.Kind.PASSKEY).order_by("pk")
    return [(row, AttestedCredentialData(websafe_decode(vault.unseal(row.secret, purpose=SEALED_FOR)))) for row in rows]


def _ceremony(account: Account, options: dict[str, Any], state: Any) -> Ceremony:
    kept = json.dumps({"account": account.pk, "state": state})
    return Ceremony(json.dumps(options), vault.seal(kept, purpose=_CEREMONY))


def _remembered(account: Account, token: str) -> Any:
    try:
        kept = json.loads(vault.unseal(token, purpose=_CEREMONY, seconds=SECONDS))
        spend(f"passkey {token}")
    except (vault.Unreadable, ValueError, AlreadyUsed) as error:
        raise WrongPasskey from error
    if kept["account"] != account.pk:
        raise WrongPasskey
    return kept["state"]


def _server() -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(id=_host(), name="Fenjin 奋进")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(settings.PUBLIC_URL))
    return Fido2Server(entity, verify_origin=lambda said: said == origin)


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def _hash(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()
