"""The seal's key may stay in a device: here SoftHSM, a device in software, where it is installed."""

import builtins
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from avec.documents import device
from avec.documents.certificate import demo_pkcs12, sealing_certificate
from avec.documents.seal import SealUnavailable, verify_pdf
from avec.documents.tests.test_seal import sealed

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, LABEL, PIN = "Sceau des Saules", "sceau", "314159"


def there_is_one():
    try:
        import pkcs11  # noqa: F401
    except ImportError:
        return False
    return MODULE.exists() and which("softhsm2-util") is not None


needs_a_device = pytest.mark.skipif(not there_is_one(), reason="needs softhsm2 and python-pkcs11")


@pytest.fixture(scope="module")
def softhsm(tmp_path_factory):
    """A device with a key and its two certificates."""
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    key, leaf, (authority,) = pkcs12.load_key_and_certificates(demo_pkcs12(), None)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    util("--init-token", "--free", "--label", TOKEN, "--so-pin", PIN, "--pin", PIN)
    util("--import", folder / "key.pem", "--token", TOKEN, "--label", LABEL, "--id", "01", "--pin", PIN)
    with pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        for cert, name in ((leaf, LABEL), (authority, "autorité")):
            held = decode_x509_certificate(cert.public_bytes(Encoding.DER))
            session.create_object(
                held
                | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: name, pkcs11.Attribute.ID: b"\1"}
            )
    yield leaf
    del os.environ["SOFTHSM2_CONF"]


def util(*words):
    subprocess.run(["softhsm2-util", *map(str, words)], check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture
def held(settings):
    device.read_certificate.cache_clear()
    settings.AVEC_SEAL_PKCS11_MODULE = str(MODULE)
    settings.AVEC_SEAL_PKCS11_TOKEN = TOKEN
    settings.AVEC_SEAL_PKCS11_LABEL = LABEL
    settings.AVEC_SEAL_PASSWORD = PIN
    yield settings
    device.read_certificate.cache_clear()


@needs_a_device
def test_a_device_seals_and_keeps_its_key(softhsm, held):
    assert sealing_certificate().key == b""
    assert len(sealing_certificate().chain) == 1
    verdict = verify_pdf(sealed())
    assert verdict.intact
    assert verdict.trusted_here


@needs_a_device
def test_several_at_once_wait_for_one_another(softhsm, held):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: sealed(), range(6)))
    assert all(verify_pdf(pdf).trusted_here for pdf in found)


@needs_a_device
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PASSWORD", "000000", "code du boîtier du sceau est faux"),
        ("PKCS11_TOKEN", "Autre", "ne répond pas.*«\u00a0Autre\u00a0»"),
        ("PKCS11_LABEL", "autre", "nommé «\u00a0autre\u00a0»"),
        ("PKCS11_MODULE", "/nowhere/module.so", "ne répond pas.*/nowhere/module.so"),
    ],
)
def test_a_device_in_trouble_is_told_with_what_to_do(softhsm, held, name, value, words):
    setattr(held, f"AVEC_SEAL_{name}", value)
    with pytest.raises(SealUnavailable, match=words):
        sealed()


def test_without_the_library_it_is_told(held, monkeypatch):
    real = builtins.__import__

    def without(name, *more, **named):
        if name == "pkcs11":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SealUnavailable, match="pip install python-pkcs11"):
        sealed()
