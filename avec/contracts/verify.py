"""Is this document intact, is it ours, and does it still hold? And is the whole database sound?"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Establishment
from avec.audit.actions import verify_journal
from avec.documents.level import stamp_sentence
from avec.documents.rules import fingerprint
from avec.documents.sandbox import verify_untrusted
from avec.documents.seal import PdfVerdict
from avec.ui.words import date_long

from .models import CareContract, ContractEnd, EndChoice, IndividualCopy, IndividualDocument, State
from .proof import faults_of, missing_guards
from .proof_files import counted_copies, faults_of_files
from .proof_rows import faults_of_rows
from .told import choice_words, with_ways


@dataclass(frozen=True)
class Verdict:
    """`sound`: intact and ours. `sentences`: the whole story, for anyone who holds the document."""

    sound: bool
    title: str
    sentences: tuple[str, ...]


def check_document(pdf: bytes) -> Verdict:
    """What can be said of a PDF to whoever holds it: nothing that is not printed on it, and whether it still holds."""
    verdict = verify_untrusted(pdf)
    if not verdict.intact:
        return Verdict(False, _("Ce document n’est pas intact, ou n’est pas scellé."), (verdict.reason,))
    sentences = [said for said in (verdict.reason, stamp_sentence(verdict)) if said]
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
    document = individual_document(verdict, contract)
    if document is not None:
        sentences.extend(individual_sentences(document))
    else:
        sentences.extend(signed_sentences(contract))
        sentences.extend(still_holds(contract))
    return Verdict(True, _("Ce document est intact."), tuple(sentences))


def known_contract(imprint: dict[str, object] | None) -> CareContract | None:
    try:
        version = UUID(str((imprint or {}).get("version", "")))
    except ValueError:
        return None
    return CareContract.objects.select_related("establishment").filter(pk=version).first()


def individual_document(verdict: PdfVerdict, contract: CareContract) -> IndividualDocument | None:
    """The individual document that this very file is a copy of, if it is one."""
    copy = (
        IndividualCopy.objects.filter(document__contract=contract, file__sha256=verdict.sha256)
        .select_related("document")
        .first()
    )
    return copy.document if copy is not None else None


def is_unchanged(contract: CareContract) -> bool:
    return fingerprint(contract.content) == contract.fingerprint


def signed_sentences(contract: CareContract) -> list[str]:
    """Each choice, and how it was given: from one's own space, in front of whom, on paper, by a mark."""
    lines = contract.lines.prefetch_related(Prefetch("signatures", with_ways()))
    return [
        _("%(name)s, %(capacity)s : %(choice)s.")
        % {"name": line.name, "capacity": line.capacity, "choice": choice_words(choice)}
        for line in lines
        for choice in line.signatures.all()
    ]


def individual_sentences(document: IndividualDocument) -> list[str]:
    return [
        _("C’est un document individuel (DIPC), écrit le %(day)s.")
        % {"day": date_long(timezone.localdate(document.at))},
        _("L’établissement s’y engage seul\u00a0: personne d’autre ne l’a signé."),
        *replaced_sentences(document.contract, signed=False),
    ]


def still_holds(contract: CareContract) -> list[str]:
    """The version in force, or what came since. Why a contract ended is for who reads the record, save its term."""
    if contract.state == State.SUPERSEDED.value:
        return replaced_sentences(contract, signed=True)
    if contract.state == State.IN_FORCE.value:
        return [_("C’est la version en cours\u00a0: aucun avenant ne l’a remplacée.")]
    end = ContractEnd.objects.filter(contract=contract).first()
    if end is not None:
        said = [_("Ce contrat est terminé depuis le %(day)s.") % {"day": date_long(end.on)}]
        return [*said, _("Il est arrivé à son terme.")] if end.why == EndChoice.TERM.value else said
    return [_("État de cette version : %(state)s.") % {"state": contract.state_words}]


def replaced_sentences(contract: CareContract, *, signed: bool) -> list[str]:
    """Which version took its place, and since when."""
    since = (
        CareContract.objects.filter(
            person_id=contract.person_id,
            version__gt=contract.version,
            state__in=[State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value],
        )
        .order_by("version")
        .first()
    )
    if since is None:
        return []
    facts = {"version": since.version, "day": date_long(timezone.localdate(since.issued_at))}
    if not signed:
        return [_("Depuis, un contrat a été signé\u00a0: la version %(version)s, écrite le %(day)s.") % facts]
    return [
        _(
            "Un avenant l’a remplacé depuis\u00a0: la version %(version)s, écrite le %(day)s. "
            "Demandez la version en cours."
        )
        % facts
    ]


def verify_file(pdf: bytes) -> tuple[list[str], bool]:
    verdict = check_document(pdf)
    return [verdict.title, *(f"  {sentence}" for sentence in verdict.sentences)], verdict.sound


def verify_database() -> tuple[list[str], bool]:
    """The journal's chain, every contract's fingerprint, every copy and paper: line by line, and whether all hold."""
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
        broken = [*faults_of_files(establishment.pk), *faults_of_rows(establishment.pk)]
        copies = counted_copies(establishment.pk)
        altered = len({fault.pk for fault in broken if fault.copy})
        sound = sound and not changed and not broken and not faults
        lines.append(
            f"  contrats : {contracts.count() - len(changed)} intact(s), {len(changed)} changé(s) ; "
            f"copies scellées : {copies - altered} intacte(s), {altered} altérée(s)"
        )
        lines.extend(f"    contrat {contract.pk} : son texte a été changé" for contract in changed)
        lines.extend(f"    contrat {contract.pk} : {fault}" for contract, fault in faults)
        lines.extend(f"    {fault.what} {fault.pk} : {fault.said}" for fault in broken)
    if absent := missing_guards():
        sound = False
        lines.append("La base ne refuse plus tout changement : il lui manque " + ", ".join(absent))
    if not lines:
        lines.append("La base est vide : rien à vérifier.")
    return lines, sound
