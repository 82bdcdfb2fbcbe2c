"""The seal's key in a device that never gives it away: a card, a key or a server of keys (PKCS#11).

The certificate is read without the PIN and remembered; the PIN is given for each seal,
one at a time, because a device knows one session of ours only.
"""

import contextlib
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.general import SigningError

from avec.documents.envelope import issuers_of
from avec.documents.unavailable import SealUnavailable

one_at_a_time = threading.Lock()


def device_wanted() -> bool:
    return bool(settings.AVEC_SEAL_PKCS11_MODULE)


def device_certificate() -> tuple[bytes, tuple[bytes, ...]]:
    """Our certificate in the device, and those above it that it holds too (DER)."""
    return read_certificate(
        settings.AVEC_SEAL_PKCS11_MODULE, settings.AVEC_SEAL_PKCS11_TOKEN, settings.AVEC_SEAL_PKCS11_LABEL
    )


@lru_cache(maxsize=4)
def read_certificate(module: str, token: str, label: str) -> tuple[bytes, tuple[bytes, ...]]:
    with opened(module, token) as session:
        import pkcs11

        held = list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}))
        named = [
            one[pkcs11.Attribute.VALUE] for one in held if not label or one[pkcs11.Attribute.LABEL] == label
        ]
        everything = {bytes(one[pkcs11.Attribute.VALUE]) for one in held}
    if len(named) != 1:
        raise SealUnavailable(
            _(
                "Le boîtier du sceau ne contient pas un certificat, et un seul, nommé «\u00a0%(label)s\u00a0». "
                "Vérifiez AVEC_SEAL_PKCS11_LABEL."
            )
            % {"label": label}
        )
    leaf = bytes(named[0])
    return leaf, tuple(issuers_of(leaf, everything))


@contextlib.contextmanager
def device_signer(leaf: bytes, chain: tuple[bytes, ...]) -> Iterator[Any]:
    """What signs with the key of the device, while it is open."""
    module, token = settings.AVEC_SEAL_PKCS11_MODULE, settings.AVEC_SEAL_PKCS11_TOKEN
    with opened(module, token, settings.AVEC_SEAL_PASSWORD) as session:
        from pyhanko.sign.pkcs11 import PKCS11Signer

        cert = asn1_x509.Certificate.load(leaf)
        yield PKCS11Signer(
            session,
            signing_cert=cert,
            key_label=settings.AVEC_SEAL_PKCS11_LABEL,
            ca_chain=[asn1_x509.Certificate.load(der) for der in chain],
            # Many devices sign a digest with an elliptic key, and make none themselves.
            use_raw_mechanism=cert.public_key.algorithm == "ec",
        )


@contextlib.contextmanager
def opened(module: str, token: str, pin: str = "") -> Iterator[Any]:
    """A session with the device, or SealUnavailable with what to do."""
    try:
        import pkcs11
        from pkcs11 import exceptions as told
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError as error:
        raise SealUnavailable(
            _(
                "Le sceau est dans un boîtier (PKCS#11), mais la bibliothèque python-pkcs11 n’est pas "
                "installée. Installez-la à côté d’Avec\u00a0: pip install python-pkcs11."
            )
        ) from error
    with one_at_a_time:
        try:
            criteria = TokenCriteria(label=token) if token else None
            with open_pkcs11_session(module, token_criteria=criteria, user_pin=pin or None) as session:
                yield session
        except (told.PinIncorrect, told.PinInvalid, told.PinLenRange) as error:
            raise SealUnavailable(
                _(
                    "Le code du boîtier du sceau est faux. Corrigez AVEC_SEAL_PASSWORD avant qu’il ne se bloque."
                )
            ) from error
        except (told.PinLocked, told.PinExpired) as error:
            raise SealUnavailable(
                _("Le boîtier du sceau est bloqué. Débloquez-le avec l’outil de son fabricant.")
            ) from error
        except (pkcs11.PKCS11Error, SigningError, RuntimeError, OSError) as error:
            raise SealUnavailable(
                _(
                    "Le boîtier du sceau ne répond pas. Vérifiez qu’il est branché, que le module "
                    "%(module)s existe, et que son nom est «\u00a0%(token)s\u00a0» (AVEC_SEAL_PKCS11_TOKEN). "
                    "Il répond\u00a0: %(said)s"
                )
                % {"module": module, "token": token, "said": str(error)[:200] or type(error).__name__}
            ) from error
