"""OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636): discovery, keys, one id token.

State, nonce and verifier belong to one browser: they travel in its sealed cookie, never in an address.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.utils.translation import gettext
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from fenjin.kit import clock
from fenjin.people.outside.common import Departure, OutsideFailed, Outsider, Setup, fetch_json, outsider, require_safe

# Signatures by a public key only: a secret that we share would let us, or a thief of it, sign for anybody.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
REMEMBER_SECONDS: Final = 600
LEEWAY: Final = 60  # seconds between two machines' clocks


def discover(setup: Setup) -> dict[str, Any]:
    """Return the provider's own description; raises OutsideFailed when it speaks for another issuer."""
    remembered = cache.get(f"oidc.about.{setup.cache_key}") if setup.cache_key else None
    if remembered:
        return dict(remembered)
    issuer = setup.option("issuer").rstrip("/")
    about = fetch_json(f"{issuer}/.well-known/openid-configuration")
    if str(about.get("issuer", "")).rstrip("/") != issuer:
        words = gettext("The provider calls itself %(said)s, not %(issuer)s. Correct the issuer.")
        raise OutsideFailed(words % {"said": about.get("issuer"), "issuer": issuer})
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        require_safe(str(about.get(name, "")))
    if setup.cache_key:
        cache.set(f"oidc.about.{setup.cache_key}", about, REMEMBER_SECONDS)
    return about


def depart(setup: Setup, *, back: str, again: bool = False) -> Departure:
    """Return where the browser goes to sign in; `again` asks the provider to look twice who sits there."""
    about = discover(setup)
    kept = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(64),
    }
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    question = {
        "response_type": "code",
        "client_id": setup.option("client_id"),
        "redirect_uri": back,
        "scope": setup.option("scope", "openid profile"),
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    } | ({"prompt": "login"} if again else {})
    address = about["authorization_endpoint"]
    return Departure(f"{address}{'&' if '?' in address else '?'}{urlencode(question)}", kept)


def arrive(setup: Setup, *, back: str, answer: dict[str, str], kept: dict[str, str]) -> Outsider:
    """Return who signed in; raises OutsideFailed when the answer is not for this browser, or proves nothing."""
    about = discover(setup)
    if not kept.get("state") or not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
        raise OutsideFailed("The answer does not belong to this browser.")
    if answer.get("iss", about["issuer"]) != about["issuer"]:
        raise OutsideFailed("The answer comes from another provider.")
    if "error" in answer or not answer.get("code"):
        raise OutsideFailed(f"The provider said no: {answer.get('error', 'no code')[:60]}.")
    tokens = _exchange(setup, about, back, answer["code"], kept["verifier"])
    claims = verify(setup, about, str(tokens.get("id_token", "")), nonce=kept["nonce"])
    wanted = setup.option("user_claim", "sub")
    if wanted not in claims and about.get("userinfo_endpoint"):
        claims |= _userinfo(about, str(tokens.get("access_token", "")), claims["sub"])
    corp = setup.option("corp_claim")
    return outsider(claims.get(wanted), corp=claims.get(corp, "") if corp else "", name=claims.get("name"))


def _exchange(setup: Setup, about: dict[str, Any], back: str, code: str, verifier: str) -> dict[str, Any]:
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    client, ways = setup.option("client_id"), about.get("token_endpoint_auth_methods_supported")
    if not setup.secret:
        return fetch_json(about["token_endpoint"], data=data | {"client_id": client})
    if ways and "client_secret_basic" not in ways:
        return fetch_json(about["token_endpoint"], data=data | {"client_id": client, "client_secret": setup.secret})
    return fetch_json(about["token_endpoint"], data=data, auth=(client, setup.secret))


def verify(setup: Setup, about: dict[str, Any], token: str, *, nonce: str) -> dict[str, Any]:
    """Return the claims of an id token (Core 1.0, 3.1.3.7): signature, issuer, audience, time and nonce all fit."""
    offered = about.get("id_token_signing_alg_values_supported") or ["RS256"]
    allowed = [name for name in ALGORITHMS if name in offered]
    client = setup.option("client_id")
    try:
        claims = dict(jwt.decode(token, _keys(setup, about, token), algorithms=allowed).claims)
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(clock.now().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": about["issuer"]},
            aud={"essential": True, "value": client},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        rules.validate(claims)
    except (JoseError, ValueError, KeyError) as error:
        raise OutsideFailed(f"The id token proves nothing: {type(error).__name__}.") from error
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise OutsideFailed("The id token was made for another sign-in.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", client) != client or (several and "azp" not in claims):
        raise OutsideFailed("The id token was made for another client.")
    return claims


def _keys(setup: Setup, about: dict[str, Any], token: str) -> KeySet:
    """Return the provider's public keys: remembered, or fetched anew when the token names a key we do not know."""
    name = f"oidc.keys.{setup.cache_key}"
    found = cache.get(name) if setup.cache_key else None
    kid = _kid(token)
    if not found or kid not in [key.get("kid") for key in found.get("keys", [])]:
        found = fetch_json(about["jwks_uri"])
        if setup.cache_key:
            cache.set(name, found, REMEMBER_SECONDS)
    signing = [key for key in found.get("keys", []) if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
    return KeySet.import_key_set({"keys": signing})


def _kid(token: str) -> str | None:
    try:
        header = base64.urlsafe_b64decode(token.split(".")[0] + "==")
        return str(json.loads(header).get("kid"))
    except (ValueError, AttributeError):
        return None


def _userinfo(about: dict[str, Any], access: str, subject: str) -> dict[str, Any]:
    found = fetch_json(about["userinfo_endpoint"], headers={"Authorization": f"Bearer {access}"})
    if found.get("sub") != subject:
        raise OutsideFailed("The provider describes another person than the one who signed in.")
    return found


def leave(setup: Setup, *, back: str) -> str:
    """Return where one also signs out over there (RP-Initiated Logout 1.0); empty when the provider offers none."""
    address = str(discover(setup).get("end_session_endpoint") or "")
    if not address:
        return ""
    question = {"client_id": setup.option("client_id"), "post_logout_redirect_uri": back}
    return f"{require_safe(address)}?{urlencode(question)}"


def test(setup: Setup) -> list[str]:
    """Return what was found when trying the connection, one line each; raises OutsideFailed with the cure."""
    about = discover(setup)
    keys = fetch_json(about["jwks_uri"]).get("keys", [])
    if not keys:
        raise OutsideFailed(gettext("The provider publishes no keys."))
    return [about["issuer"], about["authorization_endpoint"], f"{len(keys)} × {about['jwks_uri']}"]
