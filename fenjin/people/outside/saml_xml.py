"""XML of SAML 2.0: read without a document type, and believed only where a known key has signed it.

XML Signature (W3C, 2013); SAML core 2.0, 5.4: one enveloped signature with exclusive canonicalisation. What is handed
on is parsed anew from the bytes that were signed, so whatever stands around them (signature wrapping) is never read.
The libraries take several MiB of each process; they are loaded when the first SAML service is set up or used.
"""

from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext

from fenjin.people.outside.common import OutsideFailed

PROTOCOL: Final = "{urn:oasis:names:tc:SAML:2.0:protocol}"
ASSERTION: Final = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it came (`around`, proves nothing) and the one assertion in it, as a known key signed it."""

    around: Any
    assertion: Any


def parse(xml: bytes) -> Any:
    """Return the root element; raises OutsideFailed for what is no XML, or brings types, entities or comments along.

    A comment inside a name would let two readers read two names; no sign-in needs one.
    """
    from lxml import etree  # noqa: PLC0415 - see above

    try:
        fromstring(xml, forbid_dtd=True)  # expat stops at a document type before anything in it is done
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(xml, parser=parser)
    except (ParseError, DefusedXmlException, etree.LxmlError, ValueError, LookupError) as error:
        raise OutsideFailed(gettext("That is not XML, or it brings a document type along.")) from error
    if root.getroottree().docinfo.doctype or any(not isinstance(element.tag, str) for element in root.iter()):
        raise OutsideFailed(gettext("The answer holds comments or instructions, which no sign-in needs."))
    return root


def text_of(element: Any) -> str:
    """Return all the text inside an element, without the space around it."""
    return "".join(element.itertext()).strip()


def signed(xml: bytes, certificates: list[x509.Certificate]) -> Answer:
    """Return the response and its one assertion, signed by one of the keys; raises OutsideFailed."""
    root = parse(xml)
    if root.tag != f"{PROTOCOL}Response" or root.get("Version") != "2.0":
        raise OutsideFailed(gettext("The answer is not a response of SAML 2.0."))
    _require_success(root)
    if any(True for _found in root.iter(f"{ASSERTION}EncryptedAssertion")):
        raise OutsideFailed(gettext("The assertion is encrypted. Switch that off over there: it travels over https."))
    assertions = list(root.iter(f"{ASSERTION}Assertion"))
    if len(assertions) != 1 or assertions[0].getparent() is not root:
        raise OutsideFailed("The response must hold one assertion, right below its root.")
    names = [value for element in root.iter() for key, value in element.attrib.items() if _is_id(key)]
    if len(names) != len(set(names)):
        raise OutsideFailed("Two elements have the same ID.")
    return Answer(root, _verified(assertions[0], certificates))


def _is_id(attribute: str) -> bool:
    return attribute.rpartition("}")[2].casefold() == "id"


def _require_success(root: Any) -> None:
    code = root.find(f"{PROTOCOL}Status/{PROTOCOL}StatusCode")
    value = "" if code is None else code.get("Value", "")
    if value != "urn:oasis:names:tc:SAML:2.0:status:Success":
        raise OutsideFailed(gettext("The other system refuses: %(status)s") % {"status": value[:200] or "?"})


def _verified(assertion: Any, certificates: list[x509.Certificate]) -> Any:
    """Return the assertion as one of the keys signed it, without its signature."""
    from lxml import etree  # noqa: PLC0415 - see above

    alone = parse(etree.tostring(assertion, with_tail=False))
    signatures = list(alone.iter(f"{SIGNATURE}Signature"))
    if len(signatures) != 1 or signatures[0].getparent() is not alone or not alone.get("ID"):
        raise OutsideFailed(gettext("The assertion itself is not signed. Switch on “sign assertions” over there."))
    _require_form(signatures[0], alone.get("ID"))
    for certificate in certificates:
        found = _by_key(alone, certificate)
        if found is not None and found.tag == alone.tag and found.get("ID") == alone.get("ID"):
            return found
    raise OutsideFailed(
        gettext("The signature does not fit the certificate. Paste the present one of the other system.")
    )


def _require_form(signature: Any, name: str) -> None:
    """Let through the one form that SAML allows, and take away the key that the message brings along."""
    references = signature.findall(f"{SIGNATURE}SignedInfo/{SIGNATURE}Reference")
    transforms = [found.get("Algorithm") for found in signature.iter(f"{SIGNATURE}Transform")]
    way = signature.find(f"{SIGNATURE}SignedInfo/{SIGNATURE}CanonicalizationMethod")
    fits = (
        [reference.get("URI") for reference in references] == [f"#{name}"]
        and transforms == [_ENVELOPED, _EXCLUSIVE]
        and way is not None
        and way.get("Algorithm") == _EXCLUSIVE
    )
    if not fits:
        raise OutsideFailed("The signature is not of the form that SAML 2.0 prescribes.")
    for brought in [*signature.findall(f"{SIGNATURE}KeyInfo"), *signature.findall(f"{SIGNATURE}Object")]:
        signature.remove(brought)


def _by_key(alone: Any, certificate: x509.Certificate) -> Any:
    """Return what this key signed, or None. A certificate is a wrapping of its key here: the doctor names old ones."""
    from lxml.etree import LxmlError  # noqa: PLC0415 - see above
    from signxml import XMLVerifier  # noqa: PLC0415 - see above
    from signxml.exceptions import SignXMLException  # noqa: PLC0415 - see above

    try:
        result: Any = XMLVerifier().verify(
            alone, x509_cert=certificate, id_attribute="ID", expect_config=_accepted(certificate)
        )
    except (SignXMLException, InvalidSignature, UnsupportedAlgorithm, LxmlError) as _unfit:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as _malformed:  # odd numbers inside an odd signature
        return None
    return result.signed_xml


def _accepted(certificate: x509.Certificate) -> Any:
    """Return what a signature must be like: no SHA-1, and no secret that both sides share."""
    from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod  # noqa: PLC0415 - see above

    methods = frozenset(
        SignatureMethod[f"{before}SHA{size}{after}"]
        for before, after in (("RSA_", ""), ("ECDSA_", ""), ("", "_RSA_MGF1"))
        for size in (256, 384, 512)
    )
    return SignatureConfiguration(
        location="./",
        expect_references=1,
        signature_methods=methods,
        digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
        verification_time=certificate.not_valid_before_utc,
    )
