"""The establishment's certificate: the one it was given (PKCS#12 or PKCS#11), or the demo's own.

The demo's authority signs one certificate and its key is thrown away at once: nobody can
make a second one that looks like it.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from avec.documents.device import device_certificate, device_wanted
from avec.documents.unavailable import SealUnavailable

__all__ = ["Certificate", "Known", "SealUnavailable", "known_certificates", "sealing_certificate"]

DEMO_YEARS = 20
DEMO_AUTHORITY = "Avec, autorité de démonstration"


@dataclass(frozen=True)
class Certificate:
    key: bytes  # PKCS#8 DER; empty when a device keeps it
    leaf: bytes  # DER
    chain: tuple[bytes, ...]
    not_before: datetime
    not_after: datetime


def sealing_certificate(now: datetime | None = None) -> Certificate:
    """The certificate to seal with today, or SealUnavailable with the reason."""
    certificate = own_certificate()
    now = now or datetime.now(UTC)
    if now > certificate.not_after:
        raise SealUnavailable(
            _(
                "Le certificat du sceau a expiré le %(day)s. Installez le nouveau certificat de l’établissement."
            )
            % {"day": certificate.not_after.strftime("%d/%m/%Y")}
        )
    if now < certificate.not_before:
        raise SealUnavailable(
            _("Le certificat du sceau n’est pas encore valable. Vérifiez la date du serveur.")
        )
    return certificate


class Known(NamedTuple):
    """The certificates by which a document is judged (DER): ours to seal with, their authorities, the clocks."""

    leaves: frozenset[bytes]
    authorities: frozenset[bytes]
    clocks: frozenset[bytes] = frozenset()


def known_certificates() -> Known:
    """Those in use and the former ones.

    Seals outlive certificates: AVEC_SEAL_FORMER names a PEM file that keeps the former ones,
    AVEC_TSA_TRUST another, with the authorities that we believe when they say the time.
    """
    known = set(certificates_in(settings.AVEC_SEAL_FORMER))
    if device_wanted() or settings.AVEC_SEAL_PKCS12 or demo_file().exists():
        with contextlib.suppress(SealUnavailable):
            current = own_certificate()
            known |= {current.leaf, *current.chain}
    authorities = frozenset(der for der in known if is_authority(der))
    return Known(frozenset(known) - authorities, authorities, certificates_in(settings.AVEC_TSA_TRUST))


def certificates_in(pem: str) -> frozenset[bytes]:
    """The certificates of a PEM file (DER); none when it cannot be read: seal_health tells the administrator."""
    if not pem:
        return frozenset()
    try:
        certs = x509.load_pem_x509_certificates(Path(pem).read_bytes())
    except (OSError, ValueError):
        return frozenset()
    return frozenset(cert.public_bytes(serialization.Encoding.DER) for cert in certs)


def is_authority(der: bytes) -> bool:
    try:
        constraints = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(
            x509.BasicConstraints
        )
    except x509.ExtensionNotFound:
        return False
    return constraints.value.ca


def own_certificate() -> Certificate:
    if device_wanted():
        return dated_by(b"", *device_certificate())
    if not settings.AVEC_SEAL_PKCS12:
        if not may_make_own():
            raise SealUnavailable(
                _(
                    "Le certificat du sceau manque. Donnez son fichier dans AVEC_SEAL_PKCS12 et son mot de passe dans AVEC_SEAL_PASSWORD."
                )
            )
        make_demo_certificate()
        path, password = demo_file(), ""
    else:
        path, password = Path(settings.AVEC_SEAL_PKCS12), settings.AVEC_SEAL_PASSWORD
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise SealUnavailable(
            _("Le fichier du certificat du sceau ne peut pas être lu\u00a0: %(path)s.") % {"path": path}
        ) from error
    return load(path, password, changed)


def may_make_own() -> bool:
    """Only a demo or a trial may seal with a certificate that nobody else knows."""
    return bool(getattr(settings, "AVEC_SEAL_OWN", settings.DEBUG or settings.AVEC_DEMO))


def demo_file() -> Path:
    return Path(settings.DATA_DIR) / "seal" / "seal.p12"


@lru_cache(maxsize=4)
def load(path: Path, password: str, changed: int) -> Certificate:
    try:
        key, leaf, chain = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode() or None)
    except OSError as error:
        raise SealUnavailable(
            _("Le fichier du certificat du sceau ne peut pas être lu\u00a0: %(path)s.") % {"path": path}
        ) from error
    except (ValueError, TypeError) as error:
        raise SealUnavailable(
            _(
                "Le certificat du sceau ne s’ouvre pas\u00a0: le mot de passe est faux ou le fichier est abîmé."
            )
        ) from error
    if key is None or leaf is None:
        raise SealUnavailable(_("Le fichier du sceau ne contient pas le certificat avec sa clé."))
    return dated_by(
        key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        leaf.public_bytes(serialization.Encoding.DER),
        tuple(cert.public_bytes(serialization.Encoding.DER) for cert in chain),
    )


def dated_by(key: bytes, leaf: bytes, chain: tuple[bytes, ...]) -> Certificate:
    cert = x509.load_der_x509_certificate(leaf)
    return Certificate(key, leaf, chain, cert.not_valid_before_utc, cert.not_valid_after_utc)


def make_demo_certificate() -> None:
    """Write the demo's certificate once; the first of several processes wins, the others use its file."""
    final = demo_file()
    if final.exists():
        return
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = final.with_name(f"{secrets.token_hex(8)}.tmp")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(demo_pkcs12())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, final)
    except FileExistsError:
        pass  # another process was quicker
    finally:
        draft.unlink()


def demo_pkcs12() -> bytes:
    authority_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = common_name(DEMO_AUTHORITY)
    authority = (
        dated(authority_name, authority_name, authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    leaf = (
        dated(common_name("Avec, sceau de démonstration"), authority_name, leaf_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"avec", leaf_key, leaf, [authority], serialization.NoEncryption()
    )


def dated(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    days: int = 365 * DEMO_YEARS,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # An hour back: the clocks of two machines differ a little.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def common_name(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def usage(**wanted: bool) -> x509.KeyUsage:
    unused = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**(unused | wanted))
