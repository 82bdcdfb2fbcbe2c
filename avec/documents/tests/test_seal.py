import asyncio
import os
import random
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from unittest import mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from avec.documents import certificate
from avec.documents.certificate import (
    Known,
    common_name,
    dated,
    demo_file,
    demo_pkcs12,
    sealing_certificate,
    usage,
)
from avec.documents.pdf import contract_pdf, imprint
from avec.documents.seal import SealUnavailable, outside_any_loop, read_imprint, seal_pdf, verify_pdf
from avec.documents.tests.factories import SHEET


@cache
def contract():
    return contract_pdf(SHEET)


def sealed(pdf=None):
    return seal_pdf(pdf or contract(), reason="Contrat de soins", field_name="Sceau", name="Les Tilleuls")


def test_a_sealed_document_is_intact_and_ours():
    verdict = verify_pdf(sealed())
    assert verdict.intact
    assert verdict.trusted_here
    assert verdict.covers_whole_file
    assert verdict.signer_name == "Avec, sceau de démonstration"
    assert abs(datetime.now(UTC) - verdict.signed_at) < timedelta(minutes=1)
    assert verdict.imprint == imprint(SHEET)
    assert verdict.reason == "Ce document n’a pas changé depuis que notre établissement l’a scellé."
    assert len(verdict.sha256) == 64


def test_the_seal_is_pades_with_an_invisible_named_field():
    reader = PdfFileReader(BytesIO(sealed()))
    (seal,) = reader.embedded_regular_signatures
    assert seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert seal.sig_field["/TU"] == "Sceau de Les Tilleuls"
    assert [float(edge) for edge in seal.sig_field["/Rect"]] == [-9999] * 4  # outside the page: no tag needed
    assert int(seal.sig_field["/F"]) & 4  # printed, as PDF/A asks
    assert not int(seal.sig_field["/F"]) & 2  # not hidden
    assert seal.signer_cert.public_key.curve == ("named", "secp256r1")


@pytest.mark.parametrize("part", range(5))
def test_one_flipped_byte_anywhere_is_seen(part):
    pdf = sealed()
    chosen = random.Random(part)  # noqa: S311
    envelope = pdf.index(b"/Contents <") + 11
    places = [chosen.randrange(len(pdf)) for _ in range(10)]
    places += [chosen.randrange(envelope, envelope + 3000) for _ in range(10)]
    for place in places:
        altered = bytearray(pdf)
        altered[place] ^= 0x01
        assert not verify_pdf(bytes(altered)).intact, place


def test_the_same_digits_in_another_case_are_seen():
    pdf = bytearray(sealed())
    place = next(i for i in range(pdf.index(b"/Contents <") + 11, len(pdf)) if pdf[i : i + 1] in b"abcdef")
    pdf[place] ^= 0x20
    assert not verify_pdf(bytes(pdf)).intact


def test_a_page_changed_by_an_added_update_is_seen():
    writer = IncrementalPdfFileWriter(BytesIO(sealed()))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    words = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    page["/Contents"] = words
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    verdict = verify_pdf(out.getvalue())
    assert not verdict.intact
    assert not verdict.covers_whole_file
    assert "a changé" in verdict.reason


def test_bytes_added_at_the_end_are_seen():
    assert not verify_pdf(sealed() + b"\n%%EOF\n").intact
    assert not verify_pdf(sealed() + b"x").intact


def test_a_changed_document_sealed_again_elsewhere_is_not_ours(settings, tmp_path):
    pdf = sealed()
    settings.DATA_DIR = tmp_path / "elsewhere"
    assert verify_pdf(pdf).intact
    assert not verify_pdf(pdf).trusted_here
    assert "pas celui de notre établissement" in verify_pdf(pdf).reason


def test_verifying_makes_no_certificate():
    verify_pdf(contract())
    assert not demo_file().exists()


# ── Whatever is given, a sentence ───────────────────────────────────────────


def locked():
    writer = copy_into_new_writer(PdfFileReader(BytesIO(contract())))
    writer.security_handler = StandardSecurityHandler.build_from_pw("secret", "secret")
    writer._encrypt = writer.add_object(writer.security_handler.as_pdf_object())
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given_bytes", "words"),
    [
        (lambda: b"", "pas un PDF"),
        (lambda: b"garbage", "pas un PDF"),
        (lambda: b"%PDF-1.7\n" + b"x" * 1000, "abîmé"),
        (contract, "aucun sceau"),
        (lambda: sealed()[:-10], "abîmé"),
        (lambda: sealed()[:5000], "abîmé"),
        (locked, "mot de passe"),
        (lambda: b"%PDF-1.7\n" + b"0" * 30_000_000, "25 Mo"),
        (lambda: b"%PDF-1.7\n" + b"[" * 100_000, "abîmé"),
    ],
)
def test_a_bad_file_gets_a_verdict_with_a_sentence(given_bytes, words):
    verdict = verify_pdf(given_bytes())
    assert not verdict.intact
    assert not verdict.trusted_here
    assert words in verdict.reason


@limits(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(noise):
    with mock.patch("avec.documents.seal.known_certificates", return_value=Known(frozenset(), frozenset())):
        assert not verify_pdf(b"%PDF-1.7\n" + noise).intact
    assert read_imprint(noise) is None


def test_a_document_without_imprint_has_none():
    assert read_imprint(b"garbage") is None
    assert read_imprint(contract()[:2000]) is None


# ── The certificate ─────────────────────────────────────────────────────────


def test_the_demo_certificate_is_made_once_and_closed_to_others():
    first = sealing_certificate()
    certificate.load.cache_clear()
    assert sealing_certificate() == first
    assert stat.S_IMODE(demo_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(demo_file().parent.stat().st_mode) == 0o700
    assert os.listdir(demo_file().parent) == ["seal.p12"]


def test_many_at_once_get_the_same_certificate():
    with ThreadPoolExecutor(8) as pool:
        found = {certificate.leaf for certificate in pool.map(lambda _n: sealing_certificate(), range(16))}
    assert len(found) == 1


def test_production_without_a_certificate_cannot_seal(settings):
    settings.AVEC_SEAL_OWN = False
    with pytest.raises(SealUnavailable, match="AVEC_SEAL_PKCS12"):
        sealed()
    assert not demo_file().exists()


def test_the_certificate_given_is_used(settings, tmp_path):
    give(settings, tmp_path, demo_pkcs12())
    assert verify_pdf(sealed()).trusted_here
    assert not demo_file().exists()


@pytest.mark.parametrize(
    ("content", "password", "words"),
    [(lambda: locked_pkcs12(b"juste"), "faux", "mot de passe est faux"), (lambda: b"junk", "", "abîmé")],
)
def test_a_certificate_that_does_not_open_is_told(settings, tmp_path, content, password, words):
    give(settings, tmp_path, content(), password)
    with pytest.raises(SealUnavailable, match=words):
        sealed()


def test_a_right_password_opens_it(settings, tmp_path):
    give(settings, tmp_path, locked_pkcs12("été".encode()), "été")
    assert verify_pdf(sealed()).trusted_here


def test_a_missing_file_is_told(settings):
    settings.AVEC_SEAL_PKCS12 = "/nowhere/seal.p12"
    with pytest.raises(SealUnavailable, match=r"/nowhere/seal\.p12"):
        sealed()


def test_an_expired_certificate_seals_no_more_but_its_seals_stay_ours():
    pdf = sealed()
    later = datetime.now(UTC) + timedelta(days=366 * 25)
    with pytest.raises(SealUnavailable, match="a expiré"):
        sealing_certificate(later)
    with pytest.raises(SealUnavailable, match="pas encore valable"):
        sealing_certificate(datetime(2000, 1, 1, tzinfo=UTC))
    assert verify_pdf(pdf).trusted_here


def test_a_former_certificate_is_still_ours(settings, tmp_path):
    pdf, former = sealed(), sealing_certificate()
    pem = tmp_path / "former.pem"
    pem.write_bytes(b"".join(as_pem(der) for der in (former.leaf, *former.chain)))
    give(settings, tmp_path, demo_pkcs12())
    demo_file().unlink()
    assert not verify_pdf(pdf).trusted_here
    settings.AVEC_SEAL_FORMER = str(pem)
    assert verify_pdf(pdf).trusted_here


def test_a_certificate_without_authority_seals_too(settings, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = common_name("Clinique des Saules")
    alone = (
        dated(name, name, key)
        .add_extension(usage(digital_signature=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    give(
        settings,
        tmp_path,
        pkcs12.serialize_key_and_certificates(b"x", key, alone, None, serialization.NoEncryption()),
    )
    verdict = verify_pdf(sealed())
    assert verdict.trusted_here
    assert verdict.signer_name == "Clinique des Saules"


def test_it_works_beside_a_running_loop():
    async def inside():
        return outside_any_loop(lambda: asyncio.run(asyncio.sleep(0, "done")))

    assert asyncio.run(inside()) == "done"


def give(settings, tmp_path, content, password=""):
    path = tmp_path / "given.p12"
    path.write_bytes(content)
    settings.AVEC_SEAL_PKCS12 = str(path)
    settings.AVEC_SEAL_PASSWORD = password


def locked_pkcs12(password):
    key, leaf, chain = pkcs12.load_key_and_certificates(demo_pkcs12(), None)
    return pkcs12.serialize_key_and_certificates(
        b"x", key, leaf, chain, serialization.BestAvailableEncryption(password)
    )


def as_pem(der):
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
