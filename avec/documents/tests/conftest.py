import pytest


@pytest.fixture(autouse=True)
def own_seal(settings, tmp_path):
    """Each test seals with a certificate made for it."""
    settings.DATA_DIR = tmp_path
    settings.AVEC_SEAL_OWN = True
    settings.AVEC_SEAL_PKCS12 = ""
    settings.AVEC_SEAL_PASSWORD = ""
    settings.AVEC_SEAL_FORMER = ""
    settings.AVEC_SEAL_PKCS11_MODULE = ""
    settings.AVEC_SEAL_PKCS11_TOKEN = ""
    settings.AVEC_SEAL_PKCS11_LABEL = ""
    settings.AVEC_TSA_URL = ""
    settings.AVEC_TSA_USER = ""
    settings.AVEC_TSA_PASSWORD = ""
    settings.AVEC_TSA_TRUST = ""
