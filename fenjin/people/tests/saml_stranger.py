"""Another system that speaks SAML 2.0. It writes text and signs with xmlsec, which shares no code with our reader."""

import base64
from datetime import UTC, datetime, timedelta

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from fenjin.kit import clock

ENTITY = "https://idp.example.com/saml"
LOGIN = "https://idp.example.com/saml/sso"
NAMES = {
    "p": "urn:oasis:names:tc:SAML:2.0:protocol",
    "a": "urn:oasis:names:tc:SAML:2.0:assertion",
    "d": "http://www.w3.org/2000/09/xmldsig#",
}
RSA, EC = xmlsec.Transform.RSA_SHA256, xmlsec.Transform.ECDSA_SHA256


class Key:
    """A private key, and the certificate that goes around it."""

    def __init__(self, *, curve=False, days=3650, bits=2048):
        private = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, bits)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.com")])
        start = datetime(2026, 1, 1, tzinfo=UTC)
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        built = built.serial_number(7).not_valid_before(start).not_valid_after(start + timedelta(days=days))
        self.method = EC if curve else RSA
        self.certificate = built.sign(private, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
        self.pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def base64(self):
        return "".join(self.certificate.splitlines()[1:-1])


def options(key, **more):
    """Return what our administrator has been told of this system."""
    return {"entity_id": ENTITY, "sso_url": LOGIN, "certificates": key.certificate} | more


def when(**span):
    return f"{clock.now() + timedelta(**span):%Y-%m-%dT%H:%M:%S.%fZ}"


def response(*, request, back, entity, user="00001234", name="_a1", **other):
    """Return an unsigned response as an element; `other` replaces any of its parts."""
    part = {
        "issuer": ENTITY,
        "destination": back,
        "recipient": back,
        "audience": entity,
        "answers": request,
        "around": request,
        "since": when(minutes=-1),
        "until": when(minutes=5),
        "bearer_until": when(minutes=5),
        "format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        "status": "Success",
        "more": "",
    } | other
    text = f"""<p:Response xmlns:p="{NAMES["p"]}" xmlns:a="{NAMES["a"]}" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_r1" Version="2.0" IssueInstant="{when()}"
 Destination="{part["destination"]}" InResponseTo="{part["around"]}"><a:Issuer>{part["issuer"]}</a:Issuer>
<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{part["status"]}"/></p:Status>
<a:Assertion ID="{name}" Version="2.0" IssueInstant="{when()}"><a:Issuer>{part["issuer"]}</a:Issuer>
<a:Subject><a:NameID Format="{part["format"]}">{user}</a:NameID>
<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData
 NotOnOrAfter="{part["bearer_until"]}" Recipient="{part["recipient"]}" InResponseTo="{part["answers"]}"/>
</a:SubjectConfirmation></a:Subject>
<a:Conditions NotBefore="{part["since"]}" NotOnOrAfter="{part["until"]}"><a:AudienceRestriction>
<a:Audience>{part["audience"]}</a:Audience></a:AudienceRestriction></a:Conditions>
<a:AuthnStatement AuthnInstant="{when()}"><a:AuthnContext><a:AuthnContextClassRef
>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>
<a:AttributeStatement><a:Attribute Name="urn:oid:0.9" FriendlyName="mail"><a:AttributeValue
 xsi:type="xs:string">ZhangWei</a:AttributeValue></a:Attribute><a:Attribute Name="displayName"><a:AttributeValue
>张伟</a:AttributeValue></a:Attribute></a:AttributeStatement>{part["more"]}</a:Assertion></p:Response>"""
    return etree.fromstring(text)


def sign(root, key, *, what="a:Assertion", digest=xmlsec.Transform.SHA256, method=None):
    """Sign one element of a response by reference to its ID, with the certificate beside; return the response."""
    node = root.find(what, NAMES) if what else root
    method = key.method if method is None else method
    signature = xmlsec.template.create(node, xmlsec.Transform.EXCL_C14N, method, ns="d")
    node.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, digest, uri=f"#{node.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key.pem, xmlsec.KeyFormat.PEM)
    context.key.load_cert_from_memory(key.certificate, xmlsec.KeyFormat.PEM)
    context.register_id(node, "ID")
    context.sign(signature)
    return root


def posted(root):
    """Return a response as a form carries it."""
    text = root if isinstance(root, bytes) else etree.tostring(root)
    return base64.b64encode(text).decode()
