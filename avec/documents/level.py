"""What the signatures and the seal of a document are worth in law, said without claiming more.

A person's choice is a simple electronic signature. The seal of a trial is a simple seal,
that anybody could make; the establishment's is what the authority that gave its
certificate says: « qualified » is never ours to say.

Sources: regulation (EU) 910/2014 (eIDAS), articles 3 (definitions), 25 (effects of a
signature), 26 (advanced signature), 35 (effects of a seal), 36 (advanced seal), 41 (effects
of a time stamp); ETSI EN 319 412-5 (statements of a qualified certificate) and EN 319 411-2
(its policies).
"""

import contextlib
from dataclasses import dataclass
from typing import ClassVar

from asn1crypto import core
from cryptography import x509
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.documents.certificate import DEMO_AUTHORITY, own_certificate
from avec.documents.envelope import signs_itself
from avec.documents.seal import PdfVerdict
from avec.documents.stamp import stamp_wanted
from avec.documents.unavailable import SealUnavailable
from avec.ui.words import datetime_words

QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
COMPLIANCE, KINDS, FOR_SEALS = "0.4.0.1862.1.1", "0.4.0.1862.1.6", "0.4.0.1862.1.6.2"
# QCP-l and QCP-l-qscd: certificates for organisations, by their policies.
POLICIES = frozenset({"0.4.0.194112.1.1", "0.4.0.194112.1.3"})


class Statement(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [("named", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]


class Statements(core.SequenceOf):  # type: ignore[misc]
    _child_spec = Statement


class Kinds(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.ObjectIdentifier


@dataclass(frozen=True)
class SealLevel:
    """`own`: made by ourselves, for a trial. `says_qualified`: what its certificate writes of itself."""

    own: bool
    name: str
    authority: str
    says_qualified: bool

    @property
    def words(self) -> str:
        if self.own:
            return _("cachet électronique simple")
        return _("cachet électronique de «\u00a0%(name)s\u00a0»") % {"name": self.name}


def seal_level() -> SealLevel | None:
    """The level of the seal in use, or None when nothing can be sealed now."""
    with contextlib.suppress(SealUnavailable):
        return level_of(own_certificate().leaf)
    return None


def level_of(leaf: bytes) -> SealLevel:
    cert = x509.load_der_x509_certificate(leaf)
    name, authority = called(cert.subject), called(cert.issuer)
    own = authority == DEMO_AUTHORITY or signs_itself(leaf)
    return SealLevel(own, name, authority, not own and (states_qualified(cert) or follows_policy(cert)))


def called(name: x509.Name) -> str:
    for kind in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return name.rfc4514_string()


def states_qualified(cert: x509.Certificate) -> bool:
    """It says that it is qualified, and for seals."""
    try:
        raw = cert.extensions.get_extension_for_oid(QC_STATEMENTS).value.public_bytes()
        said = {one["named"].native: one["info"] for one in Statements.load(raw)}
        return COMPLIANCE in said and FOR_SEALS in Kinds.load(said[KINDS].dump()).native
    except (x509.ExtensionNotFound, ValueError, TypeError, KeyError):
        return False


def follows_policy(cert: x509.Certificate) -> bool:
    try:
        policies = cert.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return any(policy.policy_identifier.dotted_string in POLICIES for policy in policies)


def level_sentences() -> list[str]:
    """What the page of evidence says of the signatures, of the seal and of the time stamp."""
    sentences = [
        _(
            "Chaque choix est une signature électronique simple (règlement européen 910/2014, dit eIDAS, "
            "articles 3 et 25)\u00a0: elle dit qui a choisi, quand, et comment l’application a reconnu cette personne."
        ),
        _(
            "Elle n’est ni avancée (article 26) ni qualifiée. Un juge ne peut pas la refuser comme preuve "
            "pour cette seule raison (article 25)."
        ),
        *seal_sentences(seal_level()),
    ]
    if stamp_wanted():
        sentences.append(
            _(
                "Après le sceau, un service d’horodatage ajoute au fichier la date et l’heure (article 41). "
                "S’il ne répond pas, il est rappelé plus tard\u00a0: la vérification dit si c’est fait."
            )
        )
    return sentences


def seal_sentences(level: SealLevel | None) -> list[str]:
    for_nobody = _("Le sceau ne signe pour personne.")
    if level is None:
        return [
            _(
                "Le fichier n’est pas scellé pour l’instant\u00a0: rien ne montre encore s’il a changé. "
                "Les choix sont gardés, et le sceau viendra plus tard."
            )
        ]
    if level.own:
        return [
            _(
                "Le sceau du fichier est un cachet électronique simple (articles 3 et 35)\u00a0: son certificat n’est "
                "donné par aucune autorité. Il montre si le fichier a changé, et l’application seule sait qu’il vient d’ici."
            ),
            for_nobody,
        ]
    sentences = [
        _(
            "Le sceau du fichier est le %(words)s (articles 3 et 35)\u00a0: il montre si le fichier a changé, et de qui "
            "il vient. Son certificat est donné par «\u00a0%(authority)s\u00a0»\u00a0: le niveau de ce cachet, avancé "
            "(article 36) ou qualifié, est celui que dit cette autorité."
        )
        % {"words": level.words, "authority": level.authority},
        for_nobody,
    ]
    if level.says_qualified:
        sentences.insert(
            1,
            _(
                "Ce certificat se déclare qualifié pour un cachet. Le cachet n’est qualifié que si sa clé est aussi "
                "gardée dans un dispositif qualifié\u00a0: c’est à cette autorité de le confirmer."
            ),
        )
    return sentences


def stamp_sentence(verdict: PdfVerdict) -> str:
    """When the file was stamped and by whom; nothing when it was not, or when it proves nothing."""
    if not verdict.intact or verdict.stamped_at is None:
        return ""
    said = {"when": datetime_words(timezone.localtime(verdict.stamped_at)), "name": verdict.stamped_by}
    if verdict.stamp_known:
        return _("Il est horodaté le %(when)s, par «\u00a0%(name)s\u00a0».") % said
    return (
        _(
            "Il est horodaté le %(when)s, par une autorité que nous ne connaissons pas (elle dit s’appeler "
            "«\u00a0%(name)s\u00a0»)\u00a0: cette date n’est pas prouvée."
        )
        % said
    )
