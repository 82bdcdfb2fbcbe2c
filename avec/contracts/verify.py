"""Is this document intact, is it ours, and does it still hold? And is the whole database sound?"""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Establishment
from avec.audit.actions import verify_journal
from avec.documents.actions import file_bytes
from avec.documents.rules import fingerprint
from avec.documents.sandbox import verify_untrusted
from avec.documents.seal import verify_pdf
from avec.ui.words import date_long

from .models import CareContract, SealedCopy, State
from .proof import faults_of, missing_guards


@dataclass(frozen=True)
class Verdict:
    """`sound`: intact and ours. `sentences`: the whole story, for anyone who holds the document."""

    sound: bool
    title: str
    sentences: tuple[str, ...]


def check_document(pdf: bytes) -> Verdict:
    """What can be said of a PDF to whoever holds it: nothing that is not printed on it already."""
    verdict = verify_untrusted(pdf)
    if not verdict.intact:
        return Verdict(False, _("Ce document n’est pas intact, ou n’est pas scellé."), (verdict.reason,))
    sentences = [verdict.reason]
    if not verdict.trusted_here:
        # Anybody can seal anything and join to it what a real contract says of itself: nothing is compared.
        sentences.append(_("Ne le prenez pas pour un contrat de cet établissement."))
        return Verdict(False, _("Le sceau de ce document n’est pas le nôtre."), tuple(sentences))
    contract = known_contract(verdict.imprint)
    if contract is None:
        sentences.append(_("Cette version n’est pas connue ici : demandez à l’établissement qui l’a remise."))
        return Verdict(False, _("Ce document est intact, mais il n’est pas connu ici."), tuple(sentences))
    if contract.fingerprint != (verdict.imprint or {}).get("fingerprint") or not is_unchanged(contract):
        sentences.append(_("Son empreinte n’est pas celle de la version gardée par l’établissement."))
        return Verdict(False, _("Ce document ne correspond pas à la version gardée."), tuple(sentences))
    sentences.append(
        _("Son empreinte est celle de la version %(version)s gardée ici.") % {"version": contract.version}
    )
    sentences.extend(signed_sentences(contract))
    sentences.append(still_holds(contract))
    return Verdict(True, _("Ce document est intact."), tuple(sentences))


def known_contract(imprint: dict[str, object] | None) -> CareContract | None:
    try:
        version = UUID(str((imprint or {}).get("version", "")))
    except ValueError:
        return None
    return CareContract.objects.select_related("establishment").filter(pk=version).first()


def is_unchanged(contract: CareContract) -> bool:
    return fingerprint(contract.content) == contract.fingerprint


def signed_sentences(contract: CareContract) -> list[str]:
    said = []
    for line in contract.lines.prefetch_related("signatures"):
        for choice in line.signatures.all():
            said.append(
                _("%(name)s, %(capacity)s : %(outcome)s le %(day)s.")
                % {
                    "name": line.name,
                    "capacity": line.capacity,
                    "outcome": choice.get_outcome_display(),
                    "day": date_long(timezone.localdate(choice.at)),
                }
            )
    return said


def still_holds(contract: CareContract) -> str:
    if contract.state == State.SUPERSEDED.value:
        return _("Un avenant l’a remplacé depuis : demandez la version en cours.")
    if contract.state == State.IN_FORCE.value:
        return _("C’est la version en cours.")
    return _("État de cette version : %(state)s.") % {"state": contract.get_state_display()}


def is_its_copy(copy: SealedCopy) -> bool:
    """Intact, and the copy of this very text."""
    verdict = verify_pdf(file_bytes(copy.file))
    return verdict.intact and (verdict.imprint or {}).get("fingerprint") == copy.contract.fingerprint


def verify_file(pdf: bytes) -> tuple[list[str], bool]:
    verdict = check_document(pdf)
    return [verdict.title, *(f"  {sentence}" for sentence in verdict.sentences)], verdict.sound


def verify_database() -> tuple[list[str], bool]:
    """The journal's chain, every contract's fingerprint, every sealed copy: line by line, and whether all hold."""
    lines, sound = [], True
    for establishment in Establishment.objects.order_by("name"):
        findings = verify_journal(establishment.pk)
        sound = sound and not findings
        lines.append(f"{establishment.name}")
        lines.append("  journal : intact" if not findings else f"  journal : {len(findings)} anomalie(s)")
        lines.extend(f"    {finding.where} : {finding.what}" for finding in findings[:50])
        contracts = CareContract.objects.filter(establishment=establishment)
        changed = [contract for contract in contracts.iterator() if not is_unchanged(contract)]
        faults = [(contract, fault) for contract in contracts.iterator() for fault in faults_of(contract)]
        copies = SealedCopy.objects.filter(contract__establishment=establishment).select_related(
            "file", "contract"
        )
        broken = [copy for copy in copies.iterator() if not is_its_copy(copy)]
        sound = sound and not changed and not broken and not faults
        lines.append(
            f"  contrats : {contracts.count() - len(changed)} intact(s), {len(changed)} changé(s) ; "
            f"copies scellées : {copies.count() - len(broken)} intacte(s), {len(broken)} altérée(s)"
        )
        lines.extend(f"    contrat {contract.pk} : son texte a été changé" for contract in changed)
        lines.extend(f"    contrat {contract.pk} : {fault}" for contract, fault in faults)
        lines.extend(f"    copie {copy.pk} : le fichier a été changé" for copy in broken)
    if absent := missing_guards():
        sound = False
        lines.append("La base ne refuse plus tout changement : il lui manque " + ", ".join(absent))
    if not lines:
        lines.append("La base est vide : rien à vérifier.")
    return lines, sound
