"""The sealed copies: made when everybody signed, or later when the certificate was missing; stamped, then or later."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.actions import store_file
from avec.documents.pdf import contract_pdf
from avec.documents.seal import seal_pdf
from avec.people.journal import record

from ..holding import held_contract
from ..models import CareContract, SealedCopy, State
from ..sheet import contract_sheet

SEALED_STATES = frozenset({State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value})


@transaction.atomic
def seal_copy(contract: CareContract, reading: str, *, by: Member) -> SealedCopy:
    """The sealed PDF of a contract in force, made once for each reading and then kept.

    Raises SealUnavailable when the establishment's certificate cannot be used: the
    signatures stand, and the copy is made later.
    """
    contract = held_contract(contract)
    require(contract.state in SEALED_STATES)
    kept = contract.copies.filter(reading=reading).select_related("file").first()
    if kept is not None:
        return kept
    sealed = seal_pdf(
        contract_pdf(contract_sheet(contract, reading)),
        reason=_("Contrat de soins signé par toutes les parties"),
        field_name="sceau",
        name=contract.establishment.name,
    )
    file = store_file(
        title=_("Contrat de soins, version %(version)s (%(reading)s)")
        % {"version": contract.version, "reading": _("facile à lire") if reading == "easy" else _("complet")},
        content_type="application/pdf",
        content=sealed,
        establishment_id=contract.establishment_id,
        subject_id=contract.person_id,
    )
    copy = SealedCopy.objects.create(contract=contract, reading=reading, file=file, sealed_at=timezone.now())
    record("contract.sealed", copy, by=by, person=contract.person, sha256=file.sha256)
    return copy
