"""What a SAML 2.0 identity provider says of itself: its metadata (saml-metadata-2.0-os), its certificates."""

import base64
import binascii
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext

from fenjin.people.outside.common import OutsideFailed, require_safe
from fenjin.people.outside.saml_xml import PROTOCOL, SIGNATURE, parse, text_of

METADATA: Final = "{urn:oasis:names:tc:SAML:2.0:metadata}"
REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
MOST_CERTIFICATES: Final = 5
_BEGIN: Final = "-----BEGIN CERTIFICATE-----"
_END: Final = "-----END CERTIFICATE-----"


def read_metadata(xml: str) -> dict[str, str]:
    """Return entity_id, sso_url and certificates (PEM) of the one provider described; raises OutsideFailed."""
    root = parse(xml.strip().encode())
    described = [root] if root.tag == f"{METADATA}EntityDescriptor" else root.findall(f"{METADATA}EntityDescriptor")
    providers = [(entity, role) for entity in described for role in entity.findall(f"{METADATA}IDPSSODescriptor")]
    if len(providers) != 1:
        words = gettext("The metadata must describe one identity provider; this describes %(count)s.")
        raise OutsideFailed(words % {"count": len(providers)})
    entity, role = providers[0]
    services = role.findall(f"{METADATA}SingleSignOnService")
    addresses = [service.get("Location", "") for service in services if service.get("Binding") == REDIRECT]
    if not addresses:
        raise OutsideFailed(gettext("The provider offers no sign-in by HTTP-Redirect. Switch it on over there."))
    keys = [key for key in role.findall(f"{METADATA}KeyDescriptor") if key.get("use", "signing") == "signing"]
    found = ["".join(text_of(one).split()) for key in keys for one in key.iter(f"{SIGNATURE}X509Certificate")]
    certificates = read_certificates("\n".join(f"{_BEGIN}\n{one}\n{_END}" for one in dict.fromkeys(found)))
    return {
        "entity_id": check_entity(entity.get("entityID", "")),
        "sso_url": check_address(addresses[0]),
        "certificates": as_text(certificates),
    }


def check_entity(entity: str) -> str:
    """Return an entity id without what was copied around it; raises OutsideFailed."""
    if not entity.strip() or len(entity) > 1024 or not entity.strip().isprintable():
        raise OutsideFailed(gettext("The entity ID is missing: it stands in the metadata of the other system."))
    return entity.strip()


def check_address(address: str) -> str:
    """Return the address of the sign-in over there; raises OutsideFailed unless it is https."""
    if "#" in address or not address.strip().isprintable():
        raise OutsideFailed(gettext("“%(address)s” is not an https address.") % {"address": address})
    return require_safe(address.strip())


def read_certificates(text: str) -> list[x509.Certificate]:
    """Return the certificates in a text: PEM, or the bare base64 of one. Raises OutsideFailed with the cure."""
    parts = [part.split(_END)[0] for part in text.split(_BEGIN)[1:]] if _BEGIN in text else [text]
    if not text.strip() or len(parts) > MOST_CERTIFICATES:
        raise OutsideFailed(gettext("Give one to five certificates with which the other system signs."))
    try:
        found = [
            x509.load_der_x509_certificate(base64.b64decode("".join(part.split()), validate=True)) for part in parts
        ]
        keys = [certificate.public_key() for certificate in found]
    except (ValueError, binascii.Error) as error:
        words = gettext("That is not a certificate. Paste it whole, from %(begin)s to %(end)s.")
        raise OutsideFailed(words % {"begin": _BEGIN, "end": _END}) from error
    for key in keys:
        if not isinstance(key, ec.EllipticCurvePublicKey) and not (
            isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048
        ):
            raise OutsideFailed(gettext("The key must be RSA with 2048 bits at least, or of an elliptic curve."))
    return found


def as_text(certificates: list[x509.Certificate]) -> str:
    """Return certificates as PEM, one below the other."""
    return "\n".join(certificate.public_bytes(Encoding.PEM).decode().strip() for certificate in certificates)


def own_metadata(*, entity_id: str, back: str) -> bytes:
    """Return the description of ourselves which the administrator over there loads. Both are addresses of ours."""
    from lxml import etree  # noqa: PLC0415 - see saml_xml

    root = etree.Element(f"{METADATA}EntityDescriptor", nsmap={"md": METADATA[1:-1]}, entityID=entity_id)
    role = etree.SubElement(
        root,
        f"{METADATA}SPSSODescriptor",
        AuthnRequestsSigned="false",
        WantAssertionsSigned="true",
        protocolSupportEnumeration=PROTOCOL[1:-1],
    )
    attributes = {"index": "0", "isDefault": "true", "Binding": POST, "Location": back}
    etree.SubElement(role, f"{METADATA}AssertionConsumerService", attributes)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
