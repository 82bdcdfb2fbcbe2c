"""What a signature does not cover in a PDF is its own envelope: nothing there may be otherwise either.

A seal and a time stamp are both such envelopes (CMS). Each is held to the one form that
Avec writes, so that no bit of it can change unseen.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from avec.documents.der import is_der, split

NOTHING = {b"", b"\x05\x00"}  # no parameters: left out, or NULL


def fills_its_place(signature: Any, pdf: bytes) -> bool:
    """Exactly the bytes that the signature leaves out, in digits, from the start of the file."""
    start, length, after, _rest = (int(number) for number in signature.byte_range)
    contents = bytes(signature.pkcs7_content)
    digits = contents.hex().encode()
    return (
        start == 0
        and pdf[length:after] in {b"<" + digits + b">", b"<" + digits.upper() + b">"}
        and is_der(written(contents))
        and has_its_parts(written(contents))
        and in_order(signature.signed_data)
        and names_its_signer(signature.signer_info, signature.signer_cert)
    )


def written(contents: bytes) -> bytes:
    """The envelope, without the place left after it: nothing else may be there."""
    envelope = cms.ContentInfo.load(contents).dump()
    return envelope if contents == envelope.ljust(len(contents), b"\0") else b""


def has_its_parts(envelope: bytes) -> bool:
    """As many values as the form has names for, none more: a reader skips what it does not expect."""
    ((_tag, content),) = split(envelope) or [(0, b"")]
    _kind, (_explicit, wrapped) = split(content) or []
    ((_tag, signed),) = split(wrapped) or []
    *_first, (_certificates, _), (_set, signers) = split(signed) or []
    ((_tag, signer),) = split(signers) or []
    return len(split(signed) or []) == 5 and len(split(signer) or []) == 6


def in_order(signed: Any) -> bool:
    """The sets of which DER fixes the order."""
    (signer,) = signed["signer_infos"]
    sets = (signed["certificates"], signer["signed_attrs"])
    return all(parts == sorted(parts) for parts in ([one.dump() for one in each] for each in sets))


def names_its_signer(signer: Any, cert: Any) -> bool:
    """As its certificate does, to the letter: the library takes « CLOCK » for « clock »."""
    named, algorithm = signer["sid"], signer["signature_algorithm"]
    return (
        named.name != "issuer_and_serial_number" or named.chosen["issuer"].dump() == cert.issuer.dump()
    ) and (algorithm["algorithm"].native == "rsassa_pss" or algorithm["parameters"].dump() in NOTHING)


def plain_seal(signed: Any) -> bool:
    """One signer, one digest, nothing enclosed: the only form that seal_pdf and its like write."""
    (signer,) = signed["signer_infos"]
    return (
        signed["version"].native == "v1"
        and signer["version"].native == "v1"
        and [one.dump() for one in signed["digest_algorithms"]] == [signer["digest_algorithm"].dump()]
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and bare(signed, signer)
    )


def plain_stamp(signed: Any) -> bool:
    """One signer, one digest, the time enclosed, the certificate of who says it named (RFC 3161)."""
    (signer,) = signed["signer_infos"]
    version = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    algorithms = [*signed["digest_algorithms"], signer["digest_algorithm"]]
    named = {one["type"].native for one in signer["signed_attrs"]}
    return (
        signed["version"].native == "v3"
        and signer["version"].native == version
        and len(algorithms) == 2
        and len({one["algorithm"].native for one in algorithms}) == 1
        and all(one["parameters"].dump() in NOTHING for one in algorithms)
        and signed["encap_content_info"]["content_type"].native == "tst_info"
        and bool(named & {"signing_certificate", "signing_certificate_v2"})
        and bare(signed, signer)
    )


def bare(signed: Any, signer: Any) -> bool:
    """Nothing beside it that no signature covers."""
    return not signed["crls"].native and not signer["unsigned_attrs"].native


def within_validity(cert: Any, moment: datetime | None) -> bool:
    """The date falls while the certificate was valid."""
    validity = cert["tbs_certificate"]["validity"]
    return moment is None or bool(validity["not_before"].native <= moment <= validity["not_after"].native)


def chain_holds(leaf: Any, others: Any, *, closed: bool = False) -> bool:
    """Each certificate travelling with the signature is itself signed by the next one, if it is there.

    `closed`: it must be there, but for the leaf's, whose own digest is signed.
    """
    certs = [x509.load_der_x509_certificate(cert.dump()) for cert in (leaf, *others)]
    by_name = {cert.subject: cert for cert in certs}
    if closed and any(cert.issuer not in by_name for cert in certs[1:]):
        return False
    if not all(issued_by(cert, by_name[cert.issuer]) for cert in certs if cert.issuer in by_name):
        return False
    issuers = {cert.issuer for cert in certs}
    return all(cert.subject in issuers for cert in certs[1:])


def issued_by(cert: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        cert.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def issuers_of(leaf: bytes, pool: Iterable[bytes]) -> list[bytes]:
    """The certificates above this one, as far as they are there, up to one that signs itself."""
    path, others = [x509.load_der_x509_certificate(leaf)], [*map(x509.load_der_x509_certificate, pool)]
    while not issued_by(path[-1], path[-1]):
        above = [cert for cert in others if cert not in path and issued_by(path[-1], cert)]
        if not above:
            break
        # One that signs itself ends the path: taken first.
        path.append(next((cert for cert in above if issued_by(cert, cert)), above[0]))
    return [cert.public_bytes(Encoding.DER) for cert in path[1:]]


def signs_itself(der: bytes) -> bool:
    cert = x509.load_der_x509_certificate(der)
    return issued_by(cert, cert)


def common_name(cert: Any) -> str:
    subject = cert.subject.native
    return str(subject.get("common_name") or subject.get("organization_name") or cert.subject.human_friendly)
