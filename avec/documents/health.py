"""Whether documents can be sealed and stamped today, told to the administrator with what to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from avec.documents.certificate import Certificate, certificates_in, may_make_own, sealing_certificate
from avec.documents.level import level_of
from avec.documents.seal import seal_pdf, verify_pdf
from avec.documents.stamp import stamp_pdf, stamp_wanted
from avec.documents.unavailable import SealUnavailable, StampUnavailable
from avec.ui.words import date_long

SOON = timedelta(days=60)


class Finding(NamedTuple):
    ok: bool
    sentence: str


def seal_health(now: datetime | None = None) -> list[Finding]:
    """One sentence for each thing: the certificate, its end, the seal itself, the files of trust, the time stamp.

    The time stamping service is asked for real: up to ten seconds when it is down.
    """
    now = now or datetime.now(UTC)
    findings = (
        [certificates_kept(settings.AVEC_SEAL_FORMER, "AVEC_SEAL_FORMER")]
        if settings.AVEC_SEAL_FORMER
        else []
    )
    try:
        certificate = sealing_certificate(now)
        findings += [opens(certificate), lasts(certificate, now)]
        trial = seal_pdf(blank(), reason=_("Essai"), field_name="essai", name=_("Essai"))
    except SealUnavailable as trouble:
        return [*findings, Finding(False, str(trouble)), signed_anyway(), *clock(None)]
    findings.append(proves(trial, certificate))
    return [*findings, *clock(trial)]


def opens(certificate: Certificate) -> Finding:
    level = level_of(certificate.leaf)
    if level.own and not may_make_own():
        return Finding(
            False,
            _(
                "Le certificat du sceau a été fait par l’application ou par vous-même\u00a0: personne d’autre ne "
                "le reconnaît. Demandez un certificat de cachet à une autorité de confiance."
            ),
        )
    if level.own:
        return Finding(True, _("Le sceau est celui d’un essai\u00a0: il ne vaut que dans cette application."))
    return Finding(
        True,
        _(
            "Le certificat du sceau s’ouvre\u00a0: «\u00a0%(name)s\u00a0», donné par «\u00a0%(authority)s\u00a0»."
        )
        % {"name": level.name, "authority": level.authority},
    )


def lasts(certificate: Certificate, now: datetime) -> Finding:
    left = certificate.not_after - now
    said = {"day": date_long(certificate.not_after.date()), "days": left.days}
    if left < SOON:
        return Finding(
            False,
            _(
                "Le certificat du sceau expire le %(day)s, dans %(days)s jours. Demandez dès maintenant le "
                "suivant. Le jour venu, gardez l’ancien dans le fichier AVEC_SEAL_FORMER."
            )
            % said,
        )
    return Finding(True, _("Il est valable jusqu’au %(day)s.") % said)


def proves(trial: bytes, certificate: Certificate) -> Finding:
    verdict = verify_pdf(trial)
    if verdict.intact and verdict.trusted_here and is_for_seals(certificate.leaf):
        return Finding(True, _("Un document d’essai vient d’être scellé et vérifié."))
    return Finding(
        False,
        _(
            "Un document d’essai a été scellé, mais il ne se vérifie pas\u00a0: ce certificat n’est pas fait pour "
            "un cachet, ou sa clé est celle d’un autre. Demandez à son autorité un certificat de cachet "
            "(signature de documents)."
        ),
    )


def is_for_seals(leaf: bytes) -> bool:
    """What its authority made it for: where it says nothing, everything."""
    try:
        usage = x509.load_der_x509_certificate(leaf).extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def signed_anyway() -> Finding:
    return Finding(
        True, _("Les signatures sont gardées. Les documents seront scellés dès que ce sera réparé.")
    )


def clock(trial: bytes | None) -> list[Finding]:
    """The service that says the time, asked about the trial."""
    if not stamp_wanted():
        return [
            Finding(
                True,
                _("Aucun service d’horodatage n’est réglé (AVEC_TSA_URL). Ce n’est pas obligatoire."),
            )
        ]
    findings = (
        [certificates_kept(settings.AVEC_TSA_TRUST, "AVEC_TSA_TRUST")] if settings.AVEC_TSA_TRUST else []
    )
    if trial is None:
        return findings
    try:
        verdict = verify_pdf(stamp_pdf(trial))
    except (StampUnavailable, ValueError) as trouble:
        told = isinstance(trouble, StampUnavailable)
        return [*findings, Finding(False, str(trouble))] if told else findings
    said = {"name": verdict.stamped_by}
    if not verdict.stamp_known:
        words = _(
            "Le service d’horodatage répond («\u00a0%(name)s\u00a0»), mais ses dates sont dites d’une autorité inconnue. "
            "Mettez le certificat de son autorité dans un fichier PEM, nommé par AVEC_TSA_TRUST."
        )
        return [*findings, Finding(False, words % said)]
    apart = abs(datetime.now(UTC) - (verdict.stamped_at or datetime.now(UTC)))
    if apart > timedelta(minutes=5):
        words = _(
            "Le service d’horodatage répond («\u00a0%(name)s\u00a0»), mais son heure et celle du serveur diffèrent de "
            "%(minutes)s minutes. Réglez l’horloge du serveur."
        )
        return [*findings, Finding(False, words % (said | {"minutes": int(apart.total_seconds() // 60)}))]
    return [
        *findings,
        Finding(True, _("Le service d’horodatage répond\u00a0: «\u00a0%(name)s\u00a0».") % said),
    ]


def certificates_kept(path: str, name: str) -> Finding:
    """A file of certificates that a setting names."""
    said = {"path": path, "name": name, "count": len(certificates_in(path))}
    if not Path(path).is_file():
        words = _("Le fichier %(path)s n’existe pas. Corrigez %(name)s.")
    elif not said["count"]:
        words = _("Le fichier %(path)s ne contient aucun certificat (PEM). Corrigez %(name)s.")
    else:
        return Finding(True, _("%(name)s\u00a0: %(count)s certificats reconnus.") % said)
    return Finding(False, words % said)


def blank() -> bytes:
    """The smallest document that can be sealed."""
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
        b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
        b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n166\n%%EOF\n"
    )
