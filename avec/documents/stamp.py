"""Have the time said by an authority: a document time stamp (PAdES, RFC 3161) added to a sealed PDF.

The seal says that the text has not changed; the stamp says since when. The authority gets
a fingerprint, never the document. When it does not answer, the document stays sealed and
is stamped later: nobody waits for it. What cannot be proved afterwards is never kept.
"""

import base64
import http.client
import logging
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlsplit

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper

from avec.documents.certificate import certificates_in
from avec.documents.envelope import issuers_of, signs_itself
from avec.documents.seal import SealWriter, outside_any_loop, verify_pdf
from avec.documents.unavailable import StampUnavailable

__all__ = ["StampUnavailable", "stamp_pdf", "stamp_wanted"]

log = logging.getLogger(__name__)
FIELD = "horodatage"
SECONDS = 10
MOST = 16 * 1024  # an answer is a few kilobytes


def stamp_wanted() -> bool:
    return bool(settings.AVEC_TSA_URL)


def stamp_pdf(sealed: bytes) -> bytes:
    """The same sealed document with its time stamp, or StampUnavailable. Stamped already: as it is."""
    before = verify_pdf(sealed)
    if not before.intact:
        raise ValueError("only a sealed document is stamped")
    if before.stamped_at:
        return sealed
    stamped = with_stamp(sealed)
    verdict = verify_pdf(stamped)
    if not verdict.intact or not verdict.stamped_at:
        raise StampUnavailable(nonsense())
    if settings.AVEC_TSA_TRUST and not verdict.stamp_known:
        raise StampUnavailable(
            _(
                "Le service d’horodatage répond au nom de «\u00a0%(name)s\u00a0», qui ne vient d’aucune autorité "
                "du fichier AVEC_TSA_TRUST. Vérifiez l’adresse AVEC_TSA_URL, puis ajoutez le certificat de "
                "son autorité à ce fichier."
            )
            % {"name": verdict.stamped_by}
        )
    return stamped


def with_stamp(sealed: bytes) -> bytes:
    def stamp() -> bytes:
        out = PdfTimeStamper(
            Authority(),  # type: ignore[no-untyped-call]
            field_name=FIELD,
            readable_field_name=_("Horodatage"),
            invis_settings=fields.InvisSigSettings(
                set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
            ),
        ).timestamp_pdf(SealWriter(BytesIO(sealed)), "sha256", bytes_reserved=2 * MOST)
        return bytes(out.getvalue())

    try:
        return outside_any_loop(stamp)
    except StampUnavailable:
        raise
    except Exception as error:
        log.info("The time stamp could not be added", exc_info=True)
        raise StampUnavailable(nonsense()) from error


class Answer(core.Sequence):  # type: ignore[misc]
    """What an authority answers. A refusal comes without a stamp, which the library's own reading does not allow."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class Authority(TimeStamper):
    """Asks the authority of the settings, within a time and a size."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> Answer:
        answer: Answer = Answer.load(within(SECONDS, lambda: asked(req.dump())))
        status = answer["status"]
        if status["status"].native != "granted":
            words = [*(status["status_string"].native or ()), *sorted(status["fail_info"].native or ())]
            raise StampUnavailable(
                _("Le service d’horodatage a refusé la demande\u00a0: «\u00a0%(words)s\u00a0». %(advice)s")
                % {"words": "; ".join(words)[:200] or status["status"].native, "advice": later()}
            )
        return answer

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return settled(await super().async_timestamp(message_digest, md_algorithm))


def asked(question: bytes) -> bytes:
    address = settings.AVEC_TSA_URL
    if urlsplit(address).scheme not in {"http", "https"}:
        raise StampUnavailable(_("AVEC_TSA_URL n’est pas une adresse qui commence par https:// ou http://."))
    request = urllib.request.Request(  # noqa: S310 (checked just above)
        address, question, {"Content-Type": "application/timestamp-query"}
    )
    if settings.AVEC_TSA_USER:
        who = f"{settings.AVEC_TSA_USER}:{settings.AVEC_TSA_PASSWORD}".encode()
        request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(who).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(MOST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise StampUnavailable(turned_away(error.code)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise StampUnavailable(
            _("Le service d’horodatage %(address)s ne répond pas. %(advice)s")
            % {"address": host(), "advice": later()}
        ) from error
    if len(content) > MOST:
        raise StampUnavailable(nonsense())
    return content


def within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """The work's answer, or StampUnavailable when it is late: finding a name or reading drop by drop has no end."""
    box: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put((work(), None))
        except Exception as error:
            box.put((b"", error))

    threading.Thread(target=run, daemon=True).start()
    try:
        found, error = box.get(timeout=seconds)
    except queue.Empty:
        raise StampUnavailable(
            _("Le service d’horodatage %(address)s n’a pas répondu en %(seconds)s secondes. %(advice)s")
            % {"address": host(), "seconds": SECONDS, "advice": later()}
        ) from None
    if error is not None:
        raise error
    return bytes(found)


def settled(token: cms.ContentInfo) -> cms.ContentInfo:
    """The same token in one writing, with only the certificates that prove one another.

    Those are not covered by its signature: one that nothing proves could change unseen.
    """
    signed = token["content"]
    (signer,) = signed["signer_infos"]
    del signed["crls"]
    del signer["unsigned_attrs"]
    embedded = [cert.chosen.dump() for cert in signed["certificates"]]
    leaf = next(der for der in embedded if names(signer["sid"], asn1_x509.Certificate.load(der)))
    signed["certificates"] = [
        cms.CertificateChoices("certificate", asn1_x509.Certificate.load(der))
        for der in path_from(leaf, {*embedded, *certificates_in(settings.AVEC_TSA_TRUST)})
    ]
    return cms.ContentInfo.load(token.dump(force=True))


def names(sid: Any, cert: asn1_x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        named = sid.chosen
        return bool(named["issuer"] == cert.issuer and named["serial_number"].native == cert.serial_number)
    return bool(sid.native == cert.key_identifier)


def path_from(leaf: bytes, others: set[bytes]) -> list[bytes]:
    """The leaf and its issuers up to one that signs itself; the leaf alone when that one is not there."""
    above = issuers_of(leaf, others)
    return [leaf, *above] if above and signs_itself(above[-1]) else [leaf]


def turned_away(code: int) -> str:
    if code in {401, 403}:
        return _(
            "Le service d’horodatage refuse l’identifiant ou le mot de passe. "
            "Vérifiez AVEC_TSA_USER et AVEC_TSA_PASSWORD."
        )
    return _("Le service d’horodatage %(address)s est en panne (réponse %(code)s). %(advice)s") % {
        "address": host(),
        "code": code,
        "advice": later(),
    }


def nonsense() -> str:
    return _(
        "Le service d’horodatage a répondu autre chose qu’un horodatage qui se vérifie. "
        "Vérifiez l’adresse AVEC_TSA_URL."
    )


def later() -> str:
    return _("Les documents restent scellés et seront horodatés plus tard.")


def host() -> str:
    return urlsplit(settings.AVEC_TSA_URL).hostname or ""
