"""The seal of a document (PAdES baseline B) and its verification by anyone who holds the file.

The seal is the establishment's: it says that the text has not changed since, it signs for
nobody. Its field is invisible and lies outside the page, so that the file stays PDF/A and
PDF/UA. A verdict never fails: whatever is given, it answers with a sentence.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from avec.documents.certificate import Certificate, Known, known_certificates, sealing_certificate
from avec.documents.device import device_signer
from avec.documents.envelope import chain_holds, common_name, fills_its_place, plain_seal, within_validity
from avec.documents.pdf import IMPRINT_FILE
from avec.documents.stamped import ONLY_A_STAMP, stamp_of
from avec.documents.unavailable import SealUnavailable

__all__ = ["PdfVerdict", "SealUnavailable", "read_imprint", "seal_pdf", "verify_pdf"]

log = logging.getLogger(__name__)
T = TypeVar("T")
MAX_SIZE = 25 * 1024 * 1024
MAX_IMPRINT = 64 * 1024


@dataclass(frozen=True)
class PdfVerdict:
    """What can be said of a file. Trust nothing in it unless intact; « ours » only if trusted_here."""

    intact: bool
    reason: str
    sha256: str
    signer_name: str = ""
    signed_at: datetime | None = None
    covers_whole_file: bool = False
    trusted_here: bool = False
    imprint: dict[str, Any] | None = None
    # The time stamp that follows the seal, if there is one; known: by an authority of AVEC_TSA_TRUST.
    stamped_at: datetime | None = None
    stamped_by: str = ""
    stamp_known: bool = False


class SealWriter(IncrementalPdfFileWriter):
    """Adds the seal and leaves the document's metadata as they are.

    The library would rewrite them in another form, of which PDF/A's rules on namespaces
    and on the two places that give a date leave us unsure.
    """

    def _update_meta(self) -> None:
        pass


def seal_pdf(pdf: bytes, *, reason: str, field_name: str, name: str) -> bytes:
    """The same document, sealed. « reason » and « name » (the establishment) are shown by PDF readers."""
    certificate = sealing_certificate()
    field = fields.SigFieldSpec(
        sig_field_name=field_name,
        readable_field_name=_("Sceau de %(name)s") % {"name": name},
        invis_sig_settings=fields.InvisSigSettings(
            set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
        ),
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        reason=reason,
        name=name,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )

    def sign() -> bytes:
        writer = SealWriter(BytesIO(pdf))
        with signer_of(certificate) as signer:
            sealer = signers.PdfSigner(metadata, signer=signer, new_field_spec=field)
            return bytes(sealer.sign_pdf(writer).getvalue())

    return outside_any_loop(sign)


@contextlib.contextmanager
def signer_of(certificate: Certificate) -> Iterator[Any]:
    """What signs with this certificate: its key, or the device that keeps it."""
    if not certificate.key:
        with device_signer(certificate.leaf, certificate.chain) as signer:
            yield signer
        return
    chain = [asn1_x509.Certificate.load(der) for der in certificate.chain]
    yield signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.leaf),
        signing_key=keys.PrivateKeyInfo.load(certificate.key),
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )


def verify_pdf(pdf: bytes, ours: Known | None = None) -> PdfVerdict:
    """Whether the file is as it was when sealed, by whom, and what it says of itself.

    `ours`: the certificates that we know, where the settings are not there to say them.
    For a file that we did not make ourselves: sandbox.verify_untrusted.
    """
    unknown = unproved(pdf)
    if unknown.reason:
        return unknown
    try:
        return outside_any_loop(lambda: judged(pdf, unknown, ours or known_certificates()))
    except Exception:
        # Any exception means that the seal could not be proved: never « intact ».
        log.info("A PDF could not be verified", exc_info=True)
        return replace(unknown, reason=damaged())


def unproved(pdf: bytes) -> PdfVerdict:
    """The verdict before anything is read, with its reason when nothing needs to be."""
    unknown = PdfVerdict(intact=False, reason="", sha256=hashlib.sha256(pdf).hexdigest())
    if len(pdf) > MAX_SIZE:
        return replace(unknown, reason=_("Ce fichier est trop lourd\u00a0: il dépasse 25 Mo."))
    if b"%PDF-" not in pdf[:1024]:
        return replace(unknown, reason=_("Ce fichier n’est pas un PDF."))
    return unknown


def read_imprint(pdf: bytes) -> dict[str, Any] | None:
    """What the file says of itself (fingerprint, version…), or None. Proved by verify_pdf only."""
    try:
        return attached_imprint(PdfFileReader(BytesIO(pdf)))
    except Exception:
        return None


def judged(pdf: bytes, unknown: PdfVerdict, known: Known) -> PdfVerdict:
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        return replace(
            unknown,
            reason=_("Ce fichier est protégé par un mot de passe\u00a0: il ne peut pas être vérifié."),
        )
    signatures = reader.embedded_signatures
    if not any(one.sig_object_type == "/Sig" for one in signatures):
        return replace(unknown, reason=_("Ce fichier ne porte aucun sceau."))
    # Our seal, then at most one time stamp: anything else was added.
    seal, *more = signatures
    leaves, authorities, clocks = known
    ours = seal.signer_cert.dump() in leaves
    verdict = replace(
        unknown,
        signer_name=common_name(seal.signer_cert),
        signed_at=seal.self_reported_timestamp,
        covers_whole_file=covers_all(more[-1] if more else seal),
        imprint=attached_imprint(reader),
    )
    intact = (
        len(more) <= 1
        and verdict.covers_whole_file
        and validated(seal).bottom_line
        and well_formed(seal, pdf)
        and (not ours or all(cert.dump() in authorities for cert in seal.other_embedded_certs))
    )
    stamp = stamp_of(more[0], seal, pdf, clocks) if intact and more else None
    if not intact or (more and stamp is None):
        return replace(verdict, reason=damaged())
    if stamp:
        verdict = replace(verdict, stamped_at=stamp.at, stamped_by=stamp.by, stamp_known=stamp.known)
    return replace(verdict, intact=True, trusted_here=ours, reason=ours_sound() if ours else sound())


def ours_sound() -> str:
    return _("Ce document n’a pas changé depuis que notre établissement l’a scellé.")


def sound() -> str:
    return _(
        "Ce document n’a pas changé depuis qu’il a été scellé, "
        "mais ce sceau n’est pas celui de notre établissement."
    )


def damaged() -> str:
    return _("Ce fichier est abîmé, ou il a changé depuis qu’il a été scellé. Ne vous y fiez pas.")


def covers_all(signature: Any) -> bool:
    return bool(signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE)


def validated(seal: Any) -> Any:
    """pyHanko's own judgement. Its certificate is taken as it is: who it belongs to is told apart."""
    return validate_pdf_signature(
        seal,
        ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
        ),
        diff_policy=ONLY_A_STAMP,
    )


def well_formed(seal: Any, pdf: bytes) -> bool:
    return (
        fills_its_place(seal, pdf)
        and plain_seal(seal.signed_data)
        and within_validity(seal.signer_cert, seal.self_reported_timestamp)
        and chain_holds(seal.signer_cert, seal.other_embedded_certs)
    )


def attached_imprint(reader: PdfFileReader) -> dict[str, Any] | None:
    for file in reader.root.get("/AF", ()):
        spec = file.get_object()
        if str(spec.get("/UF", spec.get("/F", ""))) != IMPRINT_FILE:
            continue
        stream = spec["/EF"]["/F"]
        if len(stream.encoded_data) > MAX_IMPRINT:
            return None
        found = json.loads(stream.data)
        return found if isinstance(found, dict) and found.get("avec") == 1 else None
    return None


def outside_any_loop(work: Callable[[], T]) -> T:
    """pyHanko runs its own event loop: where one is running already, work in a thread beside it."""
    if not loop_is_running():
        return work()
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(work).result()


def loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
