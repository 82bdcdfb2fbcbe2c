"""The sealed copies: made when everybody signed, or later when the certificate was missing; stamped, then or later.

Nobody waits for an authority that says the time: the signatures stand, and what lacks is added by night
(copies.seal_waiting), in nobody's name.
"""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.audit.actions import record, seal_journal
from avec.documents.actions import file_bytes
from avec.documents.pdf import contract_pdf
from avec.documents.seal import seal_pdf
from avec.documents.stamp import stamp_pdf, stamp_wanted
from avec.documents.unavailable import StampUnavailable

from ..files import about, kept_pdf
from ..holding import held_contract
from ..models import SIGNED_STATES, CareContract, IndividualCopy, IndividualDocument, SealedCopy, StampedCopy
from ..sheet import contract_sheet
from ..site import verify_url

SEALED, STAMPED, INDIVIDUAL_SEALED = "contract.sealed", "contract.stamped", "individual.sealed"


@transaction.atomic
def seal_copy(contract: CareContract, reading: str, *, by: Member | None) -> SealedCopy:
    """The sealed PDF of a contract in force, made once for each reading and then kept.

    `by`: nobody, when the night's command makes it. Raises SealUnavailable when the establishment's certificate
    cannot be used: the signatures stand, and the copy is made later.
    """
    contract = held_contract(contract)
    require(contract.state in SIGNED_STATES)
    kept = contract.copies.filter(reading=reading).select_related("file").first()
    if kept is not None:
        return kept
    sealed = seal_pdf(
        contract_pdf(contract_sheet(contract, reading, verify_url=verify_url())),
        reason=_("Contrat de soins signé par toutes les parties"),
        field_name="sceau",
        name=contract.establishment.name,
    )
    title = _("Contrat de soins, version %(version)s (%(reading)s)")
    file = kept_pdf(contract, title, reading, sealed)
    copy = SealedCopy.objects.create(contract=contract, reading=reading, file=file, sealed_at=timezone.now())
    record(SEALED, copy, **about(contract, by, file))
    seal_journal(contract.establishment_id)
    return copy


def stamp_copy(copy: SealedCopy, *, by: Member | None) -> StampedCopy:
    """The same copy, with the time said by the authority. Raises StampUnavailable: it is stamped later.

    The authority is asked before anything is held: it may take seconds to answer.
    """
    require(copy.contract.state in SIGNED_STATES)
    kept = StampedCopy.objects.filter(pk=copy.pk).select_related("file").first()
    if kept is not None:
        return kept
    content = stamp_pdf(file_bytes(copy.file))
    with transaction.atomic():
        contract = held_contract(copy.contract)
        kept = StampedCopy.objects.filter(pk=copy.pk).select_related("file").first()
        if kept is not None:
            return kept
        title = _("Contrat de soins, version %(version)s (%(reading)s), horodaté")
        file = kept_pdf(contract, title, copy.reading, content)
        stamped = StampedCopy.objects.create(copy=copy, file=file, stamped_at=timezone.now())
        record(STAMPED, stamped, **about(contract, by, file))
        seal_journal(contract.establishment_id)
    return stamped


def seal_individual(document: IndividualDocument, reading: str, *, by: Member | None) -> IndividualCopy:
    """The sealed PDF of the individual document, made once for each reading, stamped at once when that can be.

    Raises SealUnavailable.
    """
    contract = document.contract
    require(document.fingerprint == contract.fingerprint)
    kept = document.copies.filter(reading=reading).select_related("file").first()
    if kept is not None:
        return kept
    sealed = seal_pdf(
        contract_pdf(contract_sheet(contract, reading, document=document, verify_url=verify_url())),
        reason=_("Document individuel écrit par l’établissement"),
        field_name="sceau",
        name=contract.establishment.name,
    )
    if stamp_wanted():
        # Without an answer, it still says when it was sealed, in its own words.
        with suppress(StampUnavailable):
            sealed = stamp_pdf(sealed)
    with transaction.atomic():
        contract = held_contract(contract)
        kept = document.copies.filter(reading=reading).select_related("file").first()
        if kept is not None:
            return kept
        title = _("Document individuel, version %(version)s (%(reading)s)")
        file = kept_pdf(contract, title, reading, sealed)
        copy = IndividualCopy.objects.create(
            document=document, reading=reading, file=file, sealed_at=timezone.now()
        )
        record(INDIVIDUAL_SEALED, copy, **about(contract, by, file))
        seal_journal(contract.establishment_id)
    return copy
