"""What a document is worth is said without claiming more; what is wrong is said with what to do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from avec.documents.certificate import common_name, dated, demo_pkcs12, sealing_certificate, usage
from avec.documents.health import blank, seal_health
from avec.documents.level import Kinds, Statements, level_of, level_sentences, seal_level, stamp_sentence
from avec.documents.seal import verify_pdf
from avec.documents.stamp import stamp_pdf
from avec.documents.tests import timeserver
from avec.documents.tests.test_seal import give, sealed

AUTHORITY = "Autorité des Saules"


def given(*extensions, days=900, name="Clinique des Saules", use="digital_signature"):
    """A PKCS#12 for an establishment, by an authority that is not ours."""
    top, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = (
        dated(common_name(AUTHORITY), common_name(AUTHORITY), top)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(top, hashes.SHA256())
    )
    builder = dated(common_name(name), common_name(AUTHORITY), key, days=days)
    for extension in (usage(**{use: True}), *extensions):
        builder = builder.add_extension(extension, critical=False)
    leaf = builder.sign(top, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(b"x", key, leaf, [root], serialization.NoEncryption())


def statements(*kinds, compliance="0.4.0.1862.1.1"):
    said = [{"named": compliance}, {"named": "0.4.0.1862.1.6", "info": Kinds(list(kinds))}]
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), Statements(said).dump())


def policy(number):
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(number), None)])


def said():
    return " ".join(level_sentences())


# ── The level ───────────────────────────────────────────────────────────────


def test_a_trial_has_a_simple_seal():
    assert seal_level().words == "cachet électronique simple"
    assert "aucune autorité" in said()
    assert "signature électronique simple" in said()
    assert "qualifié " not in said()
    assert "horodatage" not in said()


def test_a_certificate_that_was_given_has_the_level_that_its_authority_says(settings, tmp_path):
    give(settings, tmp_path, given())
    assert seal_level().words == "cachet électronique de «\u00a0Clinique des Saules\u00a0»"
    assert f"donné par «\u00a0{AUTHORITY}\u00a0»" in said()
    assert "celui que dit cette autorité" in said()
    assert "se déclare qualifié" not in said()


@pytest.mark.parametrize(
    ("extension", "qualified"),
    [
        (statements("0.4.0.1862.1.6.2"), True),
        (statements("0.4.0.1862.1.6.1"), False),  # for the signature of a person
        (statements("0.4.0.1862.1.6.2", compliance="0.4.0.1862.1.4"), False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), b"\x30\x01"), False),
        (policy("0.4.0.194112.1.3"), True),
        (policy("0.4.0.2042.1.1"), False),
    ],
)
def test_qualified_is_what_the_certificate_says_and_never_ours(settings, tmp_path, extension, qualified):
    give(settings, tmp_path, given(extension))
    assert seal_level().says_qualified is qualified
    assert ("Ce certificat se déclare qualifié" in said()) is qualified
    assert ("c’est à cette autorité de le confirmer" in said()) is qualified


def test_a_certificate_made_by_oneself_is_simple(settings, tmp_path):
    key, name = ec.generate_private_key(ec.SECP256R1()), common_name("Nous-mêmes")
    alone = dated(name, name, key).sign(key, hashes.SHA256())
    assert level_of(alone.public_bytes(serialization.Encoding.DER)).own
    give(settings, tmp_path, demo_pkcs12())  # the demo's, carried elsewhere
    assert seal_level().own


def test_without_a_certificate_nothing_is_claimed(settings):
    settings.AVEC_SEAL_OWN = False
    assert seal_level() is None
    assert "n’est pas scellé pour l’instant" in said()


def test_the_time_stamp_is_announced_when_one_is_wanted(settings):
    settings.AVEC_TSA_URL = "https://clock.example/"
    assert "(article 41)" in said()


def test_a_stamp_is_said_with_who_gives_the_time(settings, tmp_path):
    assert stamp_sentence(verify_pdf(sealed())) == ""
    with timeserver.answering() as (settings.AVEC_TSA_URL, _told):
        pdf = stamp_pdf(sealed())
    assert "une autorité que nous ne connaissons pas" in stamp_sentence(verify_pdf(pdf))
    trust(settings, tmp_path)
    sentence = stamp_sentence(verify_pdf(pdf))
    assert sentence.startswith("Il est horodaté le ")
    assert sentence.endswith(f"par «\u00a0{timeserver.NAME}\u00a0».")
    assert stamp_sentence(verify_pdf(pdf + b"x")) == ""


def trust(settings, tmp_path, content=None):
    path = tmp_path / "clocks.pem"
    path.write_bytes(timeserver.authority_pem() if content is None else content)
    settings.AVEC_TSA_TRUST = str(path)


# ── The health ──────────────────────────────────────────────────────────────


def troubles(now=None):
    return " ".join(finding.sentence for finding in seal_health(now) if not finding.ok)


def test_a_trial_is_in_good_health():
    assert troubles() == ""
    assert "celui d’un essai" in seal_health()[0].sentence
    assert "Un document d’essai vient d’être scellé et vérifié." in [one.sentence for one in seal_health()]
    assert verify_pdf(blank()).reason == "Ce fichier ne porte aucun sceau."


def test_a_real_establishment_is_told_to_get_a_real_certificate(settings, tmp_path):
    settings.AVEC_SEAL_OWN = False
    give(settings, tmp_path, demo_pkcs12())
    assert "Demandez un certificat de cachet" in troubles()


def test_a_given_certificate_is_named(settings, tmp_path):
    give(settings, tmp_path, given())
    assert troubles() == ""
    assert "«\u00a0Clinique des Saules\u00a0», donné par" in seal_health()[0].sentence


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: given(days=20), r"expire le .*, dans (19|20) jours. Demandez dès maintenant le suivant"),
        (lambda: given(use="key_encipherment"), "ne se vérifie pas"),
        (lambda: b"junk", "mot de passe est faux ou le fichier est abîmé"),
    ],
)
def test_what_is_wrong_with_the_certificate_is_told(settings, tmp_path, make, words):
    give(settings, tmp_path, make())
    assert re.search(words, troubles())


def test_the_end_of_a_certificate_is_told():
    end = sealing_certificate().not_after
    assert "a expiré" in troubles(end + timedelta(days=1))
    assert "dans 58 jours" in troubles(end - timedelta(days=58, hours=12))
    assert troubles(end - timedelta(days=61)) == ""
    assert "pas encore valable" in troubles(datetime(2000, 1, 1, tzinfo=UTC))


def test_nothing_to_seal_with_is_told_and_what_happens_meanwhile(settings):
    settings.AVEC_SEAL_OWN = False
    assert "AVEC_SEAL_PKCS12" in troubles()
    assert any("Les signatures sont gardées" in one.sentence for one in seal_health())


def test_a_file_of_trust_that_is_not_one_is_told(settings, tmp_path):
    settings.AVEC_SEAL_FORMER = "/nowhere.pem"
    settings.AVEC_TSA_URL = "http://127.0.0.1:1/"
    trust(settings, tmp_path, b"junk")
    assert "/nowhere.pem n’existe pas. Corrigez AVEC_SEAL_FORMER." in troubles()
    assert "ne contient aucun certificat (PEM). Corrigez AVEC_TSA_TRUST." in troubles()
    assert "ne répond pas" in troubles()


def test_the_clock_is_asked(settings, tmp_path):
    with timeserver.answering() as (settings.AVEC_TSA_URL, told):
        assert "une autorité inconnue" in troubles()
        trust(settings, tmp_path)
        assert troubles() == ""
        assert len(told) == 2
    past = datetime.now(UTC) - timedelta(minutes=42)
    with timeserver.answering(lambda question: timeserver.stamping(question, fixed_dt=past)) as (
        settings.AVEC_TSA_URL,
        _told,
    ):
        assert "diffèrent de 42 minutes" in troubles()
